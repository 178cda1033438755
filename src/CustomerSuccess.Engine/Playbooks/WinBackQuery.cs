using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>A customer whose contract has ended and whom a play could win back.</summary>
/// <param name="Contract">What ended; null where the contracts have changed since the run.</param>
/// <param name="Suggestions">First to do first, with what was made of them.</param>
public sealed record WinBackRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? OwnerEmail, EndedContract? Contract, IReadOnlyList<SuggestedTouch> Suggestions);

/// <summary>A stretch of the list of customers to win back.</summary>
/// <param name="Run">The run that suggests it; null before the first.</param>
/// <param name="Total">Rows of the whole list.</param>
public sealed record WinBackPage(RunSummary? Run, int Total, IReadOnlyList<WinBackRow> Rows);

/// <summary>Customers whose contract has ended, with what the newest score run suggests for them: what a minute on them is worth most first.</summary>
public sealed class WinBackQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <param name="viewer">Who asks.</param>
    /// <param name="hideHandled">True leaves out what was done, snoozed or dismissed.</param>
    /// <param name="ownerEmail">Of one owner alone; null for all.</param>
    /// <param name="offset">Rows to pass over, from 0.</param>
    /// <param name="limit">Rows to return.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<WinBackPage> PageAsync(Viewer viewer, bool hideHandled, string? ownerEmail, int offset, int limit, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new(null, 0, []);
        }

        var today = settings.Today(clock);
        var accounts = context.Accounts.AsNoTracking().VisibleTo(viewer).Where(account => ownerEmail == null || account.OwnerEmail == ownerEmail);
        var firsts = await (
            from suggestion in context.Suggestions.AsNoTracking().Offered(context)
            where suggestion.ScoreRunId == run.ScoreRunId && suggestion.Rank == 1 && !context.AccountScores.Any(score => score.ScoreRunId == run.ScoreRunId && score.AccountNo == suggestion.AccountNo)
            join account in accounts on suggestion.AccountNo equals account.AccountNo
            orderby suggestion.ValuePerMinute descending, suggestion.AccountNo
            select suggestion.AccountNo).ToListAsync(cancellation);
        var touches = await SuggestedTouches.OfAsync(context, run, firsts, today, cancellation);
        var listed = hideHandled ? firsts.Where(account => touches[account].All(touch => touch.State == SuggestionState.Open)).ToList() : firsts;
        var page = listed.Skip(offset).Take(limit).ToList();
        var known = await context.Accounts.AsNoTracking().Where(account => page.Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, cancellation);
        var ended = (await EndedAccounts.ReadAsync(context, settings, null, cancellation, page)).On(run.AsOf).ToDictionary(own => own.AccountNo, own => own.Contract);
        return new(ScoreRunQuery.Summary(run), listed.Count, [.. page.Select(no => Row(known[no], ended.GetValueOrDefault(no), [.. touches[no]]))]);
    }

    private static WinBackRow Row(Account account, EndedContract? contract, IReadOnlyList<SuggestedTouch> touches) =>
        new(account.AccountNo, account.AccountId, account.Namespace, account.Name, account.Segment, account.OwnerEmail, contract, touches);
}
