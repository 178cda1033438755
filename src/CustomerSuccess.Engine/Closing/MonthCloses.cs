using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Closing;

/// <summary>Months that finance has closed: what would be kept, closing and opening again, and what became of them since.</summary>
public sealed class MonthCloses(Database database, CompanyBooks books, RetentionReport report, Acts acts, TimeProvider clock)
{
    internal const string Lock = "month_close";

    /// <summary>What the figures of a month rest on.</summary>
    private static readonly string[] Records = ["subscriptions", "rates"];

    /// <summary>Closed months of the whole company, oldest first; nothing for who sees a portfolio alone.</summary>
    public async Task<IReadOnlyList<ClosedMonth>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (viewer.OwnPortfolioOnly)
        {
            return [];
        }

        await using var context = database.OpenContext();
        var counts = await context.Restatements.GroupBy(restated => restated.MonthCloseId).Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancellation);
        return [.. (await Heads(context).OrderBy(close => close.Month).ThenBy(close => close.ClosedAt).ToListAsync(cancellation)).Select(close => new ClosedMonth(close, ClosedFigures.Read(close.FiguresJson), counts.GetValueOrDefault(close.MonthCloseId)))];
    }

    /// <summary>The month that comes next: after the last closed one, else the last month that is over and that contracts reach; null without contracts.</summary>
    public async Task<DateOnly?> NextAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await LastAsync(context, cancellation) is { } last)
        {
            return CloseRules.After(last);
        }

        var book = await books.ForReadersAsync(cancellation);
        return book.LastMonth is not { } reached ? null : reached < Today(book) ? reached : MonthEnds.OnOrBefore(Today(book).AddDays(-1));
    }

    /// <summary>What closing a month would keep, and what would be wrong with it.</summary>
    /// <param name="viewer">Who asks; who may not close is told nothing.</param>
    /// <param name="day">A day of the month.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<CloseCheck?> CheckAsync(Viewer viewer, DateOnly day, CancellationToken cancellation = default) =>
        CloseRules.MayClose(viewer) ? await CheckAsync(await books.OpenAsync(cancellation), MonthEnds.OnOrAfter(day), cancellation) : null;

    /// <summary>Closes a month.</summary>
    /// <returns>Invalid with the problem's code under <c>month</c>, or the concerns' under <c>concerns</c> where they were not accepted.</returns>
    public async Task<ActResult<MonthClose>> CloseAsync(Viewer viewer, CloseDraft draft, CancellationToken cancellation = default)
    {
        if (!CloseRules.MayClose(viewer))
        {
            return ActResult.Forbidden<MonthClose>();
        }

        var problems = new Dictionary<string, string>();
        var note = EnteredText.Of(draft.Note);
        EnteredText.Check(problems, "note", note, MonthClose.LongestNote);
        var month = MonthEnds.OnOrAfter(draft.Month);
        var book = await books.OpenAsync(cancellation);
        var check = await CheckAsync(book, month, cancellation);
        if (check.Problem is { } problem)
        {
            problems["month"] = problem;
        }
        else if (check.Concerns.Count > 0 && !draft.Accept)
        {
            problems["concerns"] = string.Join(',', check.Concerns);
        }

        if (problems.Count > 0)
        {
            return ActResult.Invalid<MonthClose>(problems);
        }

        var sheet = await Task.Run(() => ClosedSheet.Pack(Accounts(book, month)), cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (CloseRules.Problem(month, Today(book), await LastAsync(act.Context, cancellation)) is { } late)
            {
                return ActResult.Invalid<MonthClose>("month", late);
            }

            var close = new MonthClose
            {
                MonthCloseId = act.NewId(),
                Month = month,
                ClosedAt = act.Now,
                ClosedByUser = viewer.UserId,
                ClosedByEmail = viewer.Email,
                Note = note,
                ConcernsJson = JsonSerializer.Serialize(check.Concerns),
                Currency = book.Settings.Currency,
                FiguresJson = ClosedFigures.Write(check.Figures!),
                Sheet = sheet,
                FollowedChange = book.Stamp.Change,
                FollowedFile = book.Stamp.ImportFile,
                FollowedRules = FollowCloses.RulesOf(book.Stamp),
                Version = 1,
            };
            act.Context.MonthCloses.Add(close);
            act.Note(JournalAreas.Close, "closed", recordId: close.MonthCloseId, changes: new FieldChanges().Note("month", null, Text(month)).Note("mrr", null, check.Figures!.Mrr.ToString(CultureInfo.InvariantCulture)).Note("note", null, note));
            return ActResult.Done(close);
        }, cancellation);
    }

    /// <summary>Opens the last closed month again.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="day">A day of the month.</param>
    /// <param name="reason">Why, 1–<see cref="MonthClose.LongestNote"/> characters.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<MonthClose>> ReopenAsync(Viewer viewer, DateOnly day, string? reason, CancellationToken cancellation = default)
    {
        if (!CloseRules.MayClose(viewer))
        {
            return ActResult.Forbidden<MonthClose>();
        }

        var (said, month) = (EnteredText.Of(reason), MonthEnds.OnOrAfter(day));
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "reason", said, MonthClose.LongestNote, isRequired: true);
        return problems.Count > 0 ? ActResult.Invalid<MonthClose>(problems) : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.MonthCloses.FirstOrDefaultAsync(close => close.Month == month && close.ReopenedAt == null, cancellation) is not { } close)
            {
                return ActResult.NotFound<MonthClose>();
            }

            // a month before a closed one is closed too
            if (await LastAsync(act.Context, cancellation) != month)
            {
                return ActResult.Invalid<MonthClose>("month", CloseRules.OutOfOrder);
            }

            (close.ReopenedAt, close.ReopenedByEmail, close.ReopenReason, close.Version) = (act.Now, viewer.Email, said, close.Version + 1);
            act.Note(JournalAreas.Close, "reopened", recordId: close.MonthCloseId, changes: new FieldChanges().Note("month", Text(month), null).Note("reason", null, said));
            return ActResult.Done(close);
        }, cancellation);
    }

    /// <summary>What changed closed months since, the latest first; nothing for who sees a portfolio alone. Of months that were opened again, nothing.</summary>
    public async Task<IReadOnlyList<RestatementEntry>> RestatementsAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (viewer.OwnPortfolioOnly)
        {
            return [];
        }

        await using var context = database.OpenContext();
        var entries = await RestatedAsync(context, null, cancellation);
        return [.. entries.OrderByDescending(entry => entry.Entry.FoundAt).ThenByDescending(entry => entry.Entry.Month).ThenByDescending(entry => entry.Entry.RestatementNo)];
    }

    /// <summary>The accounts behind a restatement that the viewer may see; null where there is none.</summary>
    public async Task<RestatedAccounts?> AccountsAsync(Viewer viewer, string monthCloseId, int restatementNo, CancellationToken cancellation = default)
    {
        if (viewer.OwnPortfolioOnly)
        {
            return null;
        }

        await using var context = database.OpenContext();
        if ((await RestatedAsync(context, (monthCloseId, restatementNo), cancellation)) is not [var entry])
        {
            return null;
        }

        var sheets = await context.Restatements.Where(restated => restated.MonthCloseId == monthCloseId && restated.RestatementNo == restatementNo).Select(restated => new { restated.Before, restated.After }).SingleAsync(cancellation);
        var (before, after) = (ClosedSheet.Unpack(sheets.Before).ToDictionary(account => account.AccountNo), ClosedSheet.Unpack(sheets.After).ToDictionary(account => account.AccountNo));
        var (book, accounts, _) = await books.ForAsync(viewer, "", cancellation);
        var visible = accounts.Count == book.Accounts.Count ? book.Entries : accounts.ToDictionary(account => account.AccountNo);
        return new(entry, [.. before.Keys.Union(after.Keys).Where(visible.ContainsKey).Select(no => (Entry: visible[no], Before: before.GetValueOrDefault(no) ?? ClosedAccount.Nothing(no), After: after.GetValueOrDefault(no) ?? ClosedAccount.Nothing(no)))
            .Select(row => new RestatedAccount(row.Entry.AccountNo, row.Entry.AccountId, row.Entry.Namespace, row.Entry.Name, row.Before, row.After))
            .OrderByDescending(row => Math.Abs(row.After.Month.Mrr.End - row.Before.Month.Mrr.End)).ThenBy(row => row.AccountNo)]);
    }

    /// <summary>Every account's amounts in a month as it stands closed; null where it does not.</summary>
    internal static async Task<(string MonthCloseId, IReadOnlyList<ClosedAccount> Accounts)?> SheetAsync(CustomerSuccessContext context, DateOnly month, CancellationToken cancellation) =>
        await context.MonthCloses.AsNoTracking().FirstOrDefaultAsync(close => close.Month == month && close.ReopenedAt == null, cancellation) is { } close ? (close.MonthCloseId, ClosedSheet.Unpack(close.Sheet)) : null;

    /// <summary>Every account's amounts in a month as they are now.</summary>
    /// <exception cref="MissingRateException">A rate is missing.</exception>
    internal static IEnumerable<ClosedAccount> Accounts(CompanyBook book, DateOnly month)
    {
        var period = RetentionPeriod.Month(month);
        foreach (var entry in book.Accounts)
        {
            if (ClosedAccount.Of(entry.AccountNo, entry.Contracts, period, book.Rates.On) is { } account)
            {
                yield return account;
            }
        }
    }

    /// <summary>Closes without the accounts.</summary>
    internal static IQueryable<MonthClose> Heads(CustomerSuccessContext context) => context.MonthCloses.AsNoTracking().Select(close => new MonthClose
    {
        MonthCloseId = close.MonthCloseId,
        Month = close.Month,
        ClosedAt = close.ClosedAt,
        ClosedByUser = close.ClosedByUser,
        ClosedByEmail = close.ClosedByEmail,
        Note = close.Note,
        ConcernsJson = close.ConcernsJson,
        Currency = close.Currency,
        FiguresJson = close.FiguresJson,
        FollowedChange = close.FollowedChange,
        FollowedFile = close.FollowedFile,
        FollowedRules = close.FollowedRules,
        ReopenedAt = close.ReopenedAt,
        ReopenedByEmail = close.ReopenedByEmail,
        ReopenReason = close.ReopenReason,
        Version = close.Version,
    });

    private static async Task<List<RestatementEntry>> RestatedAsync(CustomerSuccessContext context, (string Id, int No)? one, CancellationToken cancellation)
    {
        var (id, no) = one ?? ("", 0);
        var rows = await (
            from restated in context.Restatements.AsNoTracking()
            join close in context.MonthCloses on restated.MonthCloseId equals close.MonthCloseId
            where close.ReopenedAt == null && (id == "" || (restated.MonthCloseId == id && restated.RestatementNo == no))
            join file in context.ImportFiles on restated.ImportFileId equals file.ImportFileId into files
            from file in files.DefaultIfEmpty()
            select new { restated.MonthCloseId, restated.RestatementNo, restated.Month, restated.FoundAt, restated.Cause, restated.ImportFileId, restated.ByWhom, restated.BeforeJson, restated.AfterJson, restated.Accounts, close.Currency, FileName = (string?)file.FileName, Run = (int?)file.ImportRunId }).ToListAsync(cancellation);
        return
        [
            .. rows.Select(row => new RestatementEntry(
                new Restatement { MonthCloseId = row.MonthCloseId, RestatementNo = row.RestatementNo, Month = row.Month, FoundAt = row.FoundAt, Cause = row.Cause, ImportFileId = row.ImportFileId, ByWhom = row.ByWhom, BeforeJson = row.BeforeJson, AfterJson = row.AfterJson, Accounts = row.Accounts },
                ClosedFigures.Between(ClosedFigures.Read(row.BeforeJson), ClosedFigures.Read(row.AfterJson)), row.FileName, row.Run, row.Currency)),
        ];
    }

    private static Task<DateOnly?> LastAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        context.MonthCloses.Where(close => close.ReopenedAt == null).OrderByDescending(close => close.Month).Select(close => (DateOnly?)close.Month).FirstOrDefaultAsync(cancellation);

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The rates that a month's figures need and that are missing.</summary>
    private static List<MissingRate> Missing(CompanyBook book, RetentionPeriod period)
    {
        DateOnly[] days = [RetentionPeriod.Trailing12(period.End).Start, period.Start, period.End];
        var earliestOf = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (var entry in book.Accounts)
        {
            foreach (var term in entry.Contracts.Terms)
            {
                if (term.Mrr <= 0)
                {
                    continue;
                }

                foreach (var day in days)
                {
                    if (term.RunsOn(day) && (!earliestOf.TryGetValue(term.Currency, out var known) || day < known))
                    {
                        earliestOf[term.Currency] = day;
                    }
                }
            }
        }

        var missing = new List<MissingRate>();
        foreach (var (currency, earliest) in earliestOf.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            // the months between are asked for where a change is told at the rates of its start
            foreach (var day in days.Where(day => day >= earliest || day == period.Start))
            {
                try
                {
                    _ = book.Rates.On(currency, day);
                }
                catch (MissingRateException)
                {
                    missing.Add(new(currency, day));
                }
            }
        }

        return missing;
    }

    private async Task<CloseCheck> CheckAsync(CompanyBook book, DateOnly month, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var last = await context.MonthCloses.Where(close => close.ReopenedAt == null).OrderByDescending(close => close.Month).Select(close => new { close.Month, close.ClosedAt }).FirstOrDefaultAsync(cancellation);
        var since = last?.ClosedAt ?? DateTime.UnixEpoch;
        var rejected = await context.ImportFiles.Where(file => file.Record != null && Records.Contains(file.Record) && file.StartedAt > since).SumAsync(file => file.Rejected, cancellation);
        var period = RetentionPeriod.Month(month);
        var problem = CloseRules.Problem(month, Today(book), last?.Month) ?? (book.FirstTerm is not { } first || first > month ? CloseRules.NoContracts : null);
        var missing = await Task.Run(() => Missing(book, period), cancellation);
        RetentionCheck? check = null;
        try
        {
            check = await report.CheckAsync(Viewer.System, period, cancellation);
        }
        catch (MissingRateException rate) when (missing.All(known => known.Currency != rate.Currency || known.Month != rate.Day))
        {
            missing.Add(new(rate.Currency, rate.Day));
        }
        catch (MissingRateException)
        {
            // it is among those that are told
        }

        var difference = check is null ? 0 : check.Difference == 0 ? check.StartDifference : check.Difference;
        List<string> concerns = [];
        if (difference != 0)
        {
            concerns.Add(CloseRules.Unreconciled);
        }

        if (rejected > 0)
        {
            concerns.Add(CloseRules.RejectedRows);
        }

        if (book.ContractsUntil < month)
        {
            concerns.Add(CloseRules.Incomplete);
        }

        return new(month, problem ?? (check is null ? CloseRules.MissingRate : null), concerns, check?.Figures, difference, rejected, book.ContractsUntil, missing, book.Settings.Currency);
    }

    private DateOnly Today(CompanyBook book) => new CompanyCalendar(book.Settings.TimeZone).Day(clock.GetUtcNow().UtcDateTime);
}
