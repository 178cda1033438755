namespace CustomerSuccess.Core.BusinessTime;

/// <summary>Why a day is a national holiday in Japan.</summary>
public enum JapaneseHoliday
{
    NewYear,
    ComingOfAge,
    NationalFoundation,
    EmperorsBirthday,
    VernalEquinox,
    Greenery,
    Showa,
    Constitution,
    Children,
    Marine,
    Mountain,
    RespectForTheAged,
    AutumnalEquinox,
    Sports,
    Culture,
    LabourThanksgiving,

    /// <summary>A day of mourning, a wedding or an enthronement, by a law of its own.</summary>
    Imperial,

    /// <summary>In place of a holiday that falls on a Sunday.</summary>
    Substitute,

    /// <summary>A day between two holidays.</summary>
    Citizens,
}

/// <summary>
/// Japan's national holidays by the rules of the Act on National Holidays (Act No. 178 of 1948) with its amendments and the laws for single days.
/// The equinoxes, which the government announces a year ahead, are computed by the formulae of the Hydrographic Department (海上保安庁水路部 暦計算研究会編
/// 「新こよみ便利帳」), which hold for <see cref="FirstYear"/> to <see cref="LastYear"/>.
/// </summary>
public static class JapaneseHolidays
{
    public const int FirstYear = 1980, LastYear = 2099;

    private static readonly Dictionary<DateOnly, JapaneseHoliday>[] Years =
        [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(Build)];

    /// <summary>Why the day is a holiday; null where it is none, or where its year lies outside of what the formulae cover.</summary>
    public static JapaneseHoliday? On(DateOnly day) =>
        day.Year is >= FirstYear and <= LastYear && Years[day.Year - FirstYear].TryGetValue(day, out var holiday) ? holiday : null;

    /// <summary>The holidays of a year in their order; none outside of <see cref="FirstYear"/>–<see cref="LastYear"/>.</summary>
    public static IReadOnlyList<(DateOnly Day, JapaneseHoliday Holiday)> Of(int year) =>
        year is >= FirstYear and <= LastYear ? [.. Years[year - FirstYear].OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))] : [];

    private static Dictionary<DateOnly, JapaneseHoliday> Build(int year)
    {
        var days = Named(year).ToDictionary(named => named.Day, named => named.Holiday);
        AddSubstitutes(year, days);
        AddCitizens(year, days);
        return days;
    }

    private static IEnumerable<(DateOnly Day, JapaneseHoliday Holiday)> Named(int year)
    {
        DateOnly On(int month, int day) => new(year, month, day);

        yield return (On(1, 1), JapaneseHoliday.NewYear);
        yield return (year < 2000 ? On(1, 15) : Monday(year, 1, 2), JapaneseHoliday.ComingOfAge);
        yield return (On(2, 11), JapaneseHoliday.NationalFoundation);
        if (year >= 2020)
        {
            yield return (On(2, 23), JapaneseHoliday.EmperorsBirthday);
        }

        yield return (On(3, Equinox(20.8431, year)), JapaneseHoliday.VernalEquinox);
        yield return (On(4, 29), year switch { <= 1988 => JapaneseHoliday.EmperorsBirthday, <= 2006 => JapaneseHoliday.Greenery, _ => JapaneseHoliday.Showa });
        yield return (On(5, 3), JapaneseHoliday.Constitution);
        if (year >= 2007)
        {
            yield return (On(5, 4), JapaneseHoliday.Greenery);
        }

        yield return (On(5, 5), JapaneseHoliday.Children);
        if (year >= 1996)
        {
            yield return (year switch { <= 2002 => On(7, 20), 2020 => On(7, 23), 2021 => On(7, 22), _ => Monday(year, 7, 3) }, JapaneseHoliday.Marine);
        }

        if (year >= 2016)
        {
            yield return (year switch { 2020 => On(8, 10), 2021 => On(8, 8), _ => On(8, 11) }, JapaneseHoliday.Mountain);
        }

        yield return (year <= 2002 ? On(9, 15) : Monday(year, 9, 3), JapaneseHoliday.RespectForTheAged);
        yield return (On(9, Equinox(23.2488, year)), JapaneseHoliday.AutumnalEquinox);
        yield return (year switch { <= 1999 => On(10, 10), 2020 => On(7, 24), 2021 => On(7, 23), _ => Monday(year, 10, 2) }, JapaneseHoliday.Sports);
        yield return (On(11, 3), JapaneseHoliday.Culture);
        yield return (On(11, 23), JapaneseHoliday.LabourThanksgiving);
        if (year is >= 1989 and <= 2018)
        {
            yield return (On(12, 23), JapaneseHoliday.EmperorsBirthday);
        }

        foreach (var (month, day) in Imperial(year))
        {
            yield return (On(month, day), JapaneseHoliday.Imperial);
        }
    }

    /// <summary>The funeral of Emperor Showa, two enthronements with their ceremonies, the wedding of 1993.</summary>
    private static (int Month, int Day)[] Imperial(int year) => year switch
    {
        1989 => [(2, 24)],
        1990 => [(11, 12)],
        1993 => [(6, 9)],
        2019 => [(5, 1), (10, 22)],
        _ => [],
    };

    /// <summary>A holiday on a Sunday moves to the next day; since 2007 to the next day that is no holiday.</summary>
    private static void AddSubstitutes(int year, Dictionary<DateOnly, JapaneseHoliday> days)
    {
        foreach (var sunday in days.Keys.Where(day => day.DayOfWeek == DayOfWeek.Sunday).Order().ToList())
        {
            var next = sunday.AddDays(1);
            while (year >= 2007 && days.ContainsKey(next))
            {
                next = next.AddDays(1);
            }

            days.TryAdd(next, JapaneseHoliday.Substitute);
        }
    }

    /// <summary>A day between two holidays is one too, since 27 December 1985; until 2006 unless it is a Sunday.</summary>
    private static void AddCitizens(int year, Dictionary<DateOnly, JapaneseHoliday> days)
    {
        if (year <= 1985)
        {
            return;
        }

        // only holidays by name count, not those that stand in for them
        foreach (var day in days.Where(pair => pair.Value is not JapaneseHoliday.Substitute).Select(pair => pair.Key).ToList())
        {
            var (between, after) = (day.AddDays(1), day.AddDays(2));
            if (days.TryGetValue(after, out var other) && other is not JapaneseHoliday.Substitute && (year >= 2007 || between.DayOfWeek != DayOfWeek.Sunday))
            {
                days.TryAdd(between, JapaneseHoliday.Citizens);
            }
        }
    }

    private static int Equinox(double of1980, int year) => (int)Math.Floor(of1980 + (0.242194 * (year - 1980)) - Math.Floor((year - 1980) / 4.0));

    /// <summary>The n-th Monday of a month.</summary>
    private static DateOnly Monday(int year, int month, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }
}
