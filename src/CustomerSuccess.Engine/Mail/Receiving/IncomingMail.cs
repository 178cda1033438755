using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerSuccess.Core.Mail;
using MimeKit;
using MimeKit.Text;

namespace CustomerSuccess.Engine.Mail.Receiving;

/// <summary>A recipient that a server reports about.</summary>
/// <param name="Address">As reported; null where it is not.</param>
/// <param name="Status">Enhanced status such as <c>5.1.1</c>; null where it is not told.</param>
/// <param name="Answer">The server's words.</param>
internal sealed record ReportedRecipient(string? Address, string? Status, string? Answer)
{
    /// <summary>True where the address will not work later either.</summary>
    public bool IsForGood => Status?.StartsWith('5') == true;
}

/// <summary>A message that came in, read as far as it can be without the database.</summary>
internal sealed partial class IncomingMail
{
    private const int LongestText = 100_000;

    private IncomingMail(MimeMessage mime, byte[] bytes) => (Mime, Bytes) = (mime, bytes);

    public MimeMessage Mime { get; }

    public byte[] Bytes { get; }

    public required ReceivedKind Kind { get; init; }

    /// <summary>The Message-ID in brackets, else a hash of the bytes.</summary>
    public required string MessageId { get; init; }

    /// <summary>Message-IDs that it answers or reports of, the likeliest first.</summary>
    public required IReadOnlyList<string> AnsweredIds { get; init; }

    /// <summary>Tags of plus addresses among its recipients.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Our own id of the message that a report names as its envelope.</summary>
    public string? EnvelopeId { get; init; }

    public IReadOnlyList<ReportedRecipient> Reported { get; init; } = [];

    public required string Text { get; init; }

    public string Subject => MarkupText.Subject(Mime.Subject ?? "");

    public MailboxAddress? From => Mime.From.Mailboxes.FirstOrDefault();

    public string To => string.Join(", ", Mime.To.Mailboxes.Concat(Mime.Cc.Mailboxes).Select(mailbox => mailbox.Address));

