using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Which features are used, by whom, and which of them go with staying.</summary>
/// <param name="Head">Days, comparisons and what nobody uses, of the whole company; null where nothing was computed yet.</param>
/// <param name="Tally">Use by the customers that the reader may see.</param>
/// <param name="Currency">Of money.</param>
public sealed record AdoptionOverview(AdoptionHead? Head, AdoptionTally? Tally, string Currency)
{
    /// <summary>What may be said of a feature's users against customers who are alike.</summary>
    public AdoptionVerdict VerdictOf(AdoptionMetric metric) => metric.Comparison?.Verdict(Compared) ?? AdoptionVerdict.TooFew;

    /// <summary>Features that can be compared at all: the error is shared out among them.</summary>
    public int Compared => Head?.Metrics.Count(metric => metric.Comparison?.IsEnough == true) ?? 0;
}

/// <summary>Which customers of a feature are listed.</summary>
public enum AdoptionGroup
{
    /// <summary>Used it in the last 28 days.</summary>
    Using,

    /// <summary>Pay and did not.</summary>
    NotUsing,

    /// <summary>New ones who used it within 30 days.</summary>
    Soon,

    /// <summary>New ones who used it within 90 days, but not 30.</summary>
    Later,

    /// <summary>New ones who did not use it within 90 days.</summary>
    Never,

    /// <summary>Users in the comparison.</summary>
    MatchedUsers,

    /// <summary>Customers like them who did not use it.</summary>
    MatchedOthers,

    /// <summary>Users in the comparison who left.</summary>
    UsersLeft,

    /// <summary>Customers like them who left.</summary>
    OthersLeft,
}

/// <summary>Which customers are listed.</summary>
/// <param name="Metric">The feature.</param>
/// <param name="Group">Which of them.</param>
public sealed record AdoptionAsk(string Metric, AdoptionGroup Group = AdoptionGroup.Using)
{
    /// <summary>A second feature that they used too.</summary>
    public string? With { get; init; }

    /// <summary>Those who used it in a month instead, 0 being the newest; null for the group.</summary>
    public int? MonthsAgo { get; init; }

    /// <summary>The least first.</summary>
    public bool Ascending { get; init; }

    public AdoptionSort Sort { get; init; }
}

/// <summary>By what customers are ordered, greatest first.</summary>
public enum AdoptionSort
{
    Uses,
    Users,
    Mrr,
}

/// <summary>A customer with its use of the feature.</summary>
/// <param name="Uses">In the last 28 days.</param>
/// <param name="Users">People in the last 28 days.</param>
/// <param name="FirstAfter">Days from the first contract to the first use; null where that is not known, or it never was.</param>
public sealed record AdoptionAccount(int AccountNo, string AccountId, string Namespace, string Name, double Mrr, double Uses, int Users, int? FirstAfter);
