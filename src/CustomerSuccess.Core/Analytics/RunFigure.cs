namespace CustomerSuccess.Core.Analytics;

/// <summary>Figures of a score run that are too dear to be computed when a page asks: computed once, with the run, and kept.</summary>
public sealed class RunFigure
{
    /// <summary>The reasons for every account's score, and the shape of what moves them.</summary>
    public const string Drivers = "drivers";

    /// <summary>What became of the customers of a year before.</summary>
    public const string Stays = "stays";

    /// <summary>Use of the product's features.</summary>
    public const string Adoption = "adoption";

    public int ScoreRunId { get; set; }

    /// <summary>Which figures these are.</summary>
    public required string Name { get; set; }

    /// <summary>The day that they are of: the run's own, or a month end before it.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>The churn model that was asked; null where none was in use, or the figures need none.</summary>
    public int? ModelId { get; set; }

    /// <summary>What the sheet's columns are, and what was summed up, as JSON.</summary>
    public string HeadJson { get; set; } = "{}";

    /// <summary>One row for each account, as <see cref="PackedSheet"/> packs it.</summary>
    public byte[] Sheet { get; set; } = [];
}
