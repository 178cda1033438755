namespace CustomerSuccess.Core.Modelling;

public enum EncodingKind
{
    /// <summary>A number; for the trees missing is below every value seen, for the regression the mean with an indicator.</summary>
    Number,

    /// <summary>A category of few levels: one column for each, missing being a level.</summary>
    Levels,

    /// <summary>A category of many levels: the log-odds of the outcome by level, shrunk to the overall rate.</summary>
    Rate,
}

/// <summary>
/// How a model reads one column of the table, fitted on training rows alone. A cell is one double: the number or NaN;
/// for categories the index of the level, NaN for missing, −1 for a level never seen.
/// </summary>
public sealed record ColumnEncoding(string Name, EncodingKind Kind)
{
    /// <summary>What a missing number is to the trees: the training minimum − 1.</summary>
    public float MissingCode { get; init; }

    /// <summary>True where training rows lacked the value: the regression then has an indicator, or the category a level of its own.</summary>
    public bool HasMissing { get; init; }

    /// <summary>True where the regression sees sign(x) log(1 + |x|), for heavy tails.</summary>
    public bool Log { get; init; }

    /// <summary>Range of the (transformed) number in training; the regression does not extrapolate beyond it.</summary>
    public double Low { get; init; }

    public double High { get; init; }

    /// <summary>Mean of the (transformed) number in training, in place of a missing one.</summary>
    public double Mean { get; init; }

    /// <summary>Knots of the piecewise linear terms, transformed.</summary>
    public IReadOnlyList<double> Knots { get; init; } = [];

    /// <summary>Levels seen, in ordinal order.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Log-odds by level, for <see cref="EncodingKind.Rate"/>.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [];

    /// <summary>Log-odds of a missing and of an unseen level.</summary>
    public double MissingRate { get; init; }

    public double UnseenRate { get; init; }

    /// <summary>Columns of a one-hot category: two complementary ones would be one too many.</summary>
    private int LevelColumns => Levels.Count + (HasMissing ? 1 : 0) is var n && n == 2 ? 1 : n;

    /// <summary>How many columns the trees get.</summary>
    public int TreeInputs => Kind == EncodingKind.Levels ? LevelColumns : 1;

    /// <summary>How many columns the regression gets.</summary>
    public int LinearInputs => Kind switch
    {
        EncodingKind.Number => 1 + Knots.Count + (HasMissing ? 1 : 0),
        EncodingKind.Levels => LevelColumns,
        _ => 1,
    };

    public void WriteTree(double cell, Span<float> to)
    {
        switch (Kind)
        {
            case EncodingKind.Number:
                to[0] = double.IsNaN(cell) ? MissingCode : Single(cell);
                break;
            case EncodingKind.Levels:
                to.Clear();
                if (LevelColumn(cell) is var column && column >= 0 && column < to.Length)
                {
                    to[column] = 1;
                }

                break;
            default:
                to[0] = (float)Rate(cell);
                break;
        }
    }

    public void WriteLinear(double cell, Span<double> to)
    {
        switch (Kind)
        {
            case EncodingKind.Number:
                var missing = double.IsNaN(cell);
                var x = missing ? Mean : Math.Clamp(Transform(cell), Low, High);
                to[0] = x;
                for (var k = 0; k < Knots.Count; k++)
                {
                    to[k + 1] = Math.Max(0, x - Knots[k]);
                }

                if (HasMissing)
                {
                    to[^1] = missing ? 1 : 0;
                }

                break;
            case EncodingKind.Levels:
                to.Clear();
                if (LevelColumn(cell) is var column && column >= 0 && column < to.Length)
                {
                    to[column] = 1;
                }

                break;
            default:
                to[0] = Rate(cell);
                break;
        }
    }

    /// <summary>The number as the regression sees it.</summary>
    public double Transform(double x) => Log ? Math.Sign(x) * Math.Log(1 + Math.Abs(x)) : x;

    /// <summary>As the trees see it; out of range is cut.</summary>
    internal static float Single(double x) => (float)Math.Clamp(x, -1e30, 1e30);

    private int LevelColumn(double cell) => double.IsNaN(cell) ? (HasMissing ? Levels.Count : -1) : (int)cell;

    private double Rate(double cell) => double.IsNaN(cell) ? MissingRate : cell < 0 ? UnseenRate : Rates[(int)cell];
}
