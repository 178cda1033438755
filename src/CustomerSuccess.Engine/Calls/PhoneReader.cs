using System.Text;
using PhoneNumbers;

namespace CustomerSuccess.Engine.Calls;

/// <summary>A telephone number as somebody wrote it, read.</summary>
/// <param name="Key">E.164 without extension, else its digits; empty where there are none.</param>
/// <param name="Extension">Its extension; null for none.</param>
/// <param name="Display">As its country writes it, else as it was written.</param>
public sealed record PhoneNumberRead(string Key, string? Extension, string Display);

/// <summary>
/// Reads telephone numbers in every way in which people and telephone systems write them: full- or half-width, with or without country code,
/// hyphens, brackets, extensions, as <c>tel:</c> or <c>sip:</c>. Numbering plans are those of libphonenumber.
/// </summary>
public static class PhoneReader
{
    private const int Longest = 250;

    private static readonly string[] ExtensionWords = ["内線", "(内)", "ext.", "ext"];

    /// <summary>The key by which a caller is found; empty where the text holds no digit, null where there is no text.</summary>
    public static string? Key(string? text, string region) => string.IsNullOrWhiteSpace(text) ? null : Read(text, region).Key;

    /// <summary>Reads a number.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="region">ISO 3166-1 code of the country of numbers without a country code.</param>
    public static PhoneNumberRead Read(string? text, string region)
    {
        var written = Plain(text ?? "");
        var (number, extension) = Split(written);
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            var read = util.Parse(number, region);
            return new(
                util.Format(read, PhoneNumberFormat.E164),
                extension ?? (read.HasExtension ? read.Extension : null),
                util.Format(read, util.GetRegionCodeForNumber(read) == region ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL));
        }
        catch (NumberParseException)
        {
            return new(string.Concat(number.Where(char.IsAsciiDigit)), extension, written);
        }
    }

    /// <summary>
    /// A number that takes short messages, as E.164 and as its own country writes it in digits; null for what is no number of its country, or is known to be one that takes none (fixed lines, toll-free and shared numbers, pagers).
    /// </summary>
    /// <param name="text">As it was written.</param>
    /// <param name="region">ISO 3166-1 code of the country of numbers without a country code.</param>
    public static (string Key, string National)? Mobile(string? text, string region)
    {
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            var read = util.Parse(Split(Plain(text ?? "")).Number, region);
            return util.IsValidNumber(read)
                && util.GetNumberType(read) is not (PhoneNumberType.FIXED_LINE or PhoneNumberType.TOLL_FREE or PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST or PhoneNumberType.UAN or PhoneNumberType.PAGER or PhoneNumberType.VOICEMAIL)
                ? (util.Format(read, PhoneNumberFormat.E164), string.Concat(util.Format(read, PhoneNumberFormat.NATIONAL).Where(char.IsAsciiDigit)))
                : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>Half-width, without the scheme and host that telephone systems put around it.</summary>
    private static string Plain(string text)
    {
        var plain = (text.Length <= Longest ? text : text[..Longest]).Trim();
        try
        {
            plain = plain.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // unpaired surrogates are no digits
        }

        foreach (var scheme in (string[])["tel:", "sip:", "sips:"])
        {
            plain = plain.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? plain[scheme.Length..] : plain;
        }

        var at = plain.IndexOf('@', StringComparison.Ordinal);
        return (at < 0 ? plain : plain[..at]).Trim();
    }

    private static (string Number, string? Extension) Split(string text)
    {
        foreach (var word in ExtensionWords)
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                var extension = string.Concat(text[(at + word.Length)..].Where(char.IsAsciiDigit));
                return (text[..at].TrimEnd(' ', '(', '/', ',', ';'), extension.Length == 0 ? null : extension);
            }
        }

        return (text, null);
    }
}
