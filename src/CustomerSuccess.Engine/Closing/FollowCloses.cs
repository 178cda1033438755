using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Closing;

/// <summary>
/// Looks what later facts made of closed months, and writes it down as restatements: by the import that brought them, account by account.
/// What is known (the figures as closed and every restatement since) is set against the company's books, so that they always add up to today's figures.
/// </summary>
public sealed class FollowCloses(Database database, CompanyBooks books, Acts acts)
{
    private const int AtOnce = 500;

    private CompanyBook? _followed;

    /// <summary>Writes down what changed; how many restatements that were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var book = await books.OpenAsync(cancellation);
        // touches, use, answers and inquiries change no contract: the same ground tells the same months
        if (_followed is { } known && ReferenceEquals(book.Ground, known.Ground) && RulesOf(book.Stamp) == RulesOf(known.Stamp))
        {
            // the state before, with whatever was computed of it, is wanted no more
            _followed = book;
            return 0;
        }

        await using var context = database.OpenContext();
        var written = 0;
        var whole = true;
        foreach (var close in await MonthCloses.Heads(context).Where(close => close.ReopenedAt == null).OrderBy(close => close.Month).ToListAsync(cancellation))
        {
            if (close.FollowedChange == book.Stamp.Change && close.FollowedRules == RulesOf(book.Stamp))
            {
                continue;
            }

            try
            {
                written += await FollowAsync(context, book, close, cancellation);
            }
            catch (MissingRateException)
            {
                // nothing can be said until the rate is there: then it is looked through again
                whole = false;
            }
        }

