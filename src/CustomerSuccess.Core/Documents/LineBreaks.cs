using System.Globalization;
using System.Text;

namespace CustomerSuccess.Core.Documents;

/// <summary>
/// Breaks text into lines as Japanese and English books do: between any two Japanese signs except where a line would begin with a closing sign or end with
/// an opening one (kinsoku, JIS X 4051), elsewhere at blanks alone. A number keeps the unit that follows it.
/// </summary>
public static class LineBreaks
{
    /// <summary>Signs that no line begins with.</summary>
    public const string NotAtStart = "、。，．,.・：；:;？！?!ー〜～…‥―—゛゜ヽヾゝゞ々〻‐゠–」』）】〕〉》｝］)]}”’»％%‰℃ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";

    /// <summary>Signs that no line ends with.</summary>
    public const string NotAtEnd = "「『（【〔〈《｛［([{“‘«¥￥$＄€£＃#";

    private const string Units = "年月日件社名人時分秒円万億回点か歳個度倍週位％%";

    /// <summary>The lines of a text, each no wider than asked; only a single sign that is wider still stands out. Line feeds in the text are kept.</summary>
    /// <param name="text">What is set.</param>
    /// <param name="most">Width of a line, above 0.</param>
    /// <param name="width">Width of a piece of text, additive over signs.</param>
    public static IReadOnlyList<string> Of(string text, double most, Func<string, double> width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            var (filled, blank) = (0.0, 0);
            void End()
            {
                lines.Add(line.ToString().TrimEnd(' '));
                line.Clear();
                (filled, blank) = (0, 0);
            }

            foreach (var piece in Pieces(paragraph))
            {
                if (piece.Length > 0 && piece.All(sign => sign == ' '))
                {
                    if (line.Length > 0)
                    {
                        line.Append(piece);
                        filled += width(piece);
                        blank++;
                    }

                    continue;
                }

                var wide = width(piece);
                if (line.Length > 0 && filled + wide > most)
                {
                    End();
                }

                if (wide <= most)
                {
                    line.Append(piece);
                    filled += wide;
                    continue;
                }

                // a word that fits no line, such as an address, is cut where it must be
                foreach (var rune in piece.EnumerateRunes())
                {
                    var sign = rune.ToString();
                    var own = width(sign);
                    if (line.Length > 0 && filled + own > most)
                    {
                        End();
                    }

                    line.Append(sign);
                    filled += own;
                }
            }

            End();
        }

        return lines;
    }

    /// <summary>What stays together, in order; blanks between words are pieces of their own.</summary>
    public static IReadOnlyList<string> Pieces(string text)
    {
        var pieces = new List<string>();
        foreach (var atom in Atoms(text))
        {
            if (pieces.Count > 0 && pieces[^1] is { } last && last[^1] != ' ' && atom[0] != ' ' && Clings(last, atom))
            {
                pieces[^1] = last + atom;
            }
            else
            {
                pieces.Add(atom);
            }
        }

        return pieces;
    }

    private static bool Clings(string before, string after) =>
        NotAtEnd.Contains(before[^1], StringComparison.Ordinal)
        || NotAtStart.Contains(after[0], StringComparison.Ordinal)
        || (char.IsAsciiDigit(before[^1]) && Units.Contains(after[0], StringComparison.Ordinal))
        || CharUnicodeInfo.GetUnicodeCategory(after[0]) is UnicodeCategory.NonSpacingMark;

    /// <summary>Runs of blanks, words, and Japanese signs one by one. A word also ends after a hyphen or a slash between letters.</summary>
    private static IEnumerable<string> Atoms(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = rune.Value == ' ';
            var wasBlank = word.Length > 0 && word[0] == ' ';
            if (IsJapanese(rune) || (word.Length > 0 && isBlank != wasBlank))
            {
                if (word.Length > 0)
                {
                    yield return word.ToString();
                    word.Clear();
                }

                if (IsJapanese(rune))
                {
                    yield return rune.ToString();
                    continue;
                }
            }

            word.Append(rune.ToString());
            if (rune.Value is '-' or '/' && word.Length > 1 && char.IsLetter(word[^2]))
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static bool IsJapanese(Rune rune) => rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);
}
