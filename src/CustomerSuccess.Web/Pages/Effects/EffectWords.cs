using CustomerSuccess.Core.Effects;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Effects;

/// <summary>Says in plain words what is known of a play's effect.</summary>
public sealed class EffectWords(IStringLocalizer<EffectWords> text)
{
    /// <summary>The verdict in a word.</summary>
    public string Verdict(PlayEffectRow row) => row.IsMeasured ? Verdict(row.Effect.Verdict) : text["NotMeasured"];

    public string Verdict(EffectVerdict verdict) => text["verdict." + verdict];

    public static Tone ToneOf(PlayEffectRow row) => row.IsMeasured ? ToneOf(row.Effect.Verdict) : Tone.Neutral;

    public static Tone ToneOf(EffectVerdict verdict) => verdict switch
    {
        EffectVerdict.Works => Tone.Good,
        EffectVerdict.Harms => Tone.Danger,
        EffectVerdict.DoesNotWork => Tone.Watch,
        EffectVerdict.TooEarly => Tone.Info,
        _ => Tone.Neutral,
    };

    /// <summary>What was counted and what follows from it.</summary>
    public string Sentence(PlayEffectRow row)
    {
        var effect = row.Effect;
        if (!row.IsMeasured)
        {
            return text["NobodyHeldOut"];
        }

        if (effect.Offered + effect.HeldOut == 0)
        {
            return text["NobodyDrawn"];
        }

        var (offered, heldOut, relative) = (Rate(effect.Known.Offered), Rate(effect.Known.HeldOut), effect.Relative);
        return effect.Verdict switch
        {
            EffectVerdict.TooLittle => text["TooLittle", Format.Count(effect.Known.Offered.Accounts), Format.Count(effect.Known.HeldOut.Accounts), Arms.Least],
            EffectVerdict.Works => text[Kind("Works", effect), offered, heldOut, Format.Percent(relative.Value, 0), Format.Percent(relative.Lower, 0), Format.Percent(relative.Upper, 0)],
            EffectVerdict.Harms => text[Kind("Harms", effect), offered, heldOut],
            EffectVerdict.DoesNotWork => text[Kind("DoesNot", effect), offered, heldOut, Format.Percent(row.Entry.Play.PriorEffect, 0)],
            _ when !double.IsFinite(relative.Upper) => text["TooEarlyOpen", offered, heldOut],
            _ => text[Kind("TooEarly", effect), offered, heldOut, Format.Percent(relative.Upper, 0)],
        };
    }

    /// <summary>When an answer may be expected; null where it is in, or none is sought.</summary>
    public string? Answer(PlayEffectRow row)
    {
        var effect = row.Effect;
        if (!row.IsMeasured || effect.Verdict is EffectVerdict.Works or EffectVerdict.Harms or EffectVerdict.DoesNotWork || effect.Offered + effect.HeldOut == 0)
        {
            return null;
        }

        if (effect.AnswerOn is { } on && !effect.IsEndReached)
        {
            return text["AnswerOn", Format.Month(on), Format.Percent(row.Entry.Play.PriorEffect, 0)];
        }

        return effect.IsEndReached ? text["EndReached"].Value
            : effect.Pace == 0 ? text["NoPace"].Value
            : effect.Noticeable is { } noticeable ? text["NoAnswer", Format.Percent(row.Entry.Play.PriorEffect, 0), Format.Percent(noticeable, 0)].Value
            : text["NoAnswerAtAll", Format.Percent(row.Entry.Play.PriorEffect, 0)].Value;
    }

    /// <summary>For a table: when, or a dash.</summary>
    public static string AnswerDay(PlayEffectRow row) =>
        row.Effect is { AnswerOn: { } on, IsEndReached: false, Verdict: EffectVerdict.TooLittle or EffectVerdict.TooEarly } ? Format.Month(on) : Format.Missing;

    /// <summary>A difference of the arms so that more is better: churn avoided, or expansion added.</summary>
    public static EffectInterval Gain(PlayEffect effect, EffectInterval difference) =>
        effect.IsUpsell ? difference : new(-difference.Value, -difference.Upper, -difference.Lower);

    /// <summary>A gain with its interval, in percentage points.</summary>
    public string Points(EffectInterval gain) => double.IsFinite(gain.Value)
        ? text["Points", Format.Points(gain.Value), Format.Points(gain.Lower), Format.Points(gain.Upper)]
        : Format.Missing;

    public string Percents(EffectInterval share) => double.IsFinite(share.Value) && double.IsFinite(share.Lower)
        ? text["Percents", Format.Percent(share.Value, 0), Format.Percent(share.Lower, 0), Format.Percent(share.Upper, 0)]
        : Format.Missing;

    public static string Rate(Arm arm) => arm.Accounts == 0 ? Format.Missing : Format.Percent(arm.Rate);

    private static string Kind(string key, PlayEffect effect) => key + (effect.IsWinBack ? "Back" : effect.IsUpsell ? "Sells" : "Keeps");
}
