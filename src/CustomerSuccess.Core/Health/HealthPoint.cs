namespace CustomerSuccess.Core.Health;

/// <summary>An account's health at a day, 0–100, 100 is good. A missing dimension is null and left out of the total.</summary>
public sealed class HealthPoint
{
    public int AccountNo { get; set; }

    public DateOnly AsOf { get; set; }

    public double? Total { get; set; }

    public double? Adoption { get; set; }

    public double? Engagement { get; set; }

    public double? Support { get; set; }

    public double? Sentiment { get; set; }

    public double? Commercial { get; set; }

    public double? Relationship { get; set; }

    /// <summary>What the CSM's judgement adds to the total, in points; null where there was none.</summary>
    public double? JudgementPoints { get; set; }

    /// <summary>Rule score of the same day, 0–100, 100 is worst; null for an account that was leaving.</summary>
    public double? RuleScore { get; set; }

    /// <summary>The version of the scheme that the total was computed by; 0 for equal weights, before anybody decided.</summary>
    public int SchemeNo { get; set; }

    /// <summary>The segment whose weights were used.</summary>
    public string? Segment { get; set; }

    /// <summary>True where the point was computed afterwards from the facts rather than shown on that day.</summary>
    public bool Reconstructed { get; set; }
}
