using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notes;

/// <summary>Where colleagues named the viewer: to be read. An account that the viewer may no longer see is left out.</summary>
public sealed class MentionInbox(Database database, Acts acts)
{
    /// <summary>Unread ones, newest first.</summary>
    public async Task<IReadOnlyList<MentionRow>> UnreadAsync(Viewer viewer, int most, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await (
            from mention in Unread(context, viewer)
            join account in context.Accounts.VisibleTo(viewer) on mention.AccountNo equals account.AccountNo
            orderby mention.At descending, mention.MentionId descending
            select new MentionRow(account.AccountNo, account.AccountId, account.Namespace, account.Name, mention.MentionId, mention.Area, mention.RecordId, mention.Excerpt, mention.At, mention.ByEmail))
            .Take(most).ToListAsync(cancellation);
    }

    public async Task<int> CountUnreadAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await Unread(context, viewer).CountAsync(mention => context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == mention.AccountNo), cancellation);
    }

    /// <summary>The viewer has read a record: all mentions of the viewer in it are read.</summary>
    public async Task<int> MarkReadAsync(Viewer viewer, int accountNo, string area, string recordId, CancellationToken cancellation = default)
    {
        var marked = 0;
        await acts.RunAsync(viewer, async act =>
        {
            var unread = await act.Context.Mentions
                .Where(mention => mention.AccountNo == accountNo && mention.ToUser == viewer.UserId && mention.Area == area && mention.RecordId == recordId && mention.ReadAt == null)
                .ToListAsync(cancellation);
            if (unread.Count == 0)
            {
                return ActResult.Unchanged(unread);
            }

            unread.ForEach(mention => mention.ReadAt = act.Now);
            marked = unread.Count;
            await act.Context.Notices.Where(notice => notice.ToUser == viewer.UserId && notice.AccountNo == accountNo && notice.Area == area && notice.RecordId == recordId && notice.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, act.Now), cancellation);
            act.Note(JournalAreas.Mention, "read", accountNo, recordId);
            return ActResult.Done(unread);
        }, cancellation);
        return marked;
    }

    private static IQueryable<Mention> Unread(CustomerSuccessContext context, Viewer viewer) =>
        context.Mentions.AsNoTracking().Where(mention => mention.ToUser == viewer.UserId && mention.ReadAt == null && mention.WithdrawnAt == null);
}
