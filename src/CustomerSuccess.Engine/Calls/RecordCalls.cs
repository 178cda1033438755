using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Calls;

/// <summary>Records calls: touches of the source <c>app</c>, and what they mean for a suggestion that they carry out.</summary>
public sealed class RecordCalls(Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>
    /// Records a call. Where it carries out a suggested play, that is done once somebody was reached; where nobody was and there is a day to try again,
    /// the suggestion stays away until then.
    /// </summary>
    public async Task<ActResult<RecordedCall>> SaveAsync(Viewer viewer, CallDraft draft, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<RecordedCall>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var today = settings.Today(clock);
        var problems = CallRules.Problems(draft, today);
        return problems.Count > 0 ? ActResult.Invalid<RecordedCall>(problems) : await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(draft.AccountNo))
            {
                return ActResult.NotFound<RecordedCall>();
            }

            if (draft.ContactNo is { } contact && !await act.Context.Contacts.AnyAsync(c => c.AccountNo == draft.AccountNo && c.ContactNo == contact && c.VoidedBy == null, cancellation))
            {
                return ActResult.Invalid<RecordedCall>("contact", "unknown");
            }

            var touch = await AddAsync(act, draft);
            var taken = draft.Play is null ? null : await SuggestionActions.ByCallAsync(act, touch, draft.Play, draft.Result == CallResult.Reached, draft.RetryOn > today ? draft.RetryOn : null);
            act.Note(JournalAreas.Touch, "called", draft.AccountNo, touch.FactId, new FieldChanges().Note("outcome", null, touch.Outcome).Note("purpose", null, touch.Purpose).Note("next_step", null, touch.NextStep));
            await AppSource.NoteChangeAsync(act.Context, draft.AccountNo, settings.DayOf(touch.At), cancellation, isOurs: true);
            return ActResult.Done(new RecordedCall(draft.AccountNo, touch.FactId, draft.Result, draft.RetryOn, taken));
        }, cancellation);
    }

    /// <summary>Takes a recorded call back, with what it meant for a suggestion.</summary>
    public async Task<ActResult<RecordedCall>> UndoAsync(Viewer viewer, RecordedCall call, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<RecordedCall>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            var source = await AppSource.NumberAsync(act.Context, cancellation);
            if (!await act.LockAccountAsync(call.AccountNo) || await act.Context.Touches.FindAsync([call.AccountNo, source, call.TouchId], cancellation) is not { } touch)
            {
                return ActResult.NotFound<RecordedCall>();
            }

            if (touch.VoidedBy is not null)
            {
                return ActResult.Unchanged(call);
            }

            touch.VoidedBy = AppSource.NoImportFile;
            foreach (var action in await act.Context.SuggestionActions.Where(a => a.AccountNo == call.AccountNo && a.TouchId == call.TouchId && a.UndoneAt == null).ToListAsync(cancellation))
            {
                action.UndoneAt = act.Now;
                act.Note(JournalAreas.Suggestion, "undone", call.AccountNo, action.ActionId, new FieldChanges().Note("play", action.Play, null));
            }

            act.Note(JournalAreas.Touch, "undone", call.AccountNo, call.TouchId);
            await AppSource.NoteChangeAsync(act.Context, call.AccountNo, settings.DayOf(touch.At), cancellation, isOurs: true);
            return ActResult.Done(call);
        }, cancellation);
    }

    private static async Task<Touch> AddAsync(ActScope act, CallDraft draft)
    {
        static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        var touch = new Touch
        {
            AccountNo = draft.AccountNo,
            SourceId = await AppSource.NumberAsync(act.Context, act.Cancellation),
            FactId = act.NewId(),
            ContactNo = draft.ContactNo,
            Kind = Channels.Call,
            OwnerEmail = act.Viewer.Email,

            // it is recorded once it is over
            At = act.Now.AddMinutes(-draft.Minutes),
            Minutes = draft.Minutes,
            Outcome = draft.Result.Word(),
            Notes = Clean(draft.Notes),
            Direction = draft.IsInbound ? "inbound" : "outbound",
            Purpose = Clean(draft.Purpose),
            NextStep = Clean(draft.NextStep),
            NextStepOn = draft.NextStepOn ?? (draft.Result == CallResult.Reached ? null : draft.RetryOn),
            RecordingUrl = Clean(draft.RecordingUrl),
        };
        act.Context.Touches.Add(touch);
        return touch;
    }
}
