using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notices;

/// <summary>Which notices to list; null leaves a condition out.</summary>
/// <param name="Kind">One of <see cref="NoticeKinds"/>.</param>
/// <param name="IsUnread">True for those that were not read yet.</param>
public sealed record NoticeFilter(string? Kind = null, bool IsUnread = false);

/// <summary>A notice as its reader sees it.</summary>
/// <param name="AccountId">The account's id; null for none.</param>
/// <param name="Args">What the sentence names.</param>
public sealed record NoticeRow(int AccountNo, string NoticeId, string Kind, string Area, string? RecordId, string? AccountId, string? Namespace, IReadOnlyDictionary<string, string> Args, DateTime At, DateTime? ReadAt);

/// <summary>What the viewer is told. An account that the viewer may no longer see, and a kind that concerns him or her no longer, is left out.</summary>
public sealed class NoticeInbox(Database database, Acts acts)
{
    /// <summary>How many were not read.</summary>
    public async Task<int> CountUnreadAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await Visible(context, viewer).CountAsync(notice => notice.ReadAt == null, cancellation);
    }

    /// <summary>Newest first.</summary>
    public async Task<Capped<NoticeRow>> PageAsync(Viewer viewer, NoticeFilter filter, int offset, int count, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var notices = Visible(context, viewer).Where(notice => (filter.Kind == null || notice.Kind == filter.Kind) && (!filter.IsUnread || notice.ReadAt == null));
        return new(await notices.CountAsync(cancellation), await RowsAsync(context, notices.OrderByDescending(notice => notice.NoticeId).Skip(offset).Take(count), cancellation));
    }

    /// <summary>One notice; null where there is none for the viewer.</summary>
    public async Task<NoticeRow?> FindAsync(Viewer viewer, string noticeId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return (await RowsAsync(context, Visible(context, viewer).Where(notice => notice.NoticeId == noticeId), cancellation)).SingleOrDefault();
    }

    /// <summary>Marks some as read, or as not read.</summary>
    /// <returns>How many changed.</returns>
    public Task<int> MarkAsync(Viewer viewer, IReadOnlyCollection<string> noticeIds, bool isRead, CancellationToken cancellation = default) =>
        MarkAsync(viewer, own => own.Where(notice => noticeIds.Contains(notice.NoticeId) && (notice.ReadAt == null) == isRead), isRead, cancellation);

    /// <summary>Marks everything as read, or everything of a kind.</summary>
    public Task<int> MarkAllReadAsync(Viewer viewer, string? kind, CancellationToken cancellation = default) =>
        MarkAsync(viewer, own => own.Where(notice => notice.ReadAt == null && (kind == null || notice.Kind == kind)), true, cancellation);

    private async Task<int> MarkAsync(Viewer viewer, Func<IQueryable<Notice>, IQueryable<Notice>> which, bool isRead, CancellationToken cancellation)
    {
        var marked = 0;
        await acts.RunAsync(viewer, async act =>
        {
            DateTime? at = isRead ? act.Now : null;
            marked = await which(act.Context.Notices.Where(notice => notice.ToUser == viewer.UserId)).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, at), act.Cancellation);
            if (marked == 0)
            {
                return ActResult.Unchanged("");
            }

            act.Note(JournalAreas.Notice, isRead ? "read" : "unread", recordId: viewer.UserId);
            return ActResult.Done("");
        }, cancellation);
        return marked;
    }

    /// <summary>Notices that their reader may be shown now.</summary>
    internal static IQueryable<Notice> Visible(CustomerSuccessContext context, Viewer viewer)
    {
        var kinds = NoticeKinds.All.Where(kind => kind.Concerns(viewer)).Select(kind => kind.Key).ToList();
        var own = context.Notices.AsNoTracking().Where(notice => notice.ToUser == viewer.UserId && notice.IsShown && kinds.Contains(notice.Kind));
        return OfVisibleAccounts(context, viewer, own);
    }

    /// <summary>Notices whose account the viewer may see now.</summary>
    internal static IQueryable<Notice> OfVisibleAccounts(CustomerSuccessContext context, Viewer viewer, IQueryable<Notice> notices) =>
        notices.Where(notice => notice.AccountNo == 0 || context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == notice.AccountNo));

    private static async Task<IReadOnlyList<NoticeRow>> RowsAsync(CustomerSuccessContext context, IQueryable<Notice> notices, CancellationToken cancellation)
    {
        var rows = await (
            from notice in notices
            join account in context.Accounts.AsNoTracking() on notice.AccountNo equals account.AccountNo into accounts
            from account in accounts.DefaultIfEmpty()
            orderby notice.NoticeId descending
            select new { notice, Id = account == null ? null : account.AccountId, Namespace = account == null ? null : account.Namespace }).ToListAsync(cancellation);
        return [.. rows.Select(row => new NoticeRow(row.notice.AccountNo, row.notice.NoticeId, row.notice.Kind, row.notice.Area, row.notice.RecordId, row.Id, row.Namespace, NoticeWriter.Args(row.notice.ArgsJson), row.notice.At, row.notice.ReadAt))];
    }
}
