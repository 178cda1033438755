using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Sequences;

/// <summary>How a step's delay is counted.</summary>
public enum DelayUnit
{
    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Days that are no weekend, no holiday and no closed day where the customer is.</summary>
    BusinessDays,
}

/// <summary>From when a step's delay counts.</summary>
public enum DelayFrom
{
    /// <summary>From when the step before was done.</summary>
    Before,

    /// <summary>From the start of the sequence; never before the step before was done.</summary>
    Start,
}

/// <summary>What an interruption does to a running sequence.</summary>
public enum Interruption
{
    /// <summary>The account leaves the sequence.</summary>
    Leave,

    /// <summary>The next step waits until it is over.</summary>
    Wait,

    /// <summary>Nothing.</summary>
    GoOn,
}

/// <summary>One touch of a sequence.</summary>
public sealed record PlayStep
{
    /// <summary>How the customer is reached, out of <see cref="SequenceRules.AllChannels"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>0–365.</summary>
    public int Delay { get; init; }

    public DelayUnit Unit { get; init; }

    public DelayFrom From { get; init; }

    /// <summary>The hour, 0–23, by the customer's clock, from which it is due; null for the time of day from which the delay counts.</summary>
    public int? Hour { get; init; }

    /// <summary>The message's template; null where the step has words of its own.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Subject of the message, or the task's title, with fields.</summary>
    public string? SubjectEn { get; init; }

    public string? SubjectJa { get; init; }

    /// <summary>Text of the message, or what the task says, with fields.</summary>
    public string? BodyEn { get; init; }

    public string? BodyJa { get; init; }

    /// <summary>CSM time that it takes, 0–1440.</summary>
    public double Minutes { get; init; }

    /// <summary>For a message that is no letter: true where it is sent by itself, false where it is written as a draft that a CSM sends.</summary>
    public bool SendsItself { get; init; }

    /// <summary>Where this holds when it is due, the step is skipped; null for never.</summary>
    public Condition? SkipWhen { get; init; }

    /// <summary>Its own words in a language, else in the other one; null where it has none.</summary>
    public (string Subject, string? Body, string Language)? In(string language) =>
        language == "ja" && SubjectJa is { } japanese ? (japanese, BodyJa, "ja")
        : SubjectEn is { } english ? (english, BodyEn, "en")
        : SubjectJa is { } other ? (other, BodyJa, "ja")
        : null;

    /// <summary>The plain text of a message that a gateway carries, in a language, else in the other one; null where it has none.</summary>
    public (string Text, string Language)? TextIn(string language) =>
        language == "ja" && !string.IsNullOrWhiteSpace(BodyJa) ? (BodyJa, "ja")
        : !string.IsNullOrWhiteSpace(BodyEn) ? (BodyEn, "en")
        : !string.IsNullOrWhiteSpace(BodyJa) ? (BodyJa, "ja")
        : null;
}

/// <summary>What a play does in several timed steps.</summary>
public sealed record PlaySequence
{
    /// <summary>In their order.</summary>
    public required IReadOnlyList<PlayStep> Steps { get; init; }

    /// <summary>True where accounts are enrolled as soon as the play is suggested for them; else a CSM starts it.</summary>
    public bool StartsByItself { get; init; }

    /// <summary>Where this holds the goal is met and the account leaves; null where nothing says so.</summary>
    public Condition? Goal { get; init; }

    /// <summary>True where an account leaves as soon as no trigger of the play holds any more.</summary>
    public bool EndsWhenReasonGone { get; init; }

    /// <summary>What an open urgent inquiry of the account does.</summary>
    public Interruption OnUrgentInquiry { get; init; } = Interruption.Leave;

    /// <summary>What an outage does, as it is marked on the charts.</summary>
    public Interruption OnOutage { get; init; } = Interruption.Wait;

    /// <summary>True where a step writes to somebody.</summary>
    public bool Writes => Steps.Any(step => step.Channel == Channels.Email);
}
