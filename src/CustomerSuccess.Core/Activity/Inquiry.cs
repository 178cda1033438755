using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Activity;

/// <summary>
/// A customer's question or complaint, by any channel. Times are UTC. What the import contract names comes first; what the desk adds to it follows,
/// and no import changes that but by its consequences (<see cref="InquiryWork.Imported"/>).
/// </summary>
public sealed class Inquiry : Fact
{
    public int? ContactNo { get; set; }

    public string? Channel { get; set; }

    public string? Subject { get; set; }

    public string? Body { get; set; }

    public string? Category { get; set; }

    public string? Priority { get; set; }

    public DateTime OpenedAt { get; set; }

    public DateTime? FirstResponseAt { get; set; }

    public DateTime? ClosedAt { get; set; }

    public string? Status { get; set; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public int? Satisfaction { get; set; }

    public bool Escalated { get; set; }

    public DateTime? EscalatedAt { get; set; }

    /// <summary>Who answers: a sign-in's address, or whatever name a source gives.</summary>
    public string? Assignee { get; set; }

    /// <summary>The product that it is about; null where it names none.</summary>
    public string? Product { get; set; }

    /// <summary>Where the work stands; <see cref="Status"/> is the word for it.</summary>
    public InquiryState State { get; set; }

    /// <summary>True once it is resolved or closed.</summary>
    public bool IsSettled { get; set; }

    /// <summary>What <see cref="Priority"/> says, in four steps.</summary>
    public InquiryPriority Urgency { get; set; } = InquiryPriority.Normal;

    /// <summary><c>ja</c> or <c>en</c>, in which the customer writes; null where nothing tells.</summary>
    public string? Language { get; set; }

    /// <summary>Tags between bars, such as <c>|vip|beta|</c>; null for none.</summary>
    public string? Tags { get; set; }

    /// <summary>When the first answer is due; null where no target holds or nobody waits any more.</summary>
    public DateTime? FirstResponseDueAt { get; set; }

    /// <summary>When it is to be resolved, by what was waited for the customer so far; null as above.</summary>
    public DateTime? ResolutionDueAt { get; set; }

    /// <summary>The target that runs now; null while none does.</summary>
    public DateTime? NextDueAt { get; set; }

    /// <summary>Since when the resolution's clock stands, because the customer is asked or it is settled.</summary>
    public DateTime? PausedSince { get; set; }

    /// <summary>Business minutes for which the clock stood before that.</summary>
    public double PausedMinutes { get; set; }

    public int ReopenedCount { get; set; }

    /// <summary>Whose attention it was escalated to: an address.</summary>
    public string? EscalatedTo { get; set; }

    /// <summary>Why: a code of <see cref="EscalationReasons"/>, or somebody's words.</summary>
    public string? EscalationReason { get; set; }

    /// <summary>The inquiry of the same account into which this one was merged, as <see cref="InquiryKey"/> writes it; null while it stands for itself.</summary>
    public string? MergedInto { get; set; }

    /// <summary>Who wrote, where no contact is known: as they called themselves.</summary>
    public string? RequesterName { get; set; }

    public string? RequesterEmail { get; set; }

    /// <summary>The last thing that happened to it.</summary>
    public DateTime ChangedAt { get; set; }

    /// <summary>True where the customer spoke last, and waits.</summary>
    public bool CustomerSpokeLast { get; set; } = true;

    /// <summary>Subject, id and requester as one key to search in (<see cref="Accounts.SortKey"/>).</summary>
    public string? SearchKey { get; set; }

    /// <summary>Keys of <see cref="Assignee"/> and the like, short enough to be listed and filtered by an index alone: see <see cref="InquiryWork.KeyOf"/>.</summary>
    public string? AssigneeKey { get; set; }

    public string? CategoryKey { get; set; }

    public string? ProductKey { get; set; }

    public string? ChannelKey { get; set; }

    /// <summary>
    /// What the source last said of fields that the desk has changed since, by column, as a JSON object: the same said again leaves the desk's value,
    /// anything else is news and wins. Null where nothing was changed.
    /// </summary>
    public string? ImportedJson { get; set; }

    /// <summary>Counts up with every change.</summary>
    public int Version { get; set; }
}

/// <summary>An answer to a survey: NPS (0–10), CSAT or CES on the scale it names.</summary>
public sealed class SurveyResponse : Fact
{
    public int? ContactNo { get; set; }

    public string? Survey { get; set; }

    /// <summary><c>nps</c>, <c>csat</c> or <c>ces</c>.</summary>
    public required string Kind { get; set; }

    public double Score { get; set; }

    public double ScaleMin { get; set; }

    public double ScaleMax { get; set; }

    public string? Comment { get; set; }

    public DateTime RespondedAt { get; set; }

    /// <summary>The product that was asked about; null where it names none.</summary>
    public string? Product { get; set; }
}

/// <summary>A proactive contact with a customer: who did what, when, with which result.</summary>
public sealed class Touch : Fact
{
    public int? ContactNo { get; set; }

    public string? Kind { get; set; }

    public string? Play { get; set; }

    public string? OwnerEmail { get; set; }

    public DateTime At { get; set; }

    public double? Minutes { get; set; }

    public string? Outcome { get; set; }

    public string? Notes { get; set; }

    /// <summary><c>outbound</c> or <c>inbound</c>; null where nobody said.</summary>
    public string? Direction { get; set; }

    /// <summary>What it was about.</summary>
    public string? Purpose { get; set; }

    /// <summary>What was agreed to do next.</summary>
    public string? NextStep { get; set; }

    /// <summary>The day by which.</summary>
    public DateOnly? NextStepOn { get; set; }

    /// <summary>Where a recording lies; https only.</summary>
    public string? RecordingUrl { get; set; }
}
