using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Web.Shared.Values;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Sequences;

/// <summary>What sequences say, in the reader's words.</summary>
public sealed class SequenceWords(IStringLocalizer<SequenceWords> text, TouchWords touches)
{
    public string Channel(string channel) => touches.Channel(channel);

    public string State(EnrolmentState state) => text["State_" + state];

    public string Step(StepState state) => text["Step_" + state];

    /// <summary>Why an account left, or what holds a step back; codes may be several, with commas between.</summary>
    public string Reasons(string? codes) => string.Join(text["Comma"], (codes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Reason).Distinct());

    public string Reason(string code) => code.Split(':') is [var head, var field]
        ? text["Reason_" + head] is { ResourceNotFound: false } known ? text["Named", known.Value, field] : code
        : text["Reason_" + code] is { ResourceNotFound: false } words ? words.Value : text["Reason_other"];

    /// <summary>When a step comes: after so many days, at an hour.</summary>
    public string When(PlayStep step) => text[(step.From, step.Delay, step.Unit) switch
    {
        (DelayFrom.Start, _, DelayUnit.Days) => "When_start",
        (DelayFrom.Start, _, _) => "When_start_business",
        (_, 0, DelayUnit.Days) => "When_now",
        (_, 0, _) => "When_now_business",
        (_, _, DelayUnit.Days) => "When_before",
        _ => "When_before_business",
    }, step.Delay] + (step.Hour is { } hour ? text["Hour", hour] : "");

    /// <summary>The next step in one line: which of how many, by what, when.</summary>
    public string Next(EnrolmentRow row, string timeZone) => row.Next is not { } step ? Format.Missing
        : row.NextAt is { } at ? text["Next", row.Enrolment.NextStep, row.Sequence!.Steps.Count, Channel(step.Channel), Format.Instant(at, timeZone)]
        : text[step.Channel switch
        {
            Channels.Email or Channels.Sms or Channels.Line or Channels.Message when row.Mail?.Status == Core.Mail.MailStatus.Draft => "NextDraft",
            Channels.Letter => "NextLetter",
            Channels.Email or Channels.Sms or Channels.Line or Channels.Message => "NextSending",
            _ => "NextTask",
        }, row.Enrolment.NextStep, row.Sequence!.Steps.Count, Channel(step.Channel)];

    public static Tone ToneOf(EnrolmentState state) => state == EnrolmentState.Finished ? Tone.Good : Tone.Neutral;
}
