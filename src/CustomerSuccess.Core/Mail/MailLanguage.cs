using System.Globalization;
using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Mail;

/// <summary>In which language a recipient is written to, and by which culture numbers and dates are written.</summary>
public static class MailLanguage
{
    private static readonly string[] Japanese = ["ja", "jp", "jpn", "japanese", "日本語"];

    /// <summary><c>ja</c> or <c>en</c>: the person's own, else the country's, else the company's setting.</summary>
    /// <param name="own">What the contact's record says, such as <c>ja</c>, <c>en-GB</c> or <c>日本語</c>.</param>
    /// <param name="country">The account's country.</param>
    /// <param name="fallback">The setting.</param>
    public static string Of(string? own, Country? country, string fallback) =>
        !string.IsNullOrWhiteSpace(own) ? IsJapanese(own) ? "ja" : "en"
        : country is not null ? country.Code == "JP" ? "ja" : "en"
        : fallback;

    /// <summary>The culture of a message in a language: the person's own where it is one of that language, else the country's way of writing it.</summary>
    public static CultureInfo Culture(string language, string? own, Country? country)
    {
        if (language == "ja")
        {
            return CultureInfo.GetCultureInfo("ja-JP");
        }

        return own?.Trim() is { Length: 5 } name && name.StartsWith("en-", StringComparison.OrdinalIgnoreCase) && Known(name) is { } culture
            ? culture
            : CultureInfo.GetCultureInfo(country is null or { Code: "US" or "JP" or "PH" } ? "en-US" : "en-GB");
    }

    private static CultureInfo? Known(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static bool IsJapanese(string own) => Japanese.Contains(own.Trim().ToLowerInvariant().Split('-', '_')[0]);
}
