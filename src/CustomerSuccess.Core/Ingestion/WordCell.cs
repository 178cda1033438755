namespace CustomerSuccess.Core.Ingestion;

/// <summary>Yes and no in both languages, and the words of billing intervals.</summary>
public static class WordCell
{
    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "yes", "y", "t", "1", "on", "はい", "有", "有り", "あり", "○", "〇", "◯", "✓", "✔", "済", "済み", "真",
    };

    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase)
    {
        "false", "no", "n", "f", "0", "off", "いいえ", "無", "無し", "なし", "×", "✕", "✗", "未", "偽",
    };

    private static readonly Dictionary<string, int> Months = new(StringComparer.OrdinalIgnoreCase)
    {
        ["month"] = 1,
        ["monthly"] = 1,
        ["1"] = 1,
        ["月"] = 1,
        ["月次"] = 1,
        ["月額"] = 1,
        ["毎月"] = 1,
        ["月払い"] = 1,
        ["月払"] = 1,
        ["1か月"] = 1,
        ["1ヶ月"] = 1,
        ["1カ月"] = 1,
        ["quarter"] = 3,
        ["quarterly"] = 3,
        ["3"] = 3,
        ["四半期"] = 3,
        ["四半期払い"] = 3,
        ["3か月"] = 3,
        ["3ヶ月"] = 3,
        ["3カ月"] = 3,
        ["half-year"] = 6,
        ["halfyear"] = 6,
        ["half_year"] = 6,
        ["half year"] = 6,
        ["semiannual"] = 6,
        ["semi-annual"] = 6,
        ["6"] = 6,
        ["半年"] = 6,
        ["半期"] = 6,
        ["半年払い"] = 6,
        ["6か月"] = 6,
        ["6ヶ月"] = 6,
        ["6カ月"] = 6,
        ["year"] = 12,
        ["yearly"] = 12,
        ["annual"] = 12,
        ["annually"] = 12,
        ["12"] = 12,
        ["年"] = 12,
        ["年次"] = 12,
        ["年額"] = 12,
        ["毎年"] = 12,
        ["年払い"] = 12,
        ["年払"] = 12,
        ["1年"] = 12,
        ["12か月"] = 12,
        ["12ヶ月"] = 12,
        ["12カ月"] = 12,
        ["24"] = 24,
        ["2年"] = 24,
        ["36"] = 36,
        ["3年"] = 36,
    };

    /// <summary>Reads a flag; false where the cell is neither.</summary>
    public static bool TryFlag(ReadOnlySpan<char> cell, out bool value)
    {
        var text = CellText.Plain(cell);
        value = Yes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
        return value || No.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
    }

    /// <summary>How many months a billing interval lasts.</summary>
    public static bool TryInterval(ReadOnlySpan<char> cell, out int months) =>
        Months.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(CellText.Plain(cell), out months);
}
