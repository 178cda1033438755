using System.Globalization;

namespace CustomerSuccess.Core.Tasks;

public enum RecurrenceUnit
{
    Day,

    /// <summary>Monday to Friday.</summary>
    Weekday,
    Week,
    Month,
}

/// <summary>
/// How a task comes again. Days are counted from the due day that the series stands on, not from when somebody got round to it; all are days of the calendar, so no clock change moves them.
/// </summary>
public sealed record Recurrence
{
    /// <summary>Stands for the last day of the month.</summary>
    public const int LastDay = 31;

    /// <summary>Units between two occurrences.</summary>
    public const int LongestEvery = 366;

    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private Recurrence(RecurrenceUnit unit, int every, IReadOnlyList<DayOfWeek> days, int dayOfMonth) =>
        (Unit, Every, DaysOfWeek, DayOfMonth) = (unit, every, days, dayOfMonth);

    public RecurrenceUnit Unit { get; }

    /// <summary>1–366: every so many units.</summary>
    public int Every { get; }

    /// <summary>Of a weekly one, Monday first; else empty.</summary>
    public IReadOnlyList<DayOfWeek> DaysOfWeek { get; }

    /// <summary>Of a monthly one, 1–31; in a month that is shorter its last day. 31 is the last day of every month. Else 0.</summary>
    public int DayOfMonth { get; }

    public static Recurrence Daily(int every = 1) => new(RecurrenceUnit.Day, Checked(every), [], 0);

    public static Recurrence Weekdays { get; } = new(RecurrenceUnit.Weekday, 1, [], 0);

    /// <exception cref="ArgumentException">No day is named.</exception>
    public static Recurrence Weekly(int every, params IEnumerable<DayOfWeek> days)
    {
        DayOfWeek[] ordered = [.. days.Distinct().OrderBy(FromMonday)];
        return ordered.Length > 0 ? new(RecurrenceUnit.Week, Checked(every), ordered, 0) : throw new ArgumentException("A weekly recurrence names its days.", nameof(days));
    }

    /// <param name="every">Months.</param>
    /// <param name="day">1–31.</param>
    public static Recurrence Monthly(int every, int day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, LastDay);
        return new(RecurrenceUnit.Month, Checked(every), [], day);
    }

    /// <summary>The first occurrence after a day; weeks and months are counted from the one of that day.</summary>
    public DateOnly After(DateOnly due) => Unit switch
    {
        RecurrenceUnit.Day => due.AddDays(Every),
        RecurrenceUnit.Weekday => due.AddDays(due.DayOfWeek switch { DayOfWeek.Friday => 3, DayOfWeek.Saturday => 2, _ => 1 }),
        RecurrenceUnit.Week => AfterInWeeks(due),
        _ => AfterInMonths(due),
    };

    /// <summary>
    /// The next occurrence once one is done: the first after its due day that is not past when it is done. Those in between were missed and are not made up for.
    /// </summary>
    /// <param name="due">The due day of what is done.</param>
    /// <param name="done">The day on which it is done; before its due day or after it.</param>
    public DateOnly Next(DateOnly due, DateOnly done)
    {
        var next = After(due);
        if (next < done && Unit is RecurrenceUnit.Day)
        {
            // many days at once: a daily task that was forgotten for years
            var missed = (done.DayNumber - next.DayNumber + Every - 1) / Every;
            return next.AddDays(missed * Every);
        }

        while (next < done)
        {
            next = After(next);
        }

        return next;
    }

    /// <summary>Such as <c>day/2</c>, <c>weekday</c>, <c>week/1/mon,thu</c>, <c>month/3/31</c>; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Unit switch
    {
        RecurrenceUnit.Day => string.Create(CultureInfo.InvariantCulture, $"day/{Every}"),
        RecurrenceUnit.Weekday => "weekday",
        RecurrenceUnit.Week => string.Create(CultureInfo.InvariantCulture, $"week/{Every}/{string.Join(',', DaysOfWeek.Select(day => Names[(int)day]))}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"month/{Every}/{DayOfMonth}"),
    };

    /// <summary>Null for null and for what is no recurrence.</summary>
    public static Recurrence? Parse(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts switch
        {
            ["weekday"] => Weekdays,
            ["day", var every] when Count(every, LongestEvery) is { } n => Daily(n),
            ["week", var every, var days] when Count(every, LongestEvery) is { } n && Days(days) is { } named => Weekly(n, named),
            ["month", var every, var day] when Count(every, LongestEvery) is { } n && Count(day, LastDay) is { } of => Monthly(n, of),
            _ => null,
        };
    }

    public bool Equals(Recurrence? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private DateOnly AfterInWeeks(DateOnly due)
    {
        var later = DaysOfWeek.FirstOrDefault(day => FromMonday(day) > FromMonday(due.DayOfWeek), (DayOfWeek)(-1));
        var monday = due.AddDays(-FromMonday(due.DayOfWeek));
        return later >= 0 ? monday.AddDays(FromMonday(later)) : monday.AddDays((7 * Every) + FromMonday(DaysOfWeek[0]));
    }

    private DateOnly AfterInMonths(DateOnly due)
    {
        // where the due day lies before the month's day, this month's is still to come
        var own = InMonth(due.Year, due.Month);
        var then = new DateOnly(due.Year, due.Month, 1).AddMonths(Every);
        return due < own ? own : InMonth(then.Year, then.Month);
    }

    private DateOnly InMonth(int year, int month) => new(year, month, Math.Min(DayOfMonth, DateTime.DaysInMonth(year, month)));

    private static int FromMonday(DayOfWeek day) => ((int)day + 6) % 7;

    private static int? Count(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= most ? n : null;

    private static DayOfWeek[]? Days(string text)
    {
        var days = text.Split(',').Select(name => Array.IndexOf(Names, name)).ToArray();
        return days.Contains(-1) ? null : [.. days.Select(day => (DayOfWeek)day)];
    }

    private static int Checked(int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, LongestEvery);
        return every;
    }
}
