using System.Globalization;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>What a source reads from, and for whom.</summary>
/// <param name="Context">Of the query.</param>
/// <param name="AccountNo">The account.</param>
/// <param name="Filter">What is asked for.</param>
/// <param name="Settings">The company's.</param>
/// <param name="Today">The company's day: what is agreed for later has not happened.</param>
/// <param name="Cancellation">Ends the query.</param>
internal sealed record TimelineReading(CustomerSuccessContext Context, int AccountNo, TimelineFilter Filter, CompanySettings Settings, DateOnly Today, CancellationToken Cancellation)
{
    /// <summary>The colleague asked for, in lower case.</summary>
    public string? By { get; } = Filter.ByEmail?.ToLowerInvariant();

    public DateTime? From { get; } = Filter.From is { } from ? Settings.StartOf(from) : null;

    /// <summary>Exclusive.</summary>
    public DateTime? Until { get; } = Filter.Until is { } until ? Settings.StartOf(until.AddDays(1)) : null;
}

/// <summary>Entries after a place: earlier than an instant, or at that very instant with a smaller id.</summary>
/// <param name="Below">The instant.</param>
/// <param name="Tie">Ids at the instant must be below this one; null where the instant itself is left out.</param>
internal sealed record TimelineBound(DateTime Below, TimelineTie? Tie);

/// <summary>An id of a source: a number and a text, in this order.</summary>
internal sealed record TimelineTie(long Order, string Id)
{
    public static TimelineTie Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new(long.Parse(text.AsSpan(0, colon), CultureInfo.InvariantCulture), text[(colon + 1)..]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Order}:{Id}");
}

/// <summary>One kind of record that the timeline tells of. A new kind plugs in as one more of these in <see cref="TimelineSources"/>.</summary>
internal abstract class TimelineSource(string key, string group)
{
    /// <summary>Unique; part of an entry's place.</summary>
    public string Key => key;

    /// <summary>One of <see cref="TimelineGroups"/>.</summary>
    public string Group => group;

    /// <summary>True where its entries name people at the customer.</summary>
    public bool NamesPeople { get; init; }

    /// <summary>True where its entries name colleagues.</summary>
    public bool NamesColleagues { get; init; }

    /// <summary>True where it can have what is asked for.</summary>
    public bool Answers(TimelineFilter filter) =>
        (filter.Groups.Count == 0 || filter.Groups.Contains(group)) && (filter.ContactNo is null || NamesPeople) && (filter.ByEmail is null || NamesColleagues);

    /// <summary>At most so many entries after a place, newest first; words are searched by the caller.</summary>
    public abstract Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineReading reading, TimelineBound? bound, int limit);

    /// <summary>How many entries the filter lets through, words left aside.</summary>
    public abstract Task<int> CountAsync(TimelineReading reading);
}
