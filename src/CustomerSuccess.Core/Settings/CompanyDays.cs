namespace CustomerSuccess.Core.Settings;

/// <summary>Calendar days of the company: days of its time zone.</summary>
public static class CompanyDays
{
    /// <summary>Today by a clock.</summary>
    public static DateOnly Today(this CompanySettings settings, TimeProvider clock) => settings.DayOf(clock.GetUtcNow().UtcDateTime);

    /// <summary>The day in which an instant (UTC) falls.</summary>
    public static DateOnly DayOf(this CompanySettings settings, DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)));
}
