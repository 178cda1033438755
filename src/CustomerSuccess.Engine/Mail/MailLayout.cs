using System.Net;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Engine.Mail;

/// <summary>What stands below a message's text: who sends it, and how to be sent no more.</summary>
/// <param name="Identity">The sender's name and address; null where none is due.</param>
/// <param name="Contact">Where complaints go; null where none is due.</param>
/// <param name="Unsubscribe">Address of the page on which the recipient leaves the list; null where there is none.</param>
/// <param name="Preferences">Address of the page of all lists; null where there is none.</param>
internal sealed record MailFooter(string? Identity, string? Contact, string? Unsubscribe, string? Preferences)
{
    public static MailFooter None { get; } = new(null, null, null, null);

    public bool IsEmpty => this == None;

    /// <summary>The sender as laws on advertising ask for it, as far as the settings have it.</summary>
    public static MailFooter Of(CompanySettings settings, string language, string? unsubscribe, string? preferences)
    {
        var (name, address) = (settings.SenderNameIn(language), settings.SenderAddressIn(language));
        return new(
            name.Length > 0 && address.Length > 0 ? MailWords.Identity(language, name, address) : null,
            settings.SenderContact.Length > 0 ? MailWords.Contact(language, settings.SenderContact) : null,
            unsubscribe,
            preferences);
    }
}

/// <summary>The frame around a message: one table as wide as a hand, no colours of its own for text and ground, so that dark mode and Outlook show what was meant.</summary>
internal static class MailLayout
{
    private const string Fonts = "font-family:'Hiragino Sans','Yu Gothic','Meiryo','Segoe UI',Helvetica,Arial,sans-serif;";

    public static string Html(string language, string subject, string body, MailFooter footer, string? pixel) =>
        $"""
        <!DOCTYPE html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{WebUtility.HtmlEncode(subject)}</title>
        </head>
        <body style="margin:0;padding:0;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 16px;">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
        <tr><td align="left" style="{Fonts}font-size:15px;line-height:1.7;">
        {body.TrimEnd()}
        </td></tr>
        {HtmlFooter(language, footer)}</table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr></table>
        {(pixel is null ? "" : $"<img src=\"{WebUtility.HtmlEncode(pixel)}\" width=\"1\" height=\"1\" alt=\"\" style=\"border:0;width:1px;height:1px;\">\n")}</body>
        </html>

        """.ReplaceLineEndings("\n");

    public static string Text(string language, string body, MailFooter footer)
    {
        if (footer.IsEmpty)
        {
            return body;
        }

        string?[] lines =
        [
            footer.Identity,
            footer.Contact,
            footer.Unsubscribe is { } unsubscribe ? $"{MailWords.Unsubscribe(language)}{Colon(language)}{unsubscribe}" : null,
            footer.Preferences is { } preferences ? $"{MailWords.Preferences(language)}{Colon(language)}{preferences}" : null,
        ];
        return $"{body}\n-- \n{string.Join('\n', lines.OfType<string>())}\n";
    }

    private static string HtmlFooter(string language, MailFooter footer)
    {
        if (footer.IsEmpty)
        {
            return "";
        }

        string?[] links =
        [
            footer.Unsubscribe is { } unsubscribe ? Anchor(unsubscribe, MailWords.Unsubscribe(language)) : null,
            footer.Preferences is { } preferences ? Anchor(preferences, MailWords.Preferences(language)) : null,
        ];
        var linked = string.Join(language == "ja" ? "／" : " · ", links.OfType<string>());
        string?[] lines = [Encoded(footer.Identity), Encoded(footer.Contact), linked.Length > 0 ? linked : null];
        return $"<tr><td align=\"left\" style=\"{Fonts}font-size:12px;line-height:1.7;padding:16px 0 0;border-top:1px solid #b4b4b4;\">{string.Join("<br>\n", lines.OfType<string>())}</td></tr>\n";
    }

    private static string Colon(string language) => language == "ja" ? "：" : ": ";

    private static string? Encoded(string? words) => words is null ? null : WebUtility.HtmlEncode(words);

    private static string Anchor(string url, string words) => $"<a href=\"{WebUtility.HtmlEncode(url)}\">{WebUtility.HtmlEncode(words)}</a>";
}
