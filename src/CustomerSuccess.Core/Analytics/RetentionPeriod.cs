using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>How long the periods of a figure are.</summary>
public enum PeriodGrain
{
    Month,

    /// <summary>Three months of the fiscal year.</summary>
    Quarter,

    /// <summary>A fiscal year.</summary>
    Year,
}

/// <summary>From one month end to another.</summary>
/// <param name="Start">The month end before the period's first day.</param>
/// <param name="End">The month end that is its last day.</param>
public readonly record struct RetentionPeriod(DateOnly Start, DateOnly End)
{
    /// <summary>How many months it has.</summary>
    public int Months => ((End.Year - Start.Year) * 12) + End.Month - Start.Month;

    /// <summary>The month that ends on the day.</summary>
    public static RetentionPeriod Month(DateOnly end) => new(new DateOnly(end.Year, end.Month, 1).AddDays(-1), end);

    /// <summary>The twelve months that end on the day.</summary>
    public static RetentionPeriod Trailing12(DateOnly end) => new(MonthEnds.OnOrAfter(end.AddMonths(-12)), end);

    /// <summary>Months of a whole period.</summary>
    public static int MonthsOf(PeriodGrain grain) => grain switch { PeriodGrain.Month => 1, PeriodGrain.Quarter => 3, _ => 12 };

    /// <summary>The periods in which the days from first to last lie, ascending; the first begins with its quarter or year, the last one ends with <paramref name="last"/> where that is before its own end.</summary>
    /// <param name="grain">How long they are.</param>
    /// <param name="fiscalStart">The month in which fiscal years begin, 1–12.</param>
    /// <param name="first">A day of the first period.</param>
    /// <param name="last">A month end of the last period.</param>
    public static IEnumerable<RetentionPeriod> Between(PeriodGrain grain, int fiscalStart, DateOnly first, DateOnly last)
    {
        var months = MonthsOf(grain);
        var into = (first.Month - fiscalStart + 12) % 12 % months;
        for (var month = new DateOnly(first.Year, first.Month, 1).AddMonths(-into); month <= last; month = month.AddMonths(months))
        {
            var end = MonthEnds.OnOrAfter(month.AddMonths(months - 1));
            yield return new(month.AddDays(-1), end <= last ? end : last);
        }
    }

    /// <summary>The year in which the fiscal year of a day begins.</summary>
    public static int FiscalYear(DateOnly day, int fiscalStart) => day.Month >= fiscalStart ? day.Year : day.Year - 1;
}
