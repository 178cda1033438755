using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notes;

/// <summary>Keeps who is to read a text in step with whom it names.</summary>
internal static class MentionWriter
{
    /// <summary>Characters of a text that its reader's list shows.</summary>
    private const int ExcerptLength = 200;

    /// <summary>Adds mentions for colleagues whom the text names newly, and withdraws those whom it no longer names.</summary>
    /// <param name="act">The act that writes the text.</param>
    /// <param name="account">Whose record.</param>
    /// <param name="area">An area of the journal.</param>
    /// <param name="recordId">The record.</param>
    /// <param name="text">As it stands after the act; null where it is deleted.</param>
    /// <returns>Addresses that nobody signs in with, or whose holders may not see the account.</returns>
    public static async Task<IReadOnlyList<string>> SetAsync(ActScope act, Account account, string area, string recordId, string? text)
    {
        var standing = await act.Context.Mentions.Where(mention => mention.AccountNo == account.AccountNo && mention.Area == area && mention.RecordId == recordId).ToListAsync(act.Cancellation);
        var named = text is null ? [] : NoteText.Mentions(text);
        if (named.Count == 0 && standing.Count == 0)
        {
            return [];
        }

        var colleagues = (await Colleagues.ListAsync(act.Context, act.Cancellation)).Where(colleague => colleague.MaySee(account.OwnerEmail)).ToDictionary(colleague => colleague.Email);
        List<string> missed = [];
        HashSet<string> wanted = [];
        foreach (var email in named)
        {
            if (!colleagues.TryGetValue(email, out var colleague))
            {
                missed.Add(email);
            }
            else if (colleague.UserId != act.Viewer.UserId)
            {
                wanted.Add(colleague.UserId);
            }
        }

        foreach (var mention in standing)
        {
            var isWanted = wanted.Remove(mention.ToUser);
            mention.WithdrawnAt = isWanted ? null : mention.WithdrawnAt ?? act.Now;
            mention.Excerpt = isWanted ? NoteText.Excerpt(text!, ExcerptLength) : mention.Excerpt;
        }

        foreach (var user in wanted)
        {
            var id = act.NewId();
            act.Notify(new(NoticeKinds.Mention, "mention:" + id, area, account.AccountNo, recordId) { ToUsers = [user], Args = new Dictionary<string, string> { ["excerpt"] = NoteText.Excerpt(text!, ExcerptLength) } });
            act.Context.Mentions.Add(new Mention
            {
                AccountNo = account.AccountNo,
                MentionId = id,
                ToUser = user,
                Area = area,
                RecordId = recordId,
                Excerpt = NoteText.Excerpt(text!, ExcerptLength),
                At = act.Now,
                ByUser = act.Viewer.UserId,
                ByEmail = act.Viewer.Email,
            });
        }

        return missed;
    }
}
