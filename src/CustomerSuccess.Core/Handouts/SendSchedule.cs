namespace CustomerSuccess.Core.Handouts;

/// <summary>How often something is sent.</summary>
public enum SendCadence
{
    Weekly,
    Monthly,

    /// <summary>In the first month after each quarter of the fiscal year.</summary>
    Quarterly,
}

/// <summary>When something is sent again and again, by the clocks of one time zone.</summary>
/// <param name="Cadence">How often.</param>
/// <param name="WeekDay">Of weeks.</param>
/// <param name="MonthDay">Of months and quarters, 1–31; a month that has no such day ends with it.</param>
/// <param name="Hour">0–23.</param>
/// <param name="TimeZone">An IANA zone.</param>
/// <param name="FiscalStart">The month in which fiscal years begin, 1–12.</param>
public sealed record SendSchedule(SendCadence Cadence, DayOfWeek WeekDay, int MonthDay, int Hour, string TimeZone, int FiscalStart = 1)
{
    /// <summary>The first sending after an instant, both UTC. An hour that a clock change leaves out is the moment after it, one that comes twice is the first.</summary>
    public DateTime After(DateTime utc)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone));

        // a day before: where clocks are set back across midnight, yesterday's hour may still come
        foreach (var day in Days(today.AddDays(-1)))
        {
            if (InstantOf(day, zone) is var at && at > utc)
            {
                return at;
            }
        }

        throw new InvalidOperationException("A schedule always goes on.");
    }

    /// <summary>The last sending at or before an instant, both UTC.</summary>
    public DateTime Latest(DateTime utc)
    {
        var next = After(utc);
        var last = After(next.AddDays(Cadence switch { SendCadence.Weekly => -8, SendCadence.Monthly => -32, _ => -93 }));
        for (var following = After(last); following < next; following = After(last))
        {
            last = following;
        }

        return last;
    }

    private IEnumerable<DateOnly> Days(DateOnly from)
    {
        if (Cadence == SendCadence.Weekly)
        {
            for (var day = from.AddDays(((int)WeekDay - (int)from.DayOfWeek + 7) % 7); ; day = day.AddDays(7))
            {
                yield return day;
            }
        }

        for (var month = new DateOnly(from.Year, from.Month, 1); ; month = month.AddMonths(1))
        {
            var day = new DateOnly(month.Year, month.Month, Math.Min(MonthDay, DateTime.DaysInMonth(month.Year, month.Month)));
            if (day >= from && (Cadence == SendCadence.Monthly || (month.Month - FiscalStart + 12) % 3 == 0))
            {
                yield return day;
            }
        }
    }

    private DateTime InstantOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(Hour, 0));
        if (zone.IsAmbiguousTime(local))
        {
            return DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc);
        }

        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
