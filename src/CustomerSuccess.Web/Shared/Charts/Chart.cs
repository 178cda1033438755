namespace CustomerSuccess.Web.Shared.Charts;

public enum ChartKind
{
    Line,
    Area,
    Bar,
    HorizontalBar,
    Scatter,
}

/// <summary>How values are written on axes, in tips and in the table.</summary>
public enum ChartFormat
{
    /// <summary>A count or amount, shortened on the axis (1.2万, 12K).</summary>
    Number,

    /// <summary>A share of 1 in per cent.</summary>
    Percent,

    /// <summary>A score of 0–100.</summary>
    Score,

    /// <summary>One decimal, such as a lift.</summary>
    Ratio,
}

/// <summary>A line, bar group or cloud of points.</summary>
/// <param name="Name">As the legend and the table name it.</param>
/// <param name="Values">One for each of the chart's X; null leaves a gap.</param>
/// <param name="Kind">Drawn in another way than the chart; null for the same.</param>
/// <param name="Colour">Which of the chart colours, 1–7; null takes the next.</param>
/// <param name="Dashed">True for a reference line.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, ChartKind? Kind = null, int? Colour = null, bool Dashed = false)
{
    /// <summary>Lower ends of an interval around the values, one for each; empty for none. Drawn as a band of the same colour.</summary>
    public IReadOnlyList<double?> Low { get; init; } = [];

    /// <summary>Upper ends of the interval.</summary>
    public IReadOnlyList<double?> High { get; init; } = [];

    /// <summary>What the line draws, where goals may be set for it; null where not.</summary>
    public ChartMeasure? Measure { get; init; }

    public bool HasInterval => Low.Count > 0 && High.Count > 0;
}

/// <summary>A line across the chart, such as a threshold.</summary>
public sealed record ChartMark(double Value, string Label);

/// <summary>Something that happened at a place along X, such as a release or a price change: a line through the chart with its name.</summary>
/// <param name="At">Index of the category, or the number along X.</param>
/// <param name="Label">In a few words.</param>
public sealed record ChartEvent(double At, string Label);

/// <summary>A mark of a chart that the reader chose, to go down to what is behind it.</summary>
/// <param name="Series">Index of the series.</param>
/// <param name="Index">Index along X.</param>
public sealed record ChartPoint(int Series, int Index);

/// <summary>Everything a chart shows. X is either <see cref="Categories"/> or <see cref="Xs"/>.</summary>
public sealed record Chart
{
    public ChartKind Kind { get; init; } = ChartKind.Line;

    /// <summary>What the chart shows, in words: its name for screen readers.</summary>
    public required string Title { get; init; }

    /// <summary>Labels along X, as the reader's culture writes them.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Shorter labels for the axis itself, one for each category; empty where the categories fit.</summary>
    public IReadOnlyList<string> AxisLabels { get; init; } = [];

    /// <summary>Numbers along X; empty where X is categories.</summary>
    public IReadOnlyList<double> Xs { get; init; } = [];

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public ChartFormat XFormat { get; init; } = ChartFormat.Number;

    public ChartFormat YFormat { get; init; } = ChartFormat.Number;

    /// <summary>What X is; of horizontal bars it stands upright.</summary>
    public string? XTitle { get; init; }

    /// <summary>What the values are, with their unit.</summary>
    public string? YTitle { get; init; }

    public double? YMin { get; init; }

    public double? YMax { get; init; }

    public double? XMin { get; init; }

    public double? XMax { get; init; }

    public bool Stacked { get; init; }

    /// <summary>Pixels.</summary>
    public int Height { get; init; } = 240;

    /// <summary>Lines across the chart, such as a threshold or a goal.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>The last day of each category of a chart over time: what happened to the company is marked along them. Empty for any other chart.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>What happened along X.</summary>
    public IReadOnlyList<ChartEvent> Events { get; init; } = [];

    /// <summary>How many values the chart shows.</summary>
    public int Points => Series.Sum(series => series.Values.Count(value => value is not null));

    /// <summary>The label of a position along X.</summary>
    public string LabelOf(int index) => Xs.Count > 0 ? ChartText.Of(Xs[index], XFormat) : Categories[index];
}
