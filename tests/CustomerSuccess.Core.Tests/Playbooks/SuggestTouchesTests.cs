using CsCheck;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Tests.Playbooks;

public sealed class SuggestTouchesTests
{
    private static readonly CompanySettings Settings = new();

    [Theory]
    [InlineData("usage_recovery", "usage_fell", UsageTrend28, -0.3)]
    [InlineData("answer_inquiry", "inquiry_unanswered", UnansweredInquiries, 1)]
    [InlineData("resolve_urgent", "inquiry_urgent", OpenUrgentInquiries, 1)]
    [InlineData("new_champion", "champion_left", ChampionGone, 1)]
    [InlineData("new_champion", "champion_silent", ChampionSilentDays, 60)]
    [InlineData("payment_help", "payment_failed", InvoicesFailed91, 1)]
    [InlineData("payment_help", "payment_overdue", InvoicesOverdue, 1)]
    [InlineData("renewal_talk", "notice_near", DaysToNotice, 60)]
    [InlineData("renewal_talk", "renewal_near", DaysToRenewal, 0)]
    [InlineData("feature_coaching", "features_dropped", BreadthChange28, -2)]
    [InlineData("check_in", "no_special_reason", UsageTrend28, -0.29)]
    [InlineData("check_in", "no_special_reason", DaysToNotice, 61)]
    [InlineData("check_in", "no_special_reason", DaysToRenewal, -1)]
    public void A_sign_fires_its_play(string play, string reason, string feature, double value)
    {
        var first = Suggest([(feature, value)])[0];
        first.Play.Should().Be(play);
        first.ReasonCode.Should().Be(reason);
    }

    [Theory]
    [InlineData("reconnect", "gone_silent", SilenceRatio, 3, DaysSinceUse, 7)]
    [InlineData("reconnect", "purchases_stopped", PurchaseSilenceRatio, 3, DaysSincePurchase, 14)]
    [InlineData("check_in", "no_special_reason", SilenceRatio, 9, DaysSinceUse, 6)]
    [InlineData("detractor_call", "nps_detractor", NpsLast, 6, NpsAgeDays, 120)]
    [InlineData("check_in", "no_special_reason", NpsLast, 6, NpsAgeDays, 121)]
    [InlineData("detractor_call", "nps_fell", NpsChange, -3, NpsAgeDays, 10)]
    [InlineData("resolve_urgent", "inquiries_escalated", Escalations91, 1, OpenInquiries, 1)]
    [InlineData("check_in", "no_special_reason", Escalations91, 4, OpenInquiries, 0)]
    [InlineData("plan_fit", "seats_unused", UsersPerSeat, 0.3, Seats, 5)]
    [InlineData("plan_fit", "price_rose", MrrChange91, 0.1, UsageTrend91, 0)]
    [InlineData("onboarding_rescue", "onboarding_stalled", ContractAge, 90, ActiveDays28, 4)]
    [InlineData("check_in", "no_special_reason", ContractAge, 91, ActiveDays28, 0)]
    public void Two_signs_fire_their_play(string play, string reason, string feature, double value, string second, double secondValue)
    {
        var first = Suggest([(feature, value), (second, secondValue)])[0];
        first.Play.Should().Be(play);
        first.ReasonCode.Should().Be(reason);
    }

    [Theory]
    [InlineData("add_seats", "seats_full", UsersPerSeat, 0.9, Seats, 3)]
    [InlineData("offer_upgrade", "usage_rose", UsageTrend91, 0.3, ActiveDays28, 4)]
    public void Growth_is_offered_to_the_content_only(string play, string reason, string feature, double value, string second, double secondValue)
    {
        var offered = Suggest([(feature, value), (second, secondValue)], mrr: 20_000);
        offered.Should().Contain(s => s.Play == play && s.ReasonCode == reason && s.IsUpsell);
        offered[0].IsUpsell.Should().BeFalse("saving goes before selling");
        Suggest([(feature, value), (second, secondValue), (OpenUrgentInquiries, 1)], mrr: 20_000).Should().NotContain(s => s.IsUpsell);
        Suggest([(feature, value), (second, secondValue), (NpsLast, 3)], mrr: 20_000).Should().NotContain(s => s.IsUpsell);
    }

