using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Tests.Features;

/// <summary>Contracts, inquiries, answers, invoices, orders and champions as of a day, by cases worked out by hand.</summary>
public sealed class HistoryTests
{
    private static readonly DateOnly T = new(2024, 6, 30);

    [Fact]
    public void A_contract_shows_what_was_agreed_by_the_day()
    {
        var history = new ContractHistory(
        [
            Term("a", -400, -100, 80, seats: 8, plan: "basic"),
            Term("b", -100, 200, 100, seats: 10, plan: "pro", termEnds: 200, noticeDays: 30),
        ]);
        var features = history.At(T, _ => 1);
        features.ContractAge.Should().Be(400);
        features.TermAge.Should().Be(100);
        features.Mrr.Should().Be(100);
        features.MrrChange365.Should().BeApproximately(0.25, 1e-12);
        features.MrrChange91.Should().Be(0);
        features.DaysToRenewal.Should().Be(200);
        features.DaysToNotice.Should().Be(170);
        features.SeatsChange91.Should().Be(0);
        features.MrrPerSeat.Should().Be(10);
        features.Plan.Should().Be("pro");
        features.NoticeShare.Should().Be(0);
        features.Lapses.Should().Be(0);
        history.At(T.AddDays(-401), _ => 1).Should().Be(ContractFeatures.Missing);
    }

    [Fact]
    public void Seats_and_money_of_several_terms_add_up_and_the_largest_names_the_plan()
    {
        var features = new ContractHistory(
        [
            Term("a", -50, null, 80, seats: 8, plan: "basic", termEnds: 10, autoRenew: true),
            Term("b", -40, null, 120, seats: 2, plan: "pro", termEnds: 300, notice: -3),
        ]).At(T, currency => 2);
        features.Mrr.Should().Be(400);
        features.Seats.Should().Be(10);
        features.Plan.Should().Be("pro");
        features.DaysToRenewal.Should().Be(10);
        features.AutoRenew.Should().Be(1);
        features.NoticeShare.Should().BeApproximately(0.6, 1e-12);
        features.TermAge.Should().Be(40);
        features.MrrChange91.Should().Be(double.NaN, "nothing was paid 91 days ago");
    }

    [Fact]
    public void A_price_rises_for_the_same_thing_only()
    {
        // 10 a seat until 120 days ago, then 12; more seats 60 days ago at the same price
        var dearer = new ContractHistory([Term("a", -500, -120, 80, seats: 8, plan: "pro"), Term("b", -120, -60, 96, seats: 8, plan: "pro"), Term("c", -60, null, 240, seats: 20, plan: "pro")]);
        dearer.At(T, _ => 1).PriceChange182.Should().BeApproximately(0.2, 1e-12);
        dearer.At(T, _ => 1).PriceChange91.Should().BeApproximately(0, 1e-12);
        dearer.At(T.AddDays(-300), _ => 1).PriceChange182.Should().BeApproximately(0, 1e-12);
        dearer.At(T.AddDays(-400), _ => 1).PriceChange182.Should().Be(double.NaN, "there was nothing to compare with yet");

        // a move to a dearer plan is no price rise, and neither is an end, nor what a currency does
        new ContractHistory([Term("a", -500, -120, 80, seats: 8, plan: "basic"), Term("b", -120, null, 160, seats: 8, plan: "pro")]).At(T, _ => 1).PriceChange182.Should().Be(double.NaN);
        new ContractHistory([Term("a", -500, null, 80, plan: "basic"), Term("b", -500, -30, 50, plan: "extra")]).At(T, _ => 7).PriceChange182.Should().BeApproximately(0, 1e-12);

        // where seats are not counted the thing itself has a price; two things weigh by what is paid
        var two = new ContractHistory([Term("a", -500, -100, 100, plan: "x"), Term("b", -100, null, 110, plan: "x"), Term("c", -500, null, 100, plan: "y")]);
        two.At(T, _ => 1).PriceChange182.Should().BeApproximately(0.05, 1e-12);
    }

    [Fact]
    public void An_inquiry_is_answered_escalated_and_closed_only_when_dated_by_the_day()
    {
        Inquiry[] inquiries =
        [
            Asked(-10, answered: -9, closed: 1, priority: "緊急", satisfaction: 1),
            Asked(-40, answered: 1, priority: "low"),
            Asked(-60, answered: -59, closed: -50, satisfaction: 4, escalated: true),
            Asked(-300, answered: -299, closed: -298, satisfaction: 2),
            Asked(1),
        ];
        var features = new InquiryHistory(inquiries, DayOf).At(T);
        features.Should().Be(new InquiryFeatures(
            Opened28: 1, Opened91: 3, Urgent91: 1, Open: 2, OpenUrgent: 1, Unanswered: 1,
            OldestOpenDays: 40, Escalations91: 1, FirstResponseHours91: 24, Satisfaction91: 4));
        new InquiryHistory(inquiries, DayOf).At(T.AddDays(-51)).Escalations91.Should().Be(0, "an escalation without a time counts from the closing on");
        new InquiryHistory([], DayOf).At(T).OldestOpenDays.Should().Be(double.NaN);
    }

