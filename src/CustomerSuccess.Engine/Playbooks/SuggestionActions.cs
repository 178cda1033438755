using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What became of a change to a suggestion.</summary>
public enum ActionOutcome
{
    /// <summary>It holds now.</summary>
    Done,

    /// <summary>It held already; nothing was changed.</summary>
    Unchanged,

    /// <summary>The account is unknown or the viewer may not see it, the newest run does not suggest the play, or there is no such action.</summary>
    NotFound,

    /// <summary>The viewer may only read.</summary>
    Forbidden,

    /// <summary>The day of return is not after today, or no reason was given.</summary>
    Invalid,
}

/// <summary>The outcome, and the action that stands now.</summary>
public sealed record ActionResult(ActionOutcome Outcome, TakenAction? Action);

/// <summary>Marks suggestions done, snoozed or dismissed, and undoes that. Each holds for account and play; the same asked twice is done once.</summary>
public sealed class SuggestionActions(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>The touch was made: writes it as a fact of the source <c>app</c> beside the action.</summary>
    /// <param name="viewer">Who did it.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="play">The play's key.</param>
    /// <param name="minutes">What it took; null for the play's own figure.</param>
    /// <param name="note">Free text for the touch.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActionResult> DoneAsync(Viewer viewer, int accountNo, string play, double? minutes = null, string? note = null, CancellationToken cancellation = default) =>
        minutes is < 0 or > 1440 or double.NaN
            ? Task.FromResult(new ActionResult(ActionOutcome.Invalid, null))
            : TakeAsync(viewer, accountNo, play, SuggestionActionKind.Done, null, null, note, minutes, cancellation);

    /// <summary>The suggestion stays away until a day.</summary>
    public async Task<ActionResult> SnoozeAsync(Viewer viewer, int accountNo, string play, DateOnly until, string reason, string? note = null, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return until <= settings.Today(clock) || string.IsNullOrWhiteSpace(reason)
            ? new(ActionOutcome.Invalid, null)
            : await TakeAsync(viewer, accountNo, play, SuggestionActionKind.Snoozed, until, reason.Trim(), note, null, cancellation);
    }

    /// <summary>The suggestion stays away until this is undone.</summary>
    public Task<ActionResult> DismissAsync(Viewer viewer, int accountNo, string play, string reason, string? note = null, CancellationToken cancellation = default) =>
        string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult(new ActionResult(ActionOutcome.Invalid, null))
            : TakeAsync(viewer, accountNo, play, SuggestionActionKind.Dismissed, null, reason.Trim(), note, null, cancellation);

    /// <summary>Takes an action back; a touch that it wrote is voided.</summary>
    public async Task<ActionResult> UndoAsync(Viewer viewer, int accountNo, string actionId, CancellationToken cancellation = default)
    {
        if (!MayAct(viewer))
        {
            return new(ActionOutcome.Forbidden, null);
        }

        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (!await LockAsync(context, viewer, accountNo, cancellation)
            || await context.SuggestionActions.FindAsync([accountNo, actionId], cancellation) is not { } action)
        {
            return new(ActionOutcome.NotFound, null);
        }

        if (action.UndoneAt is not null)
        {
            return new(ActionOutcome.Unchanged, SuggestedTouches.Of(action));
        }

        await UndoAsync(context, action, cancellation);
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new(ActionOutcome.Done, SuggestedTouches.Of(action));
    }

    private async Task<ActionResult> TakeAsync(Viewer viewer, int accountNo, string play, SuggestionActionKind kind, DateOnly? until, string? reason, string? note, double? minutes, CancellationToken cancellation)
    {
        if (!MayAct(viewer))
        {
            return new(ActionOutcome.Forbidden, null);
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (!await LockAsync(context, viewer, accountNo, cancellation)
            || await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run
            || await context.Suggestions.AsNoTracking().FirstOrDefaultAsync(s => s.ScoreRunId == run.ScoreRunId && s.AccountNo == accountNo && s.Play == play, cancellation) is not { } suggestion)
        {
            return new(ActionOutcome.NotFound, null);
        }

        var standing = await context.SuggestionActions
            .Where(a => a.AccountNo == accountNo && a.Play == play && a.UndoneAt == null && a.At >= run.StartedAt)
            .ToListAsync(cancellation);
        if (standing.Find(a => a.Kind == kind && a.Until == until && (kind == SuggestionActionKind.Done || a.Reason == reason)) is { } same)
        {
            return new(ActionOutcome.Unchanged, SuggestedTouches.Of(same));
        }

        foreach (var earlier in standing)
        {
            await UndoAsync(context, earlier, cancellation);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var action = new SuggestionAction
        {
            AccountNo = accountNo,
            ActionId = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            Play = play,
            ReasonCode = suggestion.ReasonCode,
            Kind = kind,
            At = now,
            ByUser = viewer.UserId,
            ByEmail = viewer.Email,
            Until = until,
            Reason = reason,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
        };
        if (kind == SuggestionActionKind.Done)
        {
            action.Minutes = minutes ?? suggestion.Minutes;
            action.TouchId = action.ActionId;
            context.Touches.Add(new Touch
            {
                AccountNo = accountNo,
                SourceId = await AppSource.NumberAsync(context, cancellation),
                FactId = action.TouchId,
                Kind = suggestion.Channel,
                Play = play,
                OwnerEmail = viewer.Email,
                At = now,
                Minutes = action.Minutes,
                Outcome = "done",
                Notes = action.Note,
            });
            await AppSource.NoteChangeAsync(context, accountNo, settings.DayOf(now), cancellation);
        }

        context.SuggestionActions.Add(action);
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new(ActionOutcome.Done, SuggestedTouches.Of(action));
    }

    private async Task UndoAsync(CustomerSuccessContext context, SuggestionAction action, CancellationToken cancellation)
    {
        action.UndoneAt = clock.GetUtcNow().UtcDateTime;
        if (action.TouchId is null)
        {
            return;
        }

        var source = await AppSource.NumberAsync(context, cancellation);
        if (await context.Touches.FindAsync([action.AccountNo, source, action.TouchId], cancellation) is { } touch)
        {
            touch.VoidedBy = AppSource.NoImportFile;
            var settings = await settingsStore.ReadAsync(cancellation);
            await AppSource.NoteChangeAsync(context, action.AccountNo, settings.DayOf(touch.At), cancellation);
        }
    }

    private static bool MayAct(Viewer viewer) => viewer.IsIn(Roles.Csm, Roles.CsManager, Roles.CsOperations, Roles.Administrator);

    /// <summary>Two people acting on one account follow one another: an update that changes nothing holds the row on PostgreSQL and the file on SQLite.</summary>
    private static async Task<bool> LockAsync(CustomerSuccessContext context, Viewer viewer, int accountNo, CancellationToken cancellation) =>
        await context.Accounts.VisibleTo(viewer).Where(account => account.AccountNo == accountNo)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Unlisted, account => account.Unlisted), cancellation) == 1;
}
