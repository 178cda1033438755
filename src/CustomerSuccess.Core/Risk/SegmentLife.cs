namespace CustomerSuccess.Core.Risk;

/// <summary>Discounted months of life to expect in each segment, by the mean probability of its accounts.</summary>
public sealed class SegmentLife
{
    /// <summary>A segment with fewer accounts is read as the whole company.</summary>
    public const int FewestAccounts = 20;

    private readonly Dictionary<string, double> _months;
    private readonly double _all;

    /// <param name="accounts">Segment and probability of churn within the horizon of each scored account.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    public SegmentLife(IReadOnlyCollection<(string? Segment, double Probability)> accounts, int horizonDays)
    {
        double Months(IEnumerable<(string? Segment, double Probability)> group) => TouchValue.ExpectedMonths(TouchValue.MonthlyHazard(group.Average(account => account.Probability), horizonDays));
        _all = accounts.Count == 0 ? TouchValue.ExpectedMonths(0) : Months(accounts);
        _months = accounts
            .Where(account => account.Segment is not null)
            .GroupBy(account => account.Segment!, StringComparer.Ordinal)
            .Where(group => group.Count() >= FewestAccounts)
            .ToDictionary(group => group.Key, Months, StringComparer.Ordinal);
    }

    public double MonthsOf(string? segment) => segment is not null && _months.TryGetValue(segment, out var months) ? months : _all;
}
