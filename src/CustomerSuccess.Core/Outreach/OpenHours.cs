using CustomerSuccess.Core.BusinessTime;

namespace CustomerSuccess.Core.Outreach;

/// <summary>When it is a decent hour of a working day where a customer lives.</summary>
public static class OpenHours
{
    /// <summary>The moment itself, or the end of the quiet hours in which it falls. UTC in and out.</summary>
    public static DateTime AfterQuietHours(DateTime utc, TimeZoneInfo zone, OutreachLimits limits)
    {
        if (limits.QuietFrom == limits.QuietTo)
        {
            return utc;
        }

        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        var time = TimeOnly.FromDateTime(local);
        if (!time.IsBetween(limits.QuietFrom, limits.QuietTo))
        {
            return utc;
        }

        var day = DateOnly.FromDateTime(local);
        return ToUtc(time < limits.QuietTo ? day : day.AddDays(1), limits.QuietTo, zone, utc);
    }

    /// <summary>The moment itself, or the start of the next day that is not closed. UTC in and out.</summary>
    public static DateTime AfterClosedDay(DateTime utc, TimeZoneInfo zone, Country? country, OutreachLimits limits)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
        if (!IsClosed(day, country, limits))
        {
            return utc;
        }

        do
        {
            day = day.AddDays(1);
        }
        while (IsClosed(day, country, limits));
        return ToUtc(day, TimeOnly.MinValue, zone, utc);
    }

    /// <summary>True for a day on which nothing is sent to a country.</summary>
    public static bool IsClosed(DateOnly day, Country? country, OutreachLimits limits) =>
        (limits.SkipWeekends && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        || (limits.SkipHolidays && country?.Code == "JP" && JapaneseHolidays.On(day) is not null)
        || limits.ClosedDays.Any(closed => closed.Day == day && (closed.Country is null || closed.Country == country?.Code));

    /// <summary>A local time as UTC, never before the moment from which it was looked for. A time that the clocks leap over is read an hour later.</summary>
    private static DateTime ToUtc(DateOnly day, TimeOnly time, TimeZoneInfo zone, DateTime from)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        var utc = TimeZoneInfo.ConvertTimeToUtc(local, zone);
        return utc > from ? utc : from.AddMinutes(1);
    }
}
