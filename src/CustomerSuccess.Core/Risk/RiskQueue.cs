using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Risk;

/// <summary>What the risk queue can be sorted by. Accounts without the figure come last in either direction; ties go by account number.</summary>
public enum QueueSort
{
    /// <summary>Place by value per minute of CSM time.</summary>
    Rank,
    Name,
    Mrr,

    /// <summary>Probability of churn; the rule score in fallback.</summary>
    Risk,
    Health,
    ExpectedLoss,
    Renewal,
    ValuePerMinute,
}

/// <summary>Which accounts of the newest score run to show; a null asks for no narrowing.</summary>
public sealed record RiskQueueFilter
{
    /// <summary>A part of the name, its kana reading or the account id, in any case and width.</summary>
    public string? Search { get; init; }

    public string? Owner { get; init; }

    public string? Segment { get; init; }

    public string? Plan { get; init; }

    /// <summary>Key of a product that the account pays for, as <see cref="Products.ProductKey.Listed"/> writes it.</summary>
    public string? Product { get; init; }

    public HealthBand? Band { get; init; }

    public ScoreState? State { get; init; }

    /// <summary>Key of a play that is suggested for the account.</summary>
    public string? Play { get; init; }

    /// <summary>True leaves out accounts of which a suggestion was done since the run, or none is open any more.</summary>
    public bool HideHandled { get; init; }

    /// <summary>True keeps only accounts whose first suggestion fits into their CSM's minutes of the day.</summary>
    public bool FitsToday { get; init; }
}

/// <summary>The score run behind a list, and how old its facts are.</summary>
/// <param name="ScoreRunId">The run.</param>
/// <param name="AsOf">The day as of which accounts were scored.</param>
/// <param name="FinishedAt">UTC.</param>
/// <param name="IsFallback">True where the order is by the rule score: no model may be shown.</param>
/// <param name="FallbackReason">A verdict in snake_case or <c>no_model</c>.</param>
/// <param name="FallbackOutcomes">Outcomes that the verdict counted, where they were too few.</param>
/// <param name="ChurnModelId">The model in use.</param>
/// <param name="UpsellModelId">The upsell model in use.</param>
/// <param name="UsageUntil">The day up to which usage is complete.</param>
/// <param name="ContractsUntil">The day up to which contracts are complete.</param>
/// <param name="Scored">Accounts with a score, over all owners.</param>
/// <param name="Leaving">Accounts that have given notice, over all owners.</param>
/// <param name="Currency">Of all money of the run.</param>
/// <param name="LeadDays">Days from the as-of date to the start of the horizon.</param>
/// <param name="HorizonDays">Days in which the predicted churn falls.</param>
public sealed record RunSummary(int ScoreRunId, DateOnly AsOf, DateTime FinishedAt, bool IsFallback, string? FallbackReason, int? FallbackOutcomes, int? ChurnModelId, int? UpsellModelId, DateOnly? UsageUntil, DateOnly? ContractsUntil, int Scored, int Leaving, string Currency, int LeadDays, int HorizonDays);

/// <summary>One account of the queue.</summary>
/// <param name="AccountNo">Internal number, which actions name.</param>
/// <param name="AccountId">The id as the sources write it.</param>
/// <param name="Namespace">Empty for the shared namespace.</param>
/// <param name="Name">As the run saw it.</param>
/// <param name="State">Scored, or leaving.</param>
/// <param name="Segment">As the run saw it.</param>
/// <param name="OwnerEmail">As the run saw it.</param>
/// <param name="Plan">As the run saw it.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="RenewsOn">End of the current term.</param>
/// <param name="Rank">Place in the queue from 1; null for leaving accounts.</param>
/// <param name="Probability">Of churn within the horizon, 0–1; null in fallback and for leaving accounts.</param>
/// <param name="RuleScore">0–100, 100 is worst; not a probability.</param>
/// <param name="ExpectedLoss">P × MRR × 12; null in fallback.</param>
/// <param name="Health">0–100, 100 is good.</param>
/// <param name="Band">The health's band.</param>
/// <param name="ValuePerMinute">Of the best touch; rule points × MRR per minute in fallback.</param>
/// <param name="FitsToday">True where the first suggestion fits into its CSM's minutes of the day.</param>
/// <param name="Drivers">Strongest first; rule points in fallback.</param>
/// <param name="Suggestions">First to do first.</param>
public sealed record RiskQueueRow(int AccountNo, string AccountId, string Namespace, string Name, ScoreState State, string? Segment, string? OwnerEmail, string? Plan, decimal Mrr, DateOnly? RenewsOn, int? Rank, double? Probability, double RuleScore, decimal? ExpectedLoss, double? Health, HealthBand? Band, double ValuePerMinute, bool FitsToday, IReadOnlyList<Driver> Drivers, IReadOnlyList<SuggestedTouch> Suggestions)
{
    /// <summary>Null in fallback and for leaving accounts.</summary>
    public LifetimeValue? Lifetime { get; init; }

    /// <summary>That it is still a customer after its next renewal; null without a model, or a term that ends within a year.</summary>
    public double? RenewalProbability { get; init; }
}

/// <summary>A stretch of the queue.</summary>
/// <param name="Run">Null where no run has been finished yet.</param>
/// <param name="Total">Accounts that match the filter.</param>
/// <param name="Rows">In the order asked for.</param>
public sealed record RiskQueuePage(RunSummary? Run, int Total, IReadOnlyList<RiskQueueRow> Rows);

/// <summary>A value to filter by, and how many accounts have it.</summary>
public sealed record QueueChoice(string Value, int Accounts)
{
    /// <summary>What people call it, where that differs from the value.</summary>
    public string? Name { get; init; }
}

/// <summary>What the queue of a viewer can be narrowed to.</summary>
public sealed record RiskQueueChoices(IReadOnlyList<QueueChoice> Owners, IReadOnlyList<QueueChoice> Segments, IReadOnlyList<QueueChoice> Plans, IReadOnlyList<QueueChoice> Plays, IReadOnlyList<QueueChoice> States)
{
    /// <summary>Products that are paid for; none where contracts name fewer than two.</summary>
    public IReadOnlyList<QueueChoice> Products { get; init; } = [];
}
