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
public sealed record ThemeDraft(string? ThemeId, int Version, ThemeKind Kind, string? Name, string? NameJa, string? Words)
{
    /// <summary>For which theme its texts are to count; null where that stays as it is.</summary>
    public ThemeTarget? Target { get; init; }
}

/// <summary>The theme for which another one's texts count.</summary>
/// <param name="Into">Null for itself.</param>
public sealed record ThemeTarget(string? Into);

/// <summary>Themes as a company edits them: product leads and whoever manages rename, reword, merge, hide and define them. Every change stands in the journal with what was before.</summary>
public sealed class ThemeBook(Acts acts, Database database)
{
    private const string Lock = "feedback_themes", NotATheme = "not_a_theme";

    /// <summary>Versions that a theme's history tells, at most.</summary>
    private const int MostVersions = 200;

    /// <summary>True where the viewer may edit themes and requests.</summary>
    public static bool MayWrite(Viewer viewer) => MarkBook.MayWrite(viewer);

    /// <summary>All themes, also hidden and merged ones.</summary>
    public async Task<ThemeSet> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return new(await context.FeedbackThemes.AsNoTracking().ToListAsync(cancellation));
    }

    /// <summary>What a theme was, version by version, newest first; empty where there is no such theme.</summary>
    public async Task<IReadOnlyList<ThemeVersion>> HistoryAsync(string themeId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var entries = await context.Journal.AsNoTracking().Where(entry => entry.AccountNo == 0 && entry.Area == JournalAreas.FeedbackTheme && entry.RecordId == themeId).OrderByDescending(entry => entry.EntryNo).Take(MostVersions).ToListAsync(cancellation);
        return await context.FeedbackThemes.AsNoTracking().FirstOrDefaultAsync(theme => theme.ThemeId == themeId, cancellation) is { } edited ? ThemeHistory.Of(edited, entries)
            : ThemeCatalogue.Of(themeId) is { } shipped ? ThemeHistory.Of(shipped, []) : [];
    }

    /// <summary>Makes a theme what it was at an earlier version. Refused where it was merged into one that is hidden or merged itself now: problem of the field <c>into</c>.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="themeId">The theme.</param>
    /// <param name="version">The version that the viewer saw as the newest.</param>
    /// <param name="to">The version that is to hold again.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<FeedbackTheme>> RestoreAsync(Viewer viewer, string themeId, int version, int to, CancellationToken cancellation = default)
    {
        if ((await HistoryAsync(themeId, cancellation)).FirstOrDefault(one => one.Version == to) is not { State: { } state })
        {
            return ActResult.NotFound<FeedbackTheme>();
        }

        return !await MayMergeAsync(themeId, state.MergedInto, cancellation) ? ActResult.Invalid<FeedbackTheme>("into", NotATheme) : await ChangeAsync(viewer, themeId, version, (_, theme, changes) =>
        {
            changes.Note("name", theme.Name, state.Name).Note("name_ja", theme.NameJa, state.NameJa).Note("kind", theme.Kind.ToString(), state.Kind.ToString()).Note("words", theme.Words, state.Words)
                .Note("merged_into", theme.MergedInto, state.MergedInto).Note("hidden", theme.IsHidden ? "true" : "false", state.IsHidden ? "true" : "false");
            (theme.Name, theme.NameJa, theme.Kind, theme.Words, theme.MergedInto, theme.IsHidden) = (state.Name, state.NameJa, state.Kind, state.Words, state.MergedInto, state.IsHidden);
            return changes.Any ? "restored" : null;
        }, cancellation);
    }

    /// <summary>Defines a theme, or changes one; a name in one of the languages does for both. Problems by field: <c>name</c>, <c>name_ja</c>, <c>words</c>, <c>into</c>.</summary>
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
        if (name is null && nameJa is null)
        {
            problems["name"] = "missing";
        }

        if (words is null || ThemeWords.Parse(words).IsEmpty)
        {
            problems["words"] = "missing";
        }

        if (draft is { ThemeId: { } id, Target.Into: { } target } && !await MayMergeAsync(id, target, cancellation))
        {
            problems["into"] = NotATheme;
        }

        return problems.Count > 0 ? ActResult.Invalid<FeedbackTheme>(problems) : await ChangeAsync(viewer, draft.ThemeId, draft.Version, (act, theme, changes) =>
        {
            var into = draft.Target is { } merges ? merges.Into : theme.MergedInto;
            changes.Note("name", theme.Name, name ?? "").Note("name_ja", theme.NameJa, nameJa).Note("kind", theme.Kind.ToString(), draft.Kind.ToString()).Note("words", theme.Words, words).Note("merged_into", theme.MergedInto, into);
            (theme.Name, theme.NameJa, theme.Kind, theme.Words, theme.MergedInto) = (name ?? "", nameJa, draft.Kind, words!, into);
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
        if (!await MayMergeAsync(themeId, into, cancellation))
        {
            return ActResult.Invalid<FeedbackTheme>("into", NotATheme);
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

    /// <summary>True where a theme's texts may count for another one: it is shown, stands for itself and is another.</summary>
    private async Task<bool> MayMergeAsync(string themeId, string? into, CancellationToken cancellation) =>
        into is null || (into != themeId && (await ReadAsync(cancellation)).Shown.Any(theme => theme.ThemeId == into));

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