    [Fact]
    public void Notice_goes_before_renewal() => Suggest([(DaysToNotice, 80), (DaysToRenewal, 20)])[0].Play.Should().Be(PlayCatalogue.CheckIn);

    [Fact]
    public void A_business_of_monthly_terms_is_told_of_renewals_later() =>
        Suggest([(DaysToRenewal, 25)], settings: Settings with { HorizonDays = 31 })[0].Play.Should().Be(PlayCatalogue.CheckIn);

    [Fact]
    public void The_value_is_the_designs()
    {
        var s = Suggest([(UsageTrend28, -0.5)], probability: 0.3, mrr: 1000, months: 20)[0];
        s.Value.Should().Be((0.3m * 0.12m * 1000 * 0.8m * 20) - 20);
        s.ValuePerMinute.Should().BeApproximately((double)s.Value!.Value / 20, 1e-9);
    }

    [Fact]
    public void In_fallback_rule_points_and_mrr_stand_for_the_value()
    {
        var s = Suggest([(UsageTrend28, -0.5)], probability: null, mrr: 1000, rule: 40)[0];
        s.Value.Should().BeNull();
        s.ValuePerMinute.Should().Be(40 * 1000.0 / 20);
    }

    [Fact]
    public void The_first_is_given_even_where_it_costs_more_than_it_saves()
    {
        var few = Suggest([(UsageTrend28, -0.5), (OpenUrgentInquiries, 2)], probability: 0.01, mrr: 1);
        few.Should().ContainSingle().Which.Value.Should().BeNegative();
    }

    [Fact]
    public void Opt_outs_leave_the_other_channels()
    {
        string? Channel(params string[] closed) => Suggest([(UsageTrend28, -0.5)], limits: new TouchLimits(new HashSet<string>(), closed.ToHashSet(), null)) is [var first, ..] ? first.Channel : null;
        Channel().Should().Be(Channels.Call);
        Channel(Channels.Call).Should().Be(Channels.Email);
        Channel(Channels.Call, Channels.Email, Channels.Meeting).Should().BeNull();
    }

    [Fact]
    public void Whoever_was_just_contacted_is_left_alone_unless_they_wait_for_us()
    {
        var recent = new TouchLimits(new HashSet<string>(), new HashSet<string>(), 4);
        Suggest([(UsageTrend28, -0.5)], limits: recent).Should().BeEmpty();
        Suggest([(UsageTrend28, -0.5), (UnansweredInquiries, 1)], limits: recent).Select(s => s.Play).Should().Equal("answer_inquiry");
        Suggest([(UsageTrend28, -0.5)], limits: recent with { DaysSinceContact = 5 }).Should().NotBeEmpty();
    }

    [Fact]
    public void Whatever_the_signs_there_are_one_to_three_open_plays_in_order() =>
        Gen.Select(Gen.OneOf(Gen.Const(double.NaN), Gen.Double[-3, 100]).Array[Signs.Length], Gen.Double[0, 1], Gen.Int[0, 5000], Gen.Int[0, PlayCatalogue.All.Count - 2]).Sample((values, probability, mrr, blocked) =>
        {
            var closed = PlayCatalogue.All[blocked].Key;
            var all = Suggest([.. Signs.Zip(values)], probability, mrr, limits: new TouchLimits(new HashSet<string> { closed }, new HashSet<string>(), null));
            return all.Count is >= 1 and <= 3
                && all.Select(s => s.Rank).SequenceEqual(Enumerable.Range(1, all.Count))
                && all.Select(s => s.Play).Distinct().Count() == all.Count
                && all.All(s => s.Play != closed)
                && all.Skip(1).All(s => s.Value > 0)
                && all.Zip(all.Skip(1)).All(pair => pair.First.IsUpsell == pair.Second.IsUpsell ? pair.First.ValuePerMinute >= pair.Second.ValuePerMinute : pair.Second.IsUpsell);
        });

