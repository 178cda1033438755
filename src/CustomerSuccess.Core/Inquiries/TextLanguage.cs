namespace CustomerSuccess.Core.Inquiries;

/// <summary>In which of the product's languages a text is written.</summary>
public static class TextLanguage
{
    /// <summary>How many characters are looked at: the beginning tells.</summary>
    private const int Most = 400;

    /// <summary><c>ja</c> where kana or Chinese characters are at least a tenth of the letters, <c>en</c> for other letters; null where there are none.</summary>
    public static string? Of(string? text)
    {
        var (japanese, letters) = (0, 0);
        foreach (var c in (text ?? "").AsSpan(0, Math.Min(text?.Length ?? 0, Most)))
        {
            if (IsJapanese(c))
            {
                japanese++;
                letters++;
            }
            else if (char.IsLetter(c))
            {
                letters++;
            }
        }

        return letters == 0 ? null : japanese * 10 >= letters ? "ja" : "en";
    }

    /// <summary>True for kana, Chinese characters and half-width katakana: text without blanks between words.</summary>
    public static bool IsJapanese(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9F') or '々' or '〆';
}
