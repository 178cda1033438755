using System.Globalization;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>
/// The plays that are suggested. Their effects are priors by judgement, not measured: a relative reduction of churn of 5–25 %,
/// lower where the reason is vague, higher where the cause can be removed (an unpaid invoice, an inquiry without an answer).
/// Nobody is held out of an answer to what a customer asked.
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

    /// <summary>The signs under which nothing is sold: what is wrong has to be mended first.</summary>
    private static readonly Condition[] Content =
    [
        Is(SegmentFields.Rule, TestKind.Below, 25),
        Not(Is(NpsLast, TestKind.AtMost, 6)),
        Not(Is(UnansweredInquiries, TestKind.AtLeast, 1)),
        Not(Is(OpenUrgentInquiries, TestKind.AtLeast, 1)),
        Not(Is(SegmentFields.FailedInvoices, TestKind.AtLeast, 1)),
        Not(Is(SegmentFields.OverdueInvoices, TestKind.AtLeast, 1)),
    ];

    /// <summary>The plays that every company starts with. Those that are off wait for somebody to turn them on.</summary>
    public static IReadOnlyList<Play> All { get; } =
    [
        new()
        {
            Key = "usage_recovery", Channels = CallFirst, Minutes = 20, PriorEffect = 0.12, CoolDownDays = 45, By = "csm",
            Triggers = [Because("usage_fell", Is(UsageTrend28, TestKind.AtMost, -0.3), ("change", UsageTrend28), ("usage", Usage28))],
        },
        new()
        {
            Key = "reconnect", Channels = CallFirst, Minutes = 15, PriorEffect = 0.10, CoolDownDays = 30, By = "csm",
            Triggers =
            [
                Because("gone_silent", Every(Is(SilenceRatio, TestKind.AtLeast, 3), Is(DaysSinceUse, TestKind.AtLeast, 7)), ("days", DaysSinceUse), ("times_usual", SilenceRatio)),
                Because("purchases_stopped", Every(Is(PurchaseSilenceRatio, TestKind.AtLeast, 3), Is(DaysSincePurchase, TestKind.AtLeast, 14)), ("days", DaysSincePurchase), ("times_usual", PurchaseSilenceRatio)),
            ],
        },
        new()
        {
            Key = "answer_inquiry", Channels = [Channels.Internal], Minutes = 10, PriorEffect = 0.15, CoolDownDays = 3, By = "csm_with_support", IsReply = true, HoldoutShare = 0,
            Triggers = [Because("inquiry_unanswered", Is(UnansweredInquiries, TestKind.AtLeast, 1), ("count", UnansweredInquiries), ("days", OldestOpenInquiryDays))],
        },
        new()
        {
            Key = "resolve_urgent", Channels = [Channels.Internal], Minutes = 20, PriorEffect = 0.18, CoolDownDays = 7, By = "csm_with_support", IsReply = true, HoldoutShare = 0,
            Triggers =
            [
                Because("inquiry_urgent", Is(OpenUrgentInquiries, TestKind.AtLeast, 1), ("count", OpenUrgentInquiries), ("days", OldestOpenInquiryDays)),
                Because("inquiries_escalated", Is(SegmentFields.EscalatedInquiries, TestKind.AtLeast, 1), ("count", SegmentFields.EscalatedInquiries)),
            ],
        },
        new()
        {
            Key = "detractor_call", Channels = CallFirst, Minutes = 25, PriorEffect = 0.12, CoolDownDays = 90, By = "csm", IsReply = true,
            Triggers =
            [
                Because("nps_detractor", Every(Is(NpsLast, TestKind.AtMost, 6), Not(Is(NpsAgeDays, TestKind.Above, 120))), ("score", NpsLast), ("days", NpsAgeDays)),
                Because("nps_fell", Every(Is(NpsChange, TestKind.AtMost, -3), Not(Is(NpsLast, TestKind.AtMost, 6)), Not(Is(NpsAgeDays, TestKind.Above, 120))), ("score", NpsLast), ("change", NpsChange)),
            ],
        },
        new()
        {
            Key = "new_champion", Channels = MeetingFirst, Minutes = 30, PriorEffect = 0.15, CoolDownDays = 90, By = "csm_with_sponsor",
            Triggers =
            [
                Because("champion_left", new FieldTest(ChampionGone, TestKind.Yes)),
                Because("champion_silent", Is(ChampionSilentDays, TestKind.AtLeast, 60), ("days", ChampionSilentDays)),
            ],
        },
        // whoever pays late by habit pays all the same: only what failed or fell due lately and is still open is a reason
        new()
        {
            Key = "payment_help", Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 10, PriorEffect = 0.15, CoolDownDays = 7, By = "csm_with_finance", IsReply = true,
            Triggers =
            [
                Because("payment_failed", Is(SegmentFields.FailedInvoices, TestKind.AtLeast, 1), ("count", SegmentFields.FailedInvoices)),
                Because("payment_overdue", Is(SegmentFields.OverdueInvoices, TestKind.AtLeast, 1), ("count", SegmentFields.OverdueInvoices)),
            ],
        },
        new()
        {
            Key = "renewal_talk", Channels = MeetingFirst, Minutes = 45, PriorEffect = 0.10, CoolDownDays = 60, By = "csm",
            Triggers =
            [
                Because("notice_near", new FieldTest(SegmentFields.NoticeNear, TestKind.Yes), ("days", DaysToNotice)),
                Because("renewal_near", Every(new FieldTest(DaysToNotice, TestKind.Missing), new FieldTest(SegmentFields.RenewalNear, TestKind.Yes)), ("days", DaysToRenewal)),
            ],
        },
        new()
        {
            Key = "plan_fit", Channels = CallFirst, Minutes = 30, PriorEffect = 0.10, CoolDownDays = 90, By = "csm",
            Triggers =
            [
                Because("seats_unused", Every(Is(UsersPerSeat, TestKind.AtMost, 0.3), Is(Seats, TestKind.AtLeast, 5)), ("share", UsersPerSeat), ("seats", Seats)),
                Because("price_rose", Every(Is(MrrChange91, TestKind.AtLeast, 0.1), Is(UsageTrend91, TestKind.AtMost, 0)), ("change", MrrChange91)),
            ],
        },
        new()
        {
            Key = "onboarding_rescue", Channels = CallFirst, Minutes = 40, PriorEffect = 0.20, CoolDownDays = 30, By = "csm",
            Triggers = [Because("onboarding_stalled", Every(Is(ContractAge, TestKind.AtLeast, 14), Is(ContractAge, TestKind.AtMost, 90), Is(ActiveDays28, TestKind.AtMost, 4)), ("age", ContractAge), ("active_days", ActiveDays28))],
        },
        new()
        {
            Key = "feature_coaching", Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 20, PriorEffect = 0.08, CoolDownDays = 60, By = "csm",
            Triggers = [Because("features_dropped", Is(BreadthChange28, TestKind.AtMost, -2), ("count", "-" + BreadthChange28), ("left", Breadth28))],
        },
        new()
        {
            Key = "add_seats", IsUpsell = true, Channels = CallFirst, Minutes = 25, PriorEffect = 0.30, CoolDownDays = 90, By = "csm_with_sales",
            Triggers = [Because("seats_full", Every([.. Content, Is(UsersPerSeat, TestKind.AtLeast, 0.9), Is(Seats, TestKind.AtLeast, 3)]), ("share", UsersPerSeat), ("seats", Seats))],
        },
        new()
        {
            Key = "offer_upgrade", IsUpsell = true, Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 20, PriorEffect = 0.15, CoolDownDays = 90, By = "csm_with_sales",
            Triggers = [Because("usage_rose", Every([.. Content, Is(UsageTrend91, TestKind.AtLeast, 0.3), Is(ActiveDays28, TestKind.AtLeast, 4)]), ("change", UsageTrend91), ("usage", Usage28))],
        },
        new()
        {
            Key = "key_feature", IsOn = false, Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 15, PriorEffect = 0.08, CoolDownDays = 60, By = "csm",
            Triggers = [Because("use_is_narrow", Every(Is(ContractAge, TestKind.AtLeast, 60), Is(Breadth28, TestKind.AtMost, 1), Is(ActiveDays28, TestKind.AtLeast, 1)), ("count", Breadth28))],
        },
        new()
        {
            Key = "training_offer", IsOn = false, Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 15, PriorEffect = 0.06, CoolDownDays = 90, By = "csm", Sequence = SequenceCatalogue.TrainingOffer,
            Triggers = [Because("new_users", Every(Is(UsersTrend28, TestKind.AtLeast, 0.3), Is(Users28, TestKind.AtLeast, 3)), ("change", UsersTrend28), ("users", Users28))],
        },
        new()
        {
            Key = "renewal_plan", IsOn = false, Channels = MeetingFirst, Minutes = 30, PriorEffect = 0.08, CoolDownDays = 90, By = "csm",
            Triggers = [Because("renewal_ahead", Every(Is(DaysToRenewal, TestKind.Above, 60), Is(DaysToRenewal, TestKind.AtMost, 90)), ("days", DaysToRenewal))],
        },
        new()
        {
            Key = "price_notice", IsOn = false, Channels = CallFirst, Minutes = 20, PriorEffect = 0.08, CoolDownDays = 180, By = "csm_with_sales",
            Triggers = [Because("price_went_up", Is(PriceChange91, TestKind.AtLeast, 0.05), ("change", PriceChange91))],
        },
        new()
        {
            Key = "executive_check_in", IsOn = false, Channels = MeetingFirst, Minutes = 60, PriorEffect = 0.08, CoolDownDays = 180, By = "csm_with_sponsor",
            Triggers = [Because("no_contact_lately", Every(Is(DaysSinceTouch, TestKind.AtLeast, 90), Is(ContractAge, TestKind.AtLeast, 180)), ("days", DaysSinceTouch))],
        },
        new()
        {
            Key = "reference_request", IsOn = false, IsUpsell = true, Channels = CallFirst, Minutes = 20, PriorEffect = 0.05, CoolDownDays = 365, By = "csm",
            Triggers = [Because("nps_promoter", Every([.. Content, Is(NpsLast, TestKind.AtLeast, 9), Is(NpsAgeDays, TestKind.AtMost, 120)]), ("score", NpsLast), ("days", NpsAgeDays))],
        },
        new()
        {
            Key = "thank_you", IsOn = false, Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 5, PriorEffect = 0.03, CoolDownDays = 330, By = "csm", Sequence = SequenceCatalogue.ThankYou,
            Triggers = [Because("renewed_lately", Every(Is(TermAge, TestKind.AtMost, 14), Is(ContractAge, TestKind.AtLeast, 300)), ("days", TermAge))],
        },
        // who is dissatisfied and complains to nobody leaves without a word: nothing is open, and nobody has spoken with them for a month
        new()
        {
            Key = "silent_detractor", IsOn = false, Channels = CallFirst, Minutes = 25, PriorEffect = 0.12, CoolDownDays = 60, By = "csm",
            Triggers = [Because("detractor_silent", Every(Is(NpsLast, TestKind.AtMost, 6), Is(NpsAgeDays, TestKind.AtMost, 180), Is(DaysSinceTouch, TestKind.AtLeast, 30), Not(Is(OpenInquiries, TestKind.AtLeast, 1))), ("score", NpsLast), ("days", DaysSinceTouch))],
        },
        new()
        {
            Key = "renewal_close", IsOn = false, Channels = CallFirst, Minutes = 20, PriorEffect = 0.10, CoolDownDays = 30, By = "csm",
            Triggers = [Because("renewal_very_near", Every(Is(DaysToRenewal, TestKind.AtLeast, 0), Is(DaysToRenewal, TestKind.AtMost, 30)), ("days", DaysToRenewal))],
        },
        // whose contract has ended, neither yesterday nor years ago, and who was not thoroughly unhappy; and who buys without a contract leaves by not coming back
        new()
        {
            Key = "win_back", IsOn = false, Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 15, PriorEffect = 0.06, CoolDownDays = 90, By = "csm_with_sales",
            Triggers =
            [
                Because("contract_ended", Every(Is(SegmentFields.EndedMonths, TestKind.AtLeast, 1), Is(SegmentFields.EndedMonths, TestKind.AtMost, 24), Is(SegmentFields.EndedMoney, TestKind.Above, 0), Not(Is(SegmentFields.EndedNps, TestKind.AtMost, 3))), ("months", SegmentFields.EndedMonths), ("mrr", SegmentFields.EndedMoney)),
                Because("purchases_lapsed", Every(Is(PurchaseSilenceRatio, TestKind.AtLeast, 6), Is(DaysSincePurchase, TestKind.AtLeast, 90)), ("days", DaysSincePurchase), ("times_usual", PurchaseSilenceRatio)),
            ],
        },
        // fires for every account: whoever has no better reason to be called
        new()
        {
            Key = CheckIn, Channels = EmailFirst, Tier = TouchTier.Low, Minutes = 10, PriorEffect = 0.05, CoolDownDays = 60, By = "csm",
            Triggers = [Because("no_special_reason", Condition.Always)],
        },
    ];

    private static readonly Dictionary<string, Play> ByKey = All.ToDictionary(play => play.Key, StringComparer.Ordinal);

    /// <summary>The play of a key; null for an unknown one, such as an older version's.</summary>
    public static Play? Find(string key) => ByKey.GetValueOrDefault(key);

    private static FieldTest Is(string field, TestKind kind, double value) => new(field, kind, value.ToString(CultureInfo.InvariantCulture));

    private static NotOf Not(Condition part) => new(part);

    private static AllOf Every(params IReadOnlyList<Condition> parts) => new(parts);

    private static PlayTrigger Because(string reason, Condition when, params ReadOnlySpan<(string Name, string Field)> args)
    {
        var fields = new Dictionary<string, string>(args.Length, StringComparer.Ordinal);
        foreach (var (name, field) in args)
        {
            fields.Add(name, field);
        }

        return new(reason, when, fields);
    }
}