    [Fact]
    public void A_payment_that_was_made_up_for_is_no_reason_any_more()
    {
        (string, double)[] signs = [(InvoicesFailed91, 2), (Escalations91, 3), (OpenInquiries, 1)];
        Suggest(signs, standing: new StandingFacts(0, 0))[0].Play.Should().Be(PlayCatalogue.CheckIn);
        var first = Suggest(signs, standing: new StandingFacts(1, 0))[0];
        (first.Play, first.ReasonCode, first.ReasonArgsJson).Should().Be(("payment_help", "payment_failed", """{"count":1}"""));
        Suggest(signs, standing: new StandingFacts(0, 2))[0].ReasonCode.Should().Be("inquiries_escalated");
        Suggest([(UsersPerSeat, 0.95), (Seats, 20), (InvoicesFailed91, 1)], mrr: 20_000, standing: default(StandingFacts)).Should().Contain(s => s.IsUpsell, "it was paid meanwhile");
        Suggest([(UsersPerSeat, 0.95), (Seats, 20), (InvoicesFailed91, 1)], mrr: 20_000, standing: new StandingFacts(1, 0)).Should().NotContain(s => s.IsUpsell);
    }

    [Fact]
    public void Of_touches_worth_about_the_same_the_one_for_the_stronger_reason_goes_first()
    {
        // reconnect and usage_recovery bring 0.10 / 15 and 0.12 / 20 of churn a minute: a tenth apart
        (string, double)[] signs = [(SilenceRatio, 5), (DaysSinceUse, 20), (UnansweredInquiries, 1), (BreadthChange28, -3)];
        Driver Of(string feature, double points) => new(feature, 1, null, points, null);
        Suggest([(UsageTrend28, -0.5), (PurchaseSilenceRatio, 4), (DaysSincePurchase, 40)]).Select(s => s.Play).Should().Equal("reconnect", "usage_recovery");
        Suggest([(UsageTrend28, -0.5), (PurchaseSilenceRatio, 4), (DaysSincePurchase, 40)], drivers: [Of(UsageTrend28, 0.1), Of(PurchaseSilenceRatio, 0.02)]).Select(s => s.Play).Should().Equal("usage_recovery", "reconnect");
        Suggest([(UsageTrend28, -0.5), (PurchaseSilenceRatio, 4), (DaysSincePurchase, 40)], drivers: [Of(UsageTrend28, -0.1), Of(PurchaseSilenceRatio, 0.02)]).Select(s => s.Play).Should().Equal(["reconnect", "usage_recovery"], "what lowers the risk is no reason");
        Suggest(signs, drivers: [Of(BreadthChange28, 0.3)])[0].Play.Should().Be("answer_inquiry", "coaching is worth a quarter of it");
    }

    [Fact]
    public void Whatever_the_drivers_nothing_goes_before_what_is_clearly_worth_more() =>
        Gen.Select(Gen.OneOf(Gen.Const(double.NaN), Gen.Double[-3, 100]).Array[Signs.Length], Gen.Double[0.01, 1], Gen.Shuffle(Signs)).Sample((values, probability, order) =>
        {
            var all = Suggest([.. Signs.Zip(values)], probability, drivers: [.. order.Select((feature, i) => new Driver(feature, 1, null, 0.1 / (i + 1), null))]);
            return all.Select((s, i) => (s, i)).All(own => all.Skip(own.i + 1).Where(later => later.IsUpsell == own.s.IsUpsell)
                .All(later => own.s.ValuePerMinute >= later.ValuePerMinute || (later.ValuePerMinute > 0 && own.s.ValuePerMinute >= (SuggestTouches.NearlyEqual * later.ValuePerMinute) - 1e-9)));
        });

