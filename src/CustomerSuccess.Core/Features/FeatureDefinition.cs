using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Features;

public enum FeatureKind
{
    Number,
    Category,
}

/// <summary>What a feature's numbers count.</summary>
public enum FeatureUnit
{
    /// <summary>Things: counters, inquiries, invoices, people.</summary>
    Count,
    Days,
    Hours,

    /// <summary>A part of a whole, 0–1.</summary>
    Share,

    /// <summary>A change relative to before: −0.25 is a quarter less.</summary>
    Change,

    /// <summary>A quotient, such as users per seat.</summary>
    Ratio,

    /// <summary>The reporting currency.</summary>
    Money,

    /// <summary>Points of a survey's or rating's scale.</summary>
    Points,

    /// <summary>0 or 1.</summary>
    Flag,

    /// <summary>Whatever unit a custom attribute has.</summary>
    Own,
    Text,
}

/// <summary>Which way is good for the customer's health.</summary>
public enum FeatureDirection
{
    None,
    HigherIsBetter,
    HigherIsWorse,
}

/// <summary>A feature as people and models know it.</summary>
/// <param name="Name">Stable name in snake_case, with the metric or attribute after a colon.</param>
/// <param name="Kind">Number or category.</param>
/// <param name="Unit">What its numbers count.</param>
/// <param name="Direction">Which way is good.</param>
/// <param name="Dimension">The dimension of health that it enters; null where it enters none (size, price and the like say nothing of health).</param>
/// <param name="Group">Under which heading it is listed: <c>usage</c>, <c>people</c>, <c>contract</c>, <c>inquiries</c>, <c>surveys</c>, <c>payments</c>, <c>relationship</c>, <c>purchases</c>, <c>attributes</c>.</param>
public sealed record FeatureDefinition(string Name, FeatureKind Kind, FeatureUnit Unit, FeatureDirection Direction, HealthDimension? Dimension, string Group)
{
    /// <summary>Key of its wording: the name, for a metric's or attribute's feature the part before the colon.</summary>
    public string TextKey => Name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? Name[..colon] : Name;

    /// <summary>The metric or attribute that the wording speaks of; null where it speaks of none.</summary>
    public string? TextArgument => Name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? Name[(colon + 1)..] : null;
}
