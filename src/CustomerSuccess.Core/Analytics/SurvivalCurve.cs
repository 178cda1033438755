namespace CustomerSuccess.Core.Analytics;

/// <summary>The survival curve at a time.</summary>
/// <param name="Time">In the unit in which times were added.</param>
/// <param name="Share">Still there, 0–1.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="AtRisk">How many were still watched just before the time.</param>
/// <param name="Left">How many have left by the time, of all.</param>
public sealed record SurvivalPoint(double Time, double Share, double Lower, double Upper, int AtRisk, int Left);

/// <summary>
/// How long customers stay, those counted in who are still there: the product-limit estimate of Kaplan and Meier (1958),
/// with Greenwood's variance on the log(−log) scale, whose interval stays within 0 and 1 (Kalbfleisch and Prentice 1980).
/// </summary>
public sealed class SurvivalCurve
{
    private const double Z = 1.959964;

    private readonly List<(double Time, bool Left)> _times = [];

    public int Count => _times.Count;

    /// <param name="time">How long it was watched; below 0 counts as 0.</param>
    /// <param name="left">True where it left then, false where it was last seen then.</param>
    public void Add(double time, bool left) => _times.Add((Math.Max(0, time), left));

    /// <summary>The curve at times, which must ascend; a time beyond the longest that was watched gives no point.</summary>
    public IReadOnlyList<SurvivalPoint> At(IEnumerable<double> times)
    {
        // who leaves at a time leaves before who is last seen at it
        var sorted = _times.OrderBy(t => t.Time).ThenByDescending(t => t.Left).ToList();
        var points = new List<SurvivalPoint>();
        double share = 1, variance = 0;
        int at = 0, left = 0;
        foreach (var time in times)
        {
            if (sorted.Count == 0 || time > sorted[^1].Time)
            {
                break;
            }

            var risk = sorted.Count - at;
            while (at < sorted.Count && sorted[at].Time <= time)
            {
                var (now, first) = (sorted[at].Time, at);
                var gone = 0;
                for (; at < sorted.Count && sorted[at].Time == now; at++)
                {
                    gone += sorted[at].Left ? 1 : 0;
                }

                var watched = sorted.Count - first;
                risk = now < time ? sorted.Count - at : watched;
                if (gone > 0)
                {
                    share *= 1 - ((double)gone / watched);
                    variance += gone == watched ? 0 : (double)gone / ((double)watched * (watched - gone));
                    left += gone;
                }
            }

            var (lower, upper) = Interval(share, variance);
            points.Add(new(time, share, lower, upper, risk, left));
        }

        return points;
    }

    /// <summary>The time by which half have left; null where the curve stays above.</summary>
    public double? Median()
    {
        foreach (var point in At(_times.Where(t => t.Left).Select(t => t.Time).Distinct().Order()))
        {
            if (point.Share <= 0.5)
            {
                return point.Time;
            }
        }

        return null;
    }

    /// <summary>exp(−exp(log(−log S) ± z √Σ / |log S|)); a curve at 1 or 0 has no width on this scale.</summary>
    private static (double Lower, double Upper) Interval(double share, double variance)
    {
        if (share is <= 0 or >= 1)
        {
            return (share, share);
        }

        var log = Math.Log(share);
        var half = Z * Math.Sqrt(variance) / Math.Abs(log);
        var centre = Math.Log(-log);
        return (Math.Exp(-Math.Exp(centre + half)), Math.Exp(-Math.Exp(centre - half)));
    }
}
