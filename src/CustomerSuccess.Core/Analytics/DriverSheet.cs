using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Analytics;

/// <summary>What a value of a category goes with.</summary>
/// <param name="Level">The value; null for accounts without one.</param>
/// <param name="Rows">Accounts that have it.</param>
/// <param name="MeanPoints">Mean probability points that the model gives them for it.</param>
public sealed record LevelEffect(string? Level, int Rows, double MeanPoints);

/// <summary>The shape of one feature: a curve for a number, points by value for a category.</summary>
/// <param name="Feature">Its name in the catalogue.</param>
/// <param name="Theme">The reason that it is part of.</param>
/// <param name="MeanPoints">Mean absolute probability points over the accounts.</param>
/// <param name="Curve">Accumulated local effects in probability; null for a category.</param>
/// <param name="Levels">Of a category; empty for a number.</param>
public sealed record FeatureShape(string Feature, string Theme, double MeanPoints, EffectCurve? Curve, IReadOnlyList<LevelEffect> Levels)
{
    /// <summary>Bars of the density.</summary>
    public const int Bars = 12;

    /// <summary>Accounts by bars of equal width from the least value to the greatest: where the curve rests on many. Empty for a category.</summary>
    public IReadOnlyList<int> Density { get; init; } = [];

    /// <summary>The shape with the density of the given values, NaN where missing.</summary>
    public FeatureShape WithDensity(IReadOnlyList<float> values)
    {
        var density = new int[Bars];
        foreach (var value in values)
        {
            if (BarOf(value) is >= 0 and var bar)
            {
                density[bar]++;
            }
        }

        return this with { Density = density };
    }

    /// <summary>The bar in which a value lies; −1 where it is missing, or the feature is a category.</summary>
    public int BarOf(double value) => Curve is { Edges: [var least, .., var most] } && value >= least && value <= most ? Math.Min(Bars - 1, (int)((value - least) / (most - least) * Bars)) : -1;

    /// <summary>From where to where a bar reaches.</summary>
    public (double From, double To) Bar(int bar) => Curve is { Edges: [var least, .., var most] } ? (least + ((most - least) * bar / Bars), least + ((most - least) * (bar + 1) / Bars)) : default;
}

/// <summary>What a driver sheet's columns are.</summary>
public sealed record DriverHead
{
    /// <summary>The reasons, in the order of their columns.</summary>
    public required IReadOnlyList<string> Themes { get; init; }

    /// <summary>The segments that the codes of the second column name; −1 is none known.</summary>
    public required IReadOnlyList<string> Segments { get; init; }

    /// <summary>Features whose values stand in the last columns.</summary>
    public IReadOnlyList<FeatureShape> Shapes { get; init; } = [];

    /// <summary>Added up over all accounts, so that pages need no rows.</summary>
    public DriverPart? Whole { get; init; }

    /// <summary>Added up by segment.</summary>
    public IReadOnlyList<DriverPart> Parts { get; init; } = [];

    /// <summary>The reasons that later data bore out when the model was tested; null where the test does not say.</summary>
    public IReadOnlyList<string>? BorneOut { get; init; }
}

/// <summary>The reasons for the score of every account at one day.</summary>
/// <param name="head">What the columns are.</param>
/// <param name="sheet">MRR; then base probability, segment, the points of every theme, the values of shaped features.</param>
public sealed class DriverSheet(DriverHead head, PackedSheet sheet)
{
    private const int BaseColumn = 0, SegmentColumn = 1, FirstTheme = 2;

    public DriverHead Head { get; } = head;

    public int Rows => sheet.Accounts.Length;

    public IReadOnlyList<int> Accounts => sheet.Accounts;

    public IReadOnlyList<double> Mrr => sheet.Amounts;

    /// <summary>The probability before anything is known of an account; 0 where rules score.</summary>
    public IReadOnlyList<float> Base => sheet.Columns[BaseColumn];

    /// <summary>The segment of a row; null where none was known.</summary>
    public string? Segment(int row) => sheet.Columns[SegmentColumn][row] is >= 0 and var code ? Head.Segments[(int)code] : null;

    /// <summary>Probability points of a theme by row, positive where it raises the risk; rule points / 100 where rules score.</summary>
    public IReadOnlyList<float> Points(int theme) => sheet.Columns[FirstTheme + theme];

    /// <summary>The values of a shaped feature by row, NaN where missing; the place among its levels for a category.</summary>
    public IReadOnlyList<float> Values(int shape) => sheet.Columns[FirstTheme + Head.Themes.Count + shape];

    /// <summary>Base and points of all themes: the probability that was shown.</summary>
    public double Probability(int row)
    {
        double sum = Base[row];
        for (var theme = 0; theme < Head.Themes.Count; theme++)
        {
            sum += Points(theme)[row];
        }

        return sum;
    }

    public byte[] Pack() => sheet.Pack();

    /// <summary>Puts a sheet together, with its totals.</summary>
    /// <param name="themes">The reasons.</param>
    /// <param name="accounts">Account numbers.</param>
    /// <param name="mrr">MRR in the reporting currency.</param>
    /// <param name="segments">The segment of each account; null where none is known.</param>
    /// <param name="basis">The base probability of each account.</param>
    /// <param name="points">By theme, then by account.</param>
    /// <param name="shapes">Features with their values by account.</param>
    /// <param name="borneOut">See <see cref="DriverHead.BorneOut"/>.</param>
    public static DriverSheet Of(IReadOnlyList<string> themes, int[] accounts, double[] mrr, IReadOnlyList<string?> segments, float[] basis, IReadOnlyList<float[]> points, IReadOnlyList<(FeatureShape Shape, float[] Values)> shapes, IReadOnlyList<string>? borneOut = null)
    {
        string[] names = [.. segments.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var codes = names.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        var head = new DriverHead { Themes = themes, Segments = names, Shapes = [.. shapes.Select(shape => shape.Shape)], BorneOut = borneOut };
        var sheet = new PackedSheet(accounts, mrr, [basis, [.. segments.Select(segment => segment is null ? -1f : codes[segment])], .. points, .. shapes.Select(shape => shape.Values)]);
        var bare = new DriverSheet(head, sheet);
        return new(head with { Whole = DriverTally.Of(bare, null), Parts = DriverTally.BySegment(bare) }, sheet);
    }
}
