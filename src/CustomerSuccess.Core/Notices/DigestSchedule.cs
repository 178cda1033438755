namespace CustomerSuccess.Core.Notices;

/// <summary>When somebody's daily digest is due: once on each business day, at an hour of the local day.</summary>
public static class DigestSchedule
{
    /// <summary>The local day whose digest is due; null where none is.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="hour">0–23, local.</param>
    /// <param name="zone">Where the person reads it.</param>
    /// <param name="isOff">True for a day on which nobody works.</param>
    /// <param name="digestedOn">The last day whose digest is done. A day is never done twice, also where the zone was changed.</param>
    public static DateOnly? DueOn(DateTime now, int hour, TimeZoneInfo zone, Func<DateOnly, bool> isOff, DateOnly? digestedOn)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        return digestedOn >= day || isOff(day) || now < MomentOn(day, hour, zone) ? null : day;
    }

    /// <summary>The hour of a local day in UTC. An hour that the clocks leap over is read when they have leapt; of one that comes twice, the first.</summary>
    public static DateTime MomentOn(DateOnly day, int hour, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
