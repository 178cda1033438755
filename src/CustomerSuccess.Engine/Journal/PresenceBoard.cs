using System.Collections.Concurrent;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Journal;

/// <summary>A record that pages show.</summary>
/// <param name="AccountNo">Whose record.</param>
/// <param name="Area">One of <see cref="JournalAreas"/>.</param>
/// <param name="RecordId">Its id there.</param>
public sealed record PresenceAt(int AccountNo, string Area, string RecordId);

/// <summary>Somebody else who has the record open.</summary>
/// <param name="ByUser">The sign-in's id.</param>
/// <param name="Name">As colleagues know them.</param>
/// <param name="IsTyping">True where they are writing.</param>
public sealed record PresentReader(string ByUser, string Name, bool IsTyping);

/// <summary>
/// Who has a record open, and who writes: rows that open pages keep up and that expire by themselves, so that pages of other processes see each other and
/// a page that was lost is soon gone. Pages of one process hear of each other at once.
/// </summary>
public sealed class PresenceBoard(Database database, TimeProvider clock)
{
    /// <summary>Who has not been seen for so long has left.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(20);

    /// <summary>How often a page says that it is still there.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(8);

    /// <summary>Who has not typed for so long has stopped.</summary>
    public static readonly TimeSpan TypingExpiry = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<string, (PresenceAt At, Action Changed)> _pages = [];

    /// <summary>Hears when the board of a record changes in this process; disposing what is returned ends it.</summary>
    public IDisposable Listen(PresenceAt at, string pageId, Action changed)
    {
        _pages[pageId] = (at, changed);
        return new Listening(() => _pages.TryRemove(pageId, out _));
    }

    /// <summary>Says that a page is open, and whether its reader types. Nothing is said of a record whose account the viewer may not see.</summary>
    public async Task SeeAsync(Viewer viewer, PresenceAt at, string pageId, string name, bool isTyping, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == at.AccountNo, cancellation))
        {
            return;
        }

        var now = Stored.Instant(clock.GetUtcNow().UtcDateTime);
        long? typed = isTyping ? now : null;
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO presence (account_no, area, record_id, page_id, by_user, name, seen_at, typed_at)
            VALUES ({at.AccountNo}, {at.Area}, {at.RecordId}, {pageId}, {viewer.UserId}, {name}, {now}, {typed})
            ON CONFLICT (account_no, area, record_id, page_id) DO UPDATE SET seen_at = excluded.seen_at, typed_at = excluded.typed_at, name = excluded.name
            """,
            cancellation);
        Tell(at, pageId);
    }

    /// <summary>Takes a page off the board.</summary>
    public async Task LeaveAsync(PresenceAt at, string pageId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        await context.Presences.Where(p => p.AccountNo == at.AccountNo && p.Area == at.Area && p.RecordId == at.RecordId && p.PageId == pageId).ExecuteDeleteAsync(cancellation);
        Tell(at, pageId);
    }

    /// <summary>Others who have the record open, each once, by name; the viewer's own further pages are nobody else.</summary>
    public async Task<IReadOnlyList<PresentReader>> OthersAsync(Viewer viewer, PresenceAt at, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (seen, typed) = (now - Expiry, now - TypingExpiry);
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == at.AccountNo, cancellation))
        {
            return [];
        }

        var pages = await context.Presences.AsNoTracking()
            .Where(p => p.AccountNo == at.AccountNo && p.Area == at.Area && p.RecordId == at.RecordId && p.ByUser != viewer.UserId && p.SeenAt > seen)
            .ToListAsync(cancellation);
        return [.. pages.GroupBy(p => p.ByUser).Select(own => new PresentReader(own.Key, own.First().Name, own.Any(p => p.TypedAt > typed))).OrderBy(reader => reader.Name, StringComparer.Ordinal)];
    }

    /// <summary>Who has each of some records open, by record; for lists.</summary>
    public async Task<ILookup<string, string>> ReadersAsync(Viewer viewer, string area, IReadOnlyCollection<int> accounts, CancellationToken cancellation = default)
    {
        var seen = clock.GetUtcNow().UtcDateTime - Expiry;
        await using var context = database.OpenContext();
        var pages = await context.Presences.AsNoTracking()
            .Where(p => accounts.Contains(p.AccountNo) && p.Area == area && p.ByUser != viewer.UserId && p.SeenAt > seen && context.Accounts.VisibleTo(viewer).Any(a => a.AccountNo == p.AccountNo))
            .Select(p => new { p.RecordId, p.Name }).Distinct().ToListAsync(cancellation);
        return pages.ToLookup(p => p.RecordId, p => p.Name);
    }

    /// <summary>Removes what expired long ago.</summary>
    internal async Task ClearAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - (10 * Expiry);
        await using var context = database.OpenContext();
        if (await context.Presences.AnyAsync(p => p.SeenAt < before, cancellation))
        {
            await context.Presences.Where(p => p.SeenAt < before).ExecuteDeleteAsync(cancellation);
        }
    }

    private void Tell(PresenceAt at, string except)
    {
        foreach (var (page, listener) in _pages)
        {
            if (page != except && listener.At == at)
            {
                listener.Changed();
            }
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
