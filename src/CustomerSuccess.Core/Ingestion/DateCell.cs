using System.Globalization;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>Which of the first two parts of 01-04-2024 is the day.</summary>
public enum DayOrder
{
    /// <summary>To be inferred from all rows of the file.</summary>
    Unknown,
    DayFirst,
    MonthFirst,
}

/// <summary>What became of reading a date.</summary>
public enum DateResult
{
    Invalid,
    Ok,

    /// <summary>Of the form 01-04-2024 while the order is not known.</summary>
    NeedsOrder,
}

/// <summary>Dates as ISO, 2024/4/1, 20240401, 2024年4月1日, 令和6年4月1日, R6.4.1 and, by day order, 01-04-2024.</summary>
public static class DateCell
{
    private const int FirstYear = 1800;

    /// <summary>First day of each era; a year past an era's end still counts (contracts say 平成36年).</summary>
    private static readonly (string Name, char Letter, DateOnly From)[] Eras =
    [
        ("令和", 'R', new DateOnly(2019, 5, 1)),
        ("平成", 'H', new DateOnly(1989, 1, 8)),
        ("昭和", 'S', new DateOnly(1926, 12, 25)),
        ("大正", 'T', new DateOnly(1912, 7, 30)),
        ("明治", 'M', new DateOnly(1868, 1, 25)),
    ];

    /// <summary>Reads a day.</summary>
    public static DateResult TryDay(ReadOnlySpan<char> cell, DayOrder order, out DateOnly day)
    {
        if (cell.Length == 10 && cell[4] == '-' && cell[7] == '-' && TwoDigits(cell, 0, out var century) && TwoDigits(cell, 2, out var rest) && TwoDigits(cell, 5, out var month) && TwoDigits(cell, 8, out var date))
        {
            return Make((century * 100) + rest, month, date, out day);
        }

        return TryPlain(CellText.Plain(cell), order, out day);
    }

    /// <summary>Reads a month: 2024-04, 2024/4, 2024年4月, 202404, or any day of it. Gives its first day.</summary>
    public static DateResult TryMonth(ReadOnlySpan<char> cell, DayOrder order, out DateOnly first)
    {
        var text = CellText.Plain(cell);
        var result = TryPlain(text, order, out var day);
        if (result == DateResult.Ok)
        {
            first = new DateOnly(day.Year, day.Month, 1);
            return result;
        }

        first = default;
        if (result == DateResult.NeedsOrder)
        {
            return result;
        }

        if (text.Length == 6 && Number(text, out var packed))
        {
            return Make(packed / 100, packed % 100, 1, out first);
        }

        var parts = new Parts(text);
        return parts.Next(out var year, out var width) && width == 4 && parts.Separator(out var mark) && mark is '-' or '/' or '.' or '年'
            && parts.Next(out var month, out _) && (mark == '年' ? parts.Take('月') : true) && parts.AtEnd
            ? Make(year, month, 1, out first)
            : DateResult.Invalid;
    }

    /// <summary>For 01-04-2024: the two parts whose order is open; false for every other form.</summary>
    public static bool TryOpenParts(ReadOnlySpan<char> cell, out int first, out int second)
    {
        var text = CellText.Plain(cell);
        var space = text.IndexOfAny(' ', 'T');
        return TryOpen(space > 0 ? text[..space] : text, out first, out second, out _);
    }

    /// <summary>Reads a day of already plain text.</summary>
    internal static DateResult TryPlain(ReadOnlySpan<char> text, DayOrder order, out DateOnly day)
    {
        day = default;
        if (text.Length < 6 || text.Length > 20)
        {
            return DateResult.Invalid;
        }

        if (text.Length == 8 && Number(text, out var packed))
        {
            return Make(packed / 10_000, packed / 100 % 100, packed % 100, out day);
        }

        if (TryOpen(text, out var first, out var second, out var openYear))
        {
            if (first == second)
            {
                return Make(openYear, first, second, out day);
            }

            return order switch
            {
                DayOrder.DayFirst => Make(openYear, second, first, out day),
                DayOrder.MonthFirst => Make(openYear, first, second, out day),
                _ => DateResult.NeedsOrder,
            };
        }

        var parts = new Parts(text);
        if (parts.Next(out var year, out var width))
        {
            return width == 4 && Rest(ref parts, out var month, out var date) ? Make(year, month, date, out day) : DateResult.Invalid;
        }

        return TryEra(text, out day);
    }

    private static DateResult TryEra(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        foreach (var (name, letter, from) in Eras)
        {
            var isName = text.StartsWith(name, StringComparison.Ordinal);
            if (!isName && char.ToUpperInvariant(text[0]) != letter)
            {
                continue;
            }

            var parts = new Parts(text[(isName ? name.Length : 1)..]);
            var year = 1;
            if (!parts.Take('元') && (!parts.Next(out year, out var width) || width > 2 || year < 1))
            {
                return DateResult.Invalid;
            }

            if (!Rest(ref parts, out var month, out var date) || Make(from.Year + year - 1, month, date, out day) != DateResult.Ok || day < from)
            {
                day = default;
                return DateResult.Invalid;
            }

            return DateResult.Ok;
        }

        return DateResult.Invalid;
    }

    /// <summary>Month and day after a year: -4-1, /4/1, .4.1 or 年4月1日.</summary>
    private static bool Rest(ref Parts parts, out int month, out int date)
    {
        month = date = 0;
        if (!parts.Separator(out var mark) || !parts.Next(out month, out var width) || width > 2)
        {
            return false;
        }

        var second = mark == '年' ? '月' : mark;
        return mark is '年' or '-' or '/' or '.'
            && parts.Take(second) && parts.Next(out date, out width) && width <= 2 && (mark == '年' ? parts.Take('日') : true) && parts.AtEnd;
    }

    private static bool TryOpen(ReadOnlySpan<char> text, out int first, out int second, out int year)
    {
        var parts = new Parts(text);
        second = year = 0;
        return parts.Next(out first, out var width) && width <= 2
            && parts.Separator(out var mark) && mark is '-' or '/' or '.'
            && parts.Next(out second, out width) && width <= 2
            && parts.Take(mark)
            && parts.Next(out year, out width) && width == 4 && parts.AtEnd;
    }

    private static DateResult Make(int year, int month, int date, out DateOnly day)
    {
        if (year is < FirstYear or > 9999 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            day = default;
            return DateResult.Invalid;
        }

        day = new DateOnly(year, month, date);
        return DateResult.Ok;
    }

    private static bool TwoDigits(ReadOnlySpan<char> text, int at, out int value)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        value = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }

    private static bool Number(ReadOnlySpan<char> text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Walks over numbers and the marks between them, blanks between them left out.</summary>
    private ref struct Parts(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _at;

        public readonly bool AtEnd => _at == _text.Length;

        public bool Next(out int value, out int width)
        {
            Skip();
            var from = _at;
            value = 0;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at]) && _at - from < 9)
            {
                value = (value * 10) + (_text[_at++] - '0');
            }

            width = _at - from;
            return width > 0;
        }

        public bool Separator(out char mark)
        {
            Skip();
            mark = _at < _text.Length ? _text[_at] : '\0';
            _at++;
            return _at <= _text.Length;
        }

        public bool Take(char mark)
        {
            Skip();
            if (_at >= _text.Length || _text[_at] != mark)
            {
                return false;
            }

            _at++;
            return true;
        }

        private void Skip()
        {
            while (_at < _text.Length && _text[_at] == ' ')
            {
                _at++;
            }
        }
    }
}
