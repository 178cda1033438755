using System.Globalization;
using System.Text;

namespace CustomerSuccess.Core.Mail;

/// <summary>E-mail addresses: which can be written to, and which are the same.</summary>
public static class EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// The key under which an address is recognised: full-width signs normalised, lower case, a domain of other scripts in its ASCII form.
    /// Null for what is no address: not exactly one <c>@</c>, a local part over 64 or not in ASCII, a domain without a dot (other than <c>localhost</c>), signs that mail headers cannot carry.
    /// </summary>
    public static string? Key(string? text) => Parts(text) is var (local, domain) ? $"{local.ToLowerInvariant()}@{domain}" : null;

    /// <summary>The address as it is written into a message: as given, its domain in ASCII. Null for what is no address.</summary>
    public static string? Written(string? text) => Parts(text) is var (local, domain) ? $"{local}@{domain}" : null;

    /// <summary>What stands behind the <c>@</c> of a key.</summary>
    public static string Domain(string key) => key[(key.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private static (string Local, string Domain)? Parts(string? text)
    {
        if (text is null or { Length: > 320 })
        {
            return null;
        }

        try
        {
            if (text.Trim().Normalize(NormalizationForm.FormKC).Split('@') is not [{ Length: > 0 and <= 64 } local, { Length: > 0 } domain]
                || !local.All(IsLocal) || local[0] == '.' || local[^1] == '.')
            {
                return null;
            }

            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return (ascii.Contains('.', StringComparison.Ordinal) || ascii == "localhost") && local.Length + ascii.Length < 254 ? (local, ascii) : null;
        }
        catch (ArgumentException)
        {
            // an unpaired surrogate, or a domain that is none
            return null;
        }
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);
}
