using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What came of some changes of facts.</summary>
/// <param name="Accounts">Accounts that were looked at.</param>
/// <param name="Suggested">Suggestions that are new.</param>
/// <param name="Withdrawn">Open suggestions whose reason no longer holds.</param>
public sealed record FollowedFacts(int Accounts, int Suggested, int Withdrawn);

/// <summary>
/// While the application serves: asks the plays' triggers of every account of which facts have come in, so that an answer, an inquiry or a failed payment stands in the queue
/// at once and not only after the next score run. It notes how far it came in the transaction of each batch; one process at a time.
/// </summary>
public sealed class FollowFacts(Database database, Acts acts, SettingsStore settingsStore, AsOfDates reaches, BuildFeatures features, LiveChanges live, TimeProvider clock, ILogger<FollowFacts> log) : BackgroundService
{
    /// <summary>The journal's word for a suggestion that an event brought.</summary>
    internal const string Suggested = "suggested", Withdrawn = "withdrawn";

    /// <summary>Up to so many accounts are looked at one by one. More come by imports of whole files, which a score run follows.</summary>
    internal const int Most = 2_000;

    private const string Lease = "follow-facts", Mark = "plays:changes", News = "plays:suggested";
    private const int Batch = 50;

    /// <summary>How often facts of other processes are looked for, such as imports from the command line.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly EventSuggestions _suggestions = new(database, acts, settingsStore, reaches, features, clock);

    /// <summary>Looks at all accounts of which facts have changed since the last time, unless somebody else is at it.</summary>
    public async Task<FollowedFacts> RunAsync(CancellationToken cancellation = default) =>
        await new ExclusiveWork(database, clock).TryRunAsync(Lease, FollowAsync, cancellation) ?? new(0, 0, 0);

    /// <summary>The last change of facts by which a play was suggested; null for none.</summary>
    internal static Task<long?> LastNewsAsync(CustomerSuccessContext context, CancellationToken cancellation) => ReadAsync(context, News, cancellation);

    /// <summary>Notes the change by which a play was suggested, within the caller's transaction.</summary>
    internal static Task NoteNewsAsync(CustomerSuccessContext context, long change, CancellationToken cancellation) => WriteAsync(context, News, change, cancellation);

    /// <summary>Sets the last change that plays were asked about, within the caller's transaction.</summary>
    internal static Task MarkAsync(CustomerSuccessContext context, long change, CancellationToken cancellation) => WriteAsync(context, Mark, change, cancellation);

    private static Task<long?> MarkedAsync(CustomerSuccessContext context, CancellationToken cancellation) => ReadAsync(context, Mark, cancellation);

    private static Task<long?> ReadAsync(CustomerSuccessContext context, string name, CancellationToken cancellation) =>
        context.Counters.AsNoTracking().Where(counter => counter.Name == name).Select(counter => (long?)counter.Next).FirstOrDefaultAsync(cancellation);

    private static Task<int> WriteAsync(CustomerSuccessContext context, string name, long change, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ({name}, {change}) ON CONFLICT (name) DO UPDATE SET next = {change}", cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RecurringWork(database, clock, log, Lease, Interval).RunAsync(
            async (_, held) =>
            {
                if (await IsBehindAsync(held))
                {
                    await FollowAsync(held);
                }
            },
            wake => live.Listen(entries =>
            {
                if (entries.Any(entry => entry.AccountNo != 0 || entry.Area == Core.Journal.JournalAreas.Score))
                {
                    wake();
                }
            }),
            stoppingToken);

    private async Task<bool> IsBehindAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var mark = await MarkedAsync(context, cancellation);
        return mark is null || await context.AccountChanges.AnyAsync(change => change.EventNo > mark, cancellation);
    }

    private async Task<FollowedFacts> FollowAsync(CancellationToken cancellation)
    {
        var (accounts, suggested, withdrawn) = (0, 0, 0);
        while (true)
        {
            ScoreRun? run;
            List<AccountChange> changes;
            await using (var context = database.OpenContext())
            {
                run = await ScoreRunQuery.NewestAsync(context, cancellation);
                var mark = await MarkedAsync(context, cancellation);
                var waiting = context.AccountChanges.AsNoTracking().Where(change => change.EventNo > (mark ?? 0));
                if (mark is null || run is null || await waiting.Take(Most + 1).CountAsync(cancellation) > Most)
                {
                    // what was there before the first look, or came with a whole file, is for a score run
                    await MarkAsync(context, await context.AccountChanges.MaxAsync(change => (long?)change.ChangeNo, cancellation) ?? 0, cancellation);
                    return new(accounts, suggested, withdrawn);
                }

                changes = await waiting.OrderBy(change => change.EventNo).Take(Batch).ToListAsync(cancellation);
            }

            if (changes.Count == 0)
            {
                return new(accounts, suggested, withdrawn);
            }

            if (await _suggestions.RunAsync(run, [.. changes.Select(change => change.AccountNo).Order()], changes[^1].EventNo, cancellation) is { } done)
            {
                (accounts, suggested, withdrawn) = (accounts + done.Accounts, suggested + done.Suggested, withdrawn + done.Withdrawn);
            }
        }
    }
}
