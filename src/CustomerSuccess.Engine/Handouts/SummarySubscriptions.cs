using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>What somebody wants to get when.</summary>
/// <param name="SubscriptionId">Null for a new one.</param>
/// <param name="Version">That the author saw; 0 for a new one.</param>
/// <param name="UserId">Who gets it.</param>
public sealed record SubscriptionDraft(string? SubscriptionId, int Version, string UserId, SendCadence Cadence, DayOfWeek WeekDay, int MonthDay, int Hour, string TimeZone, string Language, PeriodGrain Grain, bool AttachPdf);

/// <summary>Somebody who may get the summary.</summary>
public sealed record SubscriptionChoice(string UserId, string Name);

/// <summary>What was sent for a subscription, and what became of it.</summary>
/// <param name="MadeAt">UTC.</param>
/// <param name="IsAsked">True where somebody asked for it between times.</param>
/// <param name="MailId">The message.</param>
/// <param name="Status">Where the message stands; null where it is gone.</param>
/// <param name="Reasons">What holds it.</param>
/// <param name="Answer">What the server last said.</param>
public sealed record SummarySent(DateTime MadeAt, bool IsAsked, string MailId, MailStatus? Status, IReadOnlyList<string> Reasons, string? Answer);

/// <summary>A subscription with its reader and its last sendings.</summary>
/// <param name="Subscription">Its next sending is null where the reader may get none.</param>
/// <param name="ReaderName">As colleagues know the reader.</param>
/// <param name="Sent">The newest first, a few.</param>
public sealed record SubscriptionRow(SummarySubscription Subscription, string ReaderName, IReadOnlyList<SummarySent> Sent);

/// <summary>Who gets the summary by mail and when: each reader decides for herself or himself, administrators for everybody.</summary>
public sealed class SummarySubscriptions(Database database, Acts acts, SettingsStore settingsStore)
{
    internal const string Lock = "summaries";

    private const int Sendings = 5, MostPerReader = 10;

    /// <summary>True where the viewer may decide for others.</summary>
    public static bool MayManage(Viewer viewer) => viewer.IsIn(Roles.Administrator);

