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

    /// <summary>True where the point was computed afterwards from the facts rather than shown on that day.</summary>
    public bool Reconstructed { get; set; }
}
