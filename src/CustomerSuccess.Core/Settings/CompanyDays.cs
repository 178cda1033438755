namespace CustomerSuccess.Core.Settings;

/// <summary>Calendar days of the company: days of its time zone.</summary>
public static class CompanyDays
{
    /// <summary>Today by a clock.</summary>
    public static DateOnly Today(this CompanySettings settings, TimeProvider clock) => settings.DayOf(clock.GetUtcNow().UtcDateTime);

    /// <summary>The day in which an instant (UTC) falls.</summary>
    public static DateOnly DayOf(this CompanySettings settings, DateTime utc) => DateOnly.FromDateTime(settings.LocalOf(utc));

    /// <summary>What the company's clocks show at an instant (UTC).</summary>
    public static DateTime LocalOf(this CompanySettings settings, DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, settings.Zone());

    /// <summary>The instant (UTC) at which a day begins: its first moment, also where its midnight is left out.</summary>
    public static DateTime StartOf(this CompanySettings settings, DateOnly day) => settings.InstantOf(day, 0);

    /// <summary>The instant (UTC) at which the company's clocks show so many minutes after a day's midnight; a time that a clock change leaves out is the moment after it, one that comes twice is the first.</summary>
    public static DateTime InstantOf(this CompanySettings settings, DateOnly day, int minute)
    {
        var zone = settings.Zone();
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
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

    private static TimeZoneInfo Zone(this CompanySettings settings) => TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
}
