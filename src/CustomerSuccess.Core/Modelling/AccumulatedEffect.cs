namespace CustomerSuccess.Core.Modelling;

/// <summary>Which way a prediction goes as a number grows.</summary>
public enum EffectDirection
{
    /// <summary>It hardly moves.</summary>
    Flat,
    Rises,
    Falls,

    /// <summary>Up in one part and down in another.</summary>
    Both,
}

/// <summary>What a model does with one number while everything else stays as it is.</summary>
/// <param name="Edges">Ascending; the first is the least value there is, the last the greatest.</param>
/// <param name="Effects">At each edge, in the units of the prediction; 0 on average over the rows.</param>
/// <param name="Rows">How many rows lie in each interval, which ends with its upper edge; the first holds the least value too.</param>
/// <param name="Missing">Rows without a value: they lie in no interval.</param>
public sealed record EffectCurve(IReadOnlyList<double> Edges, IReadOnlyList<double> Effects, IReadOnlyList<int> Rows, int Missing)
{
    /// <summary>A way counts where it makes up so much of all that the curve moves.</summary>
    private const double Clear = 0.8;

    /// <summary>From the lowest to the highest point.</summary>
    public double Range => Effects.Count == 0 ? 0 : Effects.Max() - Effects.Min();

    /// <summary>The way the curve goes, each step counted in full.</summary>
    /// <param name="least">A range below this is flat.</param>
    public EffectDirection Direction(double least)
    {
        var (up, down) = (0.0, 0.0);
        for (var i = 1; i < Effects.Count; i++)
        {
            up += Math.Max(0, Effects[i] - Effects[i - 1]);
            down += Math.Max(0, Effects[i - 1] - Effects[i]);
        }

        return Range < least ? EffectDirection.Flat
            : up >= Clear * (up + down) ? EffectDirection.Rises
            : down >= Clear * (up + down) ? EffectDirection.Falls
            : EffectDirection.Both;
    }
}

/// <summary>
/// Accumulated local effects of one number (Apley and Zhu 2020, "Visualizing the effects of predictor variables in black box supervised learning models", J. R. Stat. Soc. B 82(4), equations 15 and 16):
/// within each interval the mean over its rows of f(upper edge, the rest) − f(lower edge, the rest), summed up from the left.
/// Rows are moved within their own interval alone, so that no combination is asked for that hardly occurs, and numbers that go together are not charged for each other.
/// The curve is drawn straight between edges and shifted so that its mean over the rows is 0. Of an additive model it is the summand itself.
/// </summary>
public static class AccumulatedEffect
{
    /// <summary>Intervals at most, of equal mass.</summary>
    public const int MostIntervals = 16;

    /// <summary>Edges at quantiles of the values; every value is one where there are few.</summary>
    /// <param name="values">NaN where missing.</param>
    public static double[] EdgesOf(IReadOnlyList<double> values)
    {
        double[] present = [.. values.Where(double.IsFinite).Order()];
        double[] distinct = [.. present.Distinct()];
        return distinct.Length <= MostIntervals + 1
            ? distinct
            : [.. Enumerable.Range(0, MostIntervals + 1).Select(i => present[(int)Math.Round((double)i * (present.Length - 1) / MostIntervals)]).Distinct()];
    }

    /// <summary>The interval of a value among edges; −1 where it is missing or beyond them.</summary>
    public static int IntervalOf(IReadOnlyList<double> edges, double value)
    {
        if (edges.Count < 2 || !(value >= edges[0]) || value > edges[^1])
        {
            return -1;
        }

        var (low, high) = (1, edges.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = value <= edges[middle] ? (low, middle) : (middle + 1, high);
        }

        return low - 1;
    }

    /// <summary>The curve; null where there are no two different values.</summary>
    /// <param name="values">The number in each row; NaN where missing.</param>
    /// <param name="edges">As <see cref="EdgesOf"/> gives them, of these or of more rows.</param>
    /// <param name="predict">Predictions of all rows with the number replaced by the given ones; it is asked twice.</param>
    public static EffectCurve? Of(double[] values, double[] edges, Func<double[], double[]> predict)
    {
        if (edges.Length < 2)
        {
            return null;
        }

        var intervals = Array.ConvertAll(values, value => IntervalOf(edges, value));
        var below = predict([.. values.Select((value, i) => intervals[i] < 0 ? value : edges[intervals[i]])]);
        var above = predict([.. values.Select((value, i) => intervals[i] < 0 ? value : edges[intervals[i] + 1])]);
        var (sums, rows) = (new double[edges.Length - 1], new int[edges.Length - 1]);
        for (var i = 0; i < values.Length; i++)
        {
            if (intervals[i] >= 0)
            {
                sums[intervals[i]] += above[i] - below[i];
                rows[intervals[i]]++;
            }
        }

        var effects = new double[edges.Length];
        for (var k = 0; k < sums.Length; k++)
        {
            effects[k + 1] = effects[k] + (rows[k] == 0 ? 0 : sums[k] / rows[k]);
        }

        var (total, counted) = (0.0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (intervals[i] is >= 0 and var k)
            {
                total += effects[k] + ((effects[k + 1] - effects[k]) * (values[i] - edges[k]) / (edges[k + 1] - edges[k]));
                counted++;
            }
        }

        var mean = counted == 0 ? 0 : total / counted;
        return new(edges, Array.ConvertAll(effects, effect => effect - mean), rows, values.Length - counted);
    }
}
