using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>
/// Keeps the newest run's rows in step with what people do: whose an account is, when it was last touched, what comes next and until when it is away.
/// Whoever does so, or finishes a run, holds the queue until the commit, so that no run is finished in between and misses it.
/// </summary>
internal static class QueueUpkeep
{
    private const int Most = 500;

    /// <summary>Follows acts on accounts. To be called within their transaction, before it writes to the journal.</summary>
    public static async Task FollowAsync(CustomerSuccessContext context, IReadOnlyList<JournalEntry> entries, DateTime now, CancellationToken cancellation)
    {
        var accounts = entries.Where(entry => entry.AccountNo != 0).Select(entry => entry.AccountNo).Distinct().ToList();
        if (accounts.Count == 0)
        {
            return;
        }

        await LockAsync(context, cancellation);
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is { } run)
        {
            await RefreshAsync(context, run, accounts, now, cancellation);
        }
    }

    /// <summary>Lets whoever changes the queue's rows follow one another.</summary>
    public static Task LockAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ('lock:queue', 0) ON CONFLICT (name) DO UPDATE SET next = counter.next", cancellation);

    /// <summary>Brings the rows of some accounts in a run up to what stands in the database now.</summary>
    public static async Task RefreshAsync(CustomerSuccessContext context, ScoreRun run, IReadOnlyCollection<int> accounts, DateTime now, CancellationToken cancellation)
    {
        var settings = CompanySettings.From((await context.Settings.AsNoTracking().ToListAsync(cancellation)).Select(row => KeyValuePair.Create(row.Key, row.Value)));
        var today = settings.DayOf(now);
        foreach (var some in accounts.Chunk(Most))
        {
            var rows = await context.AccountScores.Where(s => s.ScoreRunId == run.ScoreRunId && some.Contains(s.AccountNo)).ToListAsync(cancellation);
            if (rows.Count == 0)
            {
                continue;
            }

            var suggestions = await SuggestedTouches.OfAsync(context, run, some, today, cancellation);
            var owners = await context.Accounts.AsNoTracking().Where(a => some.Contains(a.AccountNo)).ToDictionaryAsync(a => a.AccountNo, a => a.OwnerEmail, cancellation);
            var touches = await context.Touches.AsNoTracking().Where(t => t.VoidedBy == null && some.Contains(t.AccountNo) && t.At <= now)
                .GroupBy(t => t.AccountNo).Select(own => new { own.Key, At = own.Max(t => t.At) }).ToDictionaryAsync(own => own.Key, own => own.At, cancellation);
            foreach (var row in rows)
            {
                row.OwnerEmail = owners.GetValueOrDefault(row.AccountNo);
                row.LastTouchOn = touches.TryGetValue(row.AccountNo, out var at) ? settings.DayOf(at) : null;
                Follow(row, [.. suggestions[row.AccountNo]]);
            }

            await context.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Rows whose owner is no longer the account's, such as after an import.</summary>
    public static async Task FollowOwnersAsync(Database database, DateTime now, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } seen)
        {
            return;
        }

        var moved = await context.AccountScores.AsNoTracking().Where(s => s.ScoreRunId == seen.ScoreRunId)
            .Join(context.Accounts, s => s.AccountNo, a => a.AccountNo, (s, a) => new { s.AccountNo, Before = s.OwnerEmail, After = a.OwnerEmail })
            .Where(both => both.Before != both.After)
            .Select(both => both.AccountNo).ToListAsync(cancellation);
        foreach (var some in moved.Chunk(Most))
        {
            await using var part = database.OpenContext();
            await using var transaction = await part.Database.BeginTransactionAsync(cancellation);
            await LockAsync(part, cancellation);
            if (await ScoreRunQuery.NewestAsync(part, cancellation) is { } run)
            {
                await RefreshAsync(part, run, some, now, cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>Sets what follows from an account's suggestions and what was made of them.</summary>
    public static void Follow(AccountScore row, IReadOnlyList<SuggestedTouch> suggestions)
    {
        var doneAt = suggestions.Where(touch => touch.State == SuggestionState.Done).Max(touch => touch.Action!.At as DateTime?);
        var (saving, selling) = (Next(suggestions, sells: false, doneAt), Next(suggestions, sells: true, doneAt));
        (row.TopPlay, row.TopMinutes, row.AwayUntil) = (saving?.Play, saving?.Minutes ?? 0, Away(suggestions, sells: false, doneAt));
        (row.UpsellPlay, row.UpsellMinutes, row.UpsellAwayUntil) = (selling?.Play, selling?.Minutes ?? 0, Away(suggestions, sells: true, doneAt));
    }

    /// <summary>The first that is open, else the one that is open again first.</summary>
    private static SuggestedTouch? Next(IReadOnlyList<SuggestedTouch> suggestions, bool sells, DateTime? doneAt) =>
        suggestions.Where(touch => touch.IsUpsell == sells).OrderBy(touch => IsLater(touch, doneAt) ? 0 : 1).ThenBy(Back).ThenBy(touch => touch.Rank).FirstOrDefault();

    /// <summary>What an event brought after something was done is to be done all the same.</summary>
    private static bool IsLater(SuggestedTouch touch, DateTime? doneAt) => touch.State == SuggestionState.Open && touch.At > doneAt;

    private static DateOnly? Away(IReadOnlyList<SuggestedTouch> suggestions, bool sells, DateTime? doneAt)
    {
        if (doneAt is not null)
        {
            return suggestions.Any(touch => touch.IsUpsell == sells && IsLater(touch, doneAt)) ? null : DateOnly.MaxValue;
        }

        var back = suggestions.Where(touch => touch.IsUpsell == sells).Select(Back).DefaultIfEmpty(DateOnly.MinValue).Min();
        return back == DateOnly.MinValue ? null : back;
    }

    /// <summary>The day on which a suggestion is open: the first of all days where it is now.</summary>
    private static DateOnly Back(SuggestedTouch touch) => touch.State switch
    {
        SuggestionState.Open => DateOnly.MinValue,
        SuggestionState.Snoozed => touch.Action!.Until ?? DateOnly.MaxValue,
        _ => DateOnly.MaxValue,
    };
}
