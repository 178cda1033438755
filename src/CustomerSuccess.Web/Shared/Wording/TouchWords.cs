using System.Globalization;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Playbooks;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Plays, their triggers, and what was made of them, in words.</summary>
public sealed class TouchWords(IStringLocalizer<TouchWords> text, PlayNames? names = null)
{
    /// <summary>A play's name as an instruction, such as <c>Ask why usage fell</c>.</summary>
    public string Play(string play) => (names?.Find(play) is { } own ? InLanguage(own.NameEn, own.NameJa) : null)
        ?? (text["play." + play] is { ResourceNotFound: false } name ? name : play);

    /// <summary>Words to say or write to the customer; null for a play that has none.</summary>
    public string? Message(string play) => (names?.Find(play) is { } own ? InLanguage(own.MessageEn, own.MessageJa) : null)
        ?? (text["play." + play + ".message"] is { ResourceNotFound: false } message ? message.Value : null);

    /// <summary>Who should do it.</summary>
    public string By(string by) => text["by." + by] is { ResourceNotFound: false } who ? who : by;

    /// <summary>Why a touch is suggested, with the trigger's numbers.</summary>
    public string Reason(SuggestedTouch touch, string currency = "") =>
        text["reason." + touch.ReasonCode] is { ResourceNotFound: false } template
            ? SentenceTemplate.Fill(template, name => touch.ReasonArgs.TryGetValue(name, out var number) ? number : null, currency)
            : touch.ReasonCode;

    /// <summary>How the customer is reached.</summary>
    public string Channel(string channel) => text["channel." + channel] is { ResourceNotFound: false } name ? name : channel;

    /// <summary>Where a touch stands, such as <c>Snoozed to Oct 12</c>.</summary>
    public string State(TakenAction action) => action.State switch
    {
        SuggestionState.Done => text["state.done"],
        SuggestionState.Snoozed => text["state.snoozed", Format.Day(action.Until)],
        SuggestionState.Dismissed => text["state.dismissed"],
        _ => text["state.open"],
    };

    /// <summary>Why a play would be offered to an account, with the trigger's numbers.</summary>
    public string Reason(PlayReason reason, string currency = "") =>
        text["reason." + reason.Code] is { ResourceNotFound: false } template
            ? SentenceTemplate.Fill(template, name => reason.Args.TryGetValue(name, out var number) ? number : null, currency)
            : reason.Code;

    /// <summary>What a company wrote in the reader's language, or else in the other one.</summary>
    private static string? InLanguage(string? english, string? japanese) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? japanese ?? english : english ?? japanese;
}
