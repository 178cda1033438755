using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>
/// Marks suggestions done, snoozed or dismissed, one or many, and undoes that. The same asked twice is done once. Whoever says what stood when he or she
/// looked is told where a colleague was faster, and nothing is changed then.
/// </summary>
public sealed class SuggestionActions(Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Accounts on which may be acted at once.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>The touch was made: writes it as a fact of the source <c>app</c> beside the action.</summary>
    /// <param name="viewer">Who did it.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="play">The play's key.</param>
    /// <param name="minutes">What it took; null for the play's own figure.</param>
    /// <param name="note">Free text for the touch.</param>
    /// <param name="seen">What stood when the viewer looked; null where it replaces whatever stands.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<TakenAction>> DoneAsync(Viewer viewer, int accountNo, string play, double? minutes = null, string? note = null, SeenAction? seen = null, CancellationToken cancellation = default) =>
        TakeAsync(viewer, accountNo, play, new(SuggestionActionKind.Done) { Minutes = minutes, Note = note }, seen, cancellation);

    /// <summary>The suggestion stays away until a day, or until its reason changes materially.</summary>
    public Task<ActResult<TakenAction>> SnoozeAsync(Viewer viewer, int accountNo, string play, DateOnly until, string reason, string? note = null, SeenAction? seen = null, CancellationToken cancellation = default) =>
        TakeAsync(viewer, accountNo, play, new(SuggestionActionKind.Snoozed) { Until = until, Reason = reason, Note = note }, seen, cancellation);

    /// <summary>The suggestion stays away until this is undone, or until its reason changes materially.</summary>
    public Task<ActResult<TakenAction>> DismissAsync(Viewer viewer, int accountNo, string play, string reason, string? note = null, SeenAction? seen = null, CancellationToken cancellation = default) =>
        TakeAsync(viewer, accountNo, play, new(SuggestionActionKind.Dismissed) { Reason = reason, Note = note }, seen, cancellation);

    /// <summary>Acts on one suggestion.</summary>
    /// <returns>In a conflict what a colleague made of it meanwhile.</returns>
    public async Task<ActResult<TakenAction>> TakeAsync(Viewer viewer, int accountNo, string play, SuggestionAct asked, SeenAction? seen = null, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        if (Refusal<TakenAction>(viewer, asked, settings) is { } refusal)
        {
            return refusal;
        }

        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo) || await DeskAsync(act, [accountNo], settings) is not { } desk || desk.Find(accountNo, play) is not { } suggestion)
            {
                return ActResult.NotFound<TakenAction>();
            }

            var standing = desk.Standing(accountNo, suggestion);
            if (seen is { } known && standing is not null && standing.ActionId != known.ActionId && !(standing.ByUser == viewer.UserId && IsSame(standing, asked)))
            {
                return ActResult.Conflict(SuggestedTouches.Of(standing));
            }

            return standing is not null && IsSame(standing, asked)
                ? ActResult.Unchanged(SuggestedTouches.Of(standing))
                : ActResult.Done(await PutAsync(act, desk, accountNo, suggestion, asked));
        }, cancellation);
    }

    /// <summary>
    /// Acts on the next open suggestion of each of some accounts, in one act. An account on which a colleague has acted since the viewer looked is left
    /// as it is and told, and so is one of which nothing is open.
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="list">Whose suggestions: those that keep accounts or those that sell.</param>
    /// <param name="accounts">At most <see cref="MostAtOnce"/>.</param>
    /// <param name="asked">What to do.</param>
    /// <param name="seenAt">When the viewer looked, UTC; null where it does not matter who did what since.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<BulkActed>> TakeAllAsync(Viewer viewer, QueueList list, IReadOnlyCollection<int> accounts, SuggestionAct asked, DateTime? seenAt, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        if (Refusal<BulkActed>(viewer, asked, settings) is { } refusal)
        {
            return refusal;
        }

        if (accounts.Count is 0 or > MostAtOnce)
        {
            return ActResult.Invalid<BulkActed>("accounts", accounts.Count == 0 ? "missing" : "too_many");
        }

        return await acts.RunAsync(viewer, async act =>
        {
            var locked = await act.LockAccountsAsync(accounts);
            if (locked.Count == 0 || await DeskAsync(act, locked, settings) is not { } desk)
            {
                return ActResult.NotFound<BulkActed>();
            }

            var names = await act.Context.Accounts.AsNoTracking().Where(account => locked.Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, account => account.Name, cancellation);
            List<BulkTaken> taken = [];
            List<BulkLeft> left = [];
            foreach (var accountNo in locked)
            {
                if (desk.ByOthersSince(accountNo, seenAt, viewer.UserId) is { } theirs)
                {
                    left.Add(new(accountNo, names[accountNo], SuggestedTouches.Of(theirs)));
                }
                else if (desk.NextOpen(accountNo, list) is { } suggestion)
                {
                    taken.Add(new(accountNo, names[accountNo], await PutAsync(act, desk, accountNo, suggestion, asked)));
                }
                else
                {
                    left.Add(new(accountNo, names[accountNo], null));
                }
            }

            var acted = new BulkActed(taken, left);
            return taken.Count > 0 ? ActResult.Done(acted) : ActResult.Unchanged(acted);
        }, cancellation);
    }

    /// <summary>Takes an action back; a touch that it wrote is voided, and a sequence that was begun with it is stopped.</summary>
    public async Task<ActResult<TakenAction>> UndoAsync(Viewer viewer, int accountNo, string actionId, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return !viewer.MayWork ? ActResult.Forbidden<TakenAction>() : await acts.RunAsync(viewer, async act =>
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

    /// <summary>Takes back what was done to many, in one act; what was taken back or replaced meanwhile stays as it is.</summary>
    /// <returns>What was taken back.</returns>
    public async Task<ActResult<BulkActed>> UndoAllAsync(Viewer viewer, IReadOnlyCollection<BulkTaken> taken, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return !viewer.MayWork ? ActResult.Forbidden<BulkActed>() : await acts.RunAsync(viewer, async act =>
        {
            var locked = (await act.LockAccountsAsync([.. taken.Select(own => own.AccountNo)])).ToHashSet();
            var ids = taken.Select(own => own.Action.ActionId).ToList();
            var actions = await act.Context.SuggestionActions.Where(action => locked.Contains(action.AccountNo) && ids.Contains(action.ActionId) && action.UndoneAt == null).ToListAsync(cancellation);
            foreach (var action in actions)
            {
                await UndoAsync(act, action, settings);
            }

            var back = new BulkActed([.. taken.Where(own => actions.Exists(action => action.ActionId == own.Action.ActionId))], []);
            return actions.Count > 0 ? ActResult.Done(back) : ActResult.Unchanged(back);
        }, cancellation);
    }

    /// <summary>
    /// Marks a suggestion by a call that carries it out: done where somebody was reached, away until a day where nobody was. The touch is the call's own.
    /// Its account is locked.
    /// </summary>
    /// <returns>What was made of it; null where the newest run does not suggest the play, or nothing follows from the call.</returns>
    internal static async Task<TakenAction?> ByCallAsync(ActScope act, Touch touch, string play, bool reached, DateOnly? retryOn)
    {
        if (await ScoreRunQuery.NewestAsync(act.Context, act.Cancellation) is not { } run
            || await act.Context.Suggestions.AsNoTracking().FirstOrDefaultAsync(s => s.ScoreRunId == run.ScoreRunId && s.AccountNo == touch.AccountNo && s.Play == play, act.Cancellation) is not { } suggestion)
        {
            return null;
        }

        touch.Play = play;
        if (!reached && retryOn is null)
        {
            return null;
        }

        Supersede(act, await StandingAsync(act, run, suggestion), suggestion);

        var action = new SuggestionAction
        {
            AccountNo = touch.AccountNo,
            ActionId = act.NewId(),
            Play = play,
            ReasonCode = suggestion.ReasonCode,
            ReasonArgsJson = suggestion.ReasonArgsJson,
            Kind = reached ? SuggestionActionKind.Done : SuggestionActionKind.Snoozed,
            At = act.Now,
            ByUser = act.Viewer.UserId,
            ByEmail = act.Viewer.Email,
            Until = reached ? null : retryOn,
            Reason = reached ? null : touch.Outcome,
            Note = touch.Notes,
            Minutes = touch.Minutes,
            TouchId = touch.FactId,
        };
        act.Context.SuggestionActions.Add(action);
        act.Note(JournalAreas.Suggestion, reached ? "done" : "snoozed", touch.AccountNo, action.ActionId, new FieldChanges().Note("play", null, play));
        return SuggestedTouches.Of(action);
    }

    /// <summary>
    /// Marks a suggestion done by a message that was queued for it. The touch is the message's own: it is written when the server takes it, under the message's id.
    /// The lock of contacts is held, so that two who send at once follow one another.
    /// </summary>
    internal static async Task ByMailAsync(ActScope act, MailMessage mail)
    {
        if (await ScoreRunQuery.NewestAsync(act.Context, act.Cancellation) is not { } run
            || await act.Context.Suggestions.AsNoTracking().FirstOrDefaultAsync(s => s.ScoreRunId == run.ScoreRunId && s.AccountNo == mail.AccountNo && s.Play == mail.OriginId, act.Cancellation) is not { } suggestion)
        {
            return;
        }

        var standing = await StandingAsync(act, run, suggestion);
        if (standing.Exists(action => action.Kind == SuggestionActionKind.Done))
        {
            return;
        }

        Supersede(act, standing, suggestion);
        mail.TouchMinutes ??= suggestion.Minutes;
        var action = new SuggestionAction
        {
            AccountNo = mail.AccountNo,
            ActionId = act.NewId(),
            Play = suggestion.Play,
            ReasonCode = suggestion.ReasonCode,
            ReasonArgsJson = suggestion.ReasonArgsJson,
            Kind = SuggestionActionKind.Done,
            At = act.Now,
            ByUser = act.Viewer.UserId,
            ByEmail = act.Viewer.Email,
            Note = mail.Subject,
            Minutes = mail.TouchMinutes,
            TouchId = mail.MailId,
        };
        act.Context.SuggestionActions.Add(action);
        act.Note(JournalAreas.Suggestion, "done", mail.AccountNo, action.ActionId, new FieldChanges().Note("play", null, suggestion.Play));
    }

    /// <summary>The message that carried a suggestion out was taken back before it went: the suggestion is open again.</summary>
    internal static async Task NoLongerByMailAsync(ActScope act, MailMessage mail)
    {
        foreach (var action in await act.Context.SuggestionActions.Where(action => action.AccountNo == mail.AccountNo && action.TouchId == mail.MailId && action.UndoneAt == null).ToListAsync(act.Cancellation))
        {
            action.UndoneAt = act.Now;
            act.Note(JournalAreas.Suggestion, "undone", mail.AccountNo, action.ActionId, new FieldChanges().Note("play", action.Play, null));
        }
    }

    private static Task<List<SuggestionAction>> StandingAsync(ActScope act, ScoreRun run, Suggestion suggestion) =>
        SuggestedTouches.Standing(act.Context.SuggestionActions, run).Where(action => action.AccountNo == suggestion.AccountNo && action.Play == suggestion.Play).ToListAsync(act.Cancellation);

    /// <summary>What was decided before no longer stands; contacts that were made did happen.</summary>
    private static void Supersede(ActScope act, List<SuggestionAction> standing, Suggestion suggestion)
    {
        foreach (var earlier in standing.Where(action => SuggestedTouches.IsOf(action, suggestion)))
        {
            earlier.UndoneAt = act.Now;
            act.Note(JournalAreas.Suggestion, "undone", suggestion.AccountNo, earlier.ActionId, new FieldChanges().Note("play", suggestion.Play, null));
        }
    }

    private ActResult<T>? Refusal<T>(Viewer viewer, SuggestionAct asked, CompanySettings settings)
        where T : class =>
        !viewer.MayWork ? ActResult.Forbidden<T>()
        : asked.Minutes is < 0 or > 1440 or double.NaN ? ActResult.Invalid<T>("minutes", "out_of_range")
        : asked.Kind == SuggestionActionKind.Snoozed && !(asked.Until > settings.Today(clock)) ? ActResult.Invalid<T>("until", "not_after_today")
        : asked.Kind != SuggestionActionKind.Done && string.IsNullOrWhiteSpace(asked.Reason) ? ActResult.Invalid<T>("reason", "missing")
        : null;

    private static bool IsSame(SuggestionAction standing, SuggestionAct asked) =>
        standing.Kind == asked.Kind && (asked.Kind == SuggestionActionKind.Done || (standing.Until == asked.Until && standing.Reason == asked.Reason!.Trim()));

    private static async Task<SuggestionDesk?> DeskAsync(ActScope act, IReadOnlyCollection<int> accounts, CompanySettings settings) =>
        await ScoreRunQuery.NewestAsync(act.Context, act.Cancellation) is { } run ? await SuggestionDesk.ReadAsync(act.Context, run, accounts, settings, act.Now, act.Cancellation) : null;

    /// <summary>What was decided before about the suggestion no longer stands.</summary>
    private static async Task<TakenAction> PutAsync(ActScope act, SuggestionDesk desk, int accountNo, Suggestion suggestion, SuggestionAct asked)
    {
        foreach (var earlier in desk.AllStanding(accountNo, suggestion))
        {
            await UndoAsync(act, earlier, desk.Settings);
        }

        var action = new SuggestionAction
        {
            AccountNo = accountNo,
            ActionId = act.NewId(),
            Play = suggestion.Play,
            ReasonCode = suggestion.ReasonCode,
            ReasonArgsJson = suggestion.ReasonArgsJson,
            Kind = asked.Kind,
            At = act.Now,
            ByUser = act.Viewer.UserId,
            ByEmail = act.Viewer.Email,
            Until = asked.Kind == SuggestionActionKind.Snoozed ? asked.Until : null,
            Reason = asked.Kind == SuggestionActionKind.Done ? null : asked.Reason!.Trim(),
            Note = string.IsNullOrWhiteSpace(asked.Note) ? null : asked.Note.Trim(),
        };
        if (asked.Kind == SuggestionActionKind.Done)
        {
            await WriteTouchAsync(act, action, suggestion, asked.Minutes, desk.Settings);
        }

        act.Context.SuggestionActions.Add(action);
        act.Note(JournalAreas.Suggestion, JsonNamingPolicy.SnakeCaseLower.ConvertName(asked.Kind.ToString()), accountNo, action.ActionId, new FieldChanges().Note("play", null, suggestion.Play));
        return SuggestedTouches.Of(action);
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
        await AppSource.NoteChangeAsync(act.Context, action.AccountNo, settings.DayOf(act.Now), act.Cancellation, isOurs: true);
    }

    private static async Task UndoAsync(ActScope act, SuggestionAction action, CompanySettings settings)
    {
        action.UndoneAt = act.Now;
        act.Note(JournalAreas.Suggestion, "undone", action.AccountNo, action.ActionId, new FieldChanges().Note("play", action.Play, null));
        await StopSequenceAsync(act, action);
        if (action.TouchId is null)
        {
            return;
        }

        var source = await AppSource.NumberAsync(act.Context, act.Cancellation);
        if (await act.Context.Touches.FindAsync([action.AccountNo, source, action.TouchId], act.Cancellation) is { } touch)
        {
            touch.VoidedBy = AppSource.NoImportFile;
            await AppSource.NoteChangeAsync(act.Context, action.AccountNo, settings.DayOf(touch.At), act.Cancellation, isOurs: true);
        }
    }

    /// <summary>Steps that a suggestion was marked done by go on no longer once that is taken back; what was sent was sent.</summary>
    private static async Task StopSequenceAsync(ActScope act, SuggestionAction action)
    {
        if (action.Kind != SuggestionActionKind.Done)
        {
            return;
        }

        foreach (var enrolment in await act.Context.Enrolments.Where(own => own.AccountNo == action.AccountNo && own.Play == action.Play && own.State == EnrolmentState.Running && own.StartedAt == action.At).ToListAsync(act.Cancellation))
        {
            await EnrolmentEnding.LeaveAsync(act, enrolment, EnrolmentEnds.Stopped);
        }
    }
}
