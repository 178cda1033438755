using System.Globalization;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Search;

/// <summary>A token that a text must have.</summary>
/// <param name="Token">Without the letter of its field.</param>
/// <param name="IsBeginning">True where tokens that begin so will do.</param>
public readonly record struct SearchTerm(string Token, bool IsBeginning);

/// <summary>
/// Cuts texts into the tokens by which both databases find them: words of letters and digits where blanks stand between words, and where none do (Japanese, other
/// scripts of the East, signs) pairs of neighbours, with the last one alone. So one character is the beginning of some token wherever it stands, and texts of any length are found.
/// </summary>
public static class SearchTokens
{
    /// <summary>Characters of a text that are searched.</summary>
    public const int LongestText = 20_000;

    /// <summary>Before tokens of a text, of its title, of its kind and of its account.</summary>
    public const char Anywhere = 'x', InTitle = 't', OfKind = 'k', OfAccount = 'a';

    private const int LongestWord = 40;
    private const int MostTerms = 64;

    private enum Script
    {
        None,
        Words,
        Pairs,
    }

    /// <summary>The tokens of a folded text, each once.</summary>
    public static IReadOnlySet<string> Of(string folded)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (start, end, script) in Runs(folded))
        {
            if (script == Script.Words)
            {
                tokens.Add(folded[start..Math.Min(end, start + LongestWord)]);
                continue;
            }

            for (var at = start; at < end;)
            {
                var next = at + Width(folded, at);
                tokens.Add(folded[at..(next < end ? next + Width(folded, next) : next)]);
                at = next;
            }
        }

        return tokens;
    }

    /// <summary>What a text must have that contains all these words.</summary>
    public static IReadOnlyList<SearchTerm> TermsOf(IEnumerable<string> words)
    {
        var terms = new List<SearchTerm>();
        foreach (var word in words)
        {
            foreach (var (start, end, script) in Runs(word))
            {
                if (script == Script.Words)
                {
                    terms.Add(new(word[start..Math.Min(end, start + LongestWord)], true));
                    continue;
                }

                var single = start + Width(word, start) >= end;
                for (var at = start; at < end;)
                {
                    var next = at + Width(word, at);
                    if (next < end || single)
                    {
                        terms.Add(new(word[at..(next < end ? next + Width(word, next) : next)], single));
                    }

                    at = next;
                }
            }
        }

        return [.. terms.Distinct().Take(MostTerms)];
    }

    /// <summary>The words that somebody looks for, folded, without signs around them; what is nothing but signs is left out.</summary>
    public static IReadOnlyList<string> WordsOf(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return [];
        }

        var words = FoldedText.Of(typed).Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => (Word: word, Runs: Runs(word).ToList()))
            .Where(found => found.Runs.Count > 0)
            .Select(found => found.Word[found.Runs[0].Start..found.Runs[^1].End]);
        return [.. words.Distinct(StringComparer.Ordinal).Take(16)];
    }

    /// <summary>Stretches of one script.</summary>
    private static IEnumerable<(int Start, int End, Script Script)> Runs(string folded)
    {
        for (var i = 0; i < folded.Length;)
        {
            var (start, script) = (i, ScriptAt(folded, i));
            do
            {
                i += Width(folded, i);
            }
            while (i < folded.Length && ScriptAt(folded, i) == script);

            if (script != Script.None)
            {
                yield return (start, i, script);
            }
        }
    }

    private static int Width(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static Script ScriptAt(string text, int at)
    {
        var c = text[at];
        if (c < '\u0080')
        {
            return char.IsAsciiLetterOrDigit(c) ? Script.Words : Script.None;
        }

        if (char.IsSurrogate(c))
        {
            return Width(text, at) == 2 ? Script.Pairs : Script.None;
        }

        if (c is '・' or '゠' or '\ufffd')
        {
            return Script.None;
        }

        if (TextLanguage.IsJapanese(c) || c is (>= '\u0e00' and <= '\u0e7f') or (>= '\uac00' and <= '\ud7a3'))
        {
            return Script.Pairs;
        }

        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.OtherSymbol => Script.Pairs,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Script.Words,
            _ => char.IsLetterOrDigit(c) ? Script.Words : Script.None,
        };
    }
}
