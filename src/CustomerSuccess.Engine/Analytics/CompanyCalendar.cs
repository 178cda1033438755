namespace CustomerSuccess.Engine.Analytics;

/// <summary>Days of the company's time zone, which are the days of every figure.</summary>
internal sealed class CompanyCalendar(string timeZone)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    /// <summary>The day on which an instant falls.</summary>
    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _zone));

    /// <summary>The instant at which a day starts; where clocks skip midnight, the first one after.</summary>
    public DateTime Start(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, _zone);
    }

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);
}
