namespace CustomerSuccess.Core.Modelling;

/// <summary>What the pages draw of a backtest.</summary>
public static class TestCurves
{
    private const int Bins = 10;
    private const double Z = 1.959964;

    /// <summary>Ten bins of equal mass, lowest first; equal probabilities share a bin.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(double[] probabilities, bool[] labels)
    {
        var order = Enumerable.Range(0, labels.Length).OrderBy(i => probabilities[i]).ToArray();
        var bins = new List<ReliabilityBin>();
        var from = 0;
        for (var bin = 1; bin <= Bins && from < order.Length; bin++)
        {
            var to = Math.Max(from + 1, (int)((long)bin * order.Length / Bins));
            while (to < order.Length && probabilities[order[to]] == probabilities[order[to - 1]])
            {
                to++;
            }

            var rows = order[from..to];
            var positive = rows.Count(i => labels[i]);
            var (lower, upper) = Wilson(positive, rows.Length);
            bins.Add(new ReliabilityBin(probabilities[rows[0]], probabilities[rows[^1]], rows.Length, rows.Average(i => probabilities[i]), (double)positive / rows.Length, lower, upper));
            from = to;
        }

        return bins;
    }

    /// <summary>Lift and share of outcomes found in the top 5 %, 10 %, … 100 % of rows; empty without outcomes.</summary>
    public static IReadOnlyList<LiftPoint> Lift(double[] scores, bool[] labels)
    {
        var all = labels.Count(label => label);
        if (all == 0)
        {
            return [];
        }

        var order = Enumerable.Range(0, labels.Length).OrderByDescending(i => scores[i]).ToArray();
        var found = 0;
        var next = 0;
        var points = new List<LiftPoint>();
        for (var step = 1; step <= 20; step++)
        {
            var count = (int)Math.Round(step * labels.Length / 20.0);
            for (; next < count; next++)
            {
                found += labels[order[next]] ? 1 : 0;
            }

            if (count > 0)
            {
                points.Add(new LiftPoint(step / 20.0, (double)found / count / ((double)all / labels.Length), (double)found / all));
            }
        }

        return points;
    }

    /// <summary>Wilson's 95 % score interval of a share (Wilson 1927).</summary>
    public static (double Lower, double Upper) Wilson(int positive, int n)
    {
        var p = (double)positive / n;
        var centre = p + (Z * Z / (2 * n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4.0 * n * n)));
        var scale = 1 + (Z * Z / n);
        return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }
}
