using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Marks suggestions done, snoozed or dismissed, and undoes that. Each holds for account and play; the same asked twice is done once.</summary>
public sealed class SuggestionActions(Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>The touch was made: writes it as a fact of the source <c>app</c> beside the action.</summary>
    /// <param name="viewer">Who did it.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="play">The play's key.</param>
    /// <param name="minutes">What it took; null for the play's own figure.</param>
    /// <param name="note">Free text for the touch.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<TakenAction>> DoneAsync(Viewer viewer, int accountNo, string play, double? minutes = null, string? note = null, CancellationToken cancellation = default) =>
        minutes is < 0 or > 1440 or double.NaN
            ? Task.FromResult(ActResult.Invalid<TakenAction>("minutes", "out_of_range"))
            : TakeAsync(viewer, accountNo, play, SuggestionActionKind.Done, null, null, note, minutes, cancellation);

    /// <summary>The suggestion stays away until a day.</summary>
    public async Task<ActResult<TakenAction>> SnoozeAsync(Viewer viewer, int accountNo, string play, DateOnly until, string reason, string? note = null, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return until <= settings.Today(clock) ? ActResult.Invalid<TakenAction>("until", "not_after_today")
            : string.IsNullOrWhiteSpace(reason) ? NoReason
            : await TakeAsync(viewer, accountNo, play, SuggestionActionKind.Snoozed, until, reason.Trim(), note, null, cancellation);
    }

    /// <summary>The suggestion stays away until this is undone.</summary>
    public Task<ActResult<TakenAction>> DismissAsync(Viewer viewer, int accountNo, string play, string reason, string? note = null, CancellationToken cancellation = default) =>
        string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult(NoReason)
            : TakeAsync(viewer, accountNo, play, SuggestionActionKind.Dismissed, null, reason.Trim(), note, null, cancellation);

    /// <summary>Takes an action back; a touch that it wrote is voided.</summary>
    public async Task<ActResult<TakenAction>> UndoAsync(Viewer viewer, int accountNo, string actionId, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<TakenAction>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo)
                || await act.Context.SuggestionActions.FindAsync([accountNo, actionId], cancellation) is not { } action)
            {
                return ActResult.NotFound<TakenAction>();
            }

            if (action.UndoneAt is not null)
            {
                return ActResult.Unchanged(SuggestedTouches.Of(action));
            }

            await UndoAsync(act, action, settings);
            return ActResult.Done(SuggestedTouches.Of(action));
        }, cancellation);
    }

    private async Task<ActResult<TakenAction>> TakeAsync(Viewer viewer, int accountNo, string play, SuggestionActionKind kind, DateOnly? until, string? reason, string? note, double? minutes, CancellationToken cancellation)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<TakenAction>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo)
                || await ScoreRunQuery.NewestAsync(act.Context, cancellation) is not { } run
                || await act.Context.Suggestions.AsNoTracking().FirstOrDefaultAsync(s => s.ScoreRunId == run.ScoreRunId && s.AccountNo == accountNo && s.Play == play, cancellation) is not { } suggestion)
            {
                return ActResult.NotFound<TakenAction>();
            }

            var standing = await act.Context.SuggestionActions
                .Where(a => a.AccountNo == accountNo && a.Play == play && a.UndoneAt == null && a.At >= run.StartedAt)
                .ToListAsync(cancellation);
            if (standing.Find(a => a.Kind == kind && a.Until == until && (kind == SuggestionActionKind.Done || a.Reason == reason)) is { } same)
            {
                return ActResult.Unchanged(SuggestedTouches.Of(same));
            }

            foreach (var earlier in standing)
            {
                await UndoAsync(act, earlier, settings);
            }

            var action = new SuggestionAction
            {
                AccountNo = accountNo,
                ActionId = act.NewId(),
                Play = play,
                ReasonCode = suggestion.ReasonCode,
                Kind = kind,
                At = act.Now,
                ByUser = viewer.UserId,
                ByEmail = viewer.Email,
                Until = until,
                Reason = reason,
                Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            };
            if (kind == SuggestionActionKind.Done)
            {
                await WriteTouchAsync(act, action, suggestion, minutes, settings);
            }

            act.Context.SuggestionActions.Add(action);
            act.Note(JournalAreas.Suggestion, JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), accountNo, action.ActionId, new FieldChanges().Note("play", null, play));
            return ActResult.Done(SuggestedTouches.Of(action));
        }, cancellation);
    }

    private static async Task WriteTouchAsync(ActScope act, SuggestionAction action, Suggestion suggestion, double? minutes, CompanySettings settings)
    {
        action.Minutes = minutes ?? suggestion.Minutes;
        action.TouchId = action.ActionId;
        act.Context.Touches.Add(new Touch
        {
            AccountNo = action.AccountNo,
            SourceId = await AppSource.NumberAsync(act.Context, act.Cancellation),
            FactId = action.TouchId,
            Kind = suggestion.Channel,
            Play = action.Play,
            OwnerEmail = act.Viewer.Email,
            At = act.Now,
            Minutes = action.Minutes,
            Outcome = "done",
            Notes = action.Note,
        });
        await AppSource.NoteChangeAsync(act.Context, action.AccountNo, settings.DayOf(act.Now), act.Cancellation);
    }

    private static async Task UndoAsync(ActScope act, SuggestionAction action, CompanySettings settings)
    {
        action.UndoneAt = act.Now;
        act.Note(JournalAreas.Suggestion, "undone", action.AccountNo, action.ActionId, new FieldChanges().Note("play", action.Play, null));
        if (action.TouchId is null)
        {
            return;
        }

        var source = await AppSource.NumberAsync(act.Context, act.Cancellation);
        if (await act.Context.Touches.FindAsync([action.AccountNo, source, action.TouchId], act.Cancellation) is { } touch)
        {
            touch.VoidedBy = AppSource.NoImportFile;
            await AppSource.NoteChangeAsync(act.Context, action.AccountNo, settings.DayOf(touch.At), act.Cancellation);
        }
    }

    private static ActResult<TakenAction> NoReason => ActResult.Invalid<TakenAction>("reason", "missing");
}
