using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>What surveys are called, and what holds people back from them, in the reader's language.</summary>
public sealed class SurveyWords(IStringLocalizer<SurveyWords> text)
{
    public string Kind(SurveyKind kind) => text["Kind_" + kind];

    public string Mode(SurveyMode mode) => text["Mode_" + mode];

    public string Recipients(SurveyRecipients recipients) => text["Recipients_" + recipients];

    public string Question(QuestionKind kind) => text["Question_" + kind];

    /// <summary>A group of scores of a kind, with the scores.</summary>
    public string Group(SurveyKind kind, ScoreGroup group) => text[$"Group_{kind}_{group}"];

    public string State(InvitationState state) => text["State_" + state];

    public static Tone Tone(InvitationState state) => state switch
    {
        InvitationState.Answered => Shared.Values.Tone.Good,
        InvitationState.HeldBack => Shared.Values.Tone.Watch,
        InvitationState.Opened => Shared.Values.Tone.Info,
        _ => Shared.Values.Tone.Neutral,
    };

    /// <summary>Why somebody was not asked.</summary>
    /// <param name="reason">A code, with or without its argument.</param>
    public string Hold(string reason) => text["Hold_" + reason.Split(':')[0]] is { ResourceNotFound: false } words ? words : reason;

    /// <summary>The wave in words: its number, or the month or day of a survey that goes on.</summary>
    public string Wave(SurveyMode mode, int waveNo) => mode switch
    {
        SurveyMode.Wave => text["Wave", Format.Count(waveNo)],
        SurveyMode.Continuous => Format.Month(new DateOnly(waveNo / 100, waveNo % 100, 1)),
        _ => Format.Day(new DateOnly(waveNo / 10_000, waveNo / 100 % 100, waveNo % 100)),
    };

    /// <summary>Response rate with how many it is of.</summary>
    public string Rate(SurveyCounts counts) => counts.Rate is { } rate ? text["Rate", Format.Percent(rate, 0), Format.Count(counts.Answered), Format.Count(counts.Asked)] : Format.Missing;

    /// <summary>What is wrong with a field.</summary>
    public string Problem(string code) => text["Problem_" + code.Split(':')[0]] is { ResourceNotFound: false } words ? words.Value.Replace("{detail}", code.Split(':', '@').ElementAtOrDefault(1) ?? "", StringComparison.Ordinal) : code;
}