    [Fact]
    public void The_last_answer_counts_on_its_own_scale()
    {
        var features = new SurveyHistory([Answered(-90, 9), Answered(-10, 3, scaleMax: 5), Answered(5, 10), Answered(-1, 4, kind: "csat", scaleMin: 1, scaleMax: 5)], DayOf).At(T);
        features.Should().Be(new SurveyFeatures(6, -3, 10, 75));
        new SurveyHistory([], DayOf).At(T).Should().Be(new SurveyFeatures(double.NaN, double.NaN, double.NaN, double.NaN));
    }

    [Fact]
    public void An_invoice_is_overdue_until_it_is_paid_and_failed_when_it_failed()
    {
        Invoice[] invoices =
        [
            Billed(-60, due: -30, paid: -20),
            Billed(-40, due: -10, paid: 5, failed: -9),
            Billed(-40, due: 0),
            Billed(-400, due: -380, status: "void"),
        ];
        new PaymentHistory(invoices, T.AddDays(100)).At(T).Should().Be(new PaymentFeatures(Failed91: 1, Overdue: 2, DaysLate91: (10 + 10 + 0) / 3.0));
        new PaymentHistory(invoices, T).At(T).Overdue.Should().Be(1, "where the invoices end, a cancelled one is known to be cancelled");
    }

    [Fact]
    public void Orders_are_silent_against_their_own_interval()
    {
        var history = new PurchaseHistory([Bought(-400, 1), Bought(-100, 10), Bought(-90, 20), Bought(-80, 30), Bought(1, 99)]);
        history.At(T, (_, _) => 1).Should().Be(new PurchaseFeatures(3, 60, 80, 80 / 300.0));
    }

    [Fact]
    public void A_champion_is_gone_when_one_left_lately_and_none_is_there()
    {
        var history = new ChampionHistory();
        history.Add(1, [(T.AddDays(-200), true)], T.AddDays(-30));
        history.Add(2, [(T.AddDays(-200), false), (T.AddDays(10), true)], null);
        history.At(T.AddDays(-201)).Should().Be(ChampionFeatures.Missing);
        history.At(T.AddDays(-31)).Should().Be(new ChampionFeatures(1, 0));
        history.At(T).Should().Be(new ChampionFeatures(0, 1));
        history.At(T.AddDays(10)).Should().Be(new ChampionFeatures(1, 0));
        var stepped = new ChampionHistory();
        stepped.Add(1, [(T.AddDays(-200), true), (T.AddDays(-10), false)], null);
        stepped.At(T).Should().Be(new ChampionFeatures(0, 0), "still there, only no champion any more");
    }

    [Fact]
    public void A_catalogue_has_each_name_once_and_its_hash_follows_its_features()
    {
        FeatureCatalogue a = new(["logins", "exports"], [new("size", AttributeType.Number)]), b = new(["exports", "logins"], [new("size", AttributeType.Number)]);
        a.Features.Select(f => f.Name).Should().OnlyHaveUniqueItems();
        a.Hash.Should().Be(b.Hash).And.NotBe(new FeatureCatalogue(["exports", "logins"], [new("size", AttributeType.Category)]).Hash);
        FeatureCatalogue.MetricsOf(a.Features.Select(f => f.Name)).Should().Equal("exports", "logins");
        a.Features.Should().OnlyContain(f => FeatureCatalogue.Describe(f.Name) != null);
        FeatureCatalogue.Describe("share:logins")!.TextArgument.Should().Be("logins");
    }

    private static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(utc);

    private static DateTime Noon(int day) => T.AddDays(day).ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);

    private static Subscription Term(string id, int start, int? end, decimal mrr, int? seats = null, string? plan = null, int? termEnds = null, int? noticeDays = null, int? notice = null, bool? autoRenew = null) => new()
    {
        FactId = id,
        StartedOn = T.AddDays(start),
        EndedOn = end is { } e ? T.AddDays(e) : null,
        TermEndsOn = termEnds is { } r ? T.AddDays(r) : null,
        NoticeOn = notice is { } n ? T.AddDays(n) : null,
        NoticeDays = noticeDays,
        AutoRenew = autoRenew,
        Mrr = mrr,
        Seats = seats,
        Plan = plan,
        Currency = "USD",
    };

    private static Inquiry Asked(int opened, int? answered = null, int? closed = null, string? priority = null, int? satisfaction = null, bool escalated = false) => new()
    {
        FactId = "I",
        OpenedAt = Noon(opened),
        FirstResponseAt = answered is { } a ? Noon(a) : null,
        ClosedAt = closed is { } c ? Noon(c) : null,
        Priority = priority,
        Satisfaction = satisfaction,
        Escalated = escalated,
    };

    private static SurveyResponse Answered(int day, double score, string kind = "nps", double scaleMin = 0, double scaleMax = 10) =>
        new() { FactId = "N", Kind = kind, Score = score, ScaleMin = scaleMin, ScaleMax = scaleMax, RespondedAt = Noon(day) };

    private static Invoice Billed(int issued, int due, int? paid = null, int? failed = null, string? status = null) => new()
    {
        FactId = "B",
        Currency = "USD",
        IssuedOn = T.AddDays(issued),
        DueOn = T.AddDays(due),
        PaidOn = paid is { } p ? T.AddDays(p) : null,
        FailedOn = failed is { } f ? T.AddDays(f) : null,
        Status = status,
    };

    private static Purchase Bought(int day, decimal amount) => new() { FactId = "O", Currency = "USD", PurchasedOn = T.AddDays(day), Amount = amount };
}
