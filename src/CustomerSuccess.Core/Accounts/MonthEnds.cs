namespace CustomerSuccess.Core.Accounts;

/// <summary>Month ends, at which a month is read.</summary>
public static class MonthEnds
{
    /// <summary>The last day of the day's month.</summary>
    public static DateOnly OnOrAfter(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    /// <summary>The day itself where it ends its month, else the end of the month before.</summary>
    public static DateOnly OnOrBefore(DateOnly day) => OnOrAfter(day) == day ? day : new DateOnly(day.Year, day.Month, 1).AddDays(-1);

    /// <summary>Every month end from the first to the last day, both included, ascending.</summary>
    public static IEnumerable<DateOnly> Between(DateOnly first, DateOnly last)
    {
        for (var end = OnOrAfter(first); end <= last; end = OnOrAfter(end.AddDays(1)))
        {
            yield return end;
        }
    }
}
