using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Portfolios;

/// <summary>
/// Hands a CSM's accounts over to others, for good or until a day. What is suggested for an account, what was put off, tasks that are still to be done for it and inquiries that are open go with the account;
/// whoever manages may hand over anybody's accounts, a CSM his or her own.
/// </summary>
public sealed class Handovers(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private const int ChunkRows = 500;

    /// <summary>What a hand-over would do; nothing is changed.</summary>
    public async Task<ActResult<HandoverPlan>> PlanAsync(Viewer viewer, HandoverDraft draft, CancellationToken cancellation = default)
    {
        if (!MayHandOver(viewer, draft.From))
        {
            return ActResult.Forbidden<HandoverPlan>();
        }

        await using var context = database.OpenContext();
        return ActResult.Done(await PlanAsync(context, viewer, Tidied(draft), cancellation));
    }

    /// <summary>Hands accounts over, in one act.</summary>
    public async Task<ActResult<Handover>> RunAsync(Viewer viewer, HandoverDraft asked, CancellationToken cancellation = default)
    {
        if (!MayHandOver(viewer, asked.From))
        {
            return ActResult.Forbidden<Handover>();
        }

        var draft = Tidied(asked);
        var settings = await settingsStore.ReadAsync(cancellation);
        if (Problems(draft, settings.Today(clock)) is { Count: > 0 } wrong)
        {
            return ActResult.Invalid<Handover>(wrong);
        }

        return await acts.RunAsync(viewer, async act =>
        {
            foreach (var successor in draft.To.Concat(draft.ByHand.Values).Distinct())
            {
                if (!await AccountOwners.IsKnownAsync(act.Context, successor, cancellation))
                {
                    return ActResult.Invalid<Handover>("to", "unknown");
                }
            }

            var plan = await PlanAsync(act.Context, viewer, draft, cancellation);
            var given = plan.Rows.Where(row => row.To is not null).ToDictionary(row => row.AccountNo);
            if (given.Count is 0 or > Handover.MostAccounts)
            {
                return ActResult.Invalid<Handover>("accounts", given.Count == 0 ? "missing" : "too_many");
            }

            var handover = new Handover
            {
                HandoverId = act.NewId(),
                FromEmail = draft.From,
                Kind = draft.Until is null ? HandoverKind.ForGood : HandoverKind.UntilDay,
                Until = draft.Until,
                Note = EnteredText.Of(draft.Note),
                At = act.Now,
                ByUser = viewer.UserId,
                ByEmail = viewer.Email,
                Version = 1,
            };
            var day = settings.DayOf(act.Now);
            var came = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            foreach (var some in (await act.LockAccountsAsync(given.Keys)).Chunk(ChunkRows))
            {
                var work = await OpenWorkAsync(act, some, draft.From);
                // one that somebody else gave away in between is no longer whose it was
                foreach (var account in await act.Context.Accounts.Where(account => some.Contains(account.AccountNo) && account.OwnerEmail != null && account.OwnerEmail.ToLower() == draft.From).OrderBy(account => account.AccountNo).ToListAsync(cancellation))
                {
                    var row = given[account.AccountNo];
                    if (await OwnerChange.PutAsync(act, account, row.To, day, "handed_over", handover.HandoverId))
                    {
                        act.Context.HandoverAccounts.Add(new HandoverAccount { AccountNo = account.AccountNo, HandoverId = handover.HandoverId, ToEmail = row.To!, Mrr = row.Mrr, MovedJson = await MoveAsync(act, work.Of(account.AccountNo), row.To!, settings) });
                        handover.Accounts++;
                        came[row.To!] = came.GetValueOrDefault(row.To!) + 1;
                    }
                }
            }

            if (handover.Accounts == 0)
            {
                return ActResult.Invalid<Handover>("accounts", "missing");
            }

            act.Context.Handovers.Add(handover);
            foreach (var (to, accounts) in came)
            {
                act.Notify(new(NoticeKinds.Handover, $"handover:{handover.HandoverId}:{to.ToLowerInvariant()}", JournalAreas.Handover, RecordId: handover.HandoverId) { ToEmails = [to], Args = new Dictionary<string, string> { ["accounts"] = accounts.ToString(CultureInfo.InvariantCulture) } });
            }

            act.Note(JournalAreas.Handover, "created", recordId: handover.HandoverId, changes: new FieldChanges()
                .Note("from", null, handover.FromEmail)
                .Note("until", null, handover.Until?.ToString("O", CultureInfo.InvariantCulture))
                .Note("accounts", null, handover.Accounts.ToString(CultureInfo.InvariantCulture)));
            return ActResult.Done(handover);
        }, cancellation);
    }

    /// <summary>Takes a hand-over back: accounts that are still with their successors go back.</summary>
    public Task<ActResult<Handover>> UndoAsync(Viewer viewer, string handoverId, CancellationToken cancellation = default) => EndAsync(viewer, handoverId, isUndo: true, cancellation);

    /// <summary>Whoever was away is back: accounts that are still with their successors go back.</summary>
    public Task<ActResult<Handover>> ReturnAsync(Viewer viewer, string handoverId, CancellationToken cancellation = default) => EndAsync(viewer, handoverId, isUndo: false, cancellation);

    /// <summary>Has accounts come back whose day has come.</summary>
    /// <returns>How many hand-overs ended.</returns>
    public async Task<int> ReturnDueAsync(CancellationToken cancellation = default)
    {
        var today = (await settingsStore.ReadAsync(cancellation)).Today(clock);
        await using var context = database.OpenContext();
        var due = await context.Handovers.AsNoTracking().Where(handover => handover.Until <= today && handover.ReturnedAt == null && handover.UndoneAt == null).Select(handover => handover.HandoverId).ToListAsync(cancellation);
        var ended = 0;
        foreach (var id in due)
        {
            ended += (await ReturnAsync(Viewer.System, id, cancellation)).Outcome == ActOutcome.Done ? 1 : 0;
        }

        return ended;
    }

    /// <summary>Hand-overs, newest first: all for whoever manages, else those from and to the viewer.</summary>
    public async Task<Core.Accounts.Capped<HandoverEntry>> ListAsync(Viewer viewer, int offset, int limit, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var visible = Visible(context, viewer);
        var total = await visible.CountAsync(cancellation);
        var page = await visible.OrderByDescending(handover => handover.At).ThenBy(handover => handover.HandoverId).Skip(offset).Take(limit).ToListAsync(cancellation);
        return new(total, await EntriesAsync(context, page, cancellation));
    }

    /// <summary>A hand-over; null where there is none for the viewer.</summary>
    public async Task<HandoverEntry?> FindAsync(Viewer viewer, string handoverId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await Visible(context, viewer).FirstOrDefaultAsync(handover => handover.HandoverId == handoverId, cancellation) is { } found ? (await EntriesAsync(context, [found], cancellation))[0] : null;
    }

    /// <summary>What the successors have to know of each account, the greatest MRR first.</summary>
    /// <param name="viewer">Who asks: whoever manages, or a successor, who sees the own accounts.</param>
    /// <param name="handoverId">The hand-over.</param>
    /// <param name="to">One successor's accounts alone; null for all.</param>
    /// <param name="offset">Accounts to pass over.</param>
    /// <param name="limit">Accounts to give at most.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>Null where there is no such hand-over for the viewer.</returns>
    public async Task<Core.Accounts.Capped<AccountBrief>?> BriefsAsync(Viewer viewer, string handoverId, string? to, int offset, int limit, CancellationToken cancellation = default)
    {
        if (await FindAsync(viewer, handoverId, cancellation) is null)
        {
            return null;
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var own = viewer.MayManage ? to : viewer.Email?.ToLowerInvariant() is var email && await Visible(context, viewer).AnyAsync(handover => handover.HandoverId == handoverId && handover.FromEmail == email, cancellation) ? to : email;
        var accounts = context.HandoverAccounts.AsNoTracking().Where(account => account.HandoverId == handoverId && (own == null || account.ToEmail == own));
        var total = await accounts.CountAsync(cancellation);
        var page = await accounts.OrderByDescending(account => account.Mrr).ThenBy(account => account.AccountNo).Skip(offset).Take(limit).Select(account => account.AccountNo).ToListAsync(cancellation);
        return new(total, await AccountBriefs.ReadAsync(context, page, settings, settings.Today(clock), cancellation));
    }

    private async Task<ActResult<Handover>> EndAsync(Viewer viewer, string handoverId, bool isUndo, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("handover:" + handoverId);
            if (await act.Context.Handovers.FindAsync([handoverId], cancellation) is not { } handover)
            {
                return ActResult.NotFound<Handover>();
            }

            if (!MayHandOver(viewer, handover.FromEmail))
            {
                return ActResult.Forbidden<Handover>();
            }

            if (handover.IsOver)
            {
                return ActResult.Unchanged(handover);
            }

            var given = await act.Context.HandoverAccounts.Where(account => account.HandoverId == handoverId).ToDictionaryAsync(account => account.AccountNo, cancellation);
            foreach (var some in (await act.LockGivenAsync([.. given.Keys], given.Values.Select(account => account.ToEmail))).Chunk(ChunkRows))
            {
                var work = await OpenWorkAsync(act, some, null);
                foreach (var account in await act.Context.Accounts.Where(account => some.Contains(account.AccountNo)).OrderBy(account => account.AccountNo).ToListAsync(cancellation))
                {
                    if (account.OwnerEmail == given[account.AccountNo].ToEmail)
                    {
                        await OwnerChange.PutAsync(act, account, handover.FromEmail, settings.DayOf(act.Now), isUndo ? "assigned" : "returned", handoverId);
                        // what went with the account goes back with it, as far as it is still where it went
                        await MoveAsync(act, work.Of(account.AccountNo).StillWith(given[account.AccountNo]), handover.FromEmail, settings);
                        given.Remove(account.AccountNo);
                    }
                }
            }

            // what is left has another owner by now
            foreach (var account in given.Values)
            {
                account.StayedAway = true;
            }

            (handover.ReturnedAt, handover.UndoneAt, handover.EndedByEmail, handover.Version) = (isUndo ? null : act.Now, isUndo ? act.Now : null, viewer.Email, handover.Version + 1);
            act.Note(JournalAreas.Handover, isUndo ? "undone" : "returned", recordId: handoverId, changes: new FieldChanges().Note("stayed_away", null, given.Count.ToString(CultureInfo.InvariantCulture)));
            return ActResult.Done(handover);
        }, cancellation);
    }

    /// <summary>What is still to be done for some accounts, tracked.</summary>
    /// <param name="act">The act.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="assignee">Whose tasks and inquiries, in lower case; null for anybody's.</param>
    private static async Task<OpenWork> OpenWorkAsync(ActScope act, int[] accounts, string? assignee)
    {
        var key = InquiryWork.KeyOf(assignee);
        return new(
            await act.Context.WorkTasks.Where(task => accounts.Contains(task.AccountNo) && task.DoneAt == null && task.DeletedAt == null && (assignee == null || task.AssigneeEmail == assignee)).ToListAsync(act.Cancellation),
            await act.Context.Inquiries.Where(inquiry => accounts.Contains(inquiry.AccountNo) && !inquiry.IsSettled && inquiry.VoidedBy == null && inquiry.AssigneeKey != null && (key == null || inquiry.AssigneeKey == key)).ToListAsync(act.Cancellation));
    }

    /// <summary>Gives tasks and inquiries to somebody else.</summary>
    /// <returns>Which, as a hand-over keeps it; null for none.</returns>
    private static async Task<string?> MoveAsync(ActScope act, OpenWork work, string to, CompanySettings settings)
    {
        foreach (var task in work.Tasks)
        {
            act.Note(JournalAreas.Task, "changed", task.AccountNo, task.TaskId, new FieldChanges().Note("assignee", task.AssigneeEmail, to));
            (task.AssigneeEmail, task.Version) = (to, task.Version + 1);
        }

        foreach (var inquiry in work.Inquiries)
        {
            inquiry.Assignee = to;
            await InquiryActs.NoteAsync(act, inquiry, "assigned", settings);
        }

        return work.Tasks.Count + work.Inquiries.Count == 0 ? null : JsonSerializer.Serialize(new Moved([.. work.Tasks.Select(task => task.TaskId)], [.. work.Inquiries.Select(KeyOf)]));
    }

    private static string KeyOf(Inquiry inquiry) => new InquiryKey(inquiry.SourceId, inquiry.FactId).ToString();

    private sealed record Moved(IReadOnlyList<string>? Tasks, IReadOnlyList<string>? Inquiries = null);

    /// <summary>Tasks and inquiries that are still to be done.</summary>
    private sealed record OpenWork(IReadOnlyList<WorkTask> Tasks, IReadOnlyList<Inquiry> Inquiries)
    {
        public OpenWork Of(int accountNo) => new([.. Tasks.Where(task => task.AccountNo == accountNo)], [.. Inquiries.Where(inquiry => inquiry.AccountNo == accountNo)]);

        /// <summary>What a hand-over moved and its successor still has.</summary>
        public OpenWork StillWith(HandoverAccount given)
        {
            var moved = given.MovedJson is null ? null : JsonSerializer.Deserialize<Moved>(given.MovedJson);
            var key = InquiryWork.KeyOf(given.ToEmail);
            return new(
                [.. Tasks.Where(task => task.AssigneeEmail == given.ToEmail && moved?.Tasks?.Contains(task.TaskId) == true)],
                [.. Inquiries.Where(inquiry => inquiry.AssigneeKey == key && moved?.Inquiries?.Contains(KeyOf(inquiry)) == true)]);
        }
    }

    private static async Task<HandoverPlan> PlanAsync(CustomerSuccessContext context, Viewer viewer, HandoverDraft draft, CancellationToken cancellation)
    {
        var accounts = await context.Accounts.AsNoTracking().VisibleTo(viewer)
            .Where(account => account.OwnerEmail != null && account.OwnerEmail.ToLower() == draft.From)
            .Select(account => new { account.AccountNo, account.AccountId, account.Namespace, account.Name, account.Segment }).ToListAsync(cancellation);
        if (draft.Accounts is { } chosen)
        {
            var wanted = chosen.ToHashSet();
            accounts.RemoveAll(account => !wanted.Contains(account.AccountNo));
        }

        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var scores = run is null ? [] : await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.OwnerEmail != null && score.OwnerEmail.ToLower() == draft.From)
            .Select(score => new { score.AccountNo, score.Mrr, score.ChurnProbability, score.Health, score.RenewsOn }).ToDictionaryAsync(score => score.AccountNo, cancellation);
        return HandoverPlan.Of(
            draft,
            accounts.Select(account => scores.GetValueOrDefault(account.AccountNo) is var score
                ? new HandoverRow(account.AccountNo, account.AccountId, account.Namespace, account.Name, account.Segment, score?.Mrr ?? 0, score?.ChurnProbability, score?.Health, score?.RenewsOn, null, false)
                : throw new System.Diagnostics.UnreachableException()),
            await PortfolioSizes.ReadAsync(context, viewer.MayManage ? viewer with { OwnPortfolioOnly = false } : viewer, cancellation));
    }

    private static IQueryable<Handover> Visible(CustomerSuccessContext context, Viewer viewer)
    {
        if (viewer.MayManage && !viewer.OwnPortfolioOnly)
        {
            return context.Handovers.AsNoTracking();
        }

        var email = viewer.Email?.ToLowerInvariant();
        return context.Handovers.AsNoTracking().Where(handover => email != null && (handover.FromEmail == email || context.HandoverAccounts.Any(account => account.HandoverId == handover.HandoverId && account.ToEmail == email)));
    }

    private static async Task<List<HandoverEntry>> EntriesAsync(CustomerSuccessContext context, List<Handover> page, CancellationToken cancellation)
    {
        var ids = page.Select(handover => handover.HandoverId).ToList();
        var to = (await context.HandoverAccounts.AsNoTracking().Where(account => ids.Contains(account.HandoverId))
            .GroupBy(account => new { account.HandoverId, account.ToEmail }).Select(own => new { own.Key.HandoverId, own.Key.ToEmail, Accounts = own.Count() }).ToListAsync(cancellation))
            .ToLookup(own => own.HandoverId);
        return [.. page.Select(handover => new HandoverEntry(handover, [.. to[handover.HandoverId].OrderByDescending(own => own.Accounts).ThenBy(own => own.ToEmail, StringComparer.Ordinal).Select(own => KeyValuePair.Create(own.ToEmail, own.Accounts))]))];
    }

    private static bool MayHandOver(Viewer viewer, string from) => viewer.MayManage || (viewer.MayWork && string.Equals(from.Trim(), viewer.Email, StringComparison.OrdinalIgnoreCase));

    private static HandoverDraft Tidied(HandoverDraft draft) => draft with
    {
        From = draft.From.Trim().ToLowerInvariant(),
        To = [.. draft.To.Select(to => to.Trim().ToLowerInvariant()).Distinct()],
        ByHand = draft.ByHand.ToDictionary(own => own.Key, own => own.Value.Trim().ToLowerInvariant()),
    };

    private static Dictionary<string, string> Problems(HandoverDraft draft, DateOnly today)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "note", EnteredText.Of(draft.Note), Handover.LongestNote);
        if (draft.From.Length == 0)
        {
            problems["from"] = "missing";
        }

        if ((draft.To.Count == 0 && draft.ByHand.Count == 0) || draft.To.Contains(draft.From))
        {
            problems["to"] = draft.To.Contains(draft.From) ? "same" : "missing";
        }

        if (draft.Until <= today)
        {
            problems["until"] = "not_after_today";
        }

        return problems;
    }
}
