using System.Globalization;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>The canonical text of a custom attribute's cell: numbers without separators, dates as ISO, true and false in small letters, all else as it is.</summary>
internal static class CustomValue
{
    private const int LongestNumber = 24;

    /// <summary>A number keeps its text where it begins with a needless zero: then it is a code.</summary>
    public static string Of(ReadOnlySpan<char> cell, DayOrder stated)
    {
        var plain = CellText.Plain(cell);
        if (plain.Equals("true", StringComparison.OrdinalIgnoreCase) || plain.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return plain[0] is 't' or 'T' ? "true" : "false";
        }

        // eight digits may be a date or a number; a number loses nothing
        if (plain.Length != 8 || plain.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            if (DateCell.TryDay(plain, stated, out var day) == DateResult.Ok)
            {
                return CellReader.Iso(day);
            }
        }

        if (plain.Length <= LongestNumber && !IsCode(plain) && NumberCell.TryNumber(plain, out var number)
            && decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var exact)
            && (double)exact == number)
        {
            return exact.ToString(CultureInfo.InvariantCulture);
        }

        return cell.Trim().ToString();
    }

    private static bool IsCode(ReadOnlySpan<char> text) => text is ['0', not '.', ..] or ['+', ..];
}
