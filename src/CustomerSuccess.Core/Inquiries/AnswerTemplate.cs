using System.Text;
using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>What is wrong with a field of a canned answer.</summary>
public enum AnswerProblem
{
    /// <summary>There is no such field.</summary>
    Unknown,

    /// <summary>It has no value here, and no other words are given.</summary>
    Empty,
}

/// <summary>A canned answer with its fields filled in.</summary>
/// <param name="Text">The text; a field that has a problem stands as it was written.</param>
/// <param name="Problems">Fields with a problem, each once, in their order.</param>
public sealed record FilledAnswer(string Text, IReadOnlyList<(string Field, AnswerProblem Problem)> Problems);

/// <summary>
/// Canned answers: text with fields such as <c>{{contact.name}}</c>. Words after a bar stand in where there is no value:
/// <c>{{contact.name|ご担当者}} 様</c>.
/// </summary>
public static partial class AnswerTemplate
{
    /// <summary>Every field that can be written.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["contact.name", "contact.email", "account.name", "inquiry.id", "inquiry.subject", "inquiry.opened_on", "agent.name", "agent.email", "company.name", "rating.link"];

    /// <summary>Fills the fields in.</summary>
    /// <param name="template">Text with fields.</param>
    /// <param name="values">Values by field; null or blank for none.</param>
    public static FilledAnswer Fill(string template, IReadOnlyDictionary<string, string?> values)
    {
        var text = new StringBuilder();
        var problems = new List<(string Field, AnswerProblem Problem)>();
        var at = 0;
        foreach (var match in Field().Matches(template).Cast<Match>())
        {
            text.Append(template, at, match.Index - at);
            at = match.Index + match.Length;
            var (field, instead) = (match.Groups["field"].Value, match.Groups["instead"]);
            AnswerProblem? problem = null;
            var value = values.GetValueOrDefault(field);
            if (!Fields.Contains(field))
            {
                problem = AnswerProblem.Unknown;
            }
            else if (string.IsNullOrWhiteSpace(value))
            {
                value = instead.Success ? instead.Value.Trim() : null;
                problem = value is null ? AnswerProblem.Empty : null;
            }

            text.Append(problem is null ? value : match.Value);
            if (problem is { } wrong && !problems.Contains((field, wrong)))
            {
                problems.Add((field, wrong));
            }
        }

        return new(text.Append(template, at, template.Length - at).ToString(), problems);
    }

    /// <summary>Fields of a text that do not exist, each once.</summary>
    public static IReadOnlyList<string> UnknownFields(string template) =>
        [.. Field().Matches(template).Select(match => match.Groups["field"].Value).Where(field => !Fields.Contains(field)).Distinct()];

    /// <summary>True where fields are still to be filled in.</summary>
    public static bool HasFields(string text) => Field().IsMatch(text);

    [GeneratedRegex(@"\{\{\s*(?<field>[\w.]+)\s*(?:\|(?<instead>[^{}]*))?\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();
}