    public IReadOnlyList<string> Attachments => [.. Mime.Attachments.Select(part => part.ContentDisposition?.FileName ?? part.ContentType.Name ?? part.ContentType.MimeType)];

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IncomingMail Read(byte[] bytes)
    {
        var mime = MimeMessage.Load(new MemoryStream(bytes));
        if (mime.Headers.Count == 0 || (mime.From.Count == 0 && mime.Sender is null && mime.MessageId is null && mime.Headers[HeaderId.ReturnPath] is null))
        {
            throw new FormatException("This is no e-mail message: it has no sender.");
        }

        var report = mime.Body as MultipartReport;
        var text = Plain(mime);
        var own = ReplyText.Own(text);
        var answered = new List<string>();
        var reported = new List<ReportedRecipient>();
        string? envelope = null;
        var kind = report?.ReportType?.ToLowerInvariant() switch
        {
            "delivery-status" => Delivery(report, answered, reported, ref envelope),
            "feedback-report" => Feedback(report, answered),
            _ when IsPostmaster(mime) && Returned(mime, text, answered, reported) => ReceivedKind.Bounce,
            _ when IsAutomatic(mime) => ReceivedKind.AutoReply,
            _ => ReceivedKind.Reply,
        };
        answered.AddRange(mime.InReplyTo is { } reply ? [$"<{reply}>"] : []);
        answered.AddRange(mime.References.Reverse().Select(id => $"<{id}>"));
        if (kind == ReceivedKind.Reply && ReplyText.AsksToStop(mime.Subject ?? "", own))
        {
            kind = ReceivedKind.Unsubscribe;
        }

        return new(mime, bytes)
        {
            Kind = kind,
            MessageId = mime.MessageId is { Length: > 0 } id ? $"<{id}>" : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}",
            AnsweredIds = [.. answered.Distinct(StringComparer.Ordinal)],
            Tags = [.. Recipients(mime).Select(Tag).OfType<string>().Distinct(StringComparer.Ordinal)],
            EnvelopeId = envelope,
            Reported = reported,
            Text = own.Length <= LongestText ? own : own[..LongestText],
        };
    }

    private static ReceivedKind Delivery(MultipartReport report, List<string> answered, List<ReportedRecipient> reported, ref string? envelope)
    {
        var failed = false;
        foreach (var status in report.OfType<MessageDeliveryStatus>())
        {
            envelope ??= status.StatusGroups.FirstOrDefault()?["Original-Envelope-Id"]?.Trim();
            foreach (var recipient in status.StatusGroups.Skip(1))
            {
                var action = recipient["Action"]?.Trim().ToLowerInvariant();
                if (action is "failed" or "delayed")
                {
                    failed |= action == "failed";
                    reported.Add(new(Address(recipient["Original-Recipient"] ?? recipient["Final-Recipient"]), recipient["Status"]?.Trim().Split(' ')[0], Words(recipient["Diagnostic-Code"])));
                }
            }
        }

        answered.AddRange(Original(report));
        return failed ? ReceivedKind.Bounce : reported.Count > 0 ? ReceivedKind.Delay : ReceivedKind.AutoReply;
    }

    private static ReceivedKind Feedback(MultipartReport report, List<string> answered)
    {
        answered.AddRange(Original(report));
        return ReceivedKind.Complaint;
    }

    /// <summary>The Message-ID of the message that a report returns, whole or by its headers.</summary>
    private static IEnumerable<string> Original(MultipartReport report)
    {
        foreach (var part in report)
        {
            var id = part switch
            {
                MessagePart { Message.MessageId: { } whole } => whole,
                TextPart headers when headers.ContentType.IsMimeType("text", "rfc822-headers") => MessageIdLine().Match(headers.Text) is { Success: true } line ? line.Groups["id"].Value : null,
                _ => null,
            };
            if (id is not null)
            {
                yield return $"<{id}>";
            }
        }
    }

    /// <summary>A server's report in words of its own: it is one where it names a message of ours.</summary>
    private static bool Returned(MimeMessage mime, string text, List<string> answered, List<ReportedRecipient> reported)
    {
        var bodies = text + "\n" + string.Join('\n', mime.BodyParts.OfType<MessagePart>().Select(part => part.Message?.MessageId is { } id ? $"Message-ID: <{id}>" : ""));
        var ids = AnyMessageId().Matches(bodies).Select(match => match.Value).ToList();
        if (ids.Count == 0)
        {
            return false;
        }

        answered.AddRange(ids);
        reported.Add(new(null, EnhancedStatus().Match(text) is { Success: true } status ? status.Value : null, FirstLine(text)));
        return true;
    }

    private static bool IsPostmaster(MimeMessage mime) =>
        mime.From.Mailboxes.FirstOrDefault()?.Address.Split('@')[0].ToLowerInvariant() is "mailer-daemon" or "postmaster" or "mailerdaemon" || mime.Headers[HeaderId.ReturnPath]?.Trim() == "<>";

    private static bool IsAutomatic(MimeMessage mime) =>
        (mime.Headers["Auto-Submitted"] is { } submitted && !submitted.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase))
        || mime.Headers.Contains("X-Autoreply") || mime.Headers.Contains("X-Autorespond") || mime.Headers.Contains("X-Auto-Response-From")
        || mime.Headers["Precedence"]?.Trim().ToLowerInvariant() is "auto_reply" or "bulk" or "junk"
        || AutomaticSubject().IsMatch(mime.Subject ?? "");

    private static IEnumerable<string> Recipients(MimeMessage mime) =>
        mime.To.Mailboxes.Concat(mime.Cc.Mailboxes).Select(mailbox => mailbox.Address)
            .Concat(new[] { "Delivered-To", "X-Original-To", "Envelope-To" }.Select(name => mime.Headers[name]).OfType<string>());

    private static string? Tag(string address) =>
        address.Trim().Trim('<', '>').Split('@')[0].Split('+') is [.., { Length: 42 } tag] ? tag : null;

    private static string Plain(MimeMessage mime) =>
        (mime.TextBody ?? (mime.HtmlBody is { } html ? HtmlWords.Of(html) : "")).ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();

    private static string? Address(string? field) => field?.Split(';').Last().Trim().Trim('<', '>') is { Length: > 0 } address ? address : null;

    private static string? Words(string? diagnostic) => diagnostic is null ? null : string.Join(' ', diagnostic.Split(';', 2).Last().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    [GeneratedRegex(@"^Message-ID:\s*<(?<id>[^>\s]+)>", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex MessageIdLine();

    /// <summary>Ours begin with a UUID.</summary>
    [GeneratedRegex(@"<[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}@[^>\s]+>", RegexOptions.CultureInvariant)]
    private static partial Regex AnyMessageId();

    [GeneratedRegex(@"\b[45]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedStatus();

    [GeneratedRegex(@"^\s*(auto(matic)?[ -]?(reply|response)|out of (the )?office|自動返信|自動応答|【?不在)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AutomaticSubject();
}

/// <summary>The words of an HTML text.</summary>
internal static class HtmlWords
{
    private static readonly HtmlTagId[] Lines = [HtmlTagId.Br, HtmlTagId.P, HtmlTagId.Div, HtmlTagId.TR, HtmlTagId.LI, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.BlockQuote];

    public static string Of(string html)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var skipped = HtmlTagId.Unknown;
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when skipped == HtmlTagId.Unknown && tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title or HtmlTagId.Head && !tag.IsEndTag:
                    skipped = tag.Id;
                    break;
                case HtmlTagToken tag when tag.IsEndTag && tag.Id == skipped:
                    skipped = HtmlTagId.Unknown;
                    break;
                case HtmlTagToken tag when skipped == HtmlTagId.Unknown && Lines.Contains(tag.Id) && (tag.Id == HtmlTagId.Br || tag.IsEndTag):
                    text.Append('\n');
                    break;
                case HtmlDataToken data when skipped == HtmlTagId.Unknown && token is not (HtmlScriptDataToken or HtmlCDataToken):
                    text.Append(data.Data.ReplaceLineEndings(" "));
                    break;
            }
        }

        return string.Join('\n', text.ToString().Split('\n').Select(line => line.Trim()));
    }
}
