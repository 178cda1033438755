using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>A theme as its author wants it.</summary>
/// <param name="ThemeId">Null for a new one.</param>
/// <param name="Version">The version that the author saw; 0 for a new one and for one of the catalogue that nobody changed.</param>
/// <param name="Kind">What customers want who speak of it.</param>
/// <param name="Name">In English, 1–<see cref="FeedbackTheme.LongestName"/> characters.</param>
/// <param name="NameJa">In Japanese; null where the English one does for both.</param>
/// <param name="Words">As <see cref="ThemeWords"/> reads them, at most <see cref="FeedbackTheme.LongestWords"/> characters.</param>
public sealed record ThemeDraft(string? ThemeId, int Version, ThemeKind Kind, string? Name, string? NameJa, string? Words);

/// <summary>Themes as a company edits them: product leads and whoever manages rename, reword, merge, hide and define them. Every change stands in the journal with what was before.</summary>
public sealed class ThemeBook(Acts acts, Database database)
{
    private const string Lock = "feedback_themes";

    /// <summary>True where the viewer may edit themes and requests.</summary>
    public static bool MayWrite(Viewer viewer) => MarkBook.MayWrite(viewer);

    /// <summary>All themes, also hidden and merged ones.</summary>
    public async Task<ThemeSet> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return new(await context.FeedbackThemes.AsNoTracking().ToListAsync(cancellation));
    }

    /// <summary>Defines a theme, or changes one. Problems by field: <c>name</c>, <c>name_ja</c>, <c>words</c>.</summary>
    public async Task<ActResult<FeedbackTheme>> SaveAsync(Viewer viewer, ThemeDraft draft, CancellationToken cancellation = default)
    {
        if (!MayWrite(viewer))
        {
            return ActResult.Forbidden<FeedbackTheme>();
        }

        var (name, nameJa, words) = (EnteredText.Of(draft.Name), EnteredText.Of(draft.NameJa), EnteredText.Of(draft.Words));
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", name, FeedbackTheme.LongestName);
        EnteredText.Check(problems, "name_ja", nameJa, FeedbackTheme.LongestName);
        EnteredText.Check(problems, "words", words, FeedbackTheme.LongestWords);
        if (name is null)
        {
            problems["name"] = "missing";
        }

        if (words is null || ThemeWords.Parse(words).IsEmpty)
        {
            problems["words"] = "missing";
        }

        return problems.Count > 0 ? ActResult.Invalid<FeedbackTheme>(problems) : await ChangeAsync(viewer, draft.ThemeId, draft.Version, (act, theme, changes) =>
        {
            changes.Note("name", theme.Name, name).Note("name_ja", theme.NameJa, nameJa).Note("kind", theme.Kind.ToString(), draft.Kind.ToString()).Note("words", theme.Words, words);
            (theme.Name, theme.NameJa, theme.Kind, theme.Words) = (name!, nameJa, draft.Kind, words!);
            return draft.ThemeId is null ? "created" : "changed";
        }, cancellation);
    }

    /// <summary>Takes a theme out of sight, or brings it back; twice is once.</summary>
    public Task<ActResult<FeedbackTheme>> SetHiddenAsync(Viewer viewer, string themeId, int version, bool isHidden, CancellationToken cancellation = default) => ChangeAsync(viewer, themeId, version, (_, theme, changes) =>
    {
        if (theme.IsHidden == isHidden)
        {
            return null;
        }

        changes.Note("hidden", theme.IsHidden ? "true" : "false", isHidden ? "true" : "false");
        theme.IsHidden = isHidden;
        return isHidden ? "hidden" : "shown";
    }, cancellation);

    /// <summary>Lets the texts of a theme count for another one, or for itself again where <paramref name="into"/> is null. Refused where the other one is hidden or merged itself, or has themes merged into it that would form a circle.</summary>
    public async Task<ActResult<FeedbackTheme>> MergeAsync(Viewer viewer, string themeId, int version, string? into, CancellationToken cancellation = default)
    {
        if (into is not null && (into == themeId || !(await ReadAsync(cancellation)).Shown.Any(theme => theme.ThemeId == into)))
        {
            return ActResult.Invalid<FeedbackTheme>("into", "not_a_theme");
        }

        return await ChangeAsync(viewer, themeId, version, (_, theme, changes) =>
        {
            if (theme.MergedInto == into)
            {
                return null;
            }

            changes.Note("merged_into", theme.MergedInto, into);
            theme.MergedInto = into;
            return into is null ? "parted" : "merged";
        }, cancellation);
    }

    private async Task<ActResult<FeedbackTheme>> ChangeAsync(Viewer viewer, string? themeId, int version, Func<ActScope, FeedbackTheme, FieldChanges, string?> change, CancellationToken cancellation) =>
        !MayWrite(viewer) ? ActResult.Forbidden<FeedbackTheme>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var theme = themeId is null ? null : await act.Context.FeedbackThemes.FindAsync([themeId], cancellation);
            if (theme is null && themeId is not null && ThemeCatalogue.Of(themeId) is null)
            {
                return ActResult.NotFound<FeedbackTheme>();
            }

            if (themeId is not null && (theme?.Version ?? 0) != version)
            {
                return ActResult.Conflict(theme ?? ThemeCatalogue.Of(themeId)!);
            }

            var shipped = themeId is null ? null : ThemeCatalogue.Of(themeId);
            var isNew = theme is null;
            theme ??= new FeedbackTheme { ThemeId = themeId ?? act.NewId(), Name = shipped?.Name ?? "", NameJa = shipped?.NameJa, Kind = shipped?.Kind ?? ThemeKind.Complaint, Words = shipped?.Words ?? "" };
            var changes = new FieldChanges();
            if (change(act, theme, changes) is not { } verb)
            {
                return ActResult.Unchanged(theme);
            }

            if (isNew)
            {
                act.Context.FeedbackThemes.Add(theme);
            }

            (theme.ChangedAt, theme.ChangedByEmail, theme.Version) = (act.Now, viewer.Email, theme.Version + 1);
            act.Note(JournalAreas.FeedbackTheme, verb, recordId: theme.ThemeId, changes: changes);
            return ActResult.Done(theme);
        }, cancellation);
}
