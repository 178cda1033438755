using System.Globalization;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>Numbers and money as people write them: thousands separators, full-width digits, currency marks around money.</summary>
public static class NumberCell
{
    private const int Longest = 64;

    /// <summary>Marks of currencies with the code they stand for where it is beyond doubt for files of this trade; longest first.</summary>
    private static readonly (string Mark, string? Code)[] Marks =
    [
        ("US$", "USD"), ("JPY", "JPY"), ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"),
        ("円", "JPY"), ("¥", "JPY"), ("\\", "JPY"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"),
    ];

    /// <summary>A whole number.</summary>
    public static bool TryWhole(ReadOnlySpan<char> cell, out long value)
    {
        if (cell.Length is > 0 and < 10 && AllDigits(cell))
        {
            value = 0;
            foreach (var c in cell)
            {
                value = (value * 10) + (c - '0');
            }

            return true;
        }

        if (TryNumber(cell, out var number) && number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53)
        {
            value = (long)number;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>A finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, out double value)
    {
        if (cell.Length is > 0 and < 10 && AllDigits(cell))
        {
            var whole = 0;
            foreach (var c in cell)
            {
                whole = (whole * 10) + (c - '0');
            }

            value = whole;
            return true;
        }

        Span<char> bare = stackalloc char[Longest];
        value = 0;
        return TryUngroup(CellText.Plain(cell), bare, out var length)
            && double.TryParse(bare[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>An amount, rounded to the ten-thousandths in which money is stored.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="value">The amount.</param>
    /// <param name="currency">The code that a mark in the cell stands for; null without one.</param>
    public static bool TryMoney(ReadOnlySpan<char> cell, out decimal value, out string? currency)
    {
        value = 0;
        currency = null;
        var text = CellText.Plain(cell);
        var negative = false;
        if (text is ['(', .., ')'])
        {
            negative = true;
            text = text[1..^1].Trim();
        }

        if (text.Length > 0 && text[0] is '▲' or '△' or '-')
        {
            if (negative)
            {
                return false;
            }

            negative = true;
            text = text[1..].TrimStart();
        }

        text = StripMark(text, ref currency);
        if (text.Length > 0 && text[0] is '-' or '▲' or '△')
        {
            if (negative)
            {
                return false;
            }

            negative = true;
            text = text[1..];
        }

        Span<char> bare = stackalloc char[Longest];
        if (!TryUngroup(text, bare, out var length)
            || !decimal.TryParse(bare[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        value = decimal.Round(negative ? -value : value, 4, MidpointRounding.ToEven);
        return true;
    }

    private static ReadOnlySpan<char> StripMark(ReadOnlySpan<char> text, scoped ref string? currency)
    {
        foreach (var (mark, code) in Marks)
        {
            if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                currency = code;
                return text[mark.Length..].TrimStart();
            }

            if (text.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                currency = code;
                return text[..^mark.Length].TrimEnd();
            }
        }

        return text;
    }

    /// <summary>Leaves out separators of thousands, which must stand between groups of three.</summary>
    private static bool TryUngroup(ReadOnlySpan<char> text, Span<char> bare, out int length)
    {
        length = 0;
        if (text.IsEmpty || text.Length > Longest)
        {
            return false;
        }

        if (text.IndexOf(',') < 0)
        {
            text.CopyTo(bare);
            length = text.Length;
            return char.IsAsciiDigit(text[^1]) || text[^1] == '.';
        }

        var sinceComma = -1;
        var digits = 0;
        var whole = true;
        foreach (var c in text)
        {
            if (c == ',')
            {
                if (!whole || (sinceComma < 0 ? digits is < 1 or > 3 : sinceComma != 3))
                {
                    return false;
                }

                sinceComma = 0;
                continue;
            }

            if (whole && c is '.' or 'e' or 'E')
            {
                if (sinceComma is >= 0 and not 3)
                {
                    return false;
                }

                whole = false;
            }
            else if (whole && char.IsAsciiDigit(c))
            {
                digits++;
                if (sinceComma >= 0)
                {
                    sinceComma++;
                }
            }

            bare[length++] = c;
        }

        return !whole || sinceComma == 3;
    }

    private static bool AllDigits(ReadOnlySpan<char> cell) => cell.IndexOfAnyExceptInRange('0', '9') < 0;
}
