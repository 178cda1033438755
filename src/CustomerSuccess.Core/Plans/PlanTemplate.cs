using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CustomerSuccess.Core.Plans;

/// <summary>A text in one language or several, by the language's code (<c>en</c>, <c>ja</c>).</summary>
public sealed class TemplateText : Dictionary<string, string>
{
    public TemplateText()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>In a language, else in English, else in whichever there is.</summary>
    public string In(string language) => TryGetValue(language, out var own) ? own : TryGetValue("en", out var english) ? english : Values.FirstOrDefault() ?? "";
}

/// <summary>A goal of a template.</summary>
/// <param name="Title">What is to be reached.</param>
/// <param name="Measure">What is counted, in which unit.</param>
/// <param name="Baseline">Where it usually stands at the start; null to be asked for.</param>
/// <param name="Target">Where it is to stand; null to be asked for.</param>
/// <param name="DueDays">Days from the plan's start, 0–3650.</param>
public sealed record TemplateGoal(TemplateText Title, TemplateText? Measure, double? Baseline, double? Target, int? DueDays);

/// <summary>A milestone of a template.</summary>
/// <param name="Title">The step.</param>
/// <param name="Detail">How it is done.</param>
/// <param name="Goal">Which goal it serves, from 1; null for the plan as a whole.</param>
/// <param name="DueDays">Days from the plan's start, 0–3650.</param>
public sealed record TemplateMilestone(TemplateText Title, TemplateText? Detail, int? Goal, int? DueDays);

/// <summary>A plan to start from, as a file that companies can hand on: JSON with keys in snake_case.</summary>
/// <param name="Key">Lower-case letters, digits and hyphens, at most 40.</param>
/// <param name="Title">What plans made from it are called at first.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Days">From start to end.</param>
/// <param name="Goals">In their order.</param>
/// <param name="Milestones">In their order.</param>
public sealed record PlanTemplate(string Key, TemplateText Title, TemplateText? Summary, int? Days, IReadOnlyList<TemplateGoal> Goals, IReadOnlyList<TemplateMilestone> Milestones)
{
    /// <summary>Goals and milestones together.</summary>
    public const int MostEntries = 200;

    private const int LongestDays = 3650;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
    };

    /// <summary>The template as a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a file.</summary>
    /// <returns>The template, or the code of what is wrong with it: <c>not_json</c>, <c>key_invalid</c>, <c>text_missing</c>, <c>text_too_long</c>, <c>too_many</c>, <c>number_out_of_range</c> or <c>goal_unknown</c>.</returns>
    public static (PlanTemplate? Template, string? Problem) Read(string json)
    {
        PlanTemplate? template;
        try
        {
            template = JsonSerializer.Deserialize<PlanTemplate>(json, Json);
        }
        catch (JsonException)
        {
            return (null, "not_json");
        }

        if (template is null)
        {
            return (null, "not_json");
        }

        template = template with { Goals = template.Goals ?? [], Milestones = template.Milestones ?? [] };
        return template.Problem() is { } problem ? (null, problem) : (template, null);
    }

    private string? Problem()
    {
        if (Key is not { Length: > 0 and <= 40 } || !Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return "key_invalid";
        }

        if (Goals.Count + Milestones.Count > MostEntries)
        {
            return "too_many";
        }

        TemplateText?[] titles = [Title, .. Goals.Select(goal => goal?.Title), .. Milestones.Select(milestone => milestone?.Title)];
        if (titles.Any(title => title is null || title.Count == 0 || title.Values.Any(string.IsNullOrWhiteSpace)))
        {
            return "text_missing";
        }

        TemplateText?[] details = [Summary, .. Milestones.Select(milestone => milestone.Detail)];
        if (titles.Concat(Goals.Select(goal => goal.Measure)).Any(text => text?.Values.Any(value => value.Length > SuccessPlan.LongestTitle) == true)
            || details.Any(text => text?.Values.Any(value => value.Length > SuccessPlan.LongestDetail) == true))
        {
            return "text_too_long";
        }

        int?[] days = [Days, .. Goals.Select(goal => goal.DueDays), .. Milestones.Select(milestone => milestone.DueDays)];
        if (days.Any(day => day is < 0 or > LongestDays))
        {
            return "number_out_of_range";
        }

        return Milestones.Any(milestone => milestone.Goal is { } goal && (goal < 1 || goal > Goals.Count)) ? "goal_unknown" : null;
    }
}
