using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Which messages to list; null leaves a condition out.</summary>
public sealed record MailFilter
{
    public int? AccountNo { get; init; }

    public MailStatus? Status { get; init; }

    public MailOrigin? Origin { get; init; }

    public string? OriginId { get; init; }

    /// <summary>True for messages that may have arrived more than once.</summary>
    public bool Doubled { get; init; }
}

/// <summary>How many messages of something stand where, and what became of them.</summary>
/// <param name="ByStatus">Statuses without messages are left out.</param>
/// <param name="Opened">Seen by a person, as far as that can be told; only where opens are tracked.</param>
/// <param name="Clicked">With a link that a person followed; only where clicks are tracked.</param>
/// <param name="Replied">Answered by a person.</param>
/// <param name="Unsubscribed">Whose recipient left the list through it.</param>
/// <param name="PossiblyDoubled">That may have arrived more than once.</param>
public sealed record MailCounts(IReadOnlyDictionary<MailStatus, int> ByStatus, int Opened, int Clicked, int Replied, int Unsubscribed, int PossiblyDoubled)
{
    public int Of(MailStatus status) => ByStatus.GetValueOrDefault(status);
}

/// <summary>How the outbox stands.</summary>
/// <param name="Counts">By status.</param>
/// <param name="Due">Queued messages whose time has come.</param>
/// <param name="OldestDue">Since when the oldest of them waits, UTC.</param>
/// <param name="Outages">Ways of sending that do not work at present.</param>
public sealed record OutboxState(IReadOnlyDictionary<MailStatus, int> Counts, int Due, DateTime? OldestDue, IReadOnlyList<MailOutage> Outages);

/// <summary>A message that was held back.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="IsHeld">True where it was held, false where it was moved to later.</param>
/// <param name="Reasons">Why, at that time.</param>
/// <param name="Mail">The message as it stands now.</param>
public sealed record HeldBack(DateTime At, bool IsHeld, IReadOnlyList<string> Reasons, MailSummary Mail);

/// <summary>Lists and shows messages. A viewer sees those of his or her accounts, and of no account those that he or she wrote, or all who manages.</summary>
public sealed class MailQuery(Database database, TimeProvider clock)
{
    /// <summary>Messages, newest first.</summary>
    public async Task<Capped<MailSummary>> ListAsync(Viewer viewer, MailFilter filter, int offset, int count, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var mails = Visible(context, viewer).Where(mail =>
            (filter.AccountNo == null || mail.AccountNo == filter.AccountNo)
            && (filter.Status == null || mail.Status == filter.Status)
            && (filter.Origin == null || mail.Origin == filter.Origin)
            && (filter.OriginId == null || mail.OriginId == filter.OriginId)
            && (!filter.Doubled || (mail.LostAnswers > 0 && mail.Attempts > mail.LostAnswers)));
        var total = await mails.CountAsync(cancellation);
        var rows = await (
            from mail in mails.OrderByDescending(mail => mail.MailId).Skip(offset).Take(count)
            join recipient in context.MailRecipients.AsNoTracking().Where(recipient => recipient.RecipientNo == 1) on new { mail.AccountNo, mail.MailId } equals new { recipient.AccountNo, recipient.MailId }
            orderby mail.MailId descending
            select new { mail, recipient }).ToListAsync(cancellation);
        return new(total, [.. rows.Select(row => MailRows.Summary(row.mail, row.recipient))]);
    }

    /// <summary>What was held or moved to later, newest first: every time, also where the message went out in the end.</summary>
    public async Task<Capped<HeldBack>> HeldBackAsync(Viewer viewer, int? accountNo, int offset, int count, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var events = context.MailEvents.AsNoTracking().Where(happened => (happened.Kind == MailEventKind.Delayed || happened.Kind == MailEventKind.Held) && (accountNo == null || happened.AccountNo == accountNo));
        var held =
            from happened in events
            join mail in Visible(context, viewer) on new { happened.AccountNo, happened.MailId } equals new { mail.AccountNo, mail.MailId }
            join recipient in context.MailRecipients.AsNoTracking().Where(recipient => recipient.RecipientNo == 1) on new { mail.AccountNo, mail.MailId } equals new { recipient.AccountNo, recipient.MailId }
            orderby happened.At descending, happened.EventId descending
            select new { happened, mail, recipient };
        var total = await held.CountAsync(cancellation);
        var rows = await held.Skip(offset).Take(count).ToListAsync(cancellation);
        return new(total, [.. rows.Select(row => new HeldBack(row.happened.At, row.happened.Kind == MailEventKind.Held, MailRows.Reasons(row.happened.Detail), MailRows.Summary(row.mail, row.recipient)))]);
    }

    /// <summary>One message with everything; null where there is none for the viewer.</summary>
    public async Task<MailDetail?> FindAsync(Viewer viewer, int accountNo, string mailId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await Visible(context, viewer).FirstOrDefaultAsync(mail => mail.AccountNo == accountNo && mail.MailId == mailId, cancellation) is not { } message)
        {
            return null;
        }

