namespace CustomerSuccess.Core.BusinessTime;

/// <summary>The open time of a calendar over a stretch of days, summed once: what lies between any two instants in it is a subtraction. The same as <see cref="BusinessCalendar.Between"/>.</summary>
public sealed class OpenTime
{
    private readonly BusinessCalendar _calendar;
    private readonly long[] _from, _until, _before;

    /// <param name="calendar">When it is open.</param>
    /// <param name="from">The first instant of the stretch (UTC).</param>
    /// <param name="until">The last one.</param>
    public OpenTime(BusinessCalendar calendar, DateTime from, DateTime until)
    {
        _calendar = calendar;
        (DateTime From, DateTime Until)[] spans = [.. calendar.SpansBetween(from, until).OrderBy(span => span.From)];
        (_from, _until, _before) = (new long[spans.Length], new long[spans.Length], new long[spans.Length]);
        long sum = 0;
        for (var i = 0; i < spans.Length; i++)
        {
            (_from[i], _until[i], _before[i]) = (spans[i].From.Ticks, spans[i].Until.Ticks, sum);
            sum += _until[i] - _from[i];
        }

        (From, Until) = (from, until);
    }

    /// <summary>The stretch that was summed.</summary>
    public DateTime From { get; }

    /// <inheritdoc cref="From"/>
    public DateTime Until { get; }

    /// <summary>Open time between two instants (UTC); none where the second does not come after the first.</summary>
    public TimeSpan Between(DateTime from, DateTime until) => until <= from ? TimeSpan.Zero
        : from < From || until > Until ? _calendar.Between(from, until)
        : new TimeSpan(Sum(until.Ticks) - Sum(from.Ticks));

    /// <summary>Open time from the beginning up to an instant.</summary>
    private long Sum(long ticks)
    {
        var place = Array.BinarySearch(_from, ticks);
        place = place >= 0 ? place : ~place - 1;
        return place < 0 ? 0 : _before[place] + Math.Min(ticks, _until[place]) - _from[place];
    }
}
