using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Search;

namespace CustomerSuccess.Core.Feedback;

/// <summary>
/// The words of a theme, one entry to a line or between commas. A text is of the theme where it holds any entry: all parts of an entry that are joined by <c>+</c>.
/// An entry that begins with <c>-</c> rules a text out. Width, case and kana do not matter. Latin words are found where a word begins so (<c>export</c> finds <c>exports</c>),
/// Japanese ones anywhere: they say best what a reader would search for, and need no dictionary.
/// </summary>
public sealed class ThemeWords
{
    /// <summary>Entries of a theme.</summary>
    public const int Most = 150;

    private readonly string[][] _any;
    private readonly string[][] _none;

    private ThemeWords(string[][] any, string[][] none) => (_any, _none) = (any, none);

    /// <summary>True where nothing could ever be found.</summary>
    public bool IsEmpty => _any.Length == 0;

    /// <summary>Parts of all entries that find something, folded, to mark them in texts.</summary>
    public IReadOnlyList<string> Parts => [.. _any.SelectMany(entry => entry).Distinct(StringComparer.Ordinal)];

    /// <summary>Entries that find something, each of the parts that must all be there.</summary>
    internal IReadOnlyList<string[]> Any => _any;

    /// <summary>Entries that rule a text out.</summary>
    internal IReadOnlyList<string[]> None => _none;

    /// <summary>Reads words as people enter them; what is nothing but signs is left out.</summary>
    public static ThemeWords Parse(string words)
    {
        var (any, none) = (new List<string[]>(), new List<string[]>());
        foreach (var written in words.Split(['\n', '\r', ',', '、', '，', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var excludes = written[0] is '-' or '−' or '－';
            var parts = (excludes ? written[1..] : written).Split(['+', '＋']).Select(part => Folded(part)).Where(part => part.Any(char.IsLetterOrDigit)).Distinct(StringComparer.Ordinal).ToArray();
            if (parts.Length > 0)
            {
                (excludes ? none : any).Add(parts);
            }
        }

        return new([.. any.Take(Most)], [.. none.Take(Most)]);
    }

    /// <summary>A text or an entry as both are compared.</summary>
    public static string Folded(string text) => FoldedText.Of(text).Text.Trim();

    /// <summary>True where a folded text is of the theme.</summary>
    public bool Finds(string folded) => Holds(folded, _any) && !Holds(folded, _none);

    private static bool Holds(string folded, string[][] entries)
    {
        foreach (var entry in entries)
        {
            if (Array.TrueForAll(entry, part => Has(folded, part)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(string folded, string part)
    {
        if (TextLanguage.IsJapanese(part[0]))
        {
            return folded.Contains(part, StringComparison.Ordinal);
        }

        for (var at = folded.IndexOf(part, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            // 後はAPI: a Latin word may follow Japanese without a blank
            if (at == 0 || !char.IsLetterOrDigit(folded[at - 1]) || TextLanguage.IsJapanese(folded[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
