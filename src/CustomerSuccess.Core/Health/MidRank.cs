namespace CustomerSuccess.Core.Health;

/// <summary>Percentiles by mid-rank: 100 × (values below + half of those equal) / values.</summary>
public static class MidRank
{
    /// <summary>The percentile of every value among those that are there, above 0 and below 100; NaN stays NaN. A greater value never has a lower percentile.</summary>
    public static double[] Percentiles(ReadOnlySpan<double> values)
    {
        var result = new double[values.Length];
        var order = new int[values.Length];
        var sorted = new double[values.Length];
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = double.NaN;
            if (!double.IsNaN(values[i]))
            {
                (order[count], sorted[count]) = (i, values[i]);
                count++;
            }
        }

        Array.Sort(sorted, order, 0, count);
        for (var from = 0; from < count;)
        {
            var to = from + 1;
            while (to < count && sorted[to] == sorted[from])
            {
                to++;
            }

            var percentile = 100.0 * (from + (0.5 * (to - from))) / count;
            for (; from < to; from++)
            {
                result[order[from]] = percentile;
            }
        }

        return result;
    }
}
