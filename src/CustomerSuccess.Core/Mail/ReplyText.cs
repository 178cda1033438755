using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Mail;

/// <summary>What a person wrote in a reply, without the message that was quoted below it, and what that asks for.</summary>
public static partial class ReplyText
{
    private static readonly HashSet<string> Leaving = new(StringComparer.OrdinalIgnoreCase)
    {
        "unsubscribe", "unsubscribe me", "please unsubscribe", "stop", "remove me", "opt out", "opt-out", "配信停止", "配信停止希望", "配信停止をお願いします", "メール配信停止", "購読解除", "退会",
    };

    /// <summary>The text down to the quoted message. Where a person wrote between the quoted lines, everything is kept.</summary>
    public static string Own(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = lines.Length;
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsSeparator(lines, i))
            {
                end = i;
                break;
            }
        }

        while (end > 0 && (lines[end - 1].Length == 0 || lines[end - 1].TrimStart().StartsWith('>')))
        {
            end--;
        }

        var own = string.Join('\n', lines[..end]).Trim();
        return own.Length > 0 ? own : text.Trim();
    }

    /// <summary>True for a reply that says no more than that its writer wants no more.</summary>
    public static bool AsksToStop(string subject, string own) =>
        Leaving.Contains(subject.Trim()) || (own.Length <= 60 && Leaving.Contains(own.Split('\n')[0].Trim().TrimEnd('.', '。', '!', '！')));

    private static bool IsSeparator(string[] lines, int i)
    {
        var line = lines[i].Trim();
        return Wrote().IsMatch(line)
            || (line.StartsWith("On ", StringComparison.Ordinal) && i + 1 < lines.Length && Wrote().IsMatch(line + " " + lines[i + 1].Trim()))
            || Original().IsMatch(line)
            || (Header().IsMatch(line) && i + 1 < lines.Length && (Header().IsMatch(lines[i + 1].Trim()) || (i + 2 < lines.Length && Header().IsMatch(lines[i + 2].Trim()))));
    }

    [GeneratedRegex(@"^On .{6,200}wrote:$|^\d{4}年\d{1,2}月\d{1,2}日.{0,200}[:：]$|^\d{4}/\d{1,2}/\d{1,2}.{0,200}[:：]$", RegexOptions.CultureInvariant)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^-{2,}\s*(Original Message|Forwarded message|元のメッセージ|オリジナルメッセージ|転送メッセージ)\s*-{2,}$|^_{10,}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Original();

    [GeneratedRegex(@"^\*?(From|Sent|To|Subject|差出人|送信日時|宛先|件名)\s*[:：]\*?\s", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
