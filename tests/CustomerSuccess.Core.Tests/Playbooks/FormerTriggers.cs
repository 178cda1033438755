using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Tests.Playbooks;

/// <summary>
/// The triggers as they stood in code before they became conditions that people can edit, as an oracle: whoever edits nothing must be offered what was offered before.
/// Late payments are the one exception, mended on purpose.
/// </summary>
internal static class FormerTriggers
{
    private const string CheckIn = "check_in";

    public static IReadOnlyList<(string Play, Func<Signs, PlayReason?>[] Triggers)> All { get; } =
    [
        ("usage_recovery", [a => a[UsageTrend28] <= -0.3 ? Because("usage_fell", ("change", a[UsageTrend28]), ("usage", a[Usage28])) : null]),
        ("reconnect", [
                a => a[SilenceRatio] >= 3 && a[DaysSinceUse] >= 7 ? Because("gone_silent", ("days", a[DaysSinceUse]), ("times_usual", a[SilenceRatio])) : null,
                a => a[PurchaseSilenceRatio] >= 3 && a[DaysSincePurchase] >= 14 ? Because("purchases_stopped", ("days", a[DaysSincePurchase]), ("times_usual", a[PurchaseSilenceRatio])) : null,
            ]),
        ("answer_inquiry", [a => a[UnansweredInquiries] >= 1 ? Because("inquiry_unanswered", ("count", a[UnansweredInquiries]), ("days", a[OldestOpenInquiryDays])) : null]),
        ("resolve_urgent", [
                a => a[OpenUrgentInquiries] >= 1 ? Because("inquiry_urgent", ("count", a[OpenUrgentInquiries]), ("days", a[OldestOpenInquiryDays])) : null,
                a => a.EscalatedInquiries >= 1 ? Because("inquiries_escalated", ("count", a.EscalatedInquiries)) : null,
            ]),
        ("detractor_call", [
                a => a[NpsLast] <= 6 && !(a[NpsAgeDays] > 120) ? Because("nps_detractor", ("score", a[NpsLast]), ("days", a[NpsAgeDays])) : null,
                a => a[NpsChange] <= -3 && !(a[NpsLast] <= 6) && !(a[NpsAgeDays] > 120) ? Because("nps_fell", ("score", a[NpsLast]), ("change", a[NpsChange])) : null,
            ]),
        ("new_champion", [
                a => a[ChampionGone] > 0 ? Because("champion_left") : null,
                a => a[ChampionSilentDays] >= 60 ? Because("champion_silent", ("days", a[ChampionSilentDays])) : null,
            ]),
        ("payment_help", [
                a => a.FailedInvoices >= 1 ? Because("payment_failed", ("count", a.FailedInvoices)) : null,
                a => a[InvoicesOverdue] >= 1 ? Because("payment_overdue", ("count", a[InvoicesOverdue])) : null,
            ]),
        ("renewal_talk", [
                a => Within(a[DaysToNotice], a) ? Because("notice_near", ("days", a[DaysToNotice])) : null,
                a => double.IsNaN(a[DaysToNotice]) && Within(a[DaysToRenewal], a) ? Because("renewal_near", ("days", a[DaysToRenewal])) : null,
            ]),
        ("plan_fit", [
                a => a[UsersPerSeat] <= 0.3 && a[Seats] >= 5 ? Because("seats_unused", ("share", a[UsersPerSeat]), ("seats", a[Seats])) : null,
                a => a[MrrChange91] >= 0.1 && a[UsageTrend91] <= 0 ? Because("price_rose", ("change", a[MrrChange91])) : null,
            ]),
        ("onboarding_rescue", [a => a[ContractAge] is >= 14 and <= 90 && a[ActiveDays28] <= 4 ? Because("onboarding_stalled", ("age", a[ContractAge]), ("active_days", a[ActiveDays28])) : null]),
        ("feature_coaching", [a => a[BreadthChange28] <= -2 ? Because("features_dropped", ("count", -a[BreadthChange28]), ("left", a[Breadth28])) : null]),
        ("add_seats", [a => IsContent(a) && a[UsersPerSeat] >= 0.9 && a[Seats] >= 3 ? Because("seats_full", ("share", a[UsersPerSeat]), ("seats", a[Seats])) : null]),
        ("offer_upgrade", [a => IsContent(a) && a[UsageTrend91] >= 0.3 && a[ActiveDays28] >= 4 ? Because("usage_rose", ("change", a[UsageTrend91]), ("usage", a[Usage28])) : null]),
        (CheckIn, [static _ => Because("no_special_reason")]),
    ];

    private static bool IsContent(Signs a) =>
        a.RuleScore < 25 && !(a[NpsLast] <= 6) && !(a[UnansweredInquiries] >= 1) && !(a[OpenUrgentInquiries] >= 1) && !(a.FailedInvoices >= 1) && !(a[InvoicesOverdue] >= 1);

    private static bool Within(double days, Signs a) => days >= 0 && days <= a.Settings.HorizonDays * 2.0 / 3;

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

    internal sealed record Signs(FeatureReader Features, CompanySettings Settings, double RuleScore, StandingFacts? Standing)
    {
        public double FailedInvoices => Standing?.FailedInvoices ?? this[InvoicesFailed91];

        public double EscalatedInquiries => Standing?.EscalatedInquiries ?? (this[OpenInquiries] >= 1 ? this[Escalations91] : 0);

        public double this[string feature] => Features.Number(feature, 0);
    }
}
