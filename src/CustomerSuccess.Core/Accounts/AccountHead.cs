using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Accounts;

/// <summary>The first rows of a list, and how long it is.</summary>
public sealed record Capped<T>(int Total, IReadOnlyList<T> Rows);

/// <summary>What is known of one account at first sight.</summary>
/// <param name="Header">Who it is.</param>
/// <param name="Run">The newest finished score run; null where there is none.</param>
/// <param name="Score">What that run says of the account; null where it does not name it (not paying).</param>
/// <param name="PastActions">What CSMs made of suggestions, newest first, undone ones too.</param>
public sealed record AccountHead(AccountHeader Header, RunSummary? Run, AccountStanding? Score, IReadOnlyList<TakenAction> PastActions)
{
    /// <summary>What the run suggests for an account that has no score, since its contract has ended; first to do first.</summary>
    public IReadOnlyList<SuggestedTouch> WinBack { get; init; } = [];

    /// <summary>What moved the risk since a week before the run or longer; null where no run of that time explains the account.</summary>
    public RiskChange? RiskChange { get; init; }
}

/// <summary>An account as its sources describe it today.</summary>
public sealed record AccountHeader(int AccountNo, string AccountId, string Namespace, string Name, string? NameKana, string? Segment, string? OwnerEmail, string? Industry, string? Region, string? Country, int? Employees, DateOnly? CreatedOn, string? Phone, string? Address, bool Unlisted);

/// <summary>What a score run says of an account.</summary>
/// <param name="State">Scored, or leaving.</param>
/// <param name="Segment">As the run saw it.</param>
/// <param name="Plan">As the run saw it.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="RenewsOn">End of the current term.</param>
/// <param name="Rank">Place in the risk queue from 1; null for leaving accounts.</param>
/// <param name="Probability">Of churn within the horizon, 0–1; null in fallback and for leaving accounts.</param>
/// <param name="UpsellProbability">Of expansion; null without an upsell model.</param>
/// <param name="RuleScore">0–100, 100 is worst; not a probability.</param>
/// <param name="ExpectedLoss">P × MRR × 12; null in fallback.</param>
/// <param name="Band">The health's band.</param>
/// <param name="Health">0–100, 100 is good, with its dimensions; missing ones are null.</param>
/// <param name="ValuePerMinute">Of the best touch; rule points × MRR per minute in fallback.</param>
/// <param name="FitsToday">True where the first suggestion fits into the CSM's minutes of the day.</param>
/// <param name="Drivers">Strongest first.</param>
/// <param name="UpsellDrivers">Strongest first.</param>
/// <param name="Suggestions">First to do first.</param>
public sealed record AccountStanding(ScoreState State, string? Segment, string? Plan, decimal Mrr, DateOnly? RenewsOn, int? Rank, double? Probability, double? UpsellProbability, double RuleScore, decimal? ExpectedLoss, HealthBand? Band, HealthPoint Health, double ValuePerMinute, bool FitsToday, IReadOnlyList<Driver> Drivers, IReadOnlyList<Driver> UpsellDrivers, IReadOnlyList<SuggestedTouch> Suggestions)
{
    /// <summary>What would lower the risk, strongest first.</summary>
    public IReadOnlyList<Relief> Reliefs { get; init; } = [];

    /// <summary>Null in fallback and for leaving accounts.</summary>
    public LifetimeValue? Lifetime { get; init; }

    /// <summary>That it is still a customer after its next renewal; null without a model, or a term that ends within a year.</summary>
    public double? RenewalProbability { get; init; }
}

/// <summary>Times are UTC; satisfaction 1 (bad) to 5 (good).</summary>
public sealed record InquiryRow(string InquiryId, string? Channel, string? Subject, string? Body, string? Category, string? Priority, DateTime OpenedAt, DateTime? FirstResponseAt, DateTime? ClosedAt, string? Status, int? Satisfaction, bool Escalated, string? Assignee, string? ContactName)
{
    /// <summary>The product that it is about; null where it names none.</summary>
    public string? Product { get; init; }
}

/// <summary>An answer to a survey on the scale that it names; times are UTC.</summary>
public sealed record AnswerRow(string ResponseId, string? Survey, string Kind, double Score, double ScaleMin, double ScaleMax, string? Comment, DateTime RespondedAt, string? ContactName)
{
    /// <summary>The product that was asked about; null where it names none.</summary>
    public string? Product { get; init; }
}

/// <summary>Times are UTC.</summary>
public sealed record TouchRow(string TouchId, string? Kind, string? Play, string? OwnerEmail, DateTime At, double? Minutes, string? Outcome, string? Notes, string? ContactName);

public sealed record PurchaseRow(string PurchaseId, DateOnly PurchasedOn, decimal Amount, string Currency, string? Item, double? Quantity);

public sealed record DealRow(string DealId, string? Name, string? Kind, string? Stage, decimal? Amount, string Currency, DateOnly? OpenedOn, DateOnly? ExpectedOn, DateOnly? ClosedOn, bool? Won, string? OwnerEmail);

public sealed record InvoiceRow(string InvoiceId, decimal Amount, string Currency, DateOnly IssuedOn, DateOnly? DueOn, DateOnly? PaidOn, DateOnly? FailedOn, string? Status);

/// <summary>Usage of an account by week.</summary>
/// <param name="Weeks">First day of each week of seven days, oldest first; the last week ends on the day up to which it was asked.</param>
/// <param name="Metrics">The strongest metrics first, at most as many as were asked for.</param>
/// <param name="Rest">Sum of all other metrics by week; null where there is none.</param>
public sealed record WeeklyUsage(IReadOnlyList<DateOnly> Weeks, IReadOnlyList<MetricWeeks> Metrics, IReadOnlyList<double>? Rest);

/// <summary>A metric's counts by week, in the order of the weeks.</summary>
public sealed record MetricWeeks(string Metric, IReadOnlyList<double> Counts);
