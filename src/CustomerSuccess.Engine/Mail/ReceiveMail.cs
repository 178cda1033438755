using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail.Receiving;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>What became of a message that came in.</summary>
/// <param name="ReceivedId">Its record.</param>
/// <param name="Known">True where it had been taken in before; nothing was done again.</param>
/// <param name="Kind">What it is.</param>
/// <param name="AccountNo">The account; 0 where nobody could be matched.</param>
/// <param name="MailId">Our message that it answers or reports of; null for none.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Subject">Its subject.</param>
public sealed record ReceivedReport(string ReceivedId, bool Known, ReceivedKind Kind, int AccountNo, string? MailId, string? From, string Subject);

/// <summary>
/// Takes in messages from wherever they are read: answers, automatic answers, bounces, complaints. Each is matched to the message of ours that it speaks of
/// and noted in the journal of its account (area <c>mail</c>, acts <c>received</c>, <c>auto_replied</c>, <c>bounced</c>, <c>delayed</c>, <c>complained</c>, <c>unsubscribed</c>), where whoever follows up finds it.
/// What answers an answer of the desk goes into the thread of its inquiry.
/// </summary>
public sealed class ReceiveMail(Acts acts, MailLinks links, SettingsStore settingsStore)
{
    /// <summary>Largest message that is read at all.</summary>
    public const int LargestBytes = 50 << 20;

    /// <summary>Largest message of which every byte is kept; of larger ones the words are.</summary>
    private const int LargestKept = 5 << 20;

    /// <summary>Takes one message in. The same message again, by its Message-ID, is known and changes nothing.</summary>
    /// <exception cref="FormatException">It is no message.</exception>
    public async Task<ReceivedReport> ReceiveAsync(byte[] bytes, CancellationToken cancellation = default)
    {
        var incoming = IncomingMail.Read(bytes);
        var key = await links.OpenAsync(cancellation);
        var settings = await settingsStore.ReadAsync(cancellation);
        var result = await acts.RunAsync(Viewer.System, async act =>
        {
            await act.LockAsync("mail-received");
            await ContactGate.LockAsync(act.Context, act.Cancellation);
            if (await act.Context.ReceivedMails.AsNoTracking().FirstOrDefaultAsync(known => known.MessageId == incoming.MessageId, act.Cancellation) is { } known)
            {
                return ActResult.Unchanged(Report(known, known: true));
            }

            var mail = await MatchAsync(act, incoming, key);
            var received = await RecordAsync(act, incoming, mail);
            if (mail is not null)
            {
                await ApplyAsync(act, incoming, received, mail);
            }

            await AttachReply.AttachAsync(act, settings, mail, received);
            act.Context.ReceivedMails.Add(received);
            if (received.Kind == ReceivedKind.Reply && mail is not null)
            {
                act.Notify(new(NoticeKinds.Reply, "reply:" + received.ReceivedId, JournalAreas.Mail, mail.AccountNo, mail.MailId)
                {
                    ToEmails = mail.OwnerEmail is { } writer ? [writer] : [],
                    ToOwner = mail.OwnerEmail is null,
                    Args = new Dictionary<string, string> { ["from"] = received.FromName ?? received.FromAddress ?? "", ["subject"] = received.Subject },
                });
            }

            act.Note(JournalAreas.Mail, Verb(received.Kind), received.AccountNo, received.ReceivedId, new FieldChanges().Note("mail", null, received.MailId).Note("from", null, received.FromAddress).Note("subject", null, received.Subject));
            return ActResult.Done(Report(received, known: false));
        }, cancellation);
        return result.Value!;
    }

    /// <summary>Our message: by the tag of its address, by the Message-ID that is answered, by the envelope that a report names.</summary>
    private static async Task<MailMessage?> MatchAsync(ActScope act, IncomingMail incoming, MailLinks.Key key)
    {
        foreach (var tag in incoming.Tags)
        {
            if (key.ReadReplyTag(tag) is var (accountNo, mailId) && await act.Context.MailMessages.FindAsync([accountNo, mailId], act.Cancellation) is { } tagged)
            {
                return tagged;
            }
        }

        if (incoming.AnsweredIds.Count > 0)
        {
            var ids = incoming.AnsweredIds.Take(50).ToList();
            var found = await act.Context.MailMessages.Where(mail => mail.MessageId != null && ids.Contains(mail.MessageId)).ToListAsync(act.Cancellation);
            if (found.MinBy(mail => ids.IndexOf(mail.MessageId!)) is { } answered)
            {
                return answered;
            }
        }

        return incoming.EnvelopeId is { } envelope ? await act.Context.MailMessages.FirstOrDefaultAsync(mail => mail.MailId == envelope, act.Cancellation) : null;
    }

    private static async Task<ReceivedMail> RecordAsync(ActScope act, IncomingMail incoming, MailMessage? mail)
    {
        var from = EmailAddress.Key(incoming.From?.Address);
        var (accountNo, contactNo) = await SenderAsync(act, mail, from);
        return new()
        {
            AccountNo = accountNo,
            ReceivedId = act.NewId(),
            MessageId = incoming.MessageId,
            Kind = mail is null && incoming.Kind is ReceivedKind.Reply or ReceivedKind.Unsubscribe ? ReceivedKind.Other : incoming.Kind,
            MailId = mail?.MailId,
            MailAccountNo = mail?.AccountNo,
            ContactNo = contactNo,
            FromName = incoming.From?.Name is { Length: > 0 } name ? name : null,
            FromAddress = incoming.From?.Address,
            To = incoming.To,
            Subject = incoming.Subject,
            Text = incoming.Text,
            WrittenAt = incoming.Mime.Date == DateTimeOffset.MinValue ? null : incoming.Mime.Date.UtcDateTime,
            ReceivedAt = act.Now,
            Detail = incoming.Reported.Count > 0 ? string.Join("; ", incoming.Reported.Select(reported => $"{reported.Address} {reported.Status} {reported.Answer}".Trim())) : null,
            AttachmentsJson = incoming.Attachments is { Count: > 0 } files ? JsonSerializer.Serialize(files) : null,
            Raw = incoming.Bytes.Length <= LargestKept ? SealMail.Pack(incoming.Bytes) : null,
        };
    }

