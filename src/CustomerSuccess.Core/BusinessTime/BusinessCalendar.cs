namespace CustomerSuccess.Core.BusinessTime;

/// <summary>
/// Time as a desk counts it: only while it is open. Hours are local to a zone, so that a clock that is put forward within them makes a day shorter
/// and one that is put back makes it longer; all that comes in and goes out is UTC.
/// </summary>
/// <param name="zone">Where the hours hold.</param>
/// <param name="hours">When it is open by weekday.</param>
/// <param name="isOff">True for a day on which it is closed whatever the weekday.</param>
public sealed class BusinessCalendar(TimeZoneInfo zone, WeeklyHours hours, Func<DateOnly, bool> isOff)
{
    /// <summary>How far ahead is looked for open time: who is closed for longer never opens.</summary>
    private const int MostDays = 3660;

    /// <summary>Longer than any zone is away from UTC.</summary>
    private static readonly TimeSpan MostOffset = TimeSpan.FromHours(15);

    /// <summary>Open at every instant: what counts without a calendar.</summary>
    public static BusinessCalendar Always { get; } = new(TimeZoneInfo.Utc, WeeklyHours.Always, _ => false);

    /// <summary>The zone in which the hours hold.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>True where the desk is open at an instant (UTC).</summary>
    public bool IsOpen(DateTime utc) => Spans(DayOf(utc)).Any(span => span.From <= utc && utc < span.Until);

    /// <summary>The instant (UTC) at which so much open time has gone by since another; null where that never comes. No time at all is the instant itself.</summary>
    /// <param name="from">UTC; it need not lie in open time.</param>
    /// <param name="time">Open time; below 0 counts as 0.</param>
    public DateTime? Add(DateTime from, TimeSpan time)
    {
        if (time <= TimeSpan.Zero)
        {
            return from;
        }

        var left = time;
        var day = DayOf(from);
        for (var i = 0; i < MostDays && day < DateOnly.MaxValue; i++, day = day.AddDays(1))
        {
            foreach (var span in Spans(day))
            {
                var start = span.From > from ? span.From : from;
                if (start >= span.Until)
                {
                    continue;
                }

                if (span.Until - start >= left)
                {
                    return start + left;
                }

                left -= span.Until - start;
            }
        }

        return null;
    }

    /// <summary>Open time between two instants (UTC); none where the second does not come after the first.</summary>
    public TimeSpan Between(DateTime from, DateTime until)
    {
        var sum = TimeSpan.Zero;
        if (until <= from)
        {
            return sum;
        }

        var last = DayOf(until);
        for (var day = DayOf(from); day <= last; day = day.AddDays(1))
        {
            foreach (var span in Spans(day))
            {
                var start = span.From > from ? span.From : from;
                var end = span.Until < until ? span.Until : until;
                sum += end > start ? end - start : TimeSpan.Zero;
            }
        }

        return sum;
    }

    /// <summary>The open stretches of all days that two instants (UTC) lie in and that lie between them, in their order.</summary>
    internal IEnumerable<(DateTime From, DateTime Until)> SpansBetween(DateTime from, DateTime until)
    {
        var last = DayOf(until);
        for (var day = DayOf(from); day <= last; day = day.AddDays(1))
        {
            foreach (var span in Spans(day))
            {
                yield return span;
            }
        }
    }

    /// <summary>The stretches of a day in UTC, in their order.</summary>
    private IEnumerable<(DateTime From, DateTime Until)> Spans(DateOnly day)
    {
        var open = hours.On(day.DayOfWeek);
        if (open.Count == 0 || isOff(day))
        {
            yield break;
        }

        foreach (var span in open)
        {
            var (from, until) = (Utc(day, span.From), Utc(day, span.Until));
            if (until > from)
            {
                yield return (from, until);
            }
        }
    }

    private DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone));

    /// <summary>
    /// The instant of a local time: one that a clock skips is the instant of the skip, one that comes twice is its second. So an end and the
    /// beginning after it at the same local time are the same instant, and no time is counted twice or lost.
    /// </summary>
    private DateTime Utc(DateOnly day, int minutes)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        if (Find(local) is { } instant)
        {
            return instant;
        }

        var before = local;
        do
        {
            before = before.AddMinutes(-1);
            instant = Find(before) ?? default;
        }
        while (instant == default);

        return instant.AddMinutes(1);
    }

    /// <summary>
    /// The last instant that has a local time; null for one that a clock skips. Asked by offsets at instants, which are always known:
    /// asked by local times, .NET takes the day that Samoa left out for a day, and the hour before it for one that came twice.
    /// </summary>
    private DateTime? Find(DateTime local)
    {
        var utc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var (earlier, later) = (zone.GetUtcOffset(utc - MostOffset), zone.GetUtcOffset(utc + MostOffset));
        DateTime? Where(TimeSpan offset) => zone.GetUtcOffset(utc - offset) == offset ? utc - offset : null;
        return earlier == later ? utc - earlier
            : (Where(earlier), Where(later)) is ({ } one, { } other) ? one > other ? one : other
            : Where(earlier) ?? Where(later);
    }
}