        _followed = whole ? book : null;
        return written;
    }

    /// <summary>The rates and the settings that figures were computed with.</summary>
    internal static string RulesOf(BookStamp stamp) => FormattableString.Invariant($"{stamp.Rates.Count}|{stamp.Rates.File}|{stamp.Rates.Voided}\n{stamp.Settings}");

    private async Task<int> FollowAsync(CustomerSuccessContext context, CompanyBook book, MonthClose close, CancellationToken cancellation)
    {
        var past = await context.Restatements.AsNoTracking().Where(restated => restated.MonthCloseId == close.MonthCloseId).OrderBy(restated => restated.RestatementNo).ToListAsync(cancellation);
        var sheet = await context.MonthCloses.Where(one => one.MonthCloseId == close.MonthCloseId).Select(one => one.Sheet).SingleAsync(cancellation);
        var known = await Task.Run(() => Known(sheet, past), cancellation);
        var rules = RulesOf(book.Stamp);
        int[] which = rules == close.FollowedRules && book.Stamp.Change > close.FollowedChange
            ? [.. await context.AccountChanges.Where(change => change.ChangeNo > close.FollowedChange).Select(change => change.AccountNo).ToListAsync(cancellation), .. known.Keys.Where(no => !book.Entries.ContainsKey(no))]
            : [.. known.Keys.Union(book.Entries.Keys)];
        var changed = await Task.Run(() => Changed(book, close.Month, known, which), cancellation);
        var causes = await CausesAsync(context, close, rules, [.. changed.Select(change => change.AccountNo)], cancellation);
        var restated = await Task.Run(() => Restate(book, close, known, past, changed, causes, rules), cancellation);
        foreach (var one in restated)
        {
            one.ByWhom = await WhoAsync(context, one, cancellation);
        }

        var result = await acts.RunAsync(Viewer.System, async act =>
        {
            await act.LockAsync(MonthCloses.Lock);
            // another process may have looked meanwhile, or somebody opened the month again
            if (await act.Context.MonthCloses.FirstOrDefaultAsync(one => one.MonthCloseId == close.MonthCloseId && one.ReopenedAt == null && one.FollowedChange == close.FollowedChange && one.FollowedRules == close.FollowedRules, cancellation) is not { } stands
                || await act.Context.Restatements.CountAsync(one => one.MonthCloseId == close.MonthCloseId, cancellation) != past.Count)
            {
                return ActResult.NotFound<MonthClose>();
            }

            (stands.FollowedChange, stands.FollowedFile, stands.FollowedRules) = (book.Stamp.Change, book.Stamp.ImportFile, rules);
            foreach (var one in restated)
            {
                one.FoundAt = act.Now;
                act.Context.Restatements.Add(one);
            }

            if (restated.Count > 0)
            {
                act.Note(JournalAreas.Close, "restated", recordId: close.MonthCloseId);
            }

            return ActResult.Done(stands);
        }, cancellation);
        return result.Outcome == ActOutcome.Done ? restated.Count : 0;
    }

    /// <summary>The accounts as closed, with every restatement since.</summary>
    private static Dictionary<int, ClosedAccount> Known(byte[] sheet, List<Restatement> past)
    {
        var known = ClosedSheet.Unpack(sheet).ToDictionary(account => account.AccountNo);
        foreach (var restated in past)
        {
            foreach (var account in ClosedSheet.Unpack(restated.Before))
            {
                known.Remove(account.AccountNo);
            }

            foreach (var account in ClosedSheet.Unpack(restated.After))
            {
                known[account.AccountNo] = account;
            }
        }

        return known;
    }

    private static List<(int AccountNo, ClosedAccount? Before, ClosedAccount? After)> Changed(CompanyBook book, DateOnly month, Dictionary<int, ClosedAccount> known, int[] which)
    {
        var (period, reasons) = (RetentionPeriod.Month(month), book.Reasons());
        var changed = new List<(int, ClosedAccount?, ClosedAccount?)>();
        foreach (var no in which.Distinct())
        {
            var before = known.GetValueOrDefault(no);
            var after = book.Entries.TryGetValue(no, out var entry) ? ClosedAccount.Of(no, entry.Contracts, period, book.Rates.On) : null;
            if ((before is not null || after is not null) && (before is null || after is null || !before.CountsAs(after, reasons)))
            {
                changed.Add((no, before, after));
            }
        }

        return changed;
    }

    private static List<Restatement> Restate(CompanyBook book, MonthClose close, Dictionary<int, ClosedAccount> known, List<Restatement> past, List<(int AccountNo, ClosedAccount? Before, ClosedAccount? After)> changed, Dictionary<int, (RestatementCause Cause, int? File)> causes, string rules)
    {
        var (period, reasons, history) = (RetentionPeriod.Month(close.Month), book.Reasons(), book.Accounts.Min(entry => entry.FirstMonthEnd));
        var before = ClosedFigures.Read(past.Count > 0 ? past[^1].AfterJson : close.FiguresJson);
        var restated = new List<Restatement>();
        void Note((RestatementCause Cause, int? File) why, IReadOnlyCollection<(int AccountNo, ClosedAccount? Before, ClosedAccount? After)> accounts)
        {
            var after = ClosedFigures.Of(period, known.Values, reasons, history);
            if (accounts.Count > 0 || ClosedFigures.Between(before, after).Count > 0)
            {
                restated.Add(new Restatement
                {
                    MonthCloseId = close.MonthCloseId,
                    RestatementNo = past.Count + restated.Count + 1,
                    Month = close.Month,
                    Cause = why.Cause,
                    ImportFileId = why.File,
                    BeforeJson = ClosedFigures.Write(before),
                    AfterJson = ClosedFigures.Write(after),
                    Accounts = accounts.Count,
                    Before = ClosedSheet.Pack(accounts.Select(account => account.Before).OfType<ClosedAccount>()),
                    After = ClosedSheet.Pack(accounts.Select(account => account.After).OfType<ClosedAccount>()),
                });
            }

            before = after;
        }

        // such as other words for who did not choose to leave: the same amounts, counted otherwise
        if (SettingsOf(rules) != SettingsOf(close.FollowedRules))
        {
            Note((RestatementCause.Settings, null), []);
        }

        foreach (var same in changed.GroupBy(change => causes[change.AccountNo]).OrderBy(same => same.Key.File ?? 0).ThenBy(same => same.Key.Cause))
        {
            foreach (var (no, _, after) in same)
            {
                if (after is null)
                {
                    known.Remove(no);
                }
                else
                {
                    known[no] = after;
                }
            }

            Note(same.Key, [.. same]);
        }

        Note((RestatementCause.Other, null), []);
        return restated;
    }

    /// <summary>What changed each account: the last file that brought or took away contracts of it, else rates, else settings.</summary>
    private static async Task<Dictionary<int, (RestatementCause Cause, int? File)>> CausesAsync(CustomerSuccessContext context, MonthClose close, string rules, int[] accounts, CancellationToken cancellation)
    {
        var files = new Dictionary<int, int>();
        foreach (var some in accounts.Chunk(AtOnce))
        {
            var latest = await context.Subscriptions.Where(term => some.Contains(term.AccountNo) && (term.ImportFileId > close.FollowedFile || term.VoidedBy > close.FollowedFile))
                .GroupBy(term => term.AccountNo).Select(same => new { same.Key, Brought = same.Max(term => term.ImportFileId), Voided = same.Max(term => term.VoidedBy) }).ToListAsync(cancellation);
            foreach (var one in latest)
            {
                files[one.Key] = Math.Max(one.Brought, one.Voided ?? 0);
            }
        }

        int? rates = RatesOf(rules) == RatesOf(close.FollowedRules) ? null
            : await context.ExchangeRates.Where(rate => rate.ImportFileId > close.FollowedFile || rate.VoidedBy > close.FollowedFile).Select(rate => rate.VoidedBy > rate.ImportFileId ? rate.VoidedBy : (int?)rate.ImportFileId).MaxAsync(cancellation);
        (RestatementCause, int?) other = RatesOf(rules) != RatesOf(close.FollowedRules) ? (RestatementCause.Rates, rates) : SettingsOf(rules) != SettingsOf(close.FollowedRules) ? (RestatementCause.Settings, null) : (RestatementCause.Other, null);
        return accounts.ToDictionary(no => no, no => files.TryGetValue(no, out var file) ? (RestatementCause.Contracts, file) : other);
    }

    private static string RatesOf(string rules) => rules[..rules.IndexOf('\n', StringComparison.Ordinal)];

    private static string SettingsOf(string rules) => rules[rules.IndexOf('\n', StringComparison.Ordinal)..];

    private static async Task<string?> WhoAsync(CustomerSuccessContext context, Restatement restated, CancellationToken cancellation)
    {
        if (restated.ImportFileId is { } file)
        {
            var by = await (from one in context.ImportFiles join run in context.ImportRuns on one.ImportRunId equals run.ImportRunId where one.ImportFileId == file select run.ByUser).FirstOrDefaultAsync(cancellation);
            return by is null ? null : await context.Users.Where(user => user.Id == by).Select(user => user.Email).FirstOrDefaultAsync(cancellation) ?? by;
        }

        return restated.Cause != RestatementCause.Settings ? null
            : await context.Journal.Where(entry => entry.Area == JournalAreas.Setting).OrderByDescending(entry => entry.EntryNo).Select(entry => entry.ByEmail ?? entry.ByUser).FirstOrDefaultAsync(cancellation);
    }
}
