using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Timeline;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>Entries that no table holds: turns in what an account's few contracts, days of use, scores and attributes say together.</summary>
/// <param name="key">Unique.</param>
/// <param name="group">One of <see cref="TimelineGroups"/>.</param>
/// <param name="compute">All entries of the account; only the day is set of those that have no instant.</param>
internal sealed class ComputedSource(string key, string group, Func<TimelineReading, Task<IEnumerable<TimelineEntry>>> compute) : TimelineSource(key, group)
{
    public override async Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineReading reading, TimelineBound? bound, int limit) =>
        [.. (await WithinAsync(reading)).Where(entry => bound is null || IsAfter(entry, bound)).OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id, StringComparer.Ordinal).Take(limit)];

    public override async Task<int> CountAsync(TimelineReading reading) => (await WithinAsync(reading)).Count();

    private async Task<IEnumerable<TimelineEntry>> WithinAsync(TimelineReading reading) => (await compute(reading))
        .Select(entry => (entry.IsDay ? entry with { At = reading.Settings.StartOf(entry.Day) } : entry with { Day = reading.Settings.DayOf(entry.At) }) with { Source = Key, Id = "0:" + entry.Id })
        .Where(entry => (reading.Filter.From is not { } from || entry.Day >= from) && (reading.Filter.Until is not { } until || entry.Day <= until) && entry.Day <= reading.Today);

    private static bool IsAfter(TimelineEntry entry, TimelineBound bound) =>
        entry.At < bound.Below || (entry.At == bound.Below && bound.Tie is { } tie && string.CompareOrdinal(entry.Id, tie.ToString()) < 0);
}