        var recipients = await context.MailRecipients.AsNoTracking().Where(recipient => recipient.AccountNo == accountNo && recipient.MailId == mailId).OrderBy(recipient => recipient.RecipientNo).ToListAsync(cancellation);
        var content = await context.MailContents.AsNoTracking().FirstAsync(text => text.AccountNo == accountNo && text.MailId == mailId, cancellation);
        var events = await context.MailEvents.AsNoTracking().Where(happened => happened.AccountNo == accountNo && happened.MailId == mailId).OrderBy(happened => happened.At).ThenBy(happened => happened.EventId).ToListAsync(cancellation);
        var links = content.LinksJson is { } json ? JsonSerializer.Deserialize<List<string>>(json)! : [];
        var (text, html) = MailRows.Read(message, content);
        return new(
            MailRows.Summary(message, recipients[0]), message.FromName, message.FromAddress,
            [.. recipients.Select(MailRows.Row)],
            content.Body, text, html,
            [.. events.Select(happened => new MailEventRow(happened.Kind, happened.At, happened.RecipientNo, happened.Detail, happened.LinkNo is { } no && no < links.Count ? links[no] : null, happened.ByMachine))])
        {
            Attachments = await context.MailAttachments.Where(file => file.AccountNo == accountNo && file.MailId == mailId).OrderBy(file => file.AttachmentNo).Select(file => file.Name).ToListAsync(cancellation),
        };
    }

    /// <summary>Numbers of an account and of one of its contacts by the ids that sources write; null where there is none for the viewer.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountId">The account's id in the shared namespace.</param>
    /// <param name="contactId">The contact's id; null for the account alone.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<(int AccountNo, int? ContactNo)?> AddresseeAsync(Viewer viewer, string accountId, string? contactId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var account = await context.Accounts.VisibleTo(viewer).Where(known => known.Namespace == "" && known.AccountId == accountId).Select(known => (int?)known.AccountNo).FirstOrDefaultAsync(cancellation);
        if (account is not { } accountNo || contactId is null)
        {
            return account is { } alone ? (alone, null) : null;
        }

        var contact = await context.Contacts.Where(known => known.AccountNo == accountNo && known.ContactId == contactId && known.VoidedBy == null).Select(known => (int?)known.ContactNo).FirstOrDefaultAsync(cancellation);
        return contact is { } contactNo ? (accountNo, contactNo) : null;
    }

    /// <summary>The account of a message, to find it by its id alone; null where there is none for the viewer.</summary>
    public async Task<int?> AccountOfAsync(Viewer viewer, string mailId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await Visible(context, viewer).Where(mail => mail.MailId == mailId).Select(mail => (int?)mail.AccountNo).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The bytes of a message as they went or will go over the wire; null where it was never queued.</summary>
    public async Task<byte[]?> RawAsync(Viewer viewer, int accountNo, string mailId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await Visible(context, viewer).AnyAsync(mail => mail.AccountNo == accountNo && mail.MailId == mailId, cancellation)
            && await context.MailContents.AsNoTracking().Where(content => content.AccountNo == accountNo && content.MailId == mailId).Select(content => content.Raw).FirstOrDefaultAsync(cancellation) is { } raw
            ? SealMail.Unpack(raw)
            : null;
    }

    /// <summary>How the messages of a play, campaign or survey stand.</summary>
    public async Task<MailCounts> CountsAsync(Viewer viewer, MailOrigin origin, string originId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var mails = Visible(context, viewer).Where(mail => mail.Origin == origin && mail.OriginId == originId);
        var rows = await mails.GroupBy(mail => mail.Status).Select(group => new
        {
            group.Key,
            Count = group.Count(),
            Opened = group.Count(mail => mail.OpenedAt != null),
            Clicked = group.Count(mail => mail.ClickedAt != null),
            Replied = group.Count(mail => mail.RepliedAt != null),
            Doubled = group.Count(mail => mail.LostAnswers > 0 && mail.Attempts > mail.LostAnswers),
        }).ToListAsync(cancellation);
        var unsubscribed = await mails.CountAsync(mail => context.MailEvents.Any(happened => happened.AccountNo == mail.AccountNo && happened.MailId == mail.MailId && happened.Kind == MailEventKind.Unsubscribed), cancellation);
        return new(rows.ToDictionary(row => row.Key, row => row.Count), rows.Sum(row => row.Opened), rows.Sum(row => row.Clicked), rows.Sum(row => row.Replied), unsubscribed, rows.Sum(row => row.Doubled));
    }

    /// <summary>How the outbox stands as a whole.</summary>
    public async Task<OutboxState> StateAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        var counts = await context.MailMessages.GroupBy(mail => mail.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var due = context.MailMessages.Where(mail => mail.Status == MailStatus.Queued && mail.NotBefore <= now);
        return new(counts, await due.CountAsync(cancellation), await due.MinAsync(mail => (DateTime?)mail.NotBefore, cancellation), await context.MailOutages.AsNoTracking().OrderBy(outage => outage.Name).ToListAsync(cancellation));
    }

    internal static IQueryable<MailMessage> Visible(CustomerSuccessContext context, Viewer viewer)
    {
        var mails = context.MailMessages.AsNoTracking();
        if (!viewer.OwnPortfolioOnly && viewer.MayManage)
        {
            return mails;
        }

        var accounts = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
        return viewer.OwnPortfolioOnly
            ? mails.Where(mail => mail.AccountNo == 0 ? mail.CreatedBy == viewer.UserId : accounts.Contains(mail.AccountNo))
            : mails.Where(mail => mail.AccountNo != 0 || mail.CreatedBy == viewer.UserId);
    }
}
