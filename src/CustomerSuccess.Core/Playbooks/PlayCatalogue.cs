using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>
/// The plays that are suggested. Their effects are priors by judgement, not measured: a relative reduction of churn of 5–25 %,
/// lower where the reason is vague, higher where the cause can be removed (an unpaid invoice, an inquiry without an answer).
/// </summary>
public static class PlayCatalogue
{
    public const string CheckIn = "check_in";

    /// <summary>What an expansion adds to MRR, until the company's own are measured: a fifth.</summary>
    public const double ExpansionShare = 0.2;

    /// <summary>Probability of expansion within the horizon where no upsell model is in use.</summary>
    public const double ExpansionPrior = 0.05;

    private static readonly string[] CallFirst = [Channels.Call, Channels.Email, Channels.Meeting];

    private static readonly string[] EmailFirst = [Channels.Email, Channels.Call, Channels.Meeting];

    private static readonly string[] MeetingFirst = [Channels.Meeting, Channels.Call, Channels.Email];

    public static IReadOnlyList<Play> All { get; } =
    [
        new()
        {
            Key = "usage_recovery", Channels = CallFirst, Minutes = 20, PriorEffect = 0.12, CoolDownDays = 45, By = "csm",
            Triggers = [a => a[UsageTrend28] <= -0.3 ? Because("usage_fell", ("change", a[UsageTrend28]), ("usage", a[Usage28])) : null],
        },
        new()
        {
            Key = "reconnect", Channels = CallFirst, Minutes = 15, PriorEffect = 0.10, CoolDownDays = 30, By = "csm",
            Triggers =
            [
                a => a[SilenceRatio] >= 3 && a[DaysSinceUse] >= 7 ? Because("gone_silent", ("days", a[DaysSinceUse]), ("times_usual", a[SilenceRatio])) : null,
                a => a[PurchaseSilenceRatio] >= 3 && a[DaysSincePurchase] >= 14 ? Because("purchases_stopped", ("days", a[DaysSincePurchase]), ("times_usual", a[PurchaseSilenceRatio])) : null,
            ],
        },
        new()
        {
            Key = "answer_inquiry", Channels = [Channels.Internal], Minutes = 10, PriorEffect = 0.15, CoolDownDays = 3, By = "csm_with_support", IsReply = true,
            Triggers = [a => a[UnansweredInquiries] >= 1 ? Because("inquiry_unanswered", ("count", a[UnansweredInquiries]), ("days", a[OldestOpenInquiryDays])) : null],
        },
        new()
        {
            Key = "resolve_urgent", Channels = [Channels.Internal], Minutes = 20, PriorEffect = 0.18, CoolDownDays = 7, By = "csm_with_support", IsReply = true,
            Triggers =
            [
                a => a[OpenUrgentInquiries] >= 1 ? Because("inquiry_urgent", ("count", a[OpenUrgentInquiries]), ("days", a[OldestOpenInquiryDays])) : null,
                a => a.EscalatedInquiries >= 1 ? Because("inquiries_escalated", ("count", a.EscalatedInquiries)) : null,
            ],
        },
        new()
        {
            Key = "detractor_call", Channels = CallFirst, Minutes = 25, PriorEffect = 0.12, CoolDownDays = 90, By = "csm", IsReply = true,
            Triggers =
            [
                a => a[NpsLast] <= 6 && !(a[NpsAgeDays] > 120) ? Because("nps_detractor", ("score", a[NpsLast]), ("days", a[NpsAgeDays])) : null,
                a => a[NpsChange] <= -3 && !(a[NpsLast] <= 6) && !(a[NpsAgeDays] > 120) ? Because("nps_fell", ("score", a[NpsLast]), ("change", a[NpsChange])) : null,
            ],
        },
        new()
        {
            Key = "new_champion", Channels = MeetingFirst, Minutes = 30, PriorEffect = 0.15, CoolDownDays = 90, By = "csm_with_sponsor",
            Triggers =
            [
                a => a[ChampionGone] > 0 ? Because("champion_left") : null,
                a => a[ChampionSilentDays] >= 60 ? Because("champion_silent", ("days", a[ChampionSilentDays])) : null,
            ],
        },
        new()
        {
            Key = "payment_help", Channels = EmailFirst, Minutes = 10, PriorEffect = 0.25, CoolDownDays = 7, By = "csm_with_finance", IsReply = true,
            Triggers =
            [
                a => a.FailedInvoices >= 1 ? Because("payment_failed", ("count", a.FailedInvoices)) : null,
                a => a[InvoicesOverdue] >= 1 ? Because("payment_overdue", ("count", a[InvoicesOverdue])) : null,
            ],
        },
        new()
        {
            Key = "renewal_talk", Channels = MeetingFirst, Minutes = 45, PriorEffect = 0.10, CoolDownDays = 60, By = "csm",
            Triggers =
            [
                a => Within(a[DaysToNotice], a) ? Because("notice_near", ("days", a[DaysToNotice])) : null,
                a => double.IsNaN(a[DaysToNotice]) && Within(a[DaysToRenewal], a) ? Because("renewal_near", ("days", a[DaysToRenewal])) : null,
            ],
        },
        new()
        {
            Key = "plan_fit", Channels = CallFirst, Minutes = 30, PriorEffect = 0.10, CoolDownDays = 90, By = "csm",
            Triggers =
            [
                a => a[UsersPerSeat] <= 0.3 && a[Seats] >= 5 ? Because("seats_unused", ("share", a[UsersPerSeat]), ("seats", a[Seats])) : null,
                a => a[MrrChange91] >= 0.1 && a[UsageTrend91] <= 0 ? Because("price_rose", ("change", a[MrrChange91])) : null,
            ],
        },
        new()
        {
            Key = "onboarding_rescue", Channels = CallFirst, Minutes = 40, PriorEffect = 0.20, CoolDownDays = 30, By = "csm",
            Triggers = [a => a[ContractAge] is >= 14 and <= 90 && a[ActiveDays28] <= 4 ? Because("onboarding_stalled", ("age", a[ContractAge]), ("active_days", a[ActiveDays28])) : null],
        },
        new()
        {
            Key = "feature_coaching", Channels = EmailFirst, Minutes = 20, PriorEffect = 0.08, CoolDownDays = 60, By = "csm",
            Triggers = [a => a[BreadthChange28] <= -2 ? Because("features_dropped", ("count", -a[BreadthChange28]), ("left", a[Breadth28])) : null],
        },
        new()
        {
            Key = "add_seats", IsUpsell = true, Channels = CallFirst, Minutes = 25, PriorEffect = 0.30, CoolDownDays = 90, By = "csm_with_sales",
            Triggers = [a => IsContent(a) && a[UsersPerSeat] >= 0.9 && a[Seats] >= 3 ? Because("seats_full", ("share", a[UsersPerSeat]), ("seats", a[Seats])) : null],
        },
        new()
        {
            Key = "offer_upgrade", IsUpsell = true, Channels = EmailFirst, Minutes = 20, PriorEffect = 0.15, CoolDownDays = 90, By = "csm_with_sales",
            Triggers = [a => IsContent(a) && a[UsageTrend91] >= 0.3 && a[ActiveDays28] >= 4 ? Because("usage_rose", ("change", a[UsageTrend91]), ("usage", a[Usage28])) : null],
        },
        // fires for every account: whoever has no better reason to be called
        new()
        {
            Key = CheckIn, Channels = EmailFirst, Minutes = 10, PriorEffect = 0.05, CoolDownDays = 60, By = "csm",
            Triggers = [static _ => Because("no_special_reason")],
        },
    ];

    private static readonly Dictionary<string, Play> ByKey = All.ToDictionary(play => play.Key, StringComparer.Ordinal);

    /// <summary>The play of a key; null for an unknown one, such as an older version's.</summary>
    public static Play? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>Nothing is wrong that would have to be mended before anything is sold.</summary>
    private static bool IsContent(AccountSigns a) =>
        a.RuleScore < 25 && !(a[NpsLast] <= 6) && !(a[UnansweredInquiries] >= 1) && !(a[OpenUrgentInquiries] >= 1) && !(a.FailedInvoices >= 1) && !(a[InvoicesOverdue] >= 1);

    /// <summary>Near is two thirds of the horizon: 60 days of 90, 20 of 31. A business of monthly terms is not told of every renewal.</summary>
    private static bool Within(double days, AccountSigns a) => days >= 0 && days <= a.Settings.HorizonDays * 2.0 / 3;

    private static PlayReason Because(string code, params ReadOnlySpan<(string Name, double Value)> args)
    {
        var numbers = new Dictionary<string, double>(args.Length, StringComparer.Ordinal);
        foreach (var (name, value) in args)
        {
            if (double.IsFinite(value))
            {
                numbers.Add(name, value);
            }
        }

        return new(code, numbers);
    }
}
