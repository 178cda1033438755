namespace CustomerSuccess.Core.Outreach;

/// <summary>
/// Public holidays of Japan by the Act on National Holidays (国民の祝日に関する法律) as it stands since 2020, with the moved days of 2020 and 2021.
/// The equinoxes follow the approximation of the National Astronomical Observatory's formula that holds from 1980 to 2099.
/// </summary>
public static class JapaneseHolidays
{
    /// <summary>True for a holiday, a substitute for one that fell on a Sunday (振替休日), or a day between two (国民の休日). False outside 2020–2099.</summary>
    public static bool IsHoliday(DateOnly day)
    {
        if (day.Year is < 2020 or > 2099)
        {
            return false;
        }

        return IsNamed(day) || IsSubstitute(day) || (!IsSunday(day) && IsNamed(day.AddDays(-1)) && IsNamed(day.AddDays(1)));
    }

    /// <summary>The first day after a Sunday's holiday that is none itself.</summary>
    private static bool IsSubstitute(DateOnly day)
    {
        for (var earlier = day.AddDays(-1); IsNamed(earlier); earlier = earlier.AddDays(-1))
        {
            if (IsSunday(earlier))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) or (2, 11) or (2, 23) or (4, 29) or (5, 3) or (5, 4) or (5, 5) or (11, 3) or (11, 23) => true,
        (1, _) => IsMonday(day, 2),
        (3, _) => day.Day == Equinox(day.Year, 20.8431),
        (7, _) => day.Year switch
        {
            2020 => day.Day is 23 or 24,
            2021 => day.Day is 22 or 23,
            _ => IsMonday(day, 3),
        },
        (8, _) => day.Day == (day.Year switch { 2020 => 10, 2021 => 8, _ => 11 }),
        (9, _) => IsMonday(day, 3) || day.Day == Equinox(day.Year, 23.2488),
        (10, _) => day.Year is not (2020 or 2021) && IsMonday(day, 2),
        _ => false,
    };

    private static int Equinox(int year, double offset) => (int)(offset + (0.242194 * (year - 1980)) - ((year - 1980) / 4));

    private static bool IsMonday(DateOnly day, int nth) => day.DayOfWeek == DayOfWeek.Monday && (day.Day - 1) / 7 == nth - 1;

    private static bool IsSunday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday;
}
