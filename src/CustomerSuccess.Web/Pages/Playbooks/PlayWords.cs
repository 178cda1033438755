using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Web.Shared.Conditions;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>What plays say, in the reader's words.</summary>
public sealed class PlayWords(IStringLocalizer<PlayWords> text, TouchWords touches, ConditionWords conditions)
{
    /// <summary>Its own name in the reader's language, else in the other one, else the shipped one.</summary>
    public string Name(Play play) => (IsJapanese ? play.NameJa ?? play.NameEn : play.NameEn ?? play.NameJa) ?? touches.Play(play.Key);

    public string Channel(string channel) => touches.Channel(channel);

    public string By(string by) => touches.By(by);

    public string Tier(TouchTier tier) => text["tier." + tier];

    public string Reason(PlayReason reason, string currency) => touches.Reason(reason, currency);

    /// <summary>When it is suggested, all reasons in one sentence.</summary>
    public string Trigger(Play play, ConditionEditing editing) =>
        string.Join(text["Or"], play.Triggers.Select(trigger => conditions.Sentence(trigger.When, editing.Fields, editing.Segments, editing.Currency)));

    /// <summary>What a reason is called where there are no numbers for its sentence.</summary>
    public string Kind(PlayTrigger trigger) => text["trigger." + trigger.Reason] is { ResourceNotFound: false } name ? name.Value : text["trigger.own_condition"];

    public string Problem(string code) => text["problem." + code] is { ResourceNotFound: false } words ? words.Value : conditions.Problem(code);

    private static bool IsJapanese => System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja";
}
