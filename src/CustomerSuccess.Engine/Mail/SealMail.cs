using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using MimeKit;
using MimeKit.Text;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Makes of a message the bytes that go over the wire. They are kept and sent as they are, however often that takes.</summary>
internal sealed class SealMail(CompanySettings settings, MailLinks.Key links, DkimSigning dkim)
{
    private const int PreviewLength = 160;

    /// <summary>Seals a message whose fields are filled, whose sender is set and whose time of queueing is known.</summary>
    /// <exception cref="InvalidOperationException">The DKIM key cannot be read.</exception>
    public void Seal(MailMessage message, IReadOnlyList<MailRecipient> recipients, MailContent content, IReadOnlyList<MailAttachment> attachments)
    {
        var markup = MailMarkup.Read(content.Body);
        var canLeave = CanLeave(message);
        var web = settings.WebAddress;
        var unsubscribe = canLeave ? $"{web}/m/u/{links.Make(Link(message, MailLinkKind.Unsubscribe))}" : null;
        var preferences = canLeave ? $"{web}/m/p/{links.Make(Link(message, MailLinkKind.Preferences))}" : null;
        var footer = canLeave ? MailFooter.Of(settings, message.Language, unsubscribe, preferences) : MailFooter.None;
        var tracked = message.Purpose != Purpose.Transactional && web.Length > 0 && recipients.Count == 1;
        var trackedLinks = new List<string>();
        string Target(int _, string url)
        {
            if (!tracked || !settings.TrackClicks || !url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                return url;
            }

            trackedLinks.Add(url);
            return $"{web}/m/c/{links.Make(Link(message, MailLinkKind.Click) with { LinkNo = trackedLinks.Count - 1 })}";
        }

        var html = MailLayout.Html(message.Language, message.Subject, markup.ToHtml(Target), footer, tracked && settings.TrackOpens ? $"{web}/m/o/{links.Make(Link(message, MailLinkKind.Open))}" : null);
        var text = markup.ToText();
        var mime = Compose(message, recipients, MailLayout.Text(message.Language, text, footer), html, unsubscribe, attachments);
        dkim.Sign(mime, settings);
        content.Raw = Pack(Bytes(mime));
        content.LinksJson = trackedLinks.Count > 0 ? JsonSerializer.Serialize(trackedLinks) : null;
        message.Preview = PreviewOf(text);
    }

    /// <summary>The bytes behind sealed ones.</summary>
    public static byte[] Unpack(byte[] packed)
    {
        using var source = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var target = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            target.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>The first words of a text, in one line.</summary>
    public static string PreviewOf(string text, int most = PreviewLength)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1), "…");
    }

    /// <summary>True for what goes to many, or advertises: it says how to be sent no more. A letter from one person to another does not.</summary>
    private bool CanLeave(MailMessage message) =>
        settings.WebAddress.Length > 0 && message.Purpose != Purpose.Transactional
        && (message.Purpose == Purpose.Promotional || message.Origin is MailOrigin.Play or MailOrigin.Campaign or MailOrigin.Survey);

    private static MailLink Link(MailMessage message, MailLinkKind kind) => new(kind, message.AccountNo, message.MailId, 1);

    private MimeMessage Compose(MailMessage message, IReadOnlyList<MailRecipient> recipients, string text, string html, string? unsubscribe, IReadOnlyList<MailAttachment> attachments)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var mime = new MimeMessage();
        mime.Headers.Clear();
        mime.From.Add(new MailboxAddress(message.FromName, message.FromAddress!));
        foreach (var recipient in recipients)
        {
            var mailbox = new MailboxAddress(recipient.Name, recipient.Address);
            (recipient.Role switch { RecipientRole.To => mime.To, RecipientRole.Cc => mime.Cc, _ => null })?.Add(mailbox);
        }

        mime.Subject = message.Subject;
        mime.Date = TimeZoneInfo.ConvertTime(new DateTimeOffset(message.QueuedAt!.Value, TimeSpan.Zero), zone);
        mime.MessageId = message.MessageId!.Trim('<', '>');
        if (ReplyTo(message) is { } replyTo)
        {
            mime.ReplyTo.Add(new MailboxAddress(message.FromName, replyTo));
        }

        if (message.InReplyTo is { } answered)
        {
            mime.InReplyTo = answered.Trim('<', '>');
            mime.References.Add(answered.Trim('<', '>'));
        }

        if (unsubscribe is not null)
        {
            mime.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            mime.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        if (message.Origin is MailOrigin.Notification or MailOrigin.Test)
        {
            // nobody's absence is to be announced to a machine
            mime.Headers.Add("Auto-Submitted", "auto-generated");
        }

        var parts = new MultipartAlternative { Boundary = "=_" + message.MailId.Replace("-", "", StringComparison.Ordinal) };
        parts.Add(Part(TextFormat.Plain, text));
        parts.Add(Part(TextFormat.Html, html));
        mime.Body = attachments.Count == 0 ? parts : WithFiles(message, parts, attachments);
        mime.Headers[HeaderId.MimeVersion] = "1.0";
        return mime;
    }

    private static Multipart WithFiles(MailMessage message, MimeEntity text, IReadOnlyList<MailAttachment> attachments)
    {
        var all = new Multipart("mixed") { Boundary = "=_f" + message.MailId.Replace("-", "", StringComparison.Ordinal) };
        all.Add(text);
        foreach (var file in attachments)
        {
            all.Add(new MimePart(ContentType.Parse(file.MediaType))
            {
                Content = new MimeContent(new MemoryStream(file.Bytes)),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = file.Name },
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = file.Name,
            });
        }

        return all;
    }

    /// <summary>Seven bits only: no server on the way has to rewrite it.</summary>
    private static TextPart Part(TextFormat format, string words)
    {
        var part = new TextPart(format);
        part.SetText(System.Text.Encoding.UTF8, words.ReplaceLineEndings("\r\n"));
        part.ContentTransferEncoding = part.GetBestEncoding(EncodingConstraint.SevenBit);
        return part;
    }

    /// <summary>Where answers go, with the message's tag where the server can take one.</summary>
    private string? ReplyTo(MailMessage message)
    {
        var address = message.ReplyTo ?? (settings.MailReplyTo.Length > 0 ? settings.MailReplyTo : null);
        if (!settings.MailPlusAddressing || message.ReplyTo is not null)
        {
            return address;
        }

        var (local, domain) = (address ?? settings.MailFrom).Split('@') is [var l, var d] ? (l, d) : ("", "");
        var tag = links.ReplyTag(message.AccountNo, message.MailId);
        return local.Length + 1 + tag.Length <= 64 ? $"{local}+{tag}@{domain}" : address;
    }

    private static byte[] Bytes(MimeMessage mime)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var bytes = new MemoryStream();
        mime.WriteTo(format, bytes);
        return bytes.ToArray();
    }

    /// <summary>The Message-ID of a message: its id at the sender's domain, so that it can be found by either.</summary>
    public static string MessageIdOf(string mailId, string fromAddress) => string.Create(CultureInfo.InvariantCulture, $"<{mailId}@{EmailAddress.Domain(fromAddress)}>");
}
