namespace CustomerSuccess.Core.Playbooks;

/// <summary>A touch that a score run suggests for an account.</summary>
public sealed class Suggestion
{
    public int ScoreRunId { get; set; }

    public int AccountNo { get; set; }

    /// <summary>1 is the first to do; at most 3.</summary>
    public int Rank { get; set; }

    /// <summary>The play's key in the catalogue.</summary>
    public required string Play { get; set; }

    /// <summary>True for an upsell touch.</summary>
    public bool IsUpsell { get; set; }

    /// <summary>The channel that no opt-out forbids, out of <see cref="Channels"/>.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Code of the trigger that fired.</summary>
    public required string ReasonCode { get; set; }

    /// <summary>Numbers of the trigger's sentence as a JSON object.</summary>
    public string ReasonArgsJson { get; set; } = "{}";

    public double Minutes { get; set; }

    /// <summary>Relative reduction of churn (or uplift) that the value was computed with.</summary>
    public double Effect { get; set; }

    /// <summary>Expected value in the reporting currency after the cost of time; null in fallback.</summary>
    public decimal? Value { get; set; }

    public double ValuePerMinute { get; set; }

    /// <summary>When an event since the run brought it, UTC; null where the run did. What was decided before it does not stand for it.</summary>
    public DateTime? At { get; set; }
}

public enum SuggestionActionKind
{
    Done,
    Snoozed,
    Dismissed,
}

/// <summary>
/// What a CSM made of a suggestion. Done holds for account + play through the play's cool-down; snoozed and dismissed hold for account + play + reason,
/// over later score runs, until undone, past the date, or until the reason changes materially (see <see cref="MaterialChange"/>).
/// </summary>
public sealed class SuggestionAction
{
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string ActionId { get; set; }

    public required string Play { get; set; }

    public required string ReasonCode { get; set; }

    /// <summary>The numbers that the reason had then, as a JSON object; null where they were not kept.</summary>
    public string? ReasonArgsJson { get; set; }

    public SuggestionActionKind Kind { get; set; }

    public DateTime At { get; set; }

    /// <summary>The sign-in's id.</summary>
    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    /// <summary>The day on which a snoozed suggestion comes back.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Why it was snoozed or dismissed.</summary>
    public string? Reason { get; set; }

    public string? Note { get; set; }

    public double? Minutes { get; set; }

    /// <summary>The touch that marking it done wrote.</summary>
    public string? TouchId { get; set; }

    public DateTime? UndoneAt { get; set; }
}
