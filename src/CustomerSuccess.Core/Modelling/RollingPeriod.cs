namespace CustomerSuccess.Core.Modelling;

/// <summary>A later stretch of time of a rolling-origin backtest (Tashman 2000): fitted on what was known before it, judged on its own dates.</summary>
/// <param name="From">First as-of date that is judged.</param>
/// <param name="To">Last as-of date that is judged.</param>
/// <param name="Train">Positions of rows with t + lead + horizon + grace ≤ <paramref name="From"/>.</param>
/// <param name="Test">Positions of rows from <paramref name="From"/> to <paramref name="To"/>.</param>
public sealed record RollingPeriod(DateOnly From, DateOnly To, int[] Train, int[] Test)
{
    public const int Most = 4;

    private const int LeastDates = 3;
    private const int MostDates = 24;

    /// <summary>
    /// Cuts the later half of the dates (24 at most) into up to four consecutive periods of at least three dates each.
    /// Periods before which nothing is known yet are left out; nothing is judged twice.
    /// </summary>
    /// <param name="dates">By row, the as-of date.</param>
    /// <param name="days">Lead + horizon + grace: what lies between the last training date and a period.</param>
    /// <param name="testFrom">First day that may be judged; null for the later half of the dates.</param>
    public static IReadOnlyList<RollingPeriod> Of(DateOnly[] dates, int days, DateOnly? testFrom = null)
    {
        var distinct = dates.Distinct().Order().ToArray();
        DateOnly[] judged = testFrom is { } from ? [.. distinct.Where(day => day >= from)] : distinct[^Math.Min(MostDates, distinct.Length / 2)..];
        var count = Math.Min(Most, Math.Max(1, judged.Length / LeastDates));
        var periods = new List<RollingPeriod>();
        for (var p = 0; p < count && judged.Length > 0; p++)
        {
            DateOnly first = judged[p * judged.Length / count], last = judged[((p + 1) * judged.Length / count) - 1];
            var period = new RollingPeriod(
                first,
                last,
                [.. Enumerable.Range(0, dates.Length).Where(r => dates[r].DayNumber + days <= first.DayNumber)],
                [.. Enumerable.Range(0, dates.Length).Where(r => dates[r] >= first && dates[r] <= last)]);
            if (period.Train.Length > 0)
            {
                periods.Add(period);
            }
        }

        return periods;
    }
}
