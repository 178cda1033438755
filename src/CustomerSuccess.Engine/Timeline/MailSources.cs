using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Timeline;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Timeline.FactSources;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>What was written to people of the account and by them: sent, opened where that is tracked, come back, answered.</summary>
internal static class MailSources
{
    private static readonly ReceivedKind[] FromPeople = [ReceivedKind.Reply, ReceivedKind.AutoReply, ReceivedKind.Unsubscribe, ReceivedKind.Complaint, ReceivedKind.Other];

    public static IReadOnlyList<TimelineSource> All { get; } =
    [
        new InstantSource<Sent>("mails", TimelineGroups.Mails, reading => Addressed(reading).Where(sent => sent.Mail.SentAt != null).Select(sent => new Stamped<Sent> { At = sent.Mail.SentAt!.Value, Order = 0, Id = sent.Mail.MailId, Item = sent }),
            sent => Tell(TimelineKinds.MailSent, sent, sent.Mail.Preview, ("minutes", sent.Mail.TouchMinutes), ("answers", sent.Mail.Origin == MailOrigin.Inquiry ? true : null)))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<Sent>("mails-opened", TimelineGroups.Mails, reading => Addressed(reading).Where(sent => sent.Mail.OpenedAt != null).Select(sent => new Stamped<Sent> { At = sent.Mail.OpenedAt!.Value, Order = 0, Id = sent.Mail.MailId, Item = sent }),
            sent => Tell(TimelineKinds.MailOpened, sent, null))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<Sent>("mails-returned", TimelineGroups.Mails, reading => Recipients(reading).Where(sent => (sent.To.State == RecipientState.Bounced || sent.To.State == RecipientState.Refused) && sent.To.At != null).Select(sent => new Stamped<Sent> { At = sent.To.At!.Value, Order = sent.To.RecipientNo, Id = sent.Mail.MailId, Item = sent }),
            sent => Tell(TimelineKinds.MailReturned, sent, sent.To.Answer))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<ReceivedMail>("mails-received", TimelineGroups.Mails, reading =>
        {
            var all = reading.Context.ReceivedMails.Where(mail => mail.AccountNo == reading.AccountNo && FromPeople.Contains(mail.Kind));
            all = reading.Filter.ContactNo is { } contact ? all.Where(mail => mail.ContactNo == contact) : all;

            // the whole message as it came stays where it is
            return all.Select(mail => new Stamped<ReceivedMail>
            {
                At = mail.ReceivedAt,
                Order = 0,
                Id = mail.ReceivedId,
                Item = new() { AccountNo = mail.AccountNo, ReceivedId = mail.ReceivedId, MessageId = mail.MessageId, Kind = mail.Kind, ContactNo = mail.ContactNo, FromName = mail.FromName, FromAddress = mail.FromAddress, Subject = mail.Subject, Text = mail.Text },
            });
        }, mail => Entry(TimelineKinds.MailReceived, mail.ReceivedId, mail.Subject, mail.Text, contact: mail.ContactNo, values: [("from", mail.ContactNo is null ? mail.FromName ?? mail.FromAddress : null), ("kind", mail.Kind == ReceivedKind.Reply ? null : mail.Kind.ToString())]))
        { NamesPeople = true },
    ];

    /// <summary>A message with one of its recipients.</summary>
    private sealed class Sent
    {
        public required MailMessage Mail { get; init; }

        public required MailRecipient To { get; init; }
    }

    private static IQueryable<Sent> Addressed(TimelineReading reading) => Recipients(reading).Where(sent => sent.To.RecipientNo == 1);

    private static IQueryable<Sent> Recipients(TimelineReading reading)
    {
        // what a gateway carries is told as the touch that it is
        var mails = reading.Context.MailMessages.AsNoTracking().Where(mail => mail.AccountNo == reading.AccountNo && (mail.Channel == Channels.Email || !mail.RecordsTouch));
        mails = reading.By is { } by ? mails.Where(mail => mail.OwnerEmail!.ToLower() == by) : mails;
        var recipients = reading.Context.MailRecipients.AsNoTracking().Where(to => to.AccountNo == reading.AccountNo);
        recipients = reading.Filter.ContactNo is { } contact ? recipients.Where(to => to.ContactNo == contact) : recipients;
        return
            from mail in mails
            join to in recipients on mail.MailId equals to.MailId
            select new Sent { Mail = mail, To = to };
    }

    private static TimelineEntry Tell(string kind, Sent sent, string? text, params (string, object?)[] values) =>
        Entry(kind, sent.Mail.MailId, sent.Mail.Subject, text, sent.Mail.OwnerEmail, sent.To.ContactNo, [("to", sent.To.ContactNo is null ? sent.To.Name ?? sent.To.Address : null), .. values]);
}
