namespace CustomerSuccess.Core.Sequences;

/// <summary>When a step is due.</summary>
public static class StepTiming
{
    /// <summary>The moment from which a step is due, UTC; contact limits and quiet hours may move it further.</summary>
    /// <param name="step">The step.</param>
    /// <param name="startedAt">When the sequence began, UTC.</param>
    /// <param name="beforeAt">When the step before was done, UTC; the start where there is none.</param>
    /// <param name="zone">Where the customer is.</param>
    /// <param name="isClosed">True for days that are no business days there.</param>
    public static DateTime Due(PlayStep step, DateTime startedAt, DateTime beforeAt, TimeZoneInfo zone, Func<DateOnly, bool> isClosed)
    {
        var from = step.From == DelayFrom.Start ? startedAt : beforeAt;
        var local = TimeZoneInfo.ConvertTimeFromUtc(from, zone);
        var day = After(DateOnly.FromDateTime(local), step, isClosed);
        var due = At(day, step.Hour is { } hour ? new TimeOnly(hour, 0) : TimeOnly.FromDateTime(local), zone);
        var earliest = from > beforeAt ? from : beforeAt;

        // an hour that has passed when the step could begin is that hour of a later day
        while (step.Hour is { } later && due < earliest)
        {
            day = Next(day, step.Unit, isClosed);
            due = At(day, new TimeOnly(later, 0), zone);
        }

        return due > earliest ? due : earliest;
    }

    private static DateOnly After(DateOnly day, PlayStep step, Func<DateOnly, bool> isClosed)
    {
        if (step.Unit == DelayUnit.Days)
        {
            return day.AddDays(step.Delay);
        }

        for (var left = step.Delay; left > 0; left--)
        {
            day = Next(day, step.Unit, isClosed);
        }

        return isClosed(day) ? Next(day, step.Unit, isClosed) : day;
    }

    private static DateOnly Next(DateOnly day, DelayUnit unit, Func<DateOnly, bool> isClosed)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (unit == DelayUnit.BusinessDays && isClosed(day));
        return day;
    }

    /// <summary>A local time as UTC. A time that the clocks leap over is read after the leap.</summary>
    private static DateTime At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
