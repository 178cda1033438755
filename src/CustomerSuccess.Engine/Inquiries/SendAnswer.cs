using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Mail;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>
/// Puts an answer of the desk into the outbox, within the transaction that records it: an answer that stands in the thread is on its way, and one that is refused is not.
/// The message has the id of the thread's message, by which its fate is found.
/// </summary>
internal static class SendAnswer
{
    /// <summary>Writes the message. Nothing is written where nobody's address is known.</summary>
    /// <param name="scope">The act; the lock of <see cref="Engine.Outreach.ContactGate"/> is held.</param>
    /// <param name="answer">As it stands in the thread.</param>
    /// <param name="writer">Of the same act.</param>
    public static async Task WriteAsync(InquiryScope scope, InquiryMessage answer, OutboxWriter writer)
    {
        var (act, inquiry) = (scope.Act, scope.Inquiry);
        var audience = await MailAudience.ReadAsync(act.Context, act.Viewer, scope.Settings, act.Now, [inquiry.AccountNo], inquiry.ContactNo is { } no ? [no] : [], act.Cancellation);
        var contact = audience.Contact(inquiry.AccountNo, inquiry.ContactNo);
        var known = EmailAddress.Key(contact?.Email) is not null;
        if (!known && EmailAddress.Key(inquiry.RequesterEmail) is null)
        {
            return;
        }

        var language = answer.Language ?? inquiry.Language ?? audience.LanguageOf(inquiry.AccountNo, contact);
        var parts = await writer.DraftAsync(new NewMail
        {
            AccountNo = inquiry.AccountNo,
            Id = answer.MessageId,
            ContactNo = known ? contact!.ContactNo : null,
            ToAddress = known ? null : inquiry.RequesterEmail,
            ToName = known ? null : inquiry.RequesterName,
            Purpose = Purpose.Transactional,
            Origin = MailOrigin.Inquiry,
            OriginId = new InquiryKey(inquiry.SourceId, inquiry.FactId).ToString(),
            Language = language,
            Subject = MarkupText.EscapeSubject(AnswerMail.Subject(inquiry.Subject, inquiry.FactId, language)),
            Body = AnswerMail.Body(answer.Body, inquiry.FactId, language),
            InReplyTo = await AnsweredAsync(scope),
            RecordsTouch = false,
        }, audience);
        await writer.QueueAsync([parts], audience);
        act.Context.MailMessages.Add(parts.Message);
        act.Context.MailRecipients.AddRange(parts.Recipients);
        act.Context.MailContents.Add(parts.Content);
        act.Note(JournalAreas.Mail, MailRows.Word(parts.Message.Status), inquiry.AccountNo, parts.Message.MailId, new FieldChanges().Note("subject", null, parts.Message.Subject).Note("reasons", null, parts.Message.Reasons));
    }

    /// <summary>What became of messages by which answers were sent, by the answer's id.</summary>
    public static async Task<IReadOnlyDictionary<string, AnswerSending>> FatesAsync(Storage.CustomerSuccessContext context, int accountNo, IReadOnlyCollection<string> answers, CancellationToken cancellation)
    {
        if (answers.Count == 0)
        {
            return new Dictionary<string, AnswerSending>();
        }

        var mails = await (
            from mail in context.MailMessages.AsNoTracking()
            where mail.AccountNo == accountNo && answers.Contains(mail.MailId)
            join to in context.MailRecipients.AsNoTracking() on new { mail.AccountNo, mail.MailId, RecipientNo = 1 } equals new { to.AccountNo, to.MailId, to.RecipientNo }
            select new { mail.MailId, mail.Status, mail.SentAt, mail.Reasons, mail.LastAnswer, to.Address, to.Answer }).ToListAsync(cancellation);
        return mails.ToDictionary(mail => mail.MailId, mail => new AnswerSending(mail.Status, mail.Address, mail.SentAt, MailRows.Reasons(mail.Reasons), mail.Answer ?? mail.LastAnswer));
    }

    /// <summary>The Message-ID of what the customer wrote last by mail, else of our last answer: mail programs show a thread by it.</summary>
    private static async Task<string?> AnsweredAsync(InquiryScope scope)
    {
        var (context, inquiry) = (scope.Act.Context, scope.Inquiry);
        var thread = context.InquiryMessages.AsNoTracking().Where(message => message.AccountNo == inquiry.AccountNo && message.SourceId == inquiry.SourceId && message.FactId == inquiry.FactId);
        return await (
                from message in thread
                join received in context.ReceivedMails on new { message.AccountNo, Id = message.MessageId } equals new { received.AccountNo, Id = received.ReceivedId }
                orderby message.At descending, message.MessageId descending
                select received.MessageId).FirstOrDefaultAsync(scope.Act.Cancellation)
            ?? await (
                from message in thread
                join sent in context.MailMessages on new { message.AccountNo, Id = message.MessageId } equals new { sent.AccountNo, Id = sent.MailId }
                where sent.MessageId != null
                orderby message.At descending, message.MessageId descending
                select sent.MessageId).FirstOrDefaultAsync(scope.Act.Cancellation);
    }
}
