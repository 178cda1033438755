using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Touches;

/// <summary>Marks suggested touches done, snoozed or dismissed, says so, and offers to take it back.</summary>
public sealed class TouchDesk(SuggestionActions actions, SettingsStore settings, CurrentViewer current, Toasts toasts, TouchWords words, TimeProvider clock, IStringLocalizer<TouchDesk> text)
{
    /// <summary>Asked before a suggestion is put aside; <see cref="PutAsideBox"/> in the layout answers, null for a reader who thinks better of it.</summary>
    internal event Func<PutAsideQuestion, Task<PutAside?>>? Asked;

    public async Task DoneAsync(int accountNo, string accountName, SuggestedTouch touch, EventCallback changed)
    {
        var result = await actions.DoneAsync(await current.GetAsync(), accountNo, touch.Play);
        await TellAsync(result, text["Done", words.Play(touch.Play), accountName], accountNo, changed);
    }

    public async Task SnoozeAsync(int accountNo, string accountName, SuggestedTouch touch, EventCallback changed)
    {
        var today = (await settings.ReadAsync()).Today(clock);
        if (await AskAsync(new(text["SnoozeTitle"], text["SnoozeQuestion", words.Play(touch.Play), accountName], today, AsksDay: true)) is { Until: { } until } answer)
        {
            var result = await actions.SnoozeAsync(await current.GetAsync(), accountNo, touch.Play, until, answer.Reason);
            await TellAsync(result, text["Snoozed", words.Play(touch.Play), accountName, Format.Day(until)], accountNo, changed);
        }
    }

    public async Task DismissAsync(int accountNo, string accountName, SuggestedTouch touch, EventCallback changed)
    {
        var today = (await settings.ReadAsync()).Today(clock);
        if (await AskAsync(new(text["DismissTitle"], text["DismissQuestion", words.Play(touch.Play), accountName], today, AsksDay: false)) is { } answer)
        {
            var result = await actions.DismissAsync(await current.GetAsync(), accountNo, touch.Play, answer.Reason);
            await TellAsync(result, text["Dismissed", words.Play(touch.Play), accountName], accountNo, changed);
        }
    }

    private Task<PutAside?> AskAsync(PutAsideQuestion question) => Asked?.Invoke(question) ?? Task.FromResult<PutAside?>(null);

    /// <summary>Says what holds now with a way back, or why it does not hold.</summary>
    private async Task TellAsync(ActResult<TakenAction> result, string sentence, int accountNo, EventCallback changed)
    {
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                toasts.TellWithUndo(sentence, async () =>
                {
                    var undone = await actions.UndoAsync(await current.GetAsync(), accountNo, result.Value!.ActionId);
                    toasts.Tell(text[undone.Holds ? "Undone" : "NotFound"]);
                    await changed.InvokeAsync();
                });
                await changed.InvokeAsync();
                break;
            case ActOutcome.Forbidden:
                toasts.Fail(text["Forbidden"]);
                break;
            case ActOutcome.Invalid:
                toasts.Fail(text["Invalid"]);
                break;
            default:
                toasts.Fail(text["NotFound"]);
                await changed.InvokeAsync();
                break;
        }
    }
}
