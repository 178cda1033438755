using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Which messages the outbox shows; null leaves a condition out.</summary>
public sealed record OutboxFilter
{
    /// <summary>Empty for every status.</summary>
    public IReadOnlyCollection<MailStatus> Statuses { get; init; } = [];

    /// <summary>Words of the subject, the recipient's name or address, or the account's name.</summary>
    public string? Text { get; init; }

    public int? AccountNo { get; init; }

    public MailOrigin? Origin { get; init; }

    /// <summary>Out of <c>Channels</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>True for what the viewer wrote.</summary>
    public bool IsOwn { get; init; }

    /// <summary>True for what a person answered.</summary>
    public bool IsReplied { get; init; }

    /// <summary>True for messages that may have arrived more than once.</summary>
    public bool IsDoubled { get; init; }
}

/// <summary>A message with its account.</summary>
/// <param name="AccountName">Null for a message of no account.</param>
public sealed record OutboxRow(MailSummary Mail, string? AccountId, string? Namespace, string? AccountName);

/// <summary>Whom somebody can write to at an account.</summary>
/// <param name="Language">The language in which messages to the contact are written.</param>
public sealed record MailAddressee(int ContactNo, string? Name, string? Title, string? Department, string? Email, string Language, bool IsOptedOut, bool HasLeft, bool IsChampion);

/// <summary>An account to write to.</summary>
/// <param name="Contacts">Those who can be reached first, of these champions first.</param>
/// <param name="Language">The language of a message to nobody in particular.</param>
public sealed record MailAccount(int AccountNo, string AccountId, string Namespace, string Name, string Language, IReadOnlyList<MailAddressee> Contacts);

/// <summary>Something that came back for a message.</summary>
public sealed record MailReply(string ReceivedId, ReceivedKind Kind, DateTime At, string? FromName, string? FromAddress, string Subject, string Text, string? Detail);

/// <summary>The outbox as people who write to customers see it.</summary>
public sealed class OutboxQuery(Database database, Settings.SettingsStore settingsStore)
{
    /// <summary>Messages to customers and of the reader, newest first. What goes to colleagues is not among them.</summary>
    public async Task<Capped<OutboxRow>> PageAsync(Viewer viewer, OutboxFilter filter, int offset, int count, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var statuses = filter.Statuses.ToList();
        var mails = MailQuery.Visible(context, viewer).Where(mail => mail.Origin != MailOrigin.Notification
            && (statuses.Count == 0 || statuses.Contains(mail.Status))
            && (filter.AccountNo == null || mail.AccountNo == filter.AccountNo)
            && (filter.Origin == null || mail.Origin == filter.Origin)
            && (filter.Channel == null || mail.Channel == filter.Channel)
            && (!filter.IsOwn || mail.CreatedBy == viewer.UserId)
            && (!filter.IsReplied || mail.RepliedAt != null)
            && (!filter.IsDoubled || (mail.LostAnswers > 0 && mail.Attempts > mail.LostAnswers)));
        if (filter.Text?.Trim().ToLowerInvariant() is { Length: > 0 } words)
        {
            mails = mails.Where(mail => mail.Subject.ToLower().Contains(words)
                || context.MailRecipients.Any(to => to.AccountNo == mail.AccountNo && to.MailId == mail.MailId && (to.Address.ToLower().Contains(words) || (to.Name != null && to.Name.ToLower().Contains(words))))
                || context.Accounts.Any(account => account.AccountNo == mail.AccountNo && account.Name.ToLower().Contains(words)));
        }

        var total = await mails.CountAsync(cancellation);
        var rows = await (
            from mail in mails.OrderByDescending(mail => mail.MailId).Skip(offset).Take(count)
            join recipient in context.MailRecipients.AsNoTracking().Where(recipient => recipient.RecipientNo == 1) on new { mail.AccountNo, mail.MailId } equals new { recipient.AccountNo, recipient.MailId }
            join account in context.Accounts.AsNoTracking() on mail.AccountNo equals account.AccountNo into accounts
            from account in accounts.DefaultIfEmpty()
            orderby mail.MailId descending
            select new { mail, recipient, Id = account == null ? null : account.AccountId, Namespace = account == null ? null : account.Namespace, Name = account == null ? null : account.Name }).ToListAsync(cancellation);
        return new(total, [.. rows.Select(row => new OutboxRow(MailRows.Summary(row.mail, row.recipient), row.Id, row.Namespace, row.Name))]);
    }

    /// <summary>How many messages of the viewer's accounts stand where, those to colleagues left out.</summary>
    public async Task<IReadOnlyDictionary<MailStatus, int>> CountsAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await MailQuery.Visible(context, viewer).Where(mail => mail.Origin != MailOrigin.Notification).GroupBy(mail => mail.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
    }

    /// <summary>An account with the people whom one can write to; null where there is none for the viewer.</summary>
    public async Task<MailAccount?> AccountAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var account = await context.Accounts.AsNoTracking().VisibleTo(viewer).FirstOrDefaultAsync(account => account.AccountNo == accountNo, cancellation);
        if (account is null)
        {
            return null;
        }

        var country = Core.Outreach.Country.Find(account.Country);
        var contacts = await context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == accountNo && contact.VoidedBy == null).OrderBy(contact => contact.NameSort).ToListAsync(cancellation);
        return new(account.AccountNo, account.AccountId, account.Namespace, account.Name, MailLanguage.Of(null, country, settings.MailLanguage),
        [
            .. contacts
                .Select(contact => new MailAddressee(contact.ContactNo, contact.Name, contact.Title, contact.Department, contact.Email, MailLanguage.Of(contact.Language, country, settings.MailLanguage), contact.OptOutEmail, contact.LeftOn is not null, contact.IsChampion))
                .OrderBy(contact => contact.HasLeft || contact.IsOptedOut || string.IsNullOrWhiteSpace(contact.Email)).ThenByDescending(contact => contact.IsChampion),
        ]);
    }

    /// <summary>What came back for a message, oldest first; nothing for one that the viewer may not see.</summary>
    public async Task<IReadOnlyList<MailReply>> RepliesAsync(Viewer viewer, int accountNo, string mailId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await MailQuery.Visible(context, viewer).AnyAsync(mail => mail.AccountNo == accountNo && mail.MailId == mailId, cancellation)
            ? await context.ReceivedMails.AsNoTracking().Where(received => received.MailId == mailId).OrderBy(received => received.ReceivedAt).ThenBy(received => received.ReceivedId)
                .Select(received => new MailReply(received.ReceivedId, received.Kind, received.ReceivedAt, received.FromName, received.FromAddress, received.Subject, received.Text, received.Detail)).ToListAsync(cancellation)
            : [];
    }
}
