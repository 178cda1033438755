using System.Text;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>How the text of a cell is made plain before it is read as something.</summary>
public static class CellText
{
    /// <summary>The text without full-width forms, compatibility characters and the several minus signs, trimmed: for numbers, dates, flags and choices.</summary>
    public static ReadOnlySpan<char> Plain(ReadOnlySpan<char> cell)
    {
        var trimmed = cell.Trim();
        return Ascii.IsValid(trimmed) ? trimmed : Normal(trimmed);
    }

    /// <summary>An id: trimmed, full-width ASCII made narrow, all else as it is.</summary>
    public static string Id(ReadOnlySpan<char> cell)
    {
        var trimmed = cell.Trim();
        if (trimmed.IndexOfAnyInRange('\uFF01', '\uFF5E') < 0)
        {
            return trimmed.ToString();
        }

        return string.Create(trimmed.Length, trimmed, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = source[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(source[i] - 0xFEE0) : source[i];
            }
        });
    }

    /// <summary>True where a spreadsheet wrote that a formula failed in place of a value.</summary>
    public static bool IsFormulaError(ReadOnlySpan<char> cell) => cell.Trim() is ['#', ..] and var word && word is "#REF!" or "#N/A" or "#VALUE!" or "#DIV/0!" or "#NAME?" or "#NUM!" or "#NULL!" or "#SPILL!" or "#CALC!";

    /// <summary>At most <paramref name="most"/> units of the text, never half a surrogate pair.</summary>
    public static string Cut(ReadOnlySpan<char> text, int most)
    {
        if (text.Length <= most)
        {
            return text.ToString();
        }

        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)].ToString();
    }

    private static string Normal(ReadOnlySpan<char> text)
    {
        var whole = text.ToString();
        string normal;
        try
        {
            normal = whole.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // unpaired surrogates: no number or date holds one
            return whole;
        }

        return normal.Replace('\u2212', '-').Replace('\u2010', '-').Replace('\u2011', '-').Replace('\u2012', '-').Replace('\u2013', '-').Trim();
    }
}