    [Fact]
    public void What_was_put_aside_stays_away_for_its_reason_until_that_changes_materially()
    {
        TouchLimits Aside(string play, string code, string arg, double value) => TouchLimits.None with { PutAside = [new(play, code, new Dictionary<string, double> { [arg] = value })] };
        Suggest([(UsageTrend28, -0.4)], limits: Aside("usage_recovery", "usage_fell", "change", -0.35))[0].Play.Should().Be(PlayCatalogue.CheckIn);
        Suggest([(UsageTrend28, -0.55)], limits: Aside("usage_recovery", "usage_fell", "change", -0.35))[0].Play.Should().Be("usage_recovery", "it fell by 20 points more");
        var other = Suggest([(InvoicesFailed91, 1), (InvoicesOverdue, 1)], limits: Aside("payment_help", "payment_failed", "count", 1))[0];
        (other.Play, other.ReasonCode).Should().Be(("payment_help", "payment_overdue"), "another reason is another suggestion");
    }

    [Fact]
    public void Every_reason_speaks_of_a_theme_and_every_measure_of_a_number_that_its_reason_has()
    {
        // signs that let every trigger hold, each alone
        var reasons = new Dictionary<string, PlayReason>();
        foreach (var value in (double[])[-5, -0.6, 0, 0.1, 0.5, 1, 3, 5, 10, 50, 70, 100, 200])
        {
            foreach (var second in (double[])[-5, 0, 3, 30, 200])
            {
                foreach (var name in Signs)
                {
                    var own = new FeatureTable([7], [new DateOnly(2024, 6, 30)], [.. FeatureCatalogue.Fixed.Where(f => f.Kind == FeatureKind.Number).Select(f => FeatureColumn.OfNumbers(f.Name, [f.Name == name ? value : second]))]);
                    foreach (var reason in PlayCatalogue.All.SelectMany(play => play.Reasons(new AccountSigns(new FeatureReader(own), 0, Settings, 0))))
                    {
                        reasons[reason.Code] = reason;
                    }
                }
            }
        }

        foreach (var code in reasons.Keys.Where(code => code != "no_special_reason"))
        {
            PlayReasons.Codes.Should().Contain(code);
        }

        foreach (var reason in reasons.Values.Where(reason => MaterialChange.Codes.Contains(reason.Code)))
        {
            reason.Args.Keys.Should().Contain(MaterialChange.ArgsOf(reason.Code), "{0}", reason.Code);
        }
    }

    [Fact]
    public void Every_play_has_a_prior_a_cool_down_and_a_channel()
    {
        PlayCatalogue.All.Select(play => play.Key).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(8);
        PlayCatalogue.All.Should().OnlyContain(play => play.PriorEffect > 0 && play.PriorEffect < 1 && play.Minutes > 0 && play.CoolDownDays > 0 && play.Channels.Count > 0);
    }

    private static readonly string[] Signs =
    [
        UsageTrend28, SilenceRatio, DaysSinceUse, UnansweredInquiries, OpenUrgentInquiries, NpsLast, NpsChange, NpsAgeDays, ChampionGone, InvoicesFailed91, DaysToNotice,
        UsersPerSeat, Seats, MrrChange91, UsageTrend91, ContractAge, ActiveDays28, BreadthChange28,
    ];

    private static IReadOnlyList<Suggestion> Suggest((string Name, double Value)[] signs, double? probability = 0.3, decimal? mrr = 1000, double rule = 10, double months = 20, TouchLimits? limits = null, CompanySettings? settings = null, StandingFacts? standing = null, IReadOnlyList<Driver>? drivers = null)
    {
        var table = new FeatureTable([7], [new DateOnly(2024, 6, 30)], [.. signs.Select(s => FeatureColumn.OfNumbers(s.Name, [s.Value]))]);
        return SuggestTouches.For(new TouchCandidate(7, 0, rule, probability, null, mrr, months) { Standing = standing, Drivers = drivers ?? [] }, new FeatureReader(table), settings ?? Settings, limits ?? TouchLimits.None);
    }
}
