namespace CustomerSuccess.Core.Accounts;

/// <summary>Which accounts an account is compared with, from the closest kind to the widest.</summary>
public enum PeerKind
{
    /// <summary>Of its segment and plan, with half to twice its MRR.</summary>
    SegmentPlanSize,

    /// <summary>Of its segment, with half to twice its MRR.</summary>
    SegmentSize,

    /// <summary>Of its segment.</summary>
    Segment,

    /// <summary>All paying accounts.</summary>
    All,
}

/// <summary>How an account's use of a feature compares with that of others.</summary>
/// <param name="Percentile">Of the others, how many use it less, 0–100 (half of those who use it equally).</param>
/// <param name="LowerQuartile">Use of the others, per seat where seats are compared.</param>
/// <param name="Median">Likewise.</param>
/// <param name="UpperQuartile">Likewise.</param>
/// <param name="Own">The account's, likewise.</param>
/// <param name="Using">How many of the others use it at all.</param>
/// <param name="Peers">How many others there are.</param>
public sealed record PeerComparison(double Percentile, double LowerQuartile, double Median, double UpperQuartile, double Own, int Using, int Peers)
{
    /// <summary>Others that there must be at least: fewer say nothing, and might say too much of one.</summary>
    public const int Fewest = 5;

    /// <summary>Compares; null for fewer than <see cref="Fewest"/> others.</summary>
    public static PeerComparison? Of(double own, IReadOnlyCollection<double> peers)
    {
        if (peers.Count < Fewest)
        {
            return null;
        }

        var sorted = peers.Order().ToArray();
        var below = sorted.Count(value => value < own) + (0.5 * sorted.Count(value => value == own));
        return new(100 * below / sorted.Length, Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), own, sorted.Count(value => value > 0), sorted.Length);
    }

    /// <summary>By linear interpolation (Hyndman and Fan's type 7).</summary>
    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}

/// <summary>Use of one feature of the product.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Recent">Uses in the last four weeks.</param>
/// <param name="Before">Uses in the four weeks before.</param>
/// <param name="YearAgo">Uses in the same four weeks a year ago; null where nothing was counted then.</param>
/// <param name="Weeks">Uses by week, the oldest of 13 weeks first.</param>
/// <param name="Comparison">With others; null where there are too few.</param>
public sealed record FeatureUse(string Metric, double Recent, double Before, double? YearAgo, IReadOnlyList<double> Weeks, PeerComparison? Comparison)
{
    /// <summary>Change against the four weeks before, as a share; null where there was no use.</summary>
    public double? Change => Before > 0 ? (Recent - Before) / Before : null;
}

/// <summary>Use of the product's features by an account, against its own past and against others.</summary>
/// <param name="Until">The last day counted: how far usage data reach.</param>
/// <param name="Features">Those of the account by recent use, then those that only others use by how many do.</param>
/// <param name="Peers">Which others; null where there are too few.</param>
/// <param name="PerSeat">True where uses are compared per seat.</param>
public sealed record FeatureUseSheet(DateOnly Until, IReadOnlyList<FeatureUse> Features, PeerKind? Peers, bool PerSeat)
{
    public int PeerCount { get; init; }
}
