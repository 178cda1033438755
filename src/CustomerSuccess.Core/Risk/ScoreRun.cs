using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerSuccess.Core.Risk;

/// <summary>One scoring of all accounts, never rewritten by later corrections.</summary>
public sealed class ScoreRun
{
    public int ScoreRunId { get; set; }

    /// <summary>The day as of which accounts were scored.</summary>
    public DateOnly AsOf { get; set; }

    public DateTime StartedAt { get; set; }

    /// <summary>Null while the run is being written; an unfinished run is never shown.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>The churn model in use; null in fallback to the rule score.</summary>
    public int? ChurnModelId { get; set; }

    public int? UpsellModelId { get; set; }

    /// <summary>Why no churn model was in use, as a verdict's name or <c>no_model</c>; null where one was.</summary>
    public string? FallbackReason { get; set; }

    /// <summary>Outcomes that the verdict counted, where it was too few.</summary>
    public int? FallbackOutcomes { get; set; }

    /// <summary>The version of the scheme that health was computed by; 0 for equal weights, before anybody decided.</summary>
    public int HealthSchemeNo { get; set; }

    public DateOnly? UsageUntil { get; set; }

    public DateOnly? ContractsUntil { get; set; }

    /// <summary>Renewals of the coming year as a JSON list of <see cref="RenewalMonth"/>.</summary>
    public string ForecastJson { get; set; } = "[]";

    public int Scored { get; set; }

    public int Leaving { get; set; }

    /// <summary>The settings that shaped the run, as JSON.</summary>
    public string SettingsJson { get; set; } = "{}";

    /// <summary>The themes whose points <see cref="AccountDrivers.ChurnParts"/> holds, in their order, as a JSON list.</summary>
    public string ThemesJson { get; set; } = "[]";

    public bool IsFallback => ChurnModelId is null;
}

public enum ScoreState
{
    /// <summary>A paying account with a score.</summary>
    Scored,

    /// <summary>Notice has been given for every paying term: listed, not scored.</summary>
    Leaving,
}

/// <summary>
/// What users saw of an account in one run. Holds what the queues sort and filter by, so that a page of them is one index read.
/// What people do since keeps a few columns of the newest run in step, lest every list had to look it up: whose the account is, when it was last touched,
/// what comes next and until when it is away. The rest is never changed.
/// </summary>
public sealed class AccountScore
{
    public int ScoreRunId { get; set; }

    public int AccountNo { get; set; }

    public ScoreState State { get; set; }

    public required string Name { get; set; }

    public required string NameSort { get; set; }

    /// <summary>Keys of the name, its reading and the account id, by which the account is searched.</summary>
    public string SearchText { get; set; } = "";

    public string? Segment { get; set; }

    /// <summary>Whose it is; kept in step.</summary>
    public string? OwnerEmail { get; set; }

    public string? Plan { get; set; }

    /// <summary>The product that most MRR is paid for.</summary>
    public string? Product { get; set; }

    /// <summary>MRR in the reporting currency.</summary>
    public decimal Mrr { get; set; }

    public DateOnly? RenewsOn { get; set; }

    /// <summary>Calibrated probability of churn within the horizon, 0–1; null in fallback and for leaving accounts.</summary>
    public double? ChurnProbability { get; set; }

    public double? UpsellProbability { get; set; }

    /// <summary>0–100, 100 is worst. Not a probability.</summary>
    public double RuleScore { get; set; }

    /// <summary>P(churn) × MRR × 12; null in fallback.</summary>
    public decimal? ExpectedLoss { get; set; }

    /// <summary>Probability that it is still a customer after its next renewal; null in fallback, for leaving accounts, and without a term that ends within a year.</summary>
    public double? RenewalProbability { get; set; }

    /// <summary>Lifetime value in the reporting currency; null in fallback and for leaving accounts. See <see cref="Risk.LifetimeValue"/>.</summary>
    public decimal? LifetimeValue { get; set; }

    /// <summary>Lower bound of its 80 % interval.</summary>
    public decimal? LifetimeLower { get; set; }

    /// <summary>Upper bound.</summary>
    public decimal? LifetimeUpper { get; set; }

    /// <summary>0–100, 100 is good; null where no dimension could be computed.</summary>
    public double? Health { get; set; }

    public double? Adoption { get; set; }

    public double? Engagement { get; set; }

    public double? Support { get; set; }

    public double? Sentiment { get; set; }

    public double? Commercial { get; set; }

    public double? Relationship { get; set; }