    /// <summary>The account and contact of whoever wrote: the matched message's account, else wherever the address is a contact's.</summary>
    private static async Task<(int AccountNo, int? ContactNo)> SenderAsync(ActScope act, MailMessage? mail, string? from)
    {
        if (from is null)
        {
            return (mail?.AccountNo ?? 0, null);
        }

        var contacts = await act.Context.Contacts.AsNoTracking()
            .Where(contact => contact.VoidedBy == null && contact.Email != null && (mail == null || contact.AccountNo == mail.AccountNo) && contact.Email.ToLower() == from)
            .OrderBy(contact => contact.ContactNo)
            .Select(contact => new { contact.AccountNo, contact.ContactNo })
            .Take(2).ToListAsync(act.Cancellation);
        return contacts is [var only, ..] && (mail is not null || contacts.Count == 1 || contacts[0].AccountNo == contacts[1].AccountNo)
            ? (only.AccountNo, only.ContactNo)
            : (mail?.AccountNo ?? 0, null);
    }

    private static async Task ApplyAsync(ActScope act, IncomingMail incoming, ReceivedMail received, MailMessage mail)
    {
        var recipients = await act.Context.MailRecipients.Where(recipient => recipient.AccountNo == mail.AccountNo && recipient.MailId == mail.MailId).OrderBy(recipient => recipient.RecipientNo).ToListAsync(act.Cancellation);
        void Note(MailEventKind kind, int? recipientNo, string? detail) => act.Context.MailEvents.Add(new MailEvent
        {
            AccountNo = mail.AccountNo,
            MailId = mail.MailId,
            EventId = act.NewId(),
            Kind = kind,
            At = act.Now,
            RecipientNo = recipientNo,
            Detail = detail,
        });
        var sender = recipients.Find(recipient => recipient.AddressKey.Length > 0 && recipient.AddressKey == EmailAddress.Key(received.FromAddress));
        switch (received.Kind)
        {
            case ReceivedKind.Reply:
                mail.RepliedAt ??= act.Now;
                Note(MailEventKind.Replied, sender?.RecipientNo, received.ReceivedId);
                break;
            case ReceivedKind.AutoReply:
                Note(MailEventKind.AutoReplied, sender?.RecipientNo, received.ReceivedId);
                break;
            case ReceivedKind.Unsubscribe:
                mail.RepliedAt ??= act.Now;
                await ContactWishes.StopAsync(act, mail, sender ?? recipients[0], mail.List, StopCause.Reply, received.ReceivedId);
                break;
            case ReceivedKind.Complaint:
                await ContactWishes.StopAsync(act, mail, recipients[0], null, StopCause.Complaint, received.ReceivedId);
                break;
            case ReceivedKind.Delay:
                Note(MailEventKind.Deferred, null, received.Detail);
                break;
            case ReceivedKind.Bounce:
                await BounceAsync(act, incoming, mail, recipients, Note);
                break;
        }
    }

    private static async Task BounceAsync(ActScope act, IncomingMail incoming, MailMessage mail, List<MailRecipient> recipients, Action<MailEventKind, int?, string?> note)
    {
        foreach (var reported in incoming.Reported)
        {
            var recipient = EmailAddress.Key(reported.Address) is { } key ? recipients.Find(known => known.AddressKey == key) : recipients.Count == 1 ? recipients[0] : null;
            if (recipient is null)
            {
                note(MailEventKind.Bounced, null, reported.Answer);
                continue;
            }

            recipient.State = RecipientState.Bounced;
            recipient.Answer = $"{reported.Status} {reported.Answer}".Trim();
            recipient.At = act.Now;
            note(MailEventKind.Bounced, recipient.RecipientNo, recipient.Answer);
            if (reported.IsForGood && IsAddress(reported.Status!))
            {
                await ContactWishes.StopAsync(act, mail, recipient, null, StopCause.Bounce, recipient.Answer);
            }
        }

        if (recipients.TrueForAll(recipient => recipient.State is RecipientState.Bounced or RecipientState.Refused))
        {
            mail.Status = MailStatus.Bounced;
        }
    }

    /// <summary>Statuses that speak of the address (X.1.x, X.2.1) rather than of one message, such as its size.</summary>
    private static bool IsAddress(string status) => status.Split('.') is [_, "1", ..] or [_, "2", "1"];

    private static string Verb(ReceivedKind kind) => kind switch
    {
        ReceivedKind.AutoReply => "auto_replied",
        ReceivedKind.Bounce => "bounced",
        ReceivedKind.Delay => "delayed",
        ReceivedKind.Complaint => "complained",
        ReceivedKind.Unsubscribe => "unsubscribe_reply",
        _ => "received",
    };

    private static ReceivedReport Report(ReceivedMail received, bool known) => new(received.ReceivedId, known, received.Kind, received.AccountNo, received.MailId, received.FromAddress, received.Subject);
}
