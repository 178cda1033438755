using System.Text;
using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Mail;

/// <summary>Guards words that are filled into a message's markup or subject.</summary>
public static partial class MarkupText
{
    /// <summary>The words so that they are read as themselves: signs of markup, and of fields, stand behind a backslash.</summary>
    public static string Escape(string words)
    {
        var text = new StringBuilder(words.Length + 8);
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            var starts = i == 0 || words[i - 1] == '\n';
            if (c is '\\' or '`' or '*' or '[' or ']' or '<' or '{' or '|' or '~' or '&'
                || (c is '_' && !(IsWord(words, i - 1) && IsWord(words, i + 1)))
                || (starts && c is '#' or '>' or '+' or '-' or '=')
                || (c is '.' or ')' && IsListNumber(words, i)))
            {
                text.Append('\\');
            }

            text.Append(c == '\r' ? ' ' : c);
        }

        return text.ToString();
    }

    /// <summary>The same for a whole text that somebody typed: addresses of pages in it stay whole, so that they can be followed.</summary>
    public static string EscapeTyped(string words)
    {
        var text = new StringBuilder(words.Length + 16);
        var from = 0;
        foreach (var page in Pages().EnumerateMatches(words))
        {
            text.Append(Escape(words[from..page.Index])).Append(words, page.Index, page.Length);
            from = page.Index + page.Length;
        }

        return text.Append(Escape(words[from..])).ToString();
    }

    /// <summary>The same for a subject: one line, no field.</summary>
    public static string EscapeSubject(string words) => OneLine(words).Replace("{{", "\\{{", StringComparison.Ordinal);

    /// <summary>The same for plain text: no field.</summary>
    public static string EscapePlain(string words) => words.Replace("{{", "\\{{", StringComparison.Ordinal);

    /// <summary>Filled plain text as it is sent: lines ended by a line feed, nothing at its ends.</summary>
    public static string Plain(string filled) => filled.Replace("\\{{", "{{", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();

    /// <summary>A filled subject as it is sent.</summary>
    public static string Subject(string filled) => OneLine(filled.Replace("\\{{", "{{", StringComparison.Ordinal));

    [GeneratedRegex(@"https?://[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]*[A-Za-z0-9/=#&_\-]")]
    private static partial Regex Pages();

    private static string OneLine(string words) => string.Join(' ', words.Split(['\r', '\n', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static bool IsWord(string words, int i) => i >= 0 && i < words.Length && char.IsLetterOrDigit(words[i]);

    /// <summary><c>1.</c> at the start of a line would begin a list.</summary>
    private static bool IsListNumber(string words, int i)
    {
        var start = i;
        while (start > 0 && char.IsAsciiDigit(words[start - 1]))
        {
            start--;
        }

        return start < i && (start == 0 || words[start - 1] == '\n');
    }
}
