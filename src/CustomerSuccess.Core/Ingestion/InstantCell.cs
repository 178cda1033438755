namespace CustomerSuccess.Core.Ingestion;

/// <summary>A date with a time as a file writes it.</summary>
/// <param name="Local">The date and time as written, without zone.</param>
/// <param name="Offset">The offset written beside it; null for a time in the source's zone.</param>
/// <param name="IsDayOnly">True where the cell gives no time.</param>
public readonly record struct WrittenInstant(DateTime Local, TimeSpan? Offset, bool IsDayOnly)
{
    /// <summary>The instant in UTC. A day alone is its local midnight; a local time that a change of clocks leaves out counts by the zone's standard offset.</summary>
    /// <returns>Null outside the calendar.</returns>
    public DateTime? ToUtc(TimeZoneInfo zone)
    {
        var ticks = Local.Ticks - (Offset ?? zone.GetUtcOffset(Local)).Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks, DateTimeKind.Utc);
    }
}

/// <summary>Reads dates with times: ISO with or without offset, 2024/4/1 13:05, 2024年4月1日 13時05分, 4/1/2024 1:05 PM.</summary>
public static class InstantCell
{
    /// <summary>Reads a date with or without a time; to the millisecond.</summary>
    public static DateResult TryRead(ReadOnlySpan<char> cell, DayOrder order, out WrittenInstant instant)
    {
        instant = default;
        var text = CellText.Plain(cell);
        var split = text.IndexOf('T');
        if (split <= 1)
        {
            split = SplitAtBlank(text);
        }

        var result = DateCell.TryPlain(split < 0 ? text : text[..split].TrimEnd(), order, out var day);
        if (result == DateResult.Invalid)
        {
            return result;
        }

        if (split < 0)
        {
            instant = new WrittenInstant(day.ToDateTime(TimeOnly.MinValue), null, IsDayOnly: true);
            return result;
        }

        if (!TryTime(text[(split + 1)..].Trim(), out var time, out var offset))
        {
            return DateResult.Invalid;
        }

        instant = new WrittenInstant(day.ToDateTime(TimeOnly.MinValue) + time, offset, IsDayOnly: false);
        return result;
    }

    /// <summary>The blank before the time: the last one that is followed by a digit and, later, by a mark of a time.</summary>
    private static int SplitAtBlank(ReadOnlySpan<char> text)
    {
        var mark = text.IndexOfAny(':', '時');
        return mark < 0 ? -1 : text[..mark].LastIndexOf(' ');
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeSpan time, out TimeSpan? offset)
    {
        time = default;
        offset = null;
        text = TakeOffset(text, out offset, out var offsetIsValid);
        if (!offsetIsValid)
        {
            return false;
        }

        var half = 0;
        if (text.EndsWith("AM", StringComparison.OrdinalIgnoreCase) || text.EndsWith("PM", StringComparison.OrdinalIgnoreCase))
        {
            half = text[^2] is 'A' or 'a' ? 1 : 2;
            text = text[..^2].TrimEnd();
        }

        var at = 0;
        if (!Digits(text, ref at, 2, out var hour) || at >= text.Length)
        {
            return false;
        }

        var kanji = text[at] == '時';
        if (!kanji && text[at] != ':')
        {
            return false;
        }

        at++;
        if (!Digits(text, ref at, 2, out var minute))
        {
            return false;
        }

        var milliseconds = 0;
        if (kanji && !Take(text, ref at, '分'))
        {
            return false;
        }

        if (at < text.Length)
        {
            if ((!kanji && !Take(text, ref at, ':')) || !Seconds(text, ref at, out milliseconds) || (kanji && !Take(text, ref at, '秒')))
            {
                return false;
            }
        }

        if (half != 0)
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + (half == 2 ? 12 : 0);
        }

        if (at != text.Length || hour > 23 || minute > 59 || milliseconds >= 60_000)
        {
            return false;
        }

        time = new TimeSpan(hour, minute, 0) + TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    /// <summary>Z, +09:00, +0900 or +09 at the end.</summary>
    private static ReadOnlySpan<char> TakeOffset(ReadOnlySpan<char> text, out TimeSpan? offset, out bool isValid)
    {
        offset = null;
        isValid = true;
        if (text is [.., 'Z' or 'z'])
        {
            offset = TimeSpan.Zero;
            return text[..^1].TrimEnd();
        }

        var sign = text.LastIndexOfAny('+', '-');
        if (sign < 0)
        {
            return text;
        }

        var written = text[(sign + 1)..];
        var at = 0;
        isValid = Digits(written, ref at, 2, out var hours) && at == 2;
        var minutes = 0;
        if (isValid && at < written.Length)
        {
            _ = Take(written, ref at, ':');
            isValid = Digits(written, ref at, 2, out minutes) && at == written.Length && minutes < 60;
        }

        isValid &= hours <= 14;
        if (isValid)
        {
            var size = new TimeSpan(hours, minutes, 0);
            offset = text[sign] == '-' ? -size : size;
        }

        return text[..sign].TrimEnd();
    }

    private static bool Seconds(ReadOnlySpan<char> text, ref int at, out int milliseconds)
    {
        if (!Digits(text, ref at, 2, out var whole))
        {
            milliseconds = 0;
            return false;
        }

        milliseconds = whole * 1000;
        if (at < text.Length && text[at] is '.' or ',')
        {
            at++;
            var from = at;
            var scale = 100;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                milliseconds += (text[at++] - '0') * scale;
                scale /= 10;
            }

            return at > from;
        }

        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, ref int at, int most, out int value)
    {
        var from = at;
        value = 0;
        while (at < text.Length && at - from < most && char.IsAsciiDigit(text[at]))
        {
            value = (value * 10) + (text[at++] - '0');
        }

        return at > from;
    }

    private static bool Take(ReadOnlySpan<char> text, ref int at, char mark)
    {
        if (at >= text.Length || text[at] != mark)
        {
            return false;
        }

        at++;
        return true;
    }
}
