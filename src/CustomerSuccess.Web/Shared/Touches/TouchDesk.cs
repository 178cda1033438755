using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared.Surfaces;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Touches;

/// <summary>
/// Marks suggested touches done, snoozed or dismissed, one or many, says so, and offers to take it back. Where a colleague was
/// faster the reader is asked whether that shall stand.
/// </summary>
public sealed class TouchDesk(SuggestionActions actions, SettingsStore settings, CurrentViewer current, Toasts toasts, Asking asking, TouchWords words, ColleagueNames names, TimeProvider clock, IStringLocalizer<TouchDesk> text)
{
    /// <summary>Accounts that are named of those that were left.</summary>
    private const int MostNamed = 3;

    /// <summary>Asked before a suggestion is put aside; <see cref="PutAsideBox"/> in the layout answers, null for a reader who thinks better of it.</summary>
    internal event Func<PutAsideQuestion, Task<PutAside?>>? Asked;

    public Task DoneAsync(int accountNo, string accountName, SuggestedTouch touch, EventCallback changed) =>
        ActAsync(accountNo, accountName, touch, new(SuggestionActionKind.Done), text["Done", words.Play(touch.Play), accountName], changed);

    public async Task SnoozeAsync(int accountNo, string accountName, SuggestedTouch touch, EventCallback changed)
    {
        if (await AskAsync(SuggestionActionKind.Snoozed, text["SnoozeQuestion", words.Play(touch.Play), accountName]) is { } act)
        {
            await ActAsync(accountNo, accountName, touch, act, text["Snoozed", words.Play(touch.Play), accountName, Format.Day(act.Until)], changed);
        }
    }

    public async Task DismissAsync(int accountNo, string accountName, SuggestedTouch touch, EventCallback changed)
    {
        if (await AskAsync(SuggestionActionKind.Dismissed, text["DismissQuestion", words.Play(touch.Play), accountName]) is { } act)
        {
            await ActAsync(accountNo, accountName, touch, act, text["Dismissed", words.Play(touch.Play), accountName], changed);
        }
    }

    /// <summary>Acts on the next open touch of each of many accounts.</summary>
    /// <param name="kind">What to do.</param>
    /// <param name="list">Whose touches.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="seenAt">When the reader saw them, UTC.</param>
    /// <param name="changed">Called when something holds now that did not before, or was taken back.</param>
    /// <returns>True where the act was carried out.</returns>
    public async Task<bool> ActAllAsync(SuggestionActionKind kind, QueueList list, IReadOnlyList<int> accounts, DateTime seenAt, EventCallback changed)
    {
        var count = Format.Count(accounts.Count);
        var act = kind == SuggestionActionKind.Done ? new SuggestionAct(kind) : await AskAsync(kind, text[kind == SuggestionActionKind.Snoozed ? "SnoozeManyQuestion" : "DismissManyQuestion", count]);
        if (act is null)
        {
            return false;
        }

        var result = await actions.TakeAllAsync(await current.GetAsync(), list, accounts, act, seenAt);
        if (!result.Holds)
        {
            Refused(result.Outcome);
            return false;
        }

        var (taken, left) = (result.Value!.Taken, result.Value.Left);
        if (taken.Count > 0)
        {
            toasts.TellWithUndo(text[kind + "Many", Format.Count(taken.Count), Format.Day(act.Until)], async () =>
            {
                var undone = await actions.UndoAllAsync(await current.GetAsync(), taken);
                toasts.Tell(text["UndoneMany", Format.Count(undone.Outcome == ActOutcome.Done ? undone.Value!.Taken.Count : 0)]);
                await changed.InvokeAsync();
            });
        }

        if (left.Count > 0)
        {
            toasts.Warn(text["LeftMany", Format.Count(left.Count), string.Join(text["Comma"], left.Take(MostNamed).Select(own => own.Theirs is { } theirs ? text["LeftTheirs", own.AccountName, Who(theirs), words.State(theirs)].Value : text["LeftNothing", own.AccountName].Value))]);
        }

        await changed.InvokeAsync();
        return true;
    }

    /// <summary>What to do, once the reader has said until when and why; null for a reader who thinks better of it.</summary>
    private async Task<SuggestionAct?> AskAsync(SuggestionActionKind kind, string question)
    {
        var snoozes = kind == SuggestionActionKind.Snoozed;
        var today = (await settings.ReadAsync()).Today(clock);
        var asked = Asked?.Invoke(new(text[snoozes ? "SnoozeTitle" : "DismissTitle"], question, today, AsksDay: snoozes)) ?? Task.FromResult<PutAside?>(null);
        return await asked is { } answer ? new(kind) { Until = answer.Until, Reason = answer.Reason } : null;
    }

    private async Task ActAsync(int accountNo, string accountName, SuggestedTouch touch, SuggestionAct act, string sentence, EventCallback changed)
    {
        var result = await actions.TakeAsync(await current.GetAsync(), accountNo, touch.Play, act, new SeenAction(touch.Action?.ActionId));
        if (result is { Outcome: ActOutcome.Conflict, Value: { } theirs })
        {
            await changed.InvokeAsync();
            if (!await asking.AskAsync(new(text["ConflictTitle"], text["ConflictQuestion", Who(theirs), words.Play(touch.Play), accountName, words.State(theirs)], text["ConflictYes"])))
            {
                return;
            }

            result = await actions.TakeAsync(await current.GetAsync(), accountNo, touch.Play, act, new SeenAction(theirs.ActionId));
        }

        await TellAsync(result, sentence, accountNo, changed);
    }

    private string Who(TakenAction action) => action.ByEmail is { } by ? names.Of(by) : text["System"];

    /// <summary>Says what holds now with a way back, or why it does not hold.</summary>
    private async Task TellAsync(ActResult<TakenAction> result, string sentence, int accountNo, EventCallback changed)
    {
        if (!result.Holds)
        {
            Refused(result.Outcome);
            if (result.Outcome is ActOutcome.NotFound or ActOutcome.Conflict)
            {
                await changed.InvokeAsync();
            }

            return;
        }

        toasts.TellWithUndo(sentence, async () =>
        {
            var undone = await actions.UndoAsync(await current.GetAsync(), accountNo, result.Value!.ActionId);
            toasts.Tell(text[undone.Holds ? "Undone" : "NotFound"]);
            await changed.InvokeAsync();
        });
        await changed.InvokeAsync();
    }

    private void Refused(ActOutcome outcome) => toasts.Fail(text[outcome switch
    {
        ActOutcome.Forbidden => "Forbidden",
        ActOutcome.Invalid => "Invalid",
        _ => "NotFound",
    }]);
}