    /// <summary>What a CSM's judgement adds to health, in points; null where there is none.</summary>
    public double? JudgementPoints { get; set; }

    /// <summary>Place in the risk queue from 1; null for leaving accounts.</summary>
    public int? QueueRank { get; set; }

    /// <summary>Value of the best touch per minute of CSM time, reporting currency; rule points × MRR per minute in fallback.</summary>
    public double ValuePerMinute { get; set; }

    /// <summary>The play of the next touch that keeps the account, the first open one; null where none applies. Kept in step.</summary>
    public string? TopPlay { get; set; }

    /// <summary>Its minutes; 0 where none applies. Kept in step.</summary>
    public double TopMinutes { get; set; }

    /// <summary>The plays of all suggestions, each between bars: <c>|usage_fell|nps_low|</c>; empty where none applies.</summary>
    public string Plays { get; set; } = "";

    /// <summary>Keys of the products that it pays for, as <see cref="Core.Products.ProductKey.Join"/> writes them; empty where contracts name fewer than two.</summary>
    public string Products { get; set; } = "";

    /// <summary>
    /// Null where a touch that keeps the account is open or there is none; else the first day on which one is open again:
    /// the earliest of the snoozed ones', <see cref="DateOnly.MaxValue"/> where something was done since the run or all were dismissed. Kept in step.
    /// </summary>
    public DateOnly? AwayUntil { get; set; }

    /// <summary>Place among the opportunities from 1; null where nothing is to be sold.</summary>
    public int? OpportunityRank { get; set; }

    /// <summary>The play of the next touch that sells. Kept in step.</summary>
    public string? UpsellPlay { get; set; }

    /// <summary>Its minutes. Kept in step.</summary>
    public double UpsellMinutes { get; set; }

    /// <summary>Value of the best touch that sells per minute of CSM time, reporting currency; uplift per minute in fallback.</summary>
    public double? UpsellValuePerMinute { get; set; }

    /// <summary>Probability of expansion × what it adds to MRR, reporting currency a month; null where nothing is to be sold.</summary>
    public decimal? Growth { get; set; }

    /// <summary>As <see cref="AwayUntil"/>, of touches that sell. Kept in step.</summary>
    public DateOnly? UpsellAwayUntil { get; set; }

    /// <summary>The last touch of any kind; null where there was none. Kept in step.</summary>
    public DateOnly? LastTouchOn { get; set; }

    /// <summary>Inquiries that are open; null where the company has none.</summary>
    public int? OpenInquiries { get; set; }

    /// <summary>The last answer, 0–10; null where there is none.</summary>
    public double? Nps { get; set; }
}

/// <summary>The long texts of an <see cref="AccountScore"/>, apart from it: lists sort and filter over its short rows, and read these for the few that they show.</summary>
public sealed class AccountDrivers
{
    public int ScoreRunId { get; set; }

    public int AccountNo { get; set; }

    /// <summary>Drivers of churn (rules in fallback) as a JSON list of <see cref="Driver"/>, strongest first.</summary>
    public string ChurnJson { get; set; } = "[]";

    /// <summary>Drivers of expansion, likewise; empty without an upsell model.</summary>
    public string UpsellJson { get; set; } = "[]";

    /// <summary>The base and the points of every theme, as <see cref="ThemeParts"/> packs them; null where nothing was explained.</summary>
    public byte[]? ChurnParts { get; set; }

    /// <summary>What would lower the risk, as a JSON list of <see cref="Relief"/>, strongest first.</summary>
    public string ReliefJson { get; set; } = "[]";
}

/// <summary>A reason for a score: a theme with its points, told by the feature that moves it most.</summary>
/// <param name="Feature">The feature's name in the catalogue.</param>
/// <param name="Value">Its value for this account; null where missing.</param>
/// <param name="Text">Its value where it is a category.</param>
/// <param name="Points">Probability points (0.09 = 9 points), positive raises the risk; rule points / 100 in fallback.</param>
/// <param name="Reference">A typical value to compare with (the median of paying accounts); null where there is none.</param>
/// <param name="From">Where the value says how much something changed: what it was before, in the numbers that people count; else null.</param>
/// <param name="To">What it is now.</param>
public sealed record Driver(string Feature, double? Value, string? Text, double Points, double? Reference, double? From = null, double? To = null)
{
    /// <summary>How drivers are stored: what is null is left out.</summary>
    public static JsonSerializerOptions Json { get; } = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What the points are of; see <see cref="Features.FeatureThemes"/>.</summary>
    [JsonIgnore]
    public string Theme => Features.FeatureThemes.Of(Feature);
}
