using System.Globalization;
using System.Text;
using SortKey = CustomerSuccess.Core.Accounts.SortKey;

namespace CustomerSuccess.Core.Search;

/// <summary>
/// A text as it is searched: each character with the marks that belong to it folded by <see cref="SortKey"/> (width, case, kana), accents of Latin letters
/// taken off, every blank one space. It knows where each of its characters stood, so that hits can be marked in the text as it was written.
/// </summary>
public sealed class FoldedText
{
    private readonly List<int> _from;

    private FoldedText(string source, string text, List<int> from) => (Source, Text, _from) = (source, text, from);

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>As it is searched.</summary>
    public string Text { get; }

    /// <summary>Where in the source a character of the text begins; the source's length for the text's end.</summary>
    public int FromOf(int index) => index < _from.Count ? _from[index] : Source.Length;

    /// <summary>Where in the source what stands before a character of the text ends.</summary>
    public int EndOf(int index)
    {
        // characters that one character of the source became are marked together
        var last = index == 0 ? -1 : _from[index - 1];
        while (index < _from.Count && _from[index] == last)
        {
            index++;
        }

        return FromOf(index);
    }

    /// <summary>Folds a text.</summary>
    public static FoldedText Of(string source)
    {
        var text = new StringBuilder(source.Length);
        var from = new List<int>(source.Length);
        for (var i = 0; i < source.Length;)
        {
            var end = EndOfCluster(source, i);
            if (end == i + 1 && Plain(source[i]) is { } plain)
            {
                text.Append(plain);
                from.Add(i);
            }
            else
            {
                var folded = Folded(source[i..end]);
                text.Append(folded);
                from.AddRange(Enumerable.Repeat(i, folded.Length));
            }

            i = end;
        }

        return new(source, text.ToString(), from);
    }

    /// <summary>What a character becomes where that is plain; null where it must be looked up.</summary>
    private static char? Plain(char c) => c switch
    {
        <= ' ' => ' ',
        < '\u007f' => char.ToLowerInvariant(c),
        >= 'ァ' and <= 'ヶ' => (char)(c - 0x60),
        (>= 'ぁ' and <= 'ゖ') or 'ー' or (>= '\u4e00' and <= '\u9fff') => c,
        _ => null,
    };

    private static int EndOfCluster(string source, int start)
    {
        var end = start + (char.IsHighSurrogate(source[start]) && start + 1 < source.Length && char.IsLowSurrogate(source[start + 1]) ? 2 : 1);
        while (end < source.Length && source[end] > '\u007f'
            && (source[end] is 'ﾞ' or 'ﾟ' || CharUnicodeInfo.GetUnicodeCategory(source[end]) is UnicodeCategory.NonSpacingMark))
        {
            end++;
        }

        return end;
    }

    private static string Folded(string cluster)
    {
        var key = SortKey.Of(cluster);
        if (key.Length == 0)
        {
            return string.IsNullOrWhiteSpace(cluster) ? " " : "";
        }

        return key[0] is (>= '\u00c0' and <= '\u024f') or (>= '\u1e00' and <= '\u1eff')
            ? string.Concat(key.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
            : key;
    }
}
