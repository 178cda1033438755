using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Feedback;

/// <summary>What may be said of a theme's course.</summary>
public enum ThemeCourse
{
    /// <summary>Too few customers spoke of it, or too few wrote at all.</summary>
    TooFew,

    /// <summary>Chance explains the difference.</summary>
    Same,

    Rising,

    Falling,
}

/// <summary>Customers of one source in two periods: how many wrote, and how many of them spoke of a theme.</summary>
/// <param name="Spoke">Of the period, spoke of the theme.</param>
/// <param name="Wrote">Of the period, wrote anything.</param>
/// <param name="SpokeBefore">The same before.</param>
/// <param name="WroteBefore">The same before.</param>
public readonly record struct ThemeStratum(int Spoke, int Wrote, int SpokeBefore, int WroteBefore);

/// <summary>How the share of customers who speak of a theme, among those who write, differs from that before.</summary>
/// <param name="Difference">−1 to 1; null where no source was written in both times.</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="P">How often chance alone differs so much, 0–1; null as above.</param>
/// <param name="Course">What may be said, all themes of a page together.</param>
public sealed record ThemeTrend(double? Difference, double? Lower, double? Upper, double? P, ThemeCourse Course)
{
    /// <summary>Customers who spoke of it, and who wrote in either time, below which nothing is said.</summary>
    public const int LeastSpoke = 8, LeastWrote = 20;

    /// <summary>Of pages on which nothing changed, at most this share calls anything a change.</summary>
    public const double Error = 0.05;

    private const double Z = 1.959964;

    /// <summary>
    /// The change of each theme. Sources are compared each with itself (a survey's wave brings comments, not complaints): Mantel and Haenszel's difference of shares with Sato's variance (1989),
    /// Cochran, Mantel and Haenszel's test with correction for continuity. Customers are counted, not texts: one who writes ten times counts once. Since many themes are looked at,
    /// a change is called one by Holm's rule (1979) over all of them. That the same customers are in both times makes the test more careful, not less.
    /// </summary>
    /// <param name="themes">For each theme its sources.</param>
    public static IReadOnlyList<ThemeTrend> Of(IReadOnlyList<IReadOnlyList<ThemeStratum>> themes)
    {
        var found = themes.Select(One).ToArray();
        var tested = found.Select((change, i) => (change, i)).Where(one => one.change.Course != ThemeCourse.TooFew).OrderBy(one => one.change.P).ThenBy(one => one.i).ToList();
        var (left, stands) = (tested.Count, true);
        foreach (var (change, i) in tested)
        {
            stands = stands && change.P * left-- <= Error;
            found[i] = change with { Course = !stands ? ThemeCourse.Same : change.Difference > 0 ? ThemeCourse.Rising : ThemeCourse.Falling };
        }

        return found;
    }

    private static ThemeTrend One(IReadOnlyList<ThemeStratum> strata)
    {
        double weight = 0, sum = 0, p = 0, q = 0, over = 0, variance = 0;
        int spoke = 0, wrote = 0, wroteBefore = 0;
        foreach (var s in strata.Where(s => s is { Wrote: > 0, WroteBefore: > 0 }))
        {
            double n1 = s.Wrote, n0 = s.WroteBefore, x1 = s.Spoke, x0 = s.SpokeBefore, n = n1 + n0, m = x1 + x0;
            weight += n1 * n0 / n;
            sum += ((x1 * n0) - (x0 * n1)) / n;
            p += ((n1 * n1 * x0) - (n0 * n0 * x1) + (n1 * n0 * (n0 - n1) / 2)) / (n * n);
            q += ((x1 * (n0 - x0)) + (x0 * (n1 - x1))) / (2 * n);
            over += x1 - (n1 * m / n);
            variance += n > 1 ? n1 * n0 * m * (n - m) / (n * n * (n - 1)) : 0;
            spoke += s.Spoke + s.SpokeBefore;
            wrote += s.Wrote;
            wroteBefore += s.WroteBefore;
        }

        if (weight == 0)
        {
            return new(null, null, null, null, ThemeCourse.TooFew);
        }

        var difference = sum / weight;
        var half = Z * Math.Sqrt(Math.Max(0, (difference * p) + q)) / weight;
        var z = variance > 0 ? Math.Max(0, Math.Abs(over) - 0.5) / Math.Sqrt(variance) : 0;
        return new(
            difference, Math.Max(-1, difference - half), Math.Min(1, difference + half), 2 * NormalDistribution.Cumulative(-z),
            spoke < LeastSpoke || wrote < LeastWrote || wroteBefore < LeastWrote ? ThemeCourse.TooFew : ThemeCourse.Same);
    }
}
