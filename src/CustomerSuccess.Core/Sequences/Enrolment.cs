namespace CustomerSuccess.Core.Sequences;

/// <summary>Where an account stands in a sequence.</summary>
public enum EnrolmentState
{
    Running,

    /// <summary>Every step was done or skipped.</summary>
    Finished,

    /// <summary>It ended before its last step; the reason says why.</summary>
    Left,
}

/// <summary>A person of an account in the sequence of a play.</summary>
public sealed class Enrolment
{
    /// <summary>Characters of the words in which somebody says why it is stopped.</summary>
    public const int LongestNote = 500;

    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string EnrolmentId { get; set; }

    /// <summary>The play's key.</summary>
    public required string Play { get; set; }

    /// <summary>The version whose steps it follows.</summary>
    public int PlayVersion { get; set; }

    /// <summary>Whom it reaches; null where nobody is written to.</summary>
    public int? ContactNo { get; set; }

    public EnrolmentState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>The sign-in that started it; <c>system</c> where the play did.</summary>
    public required string StartedBy { get; set; }

    public string? StartedByEmail { get; set; }

    /// <summary>True where the account paid then: only such a one can leave.</summary>
    public bool WasPaying { get; set; }

    /// <summary>Expected value of the play for the account when it began, in the reporting currency: what is worth more goes first. Null where it was not known.</summary>
    public decimal? Value { get; set; }

    /// <summary>The step that comes next or is under way, from 1.</summary>
    public int NextStep { get; set; }

    /// <summary>When the next step is due, UTC; null while one is under way, and at the end.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>What holds the next step back: codes of <c>HoldReasons</c> and <see cref="EnrolmentEnds"/>, comma-separated; null for nothing.</summary>
    public string? Reasons { get; set; }

    /// <summary>The newest score run by which goal and triggers were looked at; 0 for none.</summary>
    public int CheckedRun { get; set; }

    /// <summary>UTC; null while it runs.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it ended: out of <see cref="EnrolmentEnds"/>.</summary>
    public string? EndReason { get; set; }

    public string? EndNote { get; set; }

    public string? EndedByEmail { get; set; }
}

/// <summary>What became of a step.</summary>
public enum StepState
{
    /// <summary>The message waits to be sent, the task to be done, the letter to be posted.</summary>
    Waiting,

    Done,

    /// <summary>Its condition said so, or the channel was not open.</summary>
    Skipped,

    /// <summary>It was begun and not carried out.</summary>
    Dropped,

    /// <summary>Something must be mended first; it is tried again.</summary>
    Held,
}

/// <summary>A step of an enrolment that was begun. Its key lets it be begun once.</summary>
public sealed class EnrolmentStep
{
    public int AccountNo { get; set; }

    public required string EnrolmentId { get; set; }

    /// <summary>From 1.</summary>
    public int StepNo { get; set; }

    public required string Channel { get; set; }

    public StepState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime BegunAt { get; set; }

    /// <summary>When it was done, skipped or dropped, UTC.</summary>
    public DateTime? EndedAt { get; set; }

    public string? MailId { get; set; }

    public string? TaskId { get; set; }

    /// <summary>The touch that it was written down as; null where the message wrote its own, or there is none.</summary>
    public string? TouchId { get; set; }

    /// <summary>Subject of a letter, filled in.</summary>
    public string? LetterSubject { get; set; }

    /// <summary>Text of a letter, filled in.</summary>
    public string? LetterText { get; set; }

    /// <summary>Why it is held, skipped or dropped: codes, comma-separated.</summary>
    public string? Reasons { get; set; }
}
