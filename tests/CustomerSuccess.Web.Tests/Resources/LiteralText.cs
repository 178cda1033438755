using System.Text.RegularExpressions;

namespace CustomerSuccess.Web.Tests.Resources;

/// <summary>Finds words in Razor markup that do not come from resources.</summary>
internal static partial class LiteralText
{
    public static IEnumerable<string> In(string razor)
    {
        var text = KeyCap().Replace(Comment().Replace(razor, ""), "");
        text = WithoutCode(text);
        foreach (Match attribute in SeenAttribute().Matches(text))
        {
            yield return attribute.Groups["words"].Value;
        }

        // what is left between tags, after expressions and control flow
        foreach (Match between in Between().Matches(Tag().Replace(WithoutExpressions(text), "<>")))
        {
            var words = between.Groups["words"].Value.Trim();
            if (words.Length > 0 && Letter().IsMatch(words))
            {
                yield return words;
            }
        }
    }

    private static string WithoutCode(string text)
    {
        foreach (var start in (string[])["@code", "@functions"])
        {
            for (var at = text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(start, StringComparison.Ordinal))
            {
                var open = text.IndexOf('{', at);
                text = text.Remove(at, Close(text, open) - at + 1);
            }
        }

        return Directive().Replace(text, "");
    }

    /// <summary>Takes away <c>@...</c> with its brackets, and the lines of control flow.</summary>
    private static string WithoutExpressions(string text)
    {
        text = ControlFlow().Replace(InlineFlow().Replace(text, ""), "\n");
        var rest = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '@' || (i > 0 && char.IsLetterOrDigit(text[i - 1])))
            {
                rest.Append(text[i]);
                continue;
            }

            i++;
            while (i < text.Length)
            {
                if (text[i] is '(' or '[' or '{')
                {
                    i = Close(text, i) + 1;
                }
                else if (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '!' or '?' || (text[i] == '.' && i + 1 < text.Length && char.IsLetter(text[i + 1])))
                {
                    i++;
                }
                else
                {
                    break;
                }
            }

            i--;
        }

        return rest.ToString();
    }

    private static int Close(string text, int open)
    {
        var depth = 0;
        var quoted = false;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && text[i] is '(' or '[' or '{')
            {
                depth++;
            }
            else if (!quoted && text[i] is ')' or ']' or '}' && --depth == 0)
            {
                return i;
            }
        }

        return text.Length - 1;
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^@(page|using|inject|inherits|attribute|layout|implements|typeparam|namespace|rendermode).*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*(@?(if|else if|foreach|for|while|switch)\s*\(.*\)|\}?\s*else|@?\{.*\}|case .*:|default:|break;|var .*;)\s*$", RegexOptions.Multiline)]
    private static partial Regex ControlFlow();

    // on one line with markup: @if (a) {<b></b>} else {<i></i>}
    [GeneratedRegex(@"(?:\}\s*)?@?(?:else if|if|foreach|for|while)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*\{|\}\s*else\s*\{")]
    private static partial Regex InlineFlow();

    // what stands on a keyboard is the same in every language
    [GeneratedRegex(@"<kbd[^>]*>[^<@]*</kbd>")]
    private static partial Regex KeyCap();

    [GeneratedRegex(@"\s(?:title|placeholder|alt|aria-label|Label|Title|Message|ActionLabel)=""(?<words>[^""@]*\p{L}[^""@]*)""")]
    private static partial Regex SeenAttribute();

    [GeneratedRegex("""<!?/?[A-Za-z](?:[^<>"]|"[^"]*")*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("(?<=>)(?<words>[^<>]+)(?=<)")]
    private static partial Regex Between();

    [GeneratedRegex(@"\p{L}")]
    private static partial Regex Letter();
}
