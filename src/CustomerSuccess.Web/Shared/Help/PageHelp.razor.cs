using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Help;

/// <summary>
/// A page's help: which question it answers, where its figures come from, what to do. Its lines stand in the resources under <c>key_1</c>, <c>key_2</c>, ...;
/// <c>[[term|words]]</c> in a line leads to the glossary where the words stand.
/// </summary>
public sealed partial class PageHelp
{
    /// <summary>A piece of a line.</summary>
    /// <param name="Words">As they are read.</param>
    /// <param name="Term">The glossary's key; null for plain words.</param>
    public sealed record Part(string Words, string? Term);

    /// <summary>Names the page's help.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    /// <summary>The lines of a page's help in the reader's language; none where there is no such help.</summary>
    public static IReadOnlyList<string> Of(IStringLocalizer<PageHelp> lines, string key)
    {
        var found = new List<string>();
        for (var i = 1; lines[$"{key}_{i}"] is { ResourceNotFound: false } line; i++)
        {
            found.Add(line.Value);
        }

        return found;
    }

    /// <summary>A line in its pieces.</summary>
    public static IEnumerable<Part> Split(string line)
    {
        var at = 0;
        foreach (Match match in Marked().Matches(line))
        {
            if (match.Index > at)
            {
                yield return new(line[at..match.Index], null);
            }

            yield return new(match.Groups["words"].Value, match.Groups["term"].Value);
            at = match.Index + match.Length;
        }

        if (at < line.Length)
        {
            yield return new(line[at..], null);
        }
    }

    [GeneratedRegex(@"\[\[(?<term>[a-z_]+)\|(?<words>[^\]]+)\]\]")]
    private static partial Regex Marked();
}
