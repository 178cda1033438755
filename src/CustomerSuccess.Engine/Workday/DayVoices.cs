using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Workday;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>What customers said of late: replies, messages in inquiries, answers to NPS surveys.</summary>
internal static class DayVoices
{
    /// <summary>Of each kind that are read, and of all that are shown.</summary>
    private const int MostRead = 20, MostShown = 10;

    /// <summary>Characters of a text.</summary>
    private const int Longest = 240;

    public static async Task<IReadOnlyList<DayVoice>> ReadAsync(DayReading reading)
    {
        var voices = new List<DayVoice>();
        var (context, accounts) = (reading.Context, reading.Accounts);
        var (replies, answers) = (reading.Now.AddDays(-DayRules.ReplyDays), reading.Now.AddDays(-DayRules.AnswerDays));
        var mails = await (
            from mail in context.ReceivedMails.AsNoTracking()
            where mail.ReceivedAt >= replies && mail.Kind == ReceivedKind.Reply
            join account in accounts on mail.AccountNo equals account.AccountNo
            orderby mail.ReceivedAt descending, mail.ReceivedId descending
            select new { account.AccountNo, account.AccountId, account.Namespace, account.Name, mail.ReceivedId, mail.ReceivedAt, Who = mail.FromName ?? mail.FromAddress, mail.Subject, Text = mail.Text.Length > Longest ? mail.Text.Substring(0, Longest) : mail.Text })
            .Take(MostRead).ToListAsync(reading.Cancellation);
        voices.AddRange(mails.Select(mail => new DayVoice(DayVoiceKind.Mail, mail.ReceivedId, mail.AccountNo, mail.AccountId, mail.Namespace, mail.Name, mail.ReceivedAt, mail.Who, mail.Text.Length > 0 ? mail.Text : mail.Subject, null, null, true)));

        var (spellings, key) = (reading.Spellings, InquiryWork.KeyOf(reading.Scope.Person));
        var isOwn = reading.Viewer.OwnPortfolioOnly;
        var messages = await (
            from message in context.InquiryMessages.AsNoTracking()
            where message.At >= replies && message.Kind == MessageKind.Customer
            join inquiry in context.Inquiries.AsNoTracking() on new { message.AccountNo, message.SourceId, message.FactId } equals new { inquiry.AccountNo, inquiry.SourceId, inquiry.FactId }
            join account in context.Accounts.AsNoTracking() on message.AccountNo equals account.AccountNo
            where inquiry.VoidedBy == null && (spellings == null || (!isOwn && inquiry.AssigneeKey == key) || spellings.Contains(account.OwnerEmail))
            orderby message.At descending, message.MessageId descending
            select new { account.AccountNo, account.AccountId, account.Namespace, account.Name, message.SourceId, message.FactId, message.MessageId, message.At, Who = message.AuthorName ?? message.AuthorEmail, Text = message.Body.Length > Longest ? message.Body.Substring(0, Longest) : message.Body, Waits = inquiry.CustomerSpokeLast && !inquiry.IsSettled })
            .Take(MostRead).ToListAsync(reading.Cancellation);
        voices.AddRange(messages.Select(message => new DayVoice(DayVoiceKind.Inquiry, message.MessageId, message.AccountNo, message.AccountId, message.Namespace, message.Name, message.At, message.Who, message.Text, null, new(message.SourceId, message.FactId), message.Waits)));

        var given = await (
            from answer in context.SurveyResponses.AsNoTracking()
            where answer.RespondedAt >= answers && answer.Kind == "nps" && answer.VoidedBy == null
            join account in accounts on answer.AccountNo equals account.AccountNo
            orderby answer.RespondedAt descending, answer.AccountNo, answer.SourceId, answer.FactId
            select new { account.AccountNo, account.AccountId, account.Namespace, account.Name, answer.SourceId, answer.FactId, answer.RespondedAt, answer.Score, answer.ContactNo, answer.Comment })
            .Take(MostRead).ToListAsync(reading.Cancellation);
        voices.AddRange(given.Select(answer => new DayVoice(DayVoiceKind.Nps, $"{answer.SourceId}:{answer.FactId}", answer.AccountNo, answer.AccountId, answer.Namespace, answer.Name, answer.RespondedAt, null, answer.Comment is { Length: > Longest } comment ? comment[..Longest] : answer.Comment, answer.Score, null, true)));

        // somebody who wrote in an inquiry waits for its answer; others until somebody got in touch
        var numbers = voices.Where(voice => voice.Kind != DayVoiceKind.Inquiry).Select(voice => voice.AccountNo).Distinct().ToList();
        var contacts = await context.Touches.AsNoTracking().Where(touch => numbers.Contains(touch.AccountNo) && touch.VoidedBy == null && touch.At >= answers)
            .GroupBy(touch => touch.AccountNo).Select(own => new { own.Key, At = own.Max(touch => touch.At) }).ToDictionaryAsync(own => own.Key, own => own.At, reading.Cancellation);
        return
        [
            .. voices.Select(voice => voice.Kind == DayVoiceKind.Inquiry ? voice : voice with { Waits = DayRules.Waits(voice.At, contacts.TryGetValue(voice.AccountNo, out var at) ? at : null) })
                .OrderByDescending(voice => voice.Waits).ThenByDescending(voice => voice.At).Take(MostShown),
        ];
    }
}
