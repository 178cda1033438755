using System.Text.Json;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Gateways;
using MimeKit;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Stored messages as they are shown.</summary>
internal static class MailRows
{
    public static MailSummary Summary(MailParts parts) => Summary(parts.Message, parts.Recipients[0]);

    public static MailSummary Summary(MailMessage mail, MailRecipient to) => new(
        mail.AccountNo, mail.MailId, mail.Version, mail.Purpose, mail.Origin, mail.OriginId, mail.OriginStep, mail.List, mail.Language,
        to.Name, to.Address, to.ContactNo, mail.Subject, mail.Preview, mail.Status, mail.NotBefore, Reasons(mail.Reasons),
        mail.QueuedAt, mail.SentAt, mail.Attempts, mail.LastAnswer, mail.LostAnswers, mail.MessageId,
        mail.OpenedAt, mail.ClickedAt, mail.RepliedAt, mail.CreatedAt, mail.OwnerEmail)
    {
        Channel = mail.Channel,
        ProviderId = mail.ProviderId,
    };

    /// <summary>A message that was not kept, with everything.</summary>
    public static MailDetail Detail(MailParts parts)
    {
        var (text, html) = Read(parts.Message, parts.Content);
        return new(Summary(parts), parts.Message.FromName, parts.Message.FromAddress, [.. parts.Recipients.Select(Row)], parts.Content.Body, text, html, []);
    }

    public static MailRecipientRow Row(MailRecipient recipient) =>
        new(recipient.RecipientNo, recipient.Role, recipient.ContactNo, recipient.Name, recipient.Address, recipient.State, recipient.Answer, recipient.At);

    /// <summary>Text and HTML as they were sealed, or as they would be without what is added below.</summary>
    public static (string Text, string Html) Read(MailMessage message, MailContent content)
    {
        if (message.Channel != Channels.Email)
        {
            // it has no other form than its text
            var plain = content.Raw is { } sealedText ? SealGateway.Read(SealMail.Unpack(sealedText)).Text : MarkupText.Plain(content.Body);
            return (plain, $"<pre style=\"white-space:pre-wrap;font:inherit\">{System.Net.WebUtility.HtmlEncode(plain)}</pre>");
        }

        if (content.Raw is null)
        {
            var markup = MailMarkup.Read(content.Body);
            return (markup.ToText(), MailLayout.Html(message.Language, message.Subject, markup.ToHtml((_, url) => url), MailFooter.None, null));
        }

        using var mime = MimeMessage.Load(new MemoryStream(SealMail.Unpack(content.Raw)));
        return ((mime.TextBody ?? "").ReplaceLineEndings("\n"), (mime.HtmlBody ?? "").ReplaceLineEndings("\n"));
    }

    public static IReadOnlyList<string> Reasons(string? stored) => stored is null or "" ? [] : stored.Split(',');

    /// <summary>Reasons as they are stored; null for none.</summary>
    public static string? Joined(IReadOnlyList<string> reasons) => reasons.Count == 0 ? null : string.Join(',', reasons.Select(reason => reason.Replace(',', ' ')));

    /// <summary>A name in snake_case, as the journal and the command line write it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
