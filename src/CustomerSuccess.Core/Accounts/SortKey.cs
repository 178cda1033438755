using System.Text;

namespace CustomerSuccess.Core.Accounts;

/// <summary>Keys by which names are sorted and searched: NFKC, katakana folded to hiragana, invariant lower case. Both databases compare them bytewise.</summary>
public static class SortKey
{
    /// <summary>The key of the kana reading where there is one, else of the name.</summary>
    public static string Of(string? kana, string name) => Of(string.IsNullOrWhiteSpace(kana) ? name : kana);

    /// <summary>The key of one text; empty for an empty text.</summary>
    public static string Of(string text)
    {
        var normal = Normalize(text);
        return string.Create(normal.Length, normal, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var c = source[i];
                span[i] = c is >= 'ァ' and <= 'ヶ' ? (char)(c - 0x60) : char.ToLowerInvariant(c);
            }
        }).Trim();
    }

    /// <summary>NFKC in invariant lower case, kana as they were written; text that cannot be normalised loses what is broken.</summary>
    public static string Folded(string text) => Normalize(text).ToLowerInvariant();

    private static string Normalize(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // unpaired surrogates cannot be normalised; such a name still needs a key
            return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())).Normalize(NormalizationForm.FormKC);
        }
    }
}
