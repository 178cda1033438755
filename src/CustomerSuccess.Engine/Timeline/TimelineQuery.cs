using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>Everything that tells of an account, in the order in which it breaks ties.</summary>
internal static class TimelineSources
{
    public static IReadOnlyList<TimelineSource> All { get; } = [.. FactSources.All, .. MailSources.All, .. WorkSources.All, .. TurnSources.All];
}

/// <summary>
/// Everything that happened to an account, newest first. Each source gives its next entries in order, and the newest of all are merged: a page costs one short query for each source, however long the past is.
/// </summary>
public sealed class TimelineQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Rows that a source is asked for at a time while words are searched.</summary>
    private const int SearchedTogether = 1_000;

    /// <summary>A page; null for an account that the viewer may not see.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="filter">What is asked for.</param>
    /// <param name="after">Null for the newest; else <see cref="TimelinePage.Next"/> of the page before.</param>
    /// <param name="limit">Entries of a page, 1–500.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<TimelinePage?> PageAsync(Viewer viewer, int accountNo, TimelineFilter filter, TimelinePosition? after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        await using var context = database.OpenContext();
        if (await ReadingAsync(context, viewer, accountNo, filter, cancellation) is not { } reading)
        {
            return null;
        }

        var words = Words(filter.Search);
        var names = words.Length == 0 ? null : await NamesAsync(context, accountNo, null, cancellation);
        var merged = new List<(int Rank, TimelineEntry Entry)>();
        for (var rank = 0; rank < TimelineSources.All.Count; rank++)
        {
            if (TimelineSources.All[rank] is var source && source.Answers(filter))
            {
                var bound = BoundOf(source, rank, after);
                merged.AddRange((words.Length == 0 ? await source.ReadAsync(reading, bound, limit + 1) : await SearchAsync(source, reading, bound, words, names!, limit + 1)).Select(entry => (rank, entry)));
            }
        }

        // the sort is stable: entries of one source keep their order
        var page = merged.OrderByDescending(entry => entry.Entry.At).ThenBy(entry => entry.Rank).Select(entry => entry.Entry).Take(limit).ToList();
        names ??= await NamesAsync(context, accountNo, [.. page.Select(entry => entry.ContactNo).OfType<int>().Distinct()], cancellation);
        return new(
            [.. page.Select(entry => Cut(entry) with { ContactName = NameOf(entry, names) })],
            merged.Count > limit ? TimelinePosition.Of(page[^1]) : null);
    }

    /// <summary>How many entries there are by group, words left aside; null for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyDictionary<string, int>?> CountsAsync(Viewer viewer, int accountNo, TimelineFilter filter, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await ReadingAsync(context, viewer, accountNo, filter, cancellation) is not { } reading)
        {
            return null;
        }

        var counts = new Dictionary<string, int>();
        foreach (var source in TimelineSources.All.Where(source => source.Answers(filter)))
        {
            counts[source.Group] = counts.GetValueOrDefault(source.Group) + await source.CountAsync(reading);
        }

        return counts;
    }

    private async Task<TimelineReading?> ReadingAsync(CustomerSuccessContext context, Viewer viewer, int accountNo, TimelineFilter filter, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await context.MaySeeAsync(viewer, accountNo, cancellation)
            ? new(context, accountNo, filter, settings, settings.Today(clock), cancellation)
            : null;
    }

    /// <summary>Where a source goes on. At the very instant of the place, sources of a lower rank have told all of theirs, and those of a higher rank none.</summary>
    private static TimelineBound? BoundOf(TimelineSource source, int rank, TimelinePosition? after)
    {
        if (after is null)
        {
            return null;
        }

        var told = TimelineSources.All.TakeWhile(other => other.Key != after.Source).Count();
        return rank < told ? new(after.At, null)
            : rank > told ? new(after.At.AddMilliseconds(1), null)
            : new(after.At, TimelineTie.Parse(after.Id));
    }

    private static async Task<IReadOnlyList<TimelineEntry>> SearchAsync(TimelineSource source, TimelineReading reading, TimelineBound? bound, string[] words, IReadOnlyDictionary<int, string> names, int limit)
    {
        var found = new List<TimelineEntry>();
        while (true)
        {
            var some = await source.ReadAsync(reading, bound, SearchedTogether);
            found.AddRange(some.Where(entry => Says(entry, NameOf(entry, names), words)));
            if (some.Count < SearchedTogether || found.Count >= limit)
            {
                return found.Count <= limit ? found : found.GetRange(0, limit);
            }

            bound = new(some[^1].At, TimelineTie.Parse(some[^1].Id));
        }
    }

    /// <summary>True where the entry contains every word.</summary>
    private static bool Says(TimelineEntry entry, string? name, string[] words)
    {
        var key = SortKey.Of(string.Join('\n', [entry.Title, entry.Text, entry.ByEmail, name, .. entry.Values.Values.OfType<string>(), .. entry.Changes.Values.SelectMany(change => new[] { change.Before, change.After })]));
        return Array.TrueForAll(words, word => key.Contains(word, StringComparison.Ordinal));
    }

    private static string[] Words(string? search) => search is null ? [] : SortKey.Of(search).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string? NameOf(TimelineEntry entry, IReadOnlyDictionary<int, string> names) => entry.ContactNo is { } no ? names.GetValueOrDefault(no) : null;

    private static TimelineEntry Cut(TimelineEntry entry) =>
        entry.Text?.Length > TimelinePage.LongestText ? entry with { Text = NoteText.Cut(entry.Text, TimelinePage.LongestText), TextIsCut = true } : entry;

    private static async Task<IReadOnlyDictionary<int, string>> NamesAsync(CustomerSuccessContext context, int accountNo, int[]? only, CancellationToken cancellation)
    {
        if (only is { Length: 0 })
        {
            return new Dictionary<int, string>();
        }

        var people = context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == accountNo);
        people = only is null ? people : people.Where(contact => only.Contains(contact.ContactNo));
        return await people.Select(contact => new { contact.ContactNo, Name = contact.Name ?? contact.ContactId }).ToDictionaryAsync(contact => contact.ContactNo, contact => contact.Name, cancellation);
    }
}
