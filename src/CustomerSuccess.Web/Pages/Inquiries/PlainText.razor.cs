using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>
/// Text that somebody wrote, as text: lines stay lines, addresses of the web become links that tell the other side nothing, and colleagues who are called
/// are told by their names. Nothing in it is ever read as markup.
/// </summary>
public sealed partial class PlainText
{
    private sealed record Part(string Words, string? Href, bool IsName);

    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Names of colleagues by their addresses in lower case; null where nobody is called.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string>? Names { get; set; }

    private IEnumerable<Part> Parts
    {
        get
        {
            var at = 0;
            foreach (Match match in Marked().Matches(Value))
            {
                var address = match.Groups["call"];
                var name = address.Success ? Names?.GetValueOrDefault(address.Value.ToLowerInvariant()) : null;
                if (address.Success && name is null)
                {
                    continue;
                }

                if (match.Index > at)
                {
                    yield return new(Value[at..match.Index], null, false);
                }

                yield return name is not null ? new("@" + name, null, true) : new(match.Value, match.Value, false);
                at = match.Index + match.Length;
            }

            if (at < Value.Length)
            {
                yield return new(Value[at..], null, false);
            }
        }
    }

    // a link ends before punctuation that closes a sentence, Japanese as well
    [GeneratedRegex(@"https?://[^\s<>""'、。）」』】]*[^\s<>""'、。）」』】.,;:!?)\]]|(?<![\w.+-])@(?<call>[\w.+-]+@[\w.-]*\w)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marked();
}
