using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>Customers to win back on a day: suggested by the run, and nobody has done, snoozed or dismissed it.</summary>
internal static class DayReturns
{
    private const int Most = 5;

    /// <summary>Accounts that are looked into: the worthiest, which are dealt with first.</summary>
    private const int MostRead = 500;

    /// <summary>Accounts of the run whose contract has ended and on whom a minute is worth more than it costs, the worthiest first; a finished run's do not change, so that they may be kept.</summary>
    public static async Task<IReadOnlyList<int>> SuggestedAsync(CustomerSuccessContext context, ScoreRun run, CancellationToken cancellation)
    {
        List<string> plays = [.. (await PlayQuery.ReadAsync(context, cancellation)).Where(entry => entry.Play.IsWinBack).Select(entry => entry.Play.Key)];
        return await context.Suggestions.AsNoTracking()
            .Where(suggestion => suggestion.ScoreRunId == run.ScoreRunId && plays.Contains(suggestion.Play) && suggestion.ValuePerMinute > 0 && !context.AccountScores.Any(score => score.ScoreRunId == run.ScoreRunId && score.AccountNo == suggestion.AccountNo))
            .GroupBy(suggestion => suggestion.AccountNo).Select(own => new { own.Key, Value = own.Max(suggestion => suggestion.ValuePerMinute) })
            .OrderByDescending(own => own.Value).ThenBy(own => own.Key).Select(own => own.Key).ToListAsync(cancellation);
    }

    /// <param name="reading">Whose day.</param>
    /// <param name="suggested">Those of the whole company.</param>
    public static async Task<DayWinBacks> ReadAsync(DayReading reading, IReadOnlyList<int> suggested)
    {
        if (suggested.Count == 0)
        {
            return DayWinBacks.None;
        }

        var (context, run) = (reading.Context, reading.Run!);
        HashSet<int>? own = null;
        if (reading.Scope.Person is { } person)
        {
            // whoever looks after none that pays is not among the spellings of the run
            List<string?> spellings = [person, .. reading.Spellings ?? []];
            own = [.. await context.Accounts.AsNoTracking().Where(account => spellings.Contains(account.OwnerEmail)).Select(account => account.AccountNo).ToListAsync(reading.Cancellation)];
        }

        var accounts = suggested.Where(account => own?.Contains(account) ?? true).ToList();
        var read = accounts.Take(MostRead).ToList();
        var touches = await SuggestedTouches.OfAsync(context, run, read, reading.Today, reading.Cancellation);
        var open = read.FindAll(account => touches[account].Any() && touches[account].All(touch => touch.State == SuggestionState.Open));
        var shown = open.Take(Most).ToList();
        var known = await context.Accounts.AsNoTracking().Where(account => shown.Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, reading.Cancellation);
        var ended = (await EndedAccounts.ReadAsync(context, reading.Settings, null, reading.Cancellation, shown)).On(run.AsOf).ToDictionary(one => one.AccountNo, one => one.Contract);
        return new(open.Count + accounts.Count - read.Count, [.. shown.Select(no => Row(known[no], ended.GetValueOrDefault(no), touches[no].First()))]);
    }

    private static DayWinBack Row(Account account, EndedContract? contract, SuggestedTouch touch) =>
        new(account.AccountNo, account.AccountId, account.Namespace, account.Name, account.OwnerEmail, contract?.EndedOn, contract?.Mrr, touch);
}
