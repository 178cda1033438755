using System.Text;

namespace CustomerSuccess.Core.Journal;

/// <summary>Text that people type or paste, as it is kept: whole characters, without what databases cannot hold.</summary>
public static class EnteredText
{
    /// <summary>Trimmed, without NUL and broken characters; null where nothing is left.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = text.Trim();
        if (clean.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 || clean.Contains('\0', StringComparison.Ordinal))
        {
            var kept = new StringBuilder(clean.Length);
            foreach (var rune in clean.EnumerateRunes())
            {
                // half a character reads as the replacement character
                kept.Append(rune.Value == 0 ? "" : rune.ToString());
            }

            clean = kept.ToString().Trim();
        }

        return clean.Length == 0 ? null : clean;
    }

    /// <summary>Notes a text that breaks a rule: <c>missing</c> or <c>too_long</c>.</summary>
    /// <param name="problems">By field.</param>
    /// <param name="field">Whose text.</param>
    /// <param name="text">As <see cref="Of"/> gives it.</param>
    /// <param name="most">Characters.</param>
    /// <param name="isRequired">True where there must be one.</param>
    public static void Check(IDictionary<string, string> problems, string field, string? text, int most, bool isRequired = false)
    {
        if (text is null ? isRequired : text.Length > most)
        {
            problems[field] = text is null ? "missing" : "too_long";
        }
    }
}
