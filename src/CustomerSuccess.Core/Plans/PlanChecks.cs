using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Plans;

/// <summary>Cleans what people enter into plans, and names by field what breaks a rule.</summary>
public static class PlanChecks
{
    public static (PlanDraft Draft, IReadOnlyDictionary<string, string> Problems) Check(PlanDraft draft)
    {
        var clean = draft with { Title = Title(draft.Title), Summary = EnteredText.Of(draft.Summary), OwnerEmail = EnteredText.Of(draft.OwnerEmail)?.ToLowerInvariant() };
        var problems = Titled(clean.Title, "summary", clean.Summary);
        if (clean.DueOn < clean.StartsOn)
        {
            problems["due_on"] = "before_start";
        }

        return (clean, problems);
    }

    public static (GoalDraft Draft, IReadOnlyDictionary<string, string> Problems) Check(GoalDraft draft)
    {
        var clean = draft with { Title = Title(draft.Title), Measure = EnteredText.Of(draft.Measure) };
        var problems = Titled(clean.Title, "measure", null);
        EnteredText.Check(problems, "measure", clean.Measure, SuccessPlan.LongestTitle);
        foreach (var (field, number) in new[] { ("baseline", clean.Baseline), ("target", clean.Target), ("current", clean.Current) })
        {
            if (number is { } given && !double.IsFinite(given))
            {
                problems[field] = "out_of_range";
            }
        }

        if (clean.Target is { } target && target == clean.Baseline)
        {
            problems["target"] = "same_as_baseline";
        }

        return (clean, problems);
    }

    public static (MilestoneDraft Draft, IReadOnlyDictionary<string, string> Problems) Check(MilestoneDraft draft)
    {
        var clean = draft with { Title = Title(draft.Title), Detail = EnteredText.Of(draft.Detail), OwnerEmail = EnteredText.Of(draft.OwnerEmail)?.ToLowerInvariant() };
        return (clean, Titled(clean.Title, "detail", clean.Detail));
    }

    private static string Title(string title) => EnteredText.Of(title)?.ReplaceLineEndings(" ") ?? "";

    private static Dictionary<string, string> Titled(string title, string field, string? text)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "title", title.Length == 0 ? null : title, SuccessPlan.LongestTitle, isRequired: true);
        EnteredText.Check(problems, field, text, SuccessPlan.LongestDetail);
        return problems;
    }
}
