using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Risk;

/// <summary>Which work is listed.</summary>
public enum QueueList
{
    /// <summary>Every account, by what a minute spent on keeping it is worth.</summary>
    Risk,

    /// <summary>Accounts to which more may be sold, by what a minute spent on that is worth.</summary>
    Opportunities,
}

/// <summary>What a queue can be sorted by. Accounts without the figure come last in either direction; ties go by account number.</summary>
public enum QueueSort
{
    /// <summary>Place in the list, by value per minute of CSM time.</summary>
    Rank,
    Name,
    Mrr,

    /// <summary>Probability of churn; the rule score in fallback.</summary>
    Risk,
    Health,
    ExpectedLoss,
    Renewal,

    /// <summary>Of the list's touches.</summary>
    ValuePerMinute,

    /// <summary>By mail address.</summary>
    Owner,
    Segment,
    Plan,
    Product,

    /// <summary>Minutes of the next touch.</summary>
    Minutes,
    LastTouch,
    OpenInquiries,
    Nps,
    Lifetime,

    /// <summary>That it is still a customer after its next renewal.</summary>
    RenewalProbability,
    Adoption,
    Engagement,
    Support,
    Sentiment,
    Commercial,
    Relationship,

    /// <summary>Probability of expansion.</summary>
    Upsell,

    /// <summary>Probability of expansion × what it adds to MRR.</summary>
    Growth,
}

/// <summary>What the rows of a queue can be put together by.</summary>
public enum QueueGrouping
{
    Owner,
    Segment,

    /// <summary>The product that most MRR is paid for.</summary>
    Product,

    /// <summary>Of health.</summary>
    Band,

    /// <summary>Of the next touch.</summary>
    Play,
}

/// <summary>Which accounts of the newest score run to show; a null asks for no narrowing.</summary>
public sealed record RiskQueueFilter
{
    /// <summary>For <see cref="Owner"/>: accounts that nobody looks after.</summary>
    public const string Nobody = "-";

    public QueueList List { get; init; }

    /// <summary>A part of the name, its kana reading or the account id, in any case and width.</summary>
    public string? Search { get; init; }

    /// <summary>A mail address, or <see cref="Nobody"/>.</summary>
    public string? Owner { get; init; }

    public string? Segment { get; init; }

    /// <summary>Id of a saved segment that the account is in.</summary>
    public string? SavedSegment { get; init; }

    public string? Plan { get; init; }

    /// <summary>Key of a product that the account pays for, as <see cref="Products.ProductKey.Listed"/> writes it.</summary>
    public string? Product { get; init; }

    public HealthBand? Band { get; init; }

    public ScoreState? State { get; init; }

    /// <summary>Key of a play that is suggested for the account.</summary>
    public string? Play { get; init; }

    /// <summary>True leaves out accounts of which a suggestion was done since the run, or none of the list's is open any more.</summary>
    public bool HideHandled { get; init; }

    /// <summary>True keeps only accounts whose next touch fits into what is left of their CSM's minutes of today.</summary>
    public bool FitsToday { get; init; }

    /// <summary>True keeps only accounts whose next touch fits into what is left of their CSM's week.</summary>
    public bool FitsWeek { get; init; }
}

/// <summary>Accounts of a queue that have one thing in common, and what they come to.</summary>
/// <param name="Key">The common value; null for accounts without one.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="Expected">Expected loss, in the list of opportunities expected growth of MRR; null where no account has one.</param>
/// <param name="Minutes">Of the next touches.</param>
public sealed record QueueGroup(string? Key, int Accounts, decimal Mrr, decimal? Expected, double Minutes);

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
/// <param name="FitsToday">True where the next touch fits into what is left of its CSM's minutes of today.</param>
/// <param name="Drivers">Strongest first; rule points in fallback.</param>
/// <param name="Suggestions">First to do first.</param>
public sealed record RiskQueueRow(int AccountNo, string AccountId, string Namespace, string Name, ScoreState State, string? Segment, string? OwnerEmail, string? Plan, decimal Mrr, DateOnly? RenewsOn, int? Rank, double? Probability, double RuleScore, decimal? ExpectedLoss, double? Health, HealthBand? Band, double ValuePerMinute, bool FitsToday, IReadOnlyList<Driver> Drivers, IReadOnlyList<SuggestedTouch> Suggestions)
{
    /// <summary>Null in fallback and for leaving accounts.</summary>
    public LifetimeValue? Lifetime { get; init; }

    /// <summary>That it is still a customer after its next renewal; null without a model, or a term that ends within a year.</summary>
    public double? RenewalProbability { get; init; }

    /// <summary>The day on which the next touch fits into its CSM's minutes, of this week; null where it does not fit.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>The dimensions of health.</summary>
    public HealthPoint? Dimensions { get; init; }

    public string? Product { get; init; }

    public string? Industry { get; init; }

    public string? Region { get; init; }

    /// <summary>The last touch of any kind; null where there was none.</summary>
    public DateOnly? LastTouchOn { get; init; }

    /// <summary>As of the run; null where the company has no inquiries.</summary>
    public int? OpenInquiries { get; init; }

    /// <summary>The last answer, 0–10; null where there is none.</summary>
    public double? Nps { get; init; }

    /// <summary>Probability of expansion within the horizon; null without an upsell model.</summary>
    public double? UpsellProbability { get; init; }

    /// <summary>Probability of expansion × what it adds to MRR, reporting currency a month; without a model by the stated prior. Null where nothing is to be sold.</summary>
    public decimal? Growth { get; init; }

    /// <summary>Place among the opportunities from 1; null where nothing is to be sold.</summary>
    public int? OpportunityRank { get; init; }

    /// <summary>Of the best touch that sells, reporting currency; uplift per minute in fallback.</summary>
    public double? UpsellValuePerMinute { get; init; }

    /// <summary>Reasons for expansion, strongest first; empty without an upsell model.</summary>
    public IReadOnlyList<Driver> UpsellDrivers { get; init; } = [];

    /// <summary>The play of the next touch that keeps the account: the first open one, else the one that is open again first; null where there is none.</summary>
    public string? TopPlay { get; init; }

    /// <summary>The same of touches that sell.</summary>
    public string? UpsellPlay { get; init; }

    /// <summary>The play by which a list puts its rows together.</summary>
    public string? PlayIn(QueueList list) => list == QueueList.Opportunities ? UpsellPlay : TopPlay;

    /// <summary>The touches of one list.</summary>
    public IEnumerable<SuggestedTouch> Touches(QueueList list) => Suggestions.Where(touch => touch.IsUpsell == (list == QueueList.Opportunities));

    /// <summary>What to do next in a list: what was done since the run, else the first that is open, else the first that was dealt with; null where there is none.</summary>
    public SuggestedTouch? Next(QueueList list) => Suggestions.FirstOrDefault(touch => touch.State == SuggestionState.Done)
        ?? Touches(list).FirstOrDefault(touch => touch.State == SuggestionState.Open)
        ?? Touches(list).FirstOrDefault();
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

    /// <summary>Saved segments by id, with their names.</summary>
    public IReadOnlyList<QueueChoice> SavedSegments { get; init; } = [];
}
