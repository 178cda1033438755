using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Search;

/// <summary>
/// Brings into the index what imports change, and at the first time everything that is there. It notes how far it came with every batch, in the batch's own transaction:
/// killed at any moment it goes on there. One process at a time.
/// </summary>
public sealed class FillSearch(Database database, TimeProvider clock, ILogger<FillSearch> log) : BackgroundService
{
    private const string Lease = "search";
    private const string Changes = "search:changes", Filled = "search:filled", Complete = "search:complete";
    private const int Accounts = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Does what is to be done unless somebody else is at it; returns how many documents were written or removed.</summary>
    public Task<int> RunAsync(CancellationToken cancellation = default) =>
        new ExclusiveWork(database, clock).TryRunAsync(Lease, async work => await FillAsync(work) + await FollowAsync(work), cancellation);

    /// <summary>True once everything was brought in for the first time.</summary>
    internal static Task<bool> IsCompleteAsync(CustomerSuccessContext context, CancellationToken cancellation) => context.Counters.AnyAsync(c => c.Name == Complete, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await IsBehindAsync(stoppingToken))
                {
                    await RunAsync(stoppingToken);
                }
            }
            catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException or DbUpdateException)
            {
                // such as a schema that is being made
                log.LogDebug(error, "The search index could not be brought up to date; it is tried again");
            }
        }
    }

    private async Task<bool> IsBehindAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var mark = await NextAsync(context, Changes, cancellation);
        return !await IsCompleteAsync(context, cancellation) || await context.AccountChanges.AnyAsync(change => change.ChangeNo > mark, cancellation);
    }

    /// <summary>The first time: all accounts, by their numbers.</summary>
    private async Task<int> FillAsync(CancellationToken cancellation)
    {
        var written = 0;
        await using (var context = database.OpenContext())
        {
            if (await IsCompleteAsync(context, cancellation))
            {
                return 0;
            }

            if (!await context.Counters.AnyAsync(c => c.Name == Changes, cancellation))
            {
                // what changes from here on is followed afterwards
                await SetAsync(context, Changes, await context.AccountChanges.MaxAsync(change => (long?)change.ChangeNo, cancellation) ?? 0, cancellation);
            }
        }

        while (true)
        {
            await using var context = database.OpenContext();
            var from = await NextAsync(context, Filled, cancellation);
            var accounts = await context.Accounts.Where(a => a.AccountNo > from).OrderBy(a => a.AccountNo).Select(a => a.AccountNo).Take(Accounts).ToListAsync(cancellation);
            if (accounts.Count == 0)
            {
                await SetAsync(context, Complete, 1, cancellation);
                return written;
            }

            written += await BatchAsync(context, accounts, Filled, accounts[^1], cancellation);
        }
    }

    /// <summary>Accounts of which facts changed, in the order of their changes.</summary>
    private async Task<int> FollowAsync(CancellationToken cancellation)
    {
        var written = 0;
        while (true)
        {
            await using var context = database.OpenContext();
            var mark = await NextAsync(context, Changes, cancellation);
            var changes = await context.AccountChanges.AsNoTracking().Where(change => change.ChangeNo > mark).OrderBy(change => change.ChangeNo).Take(Accounts).ToListAsync(cancellation);
            if (changes.Count == 0)
            {
                return written;
            }

            written += await BatchAsync(context, [.. changes.Select(change => change.AccountNo).Order()], Changes, changes[^1].ChangeNo, cancellation);
        }
    }

    private static async Task<int> BatchAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, string mark, long reached, CancellationToken cancellation)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SearchIndex.LockAsync(context, accounts, cancellation);
        var written = await WriteAsync(context, accounts, cancellation);
        await SetAsync(context, mark, reached, cancellation);
        await transaction.CommitAsync(cancellation);
        return written;
    }

    /// <summary>Makes the documents of accounts what their records say now.</summary>
    internal static async Task<int> WriteAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, CancellationToken cancellation)
    {
        var known = await context.SearchTexts.AsNoTracking().Where(row => accounts.Contains(row.AccountNo))
            .Select(row => new { row.AccountNo, row.Kind, row.RecordId, row.DocNo, row.Hash })
            .ToDictionaryAsync(row => (row.AccountNo, row.Kind, row.RecordId), cancellation);
        List<SearchDocument> added = [];
        foreach (var document in await SearchReading.OfAsync(context, accounts, cancellation))
        {
            var key = (document.AccountNo, document.Kind, document.RecordId);
            if (!known.TryGetValue(key, out var row) || row.Hash != document.Hash)
            {
                added.Add(document);
            }
            else
            {
                known.Remove(key);
            }
        }

        // what is left stands otherwise now, or not at all
        foreach (var gone in known.Values.Select(row => row.DocNo).Chunk(2_000))
        {
            await context.SearchTexts.Where(row => gone.Contains(row.DocNo)).ExecuteDeleteAsync(cancellation);
        }

        await context.InsertAllAsync(await SearchHook.RowsAsync(context, added, cancellation), cancellation);
        return added.Count + known.Count;
    }

    private static async Task<long> NextAsync(CustomerSuccessContext context, string name, CancellationToken cancellation) =>
        await context.Counters.Where(c => c.Name == name).Select(c => c.Next).FirstOrDefaultAsync(cancellation);

    private static Task<int> SetAsync(CustomerSuccessContext context, string name, long value, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ({name}, {value}) ON CONFLICT (name) DO UPDATE SET next = excluded.next", cancellation);
}
