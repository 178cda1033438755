namespace CustomerSuccess.Core.Modelling;

/// <summary>Which rows are learned from and which are judged: trained only where t + lead + horizon + grace ≤ the first test date.</summary>
/// <param name="Train">Positions of training rows.</param>
/// <param name="Test">Positions of test rows.</param>
public sealed record TimeSplit(int[] Train, int[] Test)
{
    private const int LeastTestDates = 3;
    private const int MostTestDates = 12;

    /// <param name="dates">By row, the as-of date.</param>
    /// <param name="days">Lead + horizon + grace.</param>
    /// <param name="testFrom">First day of the test; by default the last third of the dates is tested, at least 3 and at most 12.</param>
    public static TimeSplit Of(DateOnly[] dates, int days, DateOnly? testFrom = null)
    {
        var distinct = dates.Distinct().Order().ToArray();
        var count = Math.Min(distinct.Length, Math.Clamp((int)Math.Round(distinct.Length / 3.0), LeastTestDates, MostTestDates));
        DateOnly? first = testFrom is { } from
            ? distinct.Where(d => d >= from).Select(d => (DateOnly?)d).FirstOrDefault()
            : count > 0 ? distinct[^count] : null;
        return first is null
            ? new TimeSplit([], [])
            : new TimeSplit(
                [.. Enumerable.Range(0, dates.Length).Where(r => dates[r].DayNumber + days <= first.Value.DayNumber)],
                [.. Enumerable.Range(0, dates.Length).Where(r => dates[r] >= first)]);
    }
}
