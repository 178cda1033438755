using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Timeline;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>A row with what orders it.</summary>
internal sealed class Stamped<T>
{
    public DateTime At { get; init; }

    public required long Order { get; init; }

    public required string Id { get; init; }

    public required T Item { get; init; }
}

/// <summary>A row with what orders it, where only its day is known.</summary>
internal sealed class Dated<T>
{
    public DateOnly Day { get; init; }

    public required long Order { get; init; }

    public required string Id { get; init; }

    public required T Item { get; init; }
}

/// <summary>Entries that are rows of a table with an instant: the database orders, bounds and cuts them.</summary>
/// <param name="key">Unique.</param>
/// <param name="group">One of <see cref="TimelineGroups"/>.</param>
/// <param name="rows">Rows of the account, its filters for people obeyed.</param>
/// <param name="tell">The entry that a row is; its instant, source and id are put in.</param>
internal sealed class InstantSource<T>(string key, string group, Func<TimelineReading, IQueryable<Stamped<T>>> rows, Func<T, TimelineEntry> tell) : TimelineSource(key, group)
{
    public override async Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineReading reading, TimelineBound? bound, int limit)
    {
        var within = Within(reading);
        if (bound is { Below: var below, Tie: null })
        {
            within = within.Where(row => row.At < below);
        }
        else if (bound is { Below: var at, Tie: { Order: var order, Id: var id } })
        {
            within = within.Where(row => row.At < at || (row.At == at && (row.Order < order || (row.Order == order && row.Id.CompareTo(id) < 0))));
        }

        var found = await within.OrderByDescending(row => row.At).ThenByDescending(row => row.Order).ThenByDescending(row => row.Id).Take(limit).ToListAsync(reading.Cancellation);
        return [.. found.Select(row => tell(row.Item) with { At = row.At, Day = reading.Settings.DayOf(row.At), Source = Key, Id = new TimelineTie(row.Order, row.Id).ToString() })];
    }

    public override Task<int> CountAsync(TimelineReading reading) => Within(reading).CountAsync(reading.Cancellation);

    private IQueryable<Stamped<T>> Within(TimelineReading reading)
    {
        var all = rows(reading);
        if (reading.From is { } from)
        {
            all = all.Where(row => row.At >= from);
        }

        return reading.Until is { } until ? all.Where(row => row.At < until) : all;
    }
}

/// <summary>Entries that are rows of a table with a day: they stand at the beginning of it.</summary>
/// <param name="key">Unique.</param>
/// <param name="group">One of <see cref="TimelineGroups"/>.</param>
/// <param name="rows">Rows of the account, its filters for people obeyed.</param>
/// <param name="tell">The entry that a row is; its day, source and id are put in.</param>
internal sealed class DaySource<T>(string key, string group, Func<TimelineReading, IQueryable<Dated<T>>> rows, Func<T, TimelineEntry> tell) : TimelineSource(key, group)
{
    public override async Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineReading reading, TimelineBound? bound, int limit)
    {
        var within = Within(reading);
        if (bound is not null)
        {
            // days that begin before the instant, and the one that begins with it as far as its ids go
            var last = reading.Settings.DayOf(bound.Below.AddMilliseconds(-1));
            var tied = reading.Settings.DayOf(bound.Below);
            within = bound.Tie is { Order: var order, Id: var id } && reading.Settings.StartOf(tied) == bound.Below
                ? within.Where(row => row.Day <= last || (row.Day == tied && (row.Order < order || (row.Order == order && row.Id.CompareTo(id) < 0))))
                : within.Where(row => row.Day <= last);
        }

        var found = await within.OrderByDescending(row => row.Day).ThenByDescending(row => row.Order).ThenByDescending(row => row.Id).Take(limit).ToListAsync(reading.Cancellation);
        return [.. found.Select(row => tell(row.Item) with { At = reading.Settings.StartOf(row.Day), IsDay = true, Day = row.Day, Source = Key, Id = new TimelineTie(row.Order, row.Id).ToString() })];
    }

    public override Task<int> CountAsync(TimelineReading reading) => Within(reading).CountAsync(reading.Cancellation);

    private IQueryable<Dated<T>> Within(TimelineReading reading)
    {
        // what is agreed for a later day has not happened
        var until = reading.Filter.Until < reading.Today ? reading.Filter.Until.Value : reading.Today;
        var all = rows(reading).Where(row => row.Day <= until);
        return reading.Filter.From is { } from ? all.Where(row => row.Day >= from) : all;
    }
}
