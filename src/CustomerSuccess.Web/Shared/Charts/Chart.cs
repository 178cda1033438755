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
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, ChartKind? Kind = null, int? Colour = null, bool Dashed = false);

/// <summary>A line across the chart, such as a threshold.</summary>
public sealed record ChartMark(double Value, string Label);

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

    public string? XTitle { get; init; }

    public string? YTitle { get; init; }

    public double? YMin { get; init; }

    public double? YMax { get; init; }

    public double? XMin { get; init; }

    public double? XMax { get; init; }

    public bool Stacked { get; init; }

    /// <summary>Pixels.</summary>
    public int Height { get; init; } = 240;

    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>How many values the chart shows.</summary>
    public int Points => Series.Sum(series => series.Values.Count(value => value is not null));

    /// <summary>The label of a position along X.</summary>
    public string LabelOf(int index) => Xs.Count > 0 ? ChartText.Of(Xs[index], XFormat) : Categories[index];
}
