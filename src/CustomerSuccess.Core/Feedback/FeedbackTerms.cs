using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Feedback;

/// <summary>
/// Cuts texts into terms without a dictionary. Japanese writes content mostly in Chinese characters and katakana and grammar in hiragana: a stretch of one script is a term that people can read,
/// a lone character with the ending that follows it (遅い, 使い). To learn from, pairs and triples of neighbouring characters serve better, since they keep endings such as ない.
/// </summary>
public static class FeedbackTerms
{
    /// <summary>Characters of a text that are read.</summary>
    public const int LongestText = 2_000;

    private const int LongestTerm = 24;

    /// <summary>English words that say nothing by themselves.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "the", "and", "for", "with", "that", "this", "from", "are", "was", "were", "has", "have", "had", "not", "but", "our", "your", "you", "we", "us", "it", "its", "is", "in", "on", "of", "to", "at", "by", "as", "an", "or", "be",
        "can", "could", "would", "should", "will", "do", "does", "did", "how", "what", "when", "where", "which", "who", "why", "there", "here", "all", "any", "some", "more", "most", "too", "very", "much", "many", "also", "just",
        "please", "thank", "thanks", "like", "get", "got", "one", "two", "once", "than", "then", "them", "they", "their", "my", "me", "so", "if", "no", "yes", "up", "out", "about", "into", "over", "after", "before", "since", "still",
        "use", "used", "using", "need", "want", "make", "makes", "been", "being", "hi", "hello", "dear", "regards", "product", "tool", "company", "team", "again", "every", "each", "other", "others", "only", "even", "find",
    };

    private static readonly HashSet<string> EmptyJa = new(StringComparer.Ordinal) { "お願", "願い", "教え", "思い", "思う", "場合", "必要", "利用", "使用", "使い", "使う", "確認", "問題", "対応", "今回", "弊社", "御社", "当社", "製品", "機能", "方法", "設定", "お客", "何か", "時に", "困っ", "至急", "先週", "今週", "先月", "今月", "来月", "今朝", "毎週", "毎月", "毎日", "こと" };

    /// <summary>Terms that name what a text is about, each once, in their order.</summary>
    public static IReadOnlyList<string> Named(string text)
    {
        var key = SortKey.Folded(text.Length > LongestText ? text[..LongestText] : text);
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < key.Length;)
        {
            var (start, script) = (i, ScriptOf(key[i]));
            do
            {
                i++;
            }
            while (i < key.Length && ScriptOf(key[i]) == script);

            string? term = script switch
            {
                Script.Latin when i - start > 2 && !key[start..i].All(char.IsDigit) => Stem(key[start..i]),
                Script.Katakana when i - start > 1 => key[start..i],
                Script.Kanji when i - start > 1 => key[start..i],
                Script.Kanji when i < key.Length && ScriptOf(key[i]) == Script.Hiragana => key[start..(i + 1)],
                _ => null,
            };
            if (term is not null && term.Length <= LongestTerm && !Empty.Contains(term) && !EmptyJa.Contains(term) && seen.Add(term))
            {
                found.Add(term);
            }
        }

        return found;
    }

    /// <summary>Terms to learn from: English words and pairs of them, pairs and triples of Japanese characters. Each once.</summary>
    public static IReadOnlyCollection<string> Learned(string folded)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        string? former = null;
        for (var i = 0; i < folded.Length;)
        {
            var start = i;
            if (TextLanguage.IsJapanese(folded[i]))
            {
                while (i < folded.Length && TextLanguage.IsJapanese(folded[i]))
                {
                    i++;
                }

                for (var at = start; at < i - 1; at++)
                {
                    found.Add(folded.Substring(at, 2));
                    if (at < i - 2)
                    {
                        found.Add(folded.Substring(at, 3));
                    }
                }

                former = null;
            }
            else if (char.IsLetterOrDigit(folded[i]))
            {
                while (i < folded.Length && (char.IsLetterOrDigit(folded[i]) || folded[i] == '\'') && !TextLanguage.IsJapanese(folded[i]))
                {
                    i++;
                }

                var word = folded[start..Math.Min(i, start + LongestTerm)];
                found.Add(word);
                if (former is not null)
                {
                    found.Add(former + " " + word);
                }

                former = word;
            }
            else
            {
                // a sentence's end parts what stands beside it
                former = folded[i] == ' ' ? former : null;
                i++;
            }
        }

        return found;
    }

    private enum Script
    {
        None,
        Latin,
        Kanji,
        Katakana,
        Hiragana,
    }

    private static Script ScriptOf(char c) => c switch
    {
        >= '\u3041' and <= '\u3096' => Script.Hiragana,
        (>= '\u30a1' and <= '\u30fa') or 'ー' => Script.Katakana,
        '々' or (>= '\u3400' and <= '\u9fff') => Script.Kanji,
        _ => char.IsLetterOrDigit(c) ? Script.Latin : Script.None,
    };

    private static string Stem(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };
}
