using System.Globalization;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Campaigns;

/// <summary>What campaigns are called, what holds people back from them, and what came of them, in the reader's language.</summary>
public sealed class CampaignWords(IStringLocalizer<CampaignWords> text)
{
    public string State(CampaignState state) => text["State_" + state];

    public static Tone ToneOf(CampaignState state) => state switch
    {
        CampaignState.Running => Tone.Good,
        CampaignState.Scheduled => Tone.Info,
        CampaignState.Paused => Tone.Watch,
        _ => Tone.Neutral,
    };

    public string Member(CampaignMemberState state) => text["Member_" + state];

    public static Tone ToneOf(CampaignMemberState state) => state switch
    {
        CampaignMemberState.Sent => Tone.Good,
        CampaignMemberState.Bounced => Tone.Danger,
        CampaignMemberState.HeldBack => Tone.Watch,
        CampaignMemberState.HeldOut => Tone.Info,
        _ => Tone.Neutral,
    };

    public string Recipients(CampaignRecipients recipients) => text["Recipients_" + recipients];

    public string Purpose(Purpose purpose) => text["Purpose_" + purpose];

    public string Zone(CampaignZone zone) => text["Zone_" + zone];

    public string Goal(CampaignGoal goal) => text["Goal_" + goal];

    public string Measure(SubjectMeasure measure) => text["Measure_" + measure];

    public string Show(CampaignShow show) => text["Show_" + show];

    /// <summary>A code with its argument in words.</summary>
    public string Hold(string reason)
    {
        var (code, detail) = reason.Split(':', 2) is [var key, var argument] ? (key, argument) : (reason, "");
        return text["Hold_" + code] is { ResourceNotFound: false } words ? words.Value.Replace("{detail}", detail, StringComparison.Ordinal) : reason;
    }

    public string Holds(string? reasons) => reasons is null ? "" : string.Join(text["Comma"], reasons.Split(',').Select(Hold));

    /// <summary>What is wrong with a field.</summary>
    public string Problem(string code) => text["Problem_" + code.Split(':')[0]] is { ResourceNotFound: false } words ? words.Value.Replace("{detail}", code.Split(':', '@').ElementAtOrDefault(1) ?? "", StringComparison.Ordinal) : Hold(code);

    /// <summary>A share with its interval and what it is of.</summary>
    public string Share(CampaignTally tally, int of)
    {
        var share = tally.Share(of);
        return tally.Delivered == 0 ? Format.Missing : text["Share", Format.Percent(share.Value), Format.Percent(share.Lower), Format.Percent(share.Upper), Format.Count(of), Format.Count(tally.Delivered)];
    }

    public string Subject(CampaignSubject subject) => (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? subject.Ja ?? subject.En : subject.En ?? subject.Ja) ?? Format.Missing;

    /// <summary>What the comparison of subjects says, or when it will.</summary>
    public string? SubjectTest(Campaign campaign, CampaignPlan plan, string timeZone) => !plan.TestsSubjects ? null
        : campaign is { TestVerdict: { } verdict, ChosenSubject: { } chosen } ? text["Test_" + verdict, Subject(plan.Subjects[chosen]), Measure(plan.Measure), Arms.Least].Value
        : campaign.TestEndsAt is { } at ? text["Test_Until", Format.Instant(at, timeZone)].Value
        : text["Test_Sending", Format.Percent(plan.TestShare, 0), plan.TestHours].Value;

    /// <summary>A weekday, with the hour where one is meant.</summary>
    public string Time(SendTimeResult time)
    {
        var day = CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(time.Day);
        return time.Hour is { } hour ? text["DayHour", day, hour] : day;
    }

    /// <summary>What the arms say.</summary>
    public string Effect(CampaignEffect effect)
    {
        var (offered, heldOut) = (Rate(effect.Effect.Known.Offered), Rate(effect.Effect.Known.HeldOut));
        return effect.Effect.Verdict switch
        {
            EffectVerdict.TooLittle => text["Effect_TooLittle", Format.Count(effect.Effect.Known.Offered.Accounts), Format.Count(effect.Effect.Known.HeldOut.Accounts), Arms.Least, Format.Count(effect.Effect.Pending)],
            var verdict => text["Effect_" + verdict, offered, heldOut],
        };
    }

    public string Verdict(EffectVerdict verdict) => text["Verdict_" + verdict];

    public string Outcome(CampaignEffect effect) => effect.Metric is { } metric ? text["Outcome_Metric", metric, effect.Days] : text["Outcome_" + effect.Goal, effect.Days];

    public static string Rate(Arm arm) => arm.Accounts == 0 ? Format.Missing : Format.Percent(arm.Rate);
}