    /// <summary>The viewer's own, or everybody's for an administrator; the next to be sent first.</summary>
    public async Task<IReadOnlyList<SubscriptionRow>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var all = MayManage(viewer);
        await using var context = database.OpenContext();
        var subscriptions = await context.SummarySubscriptions.AsNoTracking().Where(own => own.DeletedAt == null && (all || own.UserId == viewer.UserId)).ToListAsync(cancellation);
        var users = subscriptions.Select(own => own.UserId).Distinct().ToList();
        var names = await context.Users.AsNoTracking().Where(user => users.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName ?? user.Email ?? user.Id, cancellation);
        var ids = subscriptions.Select(own => own.SubscriptionId).ToList();
        var sent = await (
            from sending in context.SummarySendings.AsNoTracking()
            where ids.Contains(sending.SubscriptionId)
            join mail in context.MailMessages.AsNoTracking().Where(mail => mail.AccountNo == 0) on sending.MailId equals mail.MailId into mails
            from mail in mails.DefaultIfEmpty()
            orderby sending.MadeAt descending
            select new { sending, Status = (MailStatus?)mail.Status, mail.Reasons, mail.LastAnswer }).ToListAsync(cancellation);
        var byId = sent.ToLookup(own => own.sending.SubscriptionId, own => new SummarySent(own.sending.MadeAt, own.sending.IsAsked, own.sending.MailId, own.Status, Mail.MailRows.Reasons(own.Reasons), own.LastAnswer));
        return
        [
            .. subscriptions.OrderBy(own => own.NextAt ?? DateTime.MaxValue).ThenBy(own => own.SubscriptionId, StringComparer.Ordinal)
                .Select(own => new SubscriptionRow(own, names.GetValueOrDefault(own.UserId, own.UserId), [.. byId[own.SubscriptionId].Take(Sendings)])),
        ];
    }

    /// <summary>For whom the viewer may decide.</summary>
    public async Task<IReadOnlyList<SubscriptionChoice>> ChoicesAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return [.. (await SummaryReaderBook.ReadAsync(context, MayManage(viewer) ? null : viewer.UserId, cancellation)).Select(reader => new SubscriptionChoice(reader.Viewer.UserId, reader.Name))];
    }

    /// <summary>Keeps a subscription and works out its next sending. Problems by field: <c>reader</c>, <c>month_day</c>, <c>hour</c>, <c>time_zone</c>, <c>language</c>.</summary>
    public async Task<ActResult<SummarySubscription>> SaveAsync(Viewer viewer, SubscriptionDraft draft, CancellationToken cancellation = default)
    {
        if (!SummaryReaders.May(viewer) || (draft.UserId != viewer.UserId && !MayManage(viewer)))
        {
            return ActResult.Forbidden<SummarySubscription>();
        }

        if (Problems(draft) is { Count: > 0 } problems)
        {
            return ActResult.Invalid<SummarySubscription>(problems);
        }

        var fiscal = (await settingsStore.ReadAsync(cancellation)).FiscalStartMonth;
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await SummaryReaderBook.FindAsync(act.Context, draft.UserId, cancellation) is null)
            {
                return ActResult.Invalid<SummarySubscription>("reader", "not_allowed");
            }

            var own = draft.SubscriptionId is null ? null : await act.Context.SummarySubscriptions.FindAsync([draft.SubscriptionId], cancellation);
            if (draft.SubscriptionId is not null && (own is not { DeletedAt: null } || !MayTouch(viewer, own)))
            {
                return ActResult.NotFound<SummarySubscription>();
            }

            if (own is not null && own.Version != draft.Version)
            {
                return ActResult.Conflict(own);
            }

            if (own is null && await act.Context.SummarySubscriptions.CountAsync(known => known.UserId == draft.UserId && known.DeletedAt == null, cancellation) >= MostPerReader)
            {
                return ActResult.Invalid<SummarySubscription>("reader", "too_many");
            }

            var changes = new FieldChanges().Note("reader", own?.UserId, draft.UserId).Note("cadence", own?.Cadence.ToString(), draft.Cadence.ToString()).Note("period", own?.Grain.ToString(), draft.Grain.ToString());
            if (own is null)
            {
                own = new SummarySubscription { SubscriptionId = act.NewId(), UserId = draft.UserId, TimeZone = draft.TimeZone, Language = draft.Language };
                act.Context.SummarySubscriptions.Add(own);
            }

            (own.UserId, own.Cadence, own.WeekDay, own.MonthDay, own.Hour, own.TimeZone, own.Language, own.Grain, own.AttachPdf) =
                (draft.UserId, draft.Cadence, draft.WeekDay, draft.MonthDay, draft.Hour, draft.TimeZone, draft.Language, draft.Grain, draft.AttachPdf);
            (own.NextAt, own.RetryAt, own.Problem) = (own.Schedule(fiscal).After(act.Now), null, null);
            (own.ChangedAt, own.ChangedByEmail, own.Version) = (act.Now, viewer.Email, own.Version + 1);
            act.Note(JournalAreas.Summary, draft.SubscriptionId is null ? "created" : "changed", recordId: own.SubscriptionId, changes: changes);
            return ActResult.Done(own);
        }, cancellation);
    }

    /// <summary>Ends a subscription, or takes that back; twice is once.</summary>
    public Task<ActResult<SummarySubscription>> SetDeletedAsync(Viewer viewer, string subscriptionId, bool isDeleted, CancellationToken cancellation = default) => acts.RunAsync(viewer, async act =>
    {
        await act.LockAsync(Lock);
        if (await act.Context.SummarySubscriptions.FindAsync([subscriptionId], cancellation) is not { } own || !MayTouch(viewer, own))
        {
            return ActResult.NotFound<SummarySubscription>();
        }

        if (own.DeletedAt is not null == isDeleted)
        {
            return ActResult.Unchanged(own);
        }

        var fiscal = (await settingsStore.ReadAsync(cancellation)).FiscalStartMonth;
        (own.DeletedAt, own.NextAt) = isDeleted ? ((DateTime?)act.Now, (DateTime?)null) : (null, own.Schedule(fiscal).After(act.Now));
        (own.ChangedAt, own.ChangedByEmail, own.Version) = (act.Now, viewer.Email, own.Version + 1);
        act.Note(JournalAreas.Summary, isDeleted ? "deleted" : "restored", recordId: subscriptionId);
        return ActResult.Done(own);
    }, cancellation);

    internal static bool MayTouch(Viewer viewer, SummarySubscription own) => own.UserId == viewer.UserId || MayManage(viewer);

    private static Dictionary<string, string> Problems(SubscriptionDraft draft)
    {
        var problems = new Dictionary<string, string>();
        if (draft.MonthDay is < 1 or > 31)
        {
            problems["month_day"] = "out_of_range";
        }

        if (draft.Hour is < 0 or > 23)
        {
            problems["hour"] = "out_of_range";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out _))
        {
            problems["time_zone"] = "unknown";
        }

        if (draft.Language is not ("en" or "ja"))
        {
            problems["language"] = "unknown";
        }

        return problems;
    }
}
