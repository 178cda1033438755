using System.Text.Json;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Journal;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>Brings what a customer wrote by mail into the thread of the inquiry that it belongs to; an inquiry that waited or was settled is open again.</summary>
internal static class AttachReply
{
    /// <summary>Attaches a message: to the inquiry whose answer it answers, else to the one whose number its subject names, where it comes from the asker's own address.</summary>
    /// <param name="act">The act that takes it in.</param>
    /// <param name="settings">The company's.</param>
    /// <param name="mail">Our message that it answers; null for none.</param>
    /// <param name="received">What came in, not added to the store yet: one that nobody could be matched to gets its inquiry's account.</param>
    public static async Task AttachAsync(ActScope act, CompanySettings settings, MailMessage? mail, ReceivedMail received)
    {
        if (received.Kind is not (ReceivedKind.Reply or ReceivedKind.Other) || await MeantAsync(act, mail, received) is not { } at || !await act.LockAccountAsync(at.AccountNo) || await StandingAsync(act, at) is not { } inquiry)
        {
            return;
        }

        if (received.AccountNo == 0)
        {
            received.AccountNo = inquiry.AccountNo;
        }

        var body = Words(received);
        act.Context.InquiryMessages.Add(new InquiryMessage
        {
            AccountNo = inquiry.AccountNo,
            SourceId = inquiry.SourceId,
            FactId = inquiry.FactId,
            MessageId = received.ReceivedId,
            Kind = MessageKind.Customer,
            At = act.Now,
            AuthorName = received.FromName,
            AuthorEmail = received.FromAddress,
            Channel = "email",
            Language = TextLanguage.Of(body),
            Body = body,
        });
        InquiryWork.Heard(inquiry, act.Now, await DeskRulesReader.ReadAsync(act.Context, settings, act.Cancellation));
        await InquiryActs.NoteAsync(act, inquiry, "heard", settings);
    }

    private static async Task<InquiryRef?> MeantAsync(ActScope act, MailMessage? mail, ReceivedMail received)
    {
        if (mail is { Origin: MailOrigin.Inquiry } && InquiryKey.TryParse(mail.OriginId) is { } key)
        {
            return new(mail.AccountNo, key);
        }

        if (mail is not null || EmailAddress.Key(received.FromAddress) is not { } from || AnswerMail.NumberIn(received.Subject) is not { } number)
        {
            return null;
        }

        // whoever knows a number is not whoever asked: the address must be theirs as well
        var named = await (
            from inquiry in act.Context.Inquiries.AsNoTracking()
            where inquiry.FactId == number && inquiry.VoidedBy == null
            join person in act.Context.Contacts on new { inquiry.AccountNo, No = inquiry.ContactNo } equals new { person.AccountNo, No = (int?)person.ContactNo } into people
            from person in people.DefaultIfEmpty()
            select new { inquiry.AccountNo, inquiry.SourceId, inquiry.FactId, inquiry.RequesterEmail, person!.Email }).Take(20).ToListAsync(act.Cancellation);
        return named.Find(inquiry => EmailAddress.Key(inquiry.RequesterEmail) == from || EmailAddress.Key(inquiry.Email) == from) is { } own ? new(own.AccountNo, new(own.SourceId, own.FactId)) : null;
    }

    /// <summary>The inquiry, or the one into which it was merged.</summary>
    private static async Task<Inquiry?> StandingAsync(ActScope act, InquiryRef at)
    {
        var inquiry = await InquiryActs.FindAsync(act, at);
        for (var merged = 0; inquiry?.MergedInto is { } into && InquiryKey.TryParse(into) is { } key && merged < 10; merged++)
        {
            inquiry = await InquiryActs.FindAsync(act, at with { Key = key });
        }

        return inquiry;
    }

    /// <summary>What was written, and the names of files that came with it.</summary>
    private static string Words(ReceivedMail received)
    {
        var text = string.IsNullOrWhiteSpace(received.Text) ? received.Subject : received.Text.Trim();
        var files = received.AttachmentsJson is { } json ? string.Concat((JsonSerializer.Deserialize<List<string>>(json) ?? []).Take(20).Select(file => $"\n📎 {file}")) : "";
        var room = InquiryMessage.Longest - Math.Min(files.Length, InquiryMessage.Longest / 2) - 1;
        var said = text.Length <= room ? text : text[..(char.IsHighSurrogate(text[room - 1]) ? room - 1 : room)];
        return (files.Length == 0 ? said : $"{said}\n{files[..Math.Min(files.Length, InquiryMessage.Longest / 2)]}").Trim() is { Length: > 0 } words ? words : "–";
    }
}
