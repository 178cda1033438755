using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What a theme was, version by version, who made it so, and the way back to each.</summary>
public sealed partial class ThemeHistoryDialog
{
    /// <summary>Null while it is closed.</summary>
    [Parameter, EditorRequired]
    public FeedbackTheme? Theme { get; set; }

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ThemeVersion> Versions { get; set; } = [];

    [Parameter, EditorRequired]
    public ThemeSet Themes { get; set; } = default!;

    [Parameter, EditorRequired]
    public string TimeZone { get; set; } = "UTC";

    [Parameter, EditorRequired]
    public bool MayWrite { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>A version is to hold again.</summary>
    [Parameter]
    public EventCallback<ThemeVersion> Restored { get; set; }

    /// <summary>What changed; of words, which came and which went.</summary>
    private string Changed(string field, FieldChange change)
    {
        if (field == "words")
        {
            var (before, after) = (Lines(change.Before), Lines(change.After));
            var (came, went) = (after.Except(before).ToList(), before.Except(after).ToList());
            return came.Count + went.Count == 0 ? Text["WordsOrder"]
                : string.Join(" ", new[] { came.Count > 0 ? Text["WordsCame", string.Join(Text["Comma"], came)].Value : null, went.Count > 0 ? Text["WordsWent", string.Join(Text["Comma"], went)].Value : null }.Where(part => part is not null));
        }

        return Text["FieldChange", Written(field, change.Before) ?? Format.Missing, Written(field, change.After) ?? Format.Missing];
    }

    private string? Written(string field, string? value) => value is null or "" ? null : field switch
    {
        "kind" => Text["Kind_" + value],
        "merged_into" => FeedbackWords.ThemeOf(Themes, value),
        "hidden" => Text[value == "true" ? "Hidden" : "Visible"],
        _ => value,
    };

    private static string[] Lines(string? words) => (words ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
