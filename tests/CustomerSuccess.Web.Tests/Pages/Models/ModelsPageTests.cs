using Bunit;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Web.Pages.Models;

namespace CustomerSuccess.Web.Tests.Pages.Models;

/// <summary>The models page for each verdict.</summary>
public sealed class ModelsPageTests : PageTests
{
    [Fact]
    public async Task Before_the_first_training_it_says_what_to_do()
    {
        await OpenAsync(seed: null);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]").TextContent.Should().Contain("./cs train"));
    }

    [Fact]
    public async Task Too_few_outcomes_are_said_with_their_number_and_nothing_is_drawn()
    {
        await OpenAsync(seed: null);
        await RegisterAsync(Card(Verdict.TooFewOutcomes), ModelStatus.Refused);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Contain("Too few outcomes").And.Contain("3 churn events").And.Contain("30").And.Contain("2 to test"));
        page.FindAll("[data-metric]").Should().BeEmpty();
        page.FindAll(".chart").Should().BeEmpty();
    }

    [Fact]
    public async Task A_skilled_model_leads_with_its_lift_and_shows_every_figure_beside_its_peers()
    {
        await OpenAsync(seed: null);
        await RegisterAsync(Skilled(), ModelStatus.Champion);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Contain("held 34% of the churn").And.Contain("lift 3.4"));
        page.FindAll("[data-metric]").Should().HaveCount(9);
        var auc = page.Find("[data-metric=auc]").ParentElement!.TextContent;
        auc.Should().Contain("0.780").And.Contain("0.750 to 0.810").And.Contain("0.700").And.Contain("0.500");
        page.FindAll(".chart").Should().HaveCount(3);
        page.Find("a[download]").GetAttribute("href").Should().Be("/models/churn/2026-09-30-1/card.json");
    }

    [Fact]
    public async Task Models_of_dropped_products_lead_with_the_one_of_all_and_show_each_product()
    {
        await OpenAsync(seed: null);
        var all = Skilled() with { Target = Target.ProductChurn, WithinProducts = new(new Estimate(0.66, 0.58, 0.75), null), Products = [new("Core", 300, 0, 100, 0, null, 0.01, 0), new("Archive", 200, 40, 70, 12, new Estimate(0.71, 0.6, 0.8), 0.11, 0.12)] };
        await RegisterAsync(all, ModelStatus.Champion);
        await RegisterAsync(Card(Verdict.NoSkill) with { Target = Target.ProductChurn, Version = "2026-09-30-2", Product = "Archive" }, ModelStatus.Refused, modelId: 2);
        var page = Show<ModelsPage>("/models?target=product_churn");
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Contain("had scored higher in 66% of cases (58% to 75%)"));
        page.Find("[aria-current=page]").GetAttribute("data-tab").Should().Be("product_churn");
        page.Find("[data-product=Archive]").ParentElement!.TextContent.Should().Contain("0.71 (0.6–0.8)").And.Contain("12.0%");
        page.FindAll("td[data-label=Product]").Select(cell => cell.TextContent).Should().Equal("Archive", "all");
        page.FindAll("a[download]")[0].GetAttribute("href").Should().Be("/models/product_churn/2026-09-30-1/card.json");
    }

    [Fact]
    public async Task No_skill_is_said_with_its_interval()
    {
        await OpenAsync(seed: null);
        await RegisterAsync(Skilled() with { Verdict = Verdict.NoSkill }, ModelStatus.Refused);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Contain("No skill").And.Contain("0.75 to 0.81"));
    }

    [Fact]
    public async Task Each_period_of_the_rolling_backtest_is_shown_and_too_few_are_said()
    {
        await OpenAsync(seed: null);
        PeriodMetrics Of(double auc) => new(new Estimate(auc, auc - 0.05, auc + 0.05), new Estimate(0.2, 0.18, 0.22), 0.25, new Estimate(0.02, 0.01, 0.03), new Estimate(2.5, 2, 3), null, new Estimate(0.6, 0.5, 0.7), 0.05, 0.06);
        var part = Skilled().Test;
        CardPeriod Period(int month, double auc) => new(new DateOnly(2026, month, 28), new DateOnly(2026, month + 1, 28), new DateOnly(2025, month, 28), 900, 40, part, Of(auc));
        await RegisterAsync(Skilled() with { Backtest = new CardBacktest { Periods = [Period(2, 0.71), Period(4, 0.69)], Limit = BacktestLimit.History, Rows = part, Pooled = Of(0.7) } }, ModelStatus.Champion);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.FindAll("[data-period]").Select(cell => cell.TextContent).Should().Equal("Feb 2026 to Mar 2026", "Apr 2026 to May 2026", "All periods"));
        page.Find("[data-limit]").TextContent.Should().Contain("too short").And.Contain("2 could be tested");
        page.Find("[data-part=rolling]").TextContent.Should().Contain("0.710").And.Contain("0.660 to 0.760").And.Contain("5.0%, 6.0%").And.Contain("40 outcomes up to Feb 2025");
        page.FindAll(".chart").Should().HaveCount(4);
    }

    [Fact]
    public async Task A_past_month_opens_into_who_was_listed_and_who_left()
    {
        await OpenAsync("");
        var asOf = new DateOnly(2026, 5, 31);
        var hindsight = new CardHindsight
        {
            Months = [new HindsightMonth(asOf, 100, 10, 7, 3, 5_000, 2_000, 4, 1_500)],
            Capacities = [new CapacityPoint(10, 0.3, 0.43, 1_200, 400)],
            Profit = new HindsightProfit("USD", 0.8, 1, 0.15, new Estimate(1_200, 300, 2_500), new Estimate(900, 100, 2_000), new Estimate(700, -50, 1_500), new Estimate(400, 50, 800)),
            Segments = [new SegmentFigures("size", "large", 300, 12, 0.04, 0.02, 0.06, 0.05, new Estimate(0.7, 0.6, 0.8))],
        };
        await RegisterAsync(Skilled() with { Hindsight = hindsight, CapacityPerDate = 10 }, ModelStatus.Champion, modelId: 77);
        await RememberAsync(asOf);

        var page = Show<ModelsPage>("/models?version=2026-09-30-1&month=2026-05");
        page.WaitForAssertion(() => page.Find("[data-month='2026-05']").TextContent.Should().Contain("May 2026"));
        page.Find("[data-part=hindsight]").TextContent.Should().Contain("Of 7 accounts that left, 3 stood on the list").And.Contain("$2,000 of $5,000").And.Contain("18.3%").And.Contain("Jul 10, 2026");
        page.Find("[data-part=capacity] [data-profit]").TextContent.Should().Contain("$1,200").And.Contain("$300 to $2,500").And.Contain("$700");
        page.Find("[data-part=segments]").TextContent.Should().Contain("Large").And.Contain("0.700");
        page.Find("[data-part=hindsight] [data-act=export-utf8]").GetAttribute("href").Should().Be("/models/churn/2026-09-30-1/backtest.csv");
    }

    [Fact]
    public async Task Past_forecasts_are_shown_with_how_often_their_intervals_held()
    {
        await OpenAsync(seed: null);
        var forecast = new CardForecast
        {
            Tuning = Core.Risk.ForecastTuning.Prior,
            Renewals = [new ForecastCoverage(1, 1, 12, 12, 10, 0.84, 50_000, 46_000, 45_500), new ForecastCoverage(3, 4, 20, 12, 15, 0.83, 90_000, 82_000, 80_000)],
            AllRenewals = new ForecastCoverage(1, 4, 32, 12, 25, 0.83, 140_000, 128_000, 125_500),
            Months = [new PastForecast(new DateOnly(2026, 1, 31), new DateOnly(2026, 2, 28), 9, 5_000, 4_600, 4_100, 5_000, 4_700), new PastForecast(new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 31), 9, 5_000, 4_600, 4_100, 5_000, 4_700)],
            Lifetimes = new LifetimeCoverage(400, 80, 330, 0.82, 9.4, 9.1),
        };
        await RegisterAsync(Skilled() with { Forecast = forecast }, ModelStatus.Champion);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.Find("[data-part=forecast] [data-answer]").TextContent.Should().Contain("Of 32 past forecasts").And.Contain("25 (78%)").And.Contain("80% interval").And.Contain("83% was to be expected"));
        page.Find("[data-part=forecast] [data-lifetimes]").TextContent.Should().Contain("9.4 months").And.Contain("9.1 came");
        page.Find("[data-part=forecast]").TextContent.Should().Contain("3 to 4 months").And.Contain("$45,500");
        page.FindAll("[data-part=forecast] .chart").Should().ContainSingle();
    }

    private async Task RememberAsync(DateOnly asOf)
    {
        await using var context = OpenContext();
        context.BacktestRows.Add(new BacktestRow { ModelId = 77, AsOf = asOf, AccountNo = 1, Rank = 2, RiskRank = 5, Listed = true, Probability = 0.183, Mrr = 1_000, LeftOn = new DateOnly(2026, 7, 10) });
        await context.SaveChangesAsync();
    }

    [Fact]
    public async Task What_was_tried_is_listed_and_leaks_are_named_with_their_reason()
    {
        await OpenAsync(seed: null);
        var first = new TreeCandidate(TreeLearner.FastTree, 200, 8, 0.05, 50, 0.5);
        var plan = TrainingPlan.For(5_000, 1_500);
        await RegisterAsync(
            Skilled() with
            {
                Plan = plan with { Search = SearchPlan.For(Budget.Normal, plan, 5_000, 20, 1_500, true) },
                Search = new SearchReport(SearchRows.LaterPeriods, 900, 60, 4, [new TriedCandidate(first, 0.5, 0.21, 0, 0, false), new TriedCandidate(first with { Learner = TreeLearner.LightGbm, Trees = 150 }, 0.75, 0.2051, -0.0049, 0.0012, true)], true),
                Leaks = [new Leak("attribute:cancel_reason", 0.98, LeakReason.FilledByOutcome) { Kept = true }],
            },
            ModelStatus.Champion);
        var page = Show<ModelsPage>("/models");
        page.WaitForAssertion(() => page.Find("[data-search=Normal]").TextContent.Should().Contain("“normal”: 2 candidates").And.Contain("later periods").And.Contain("0.2051").And.Contain("cut short"));
        page.Markup.Should().Contain("LightGBM").And.Contain("−0.0049 ± 0.0012");
        page.Find("[data-leak]").ParentElement!.TextContent.Should().Contain("cancel_reason").And.Contain("filled in goes with the outcome").And.Contain("Kept as asked");
        page.Find("[data-warning=leaks-kept]").TextContent.Should().Contain("cannot be trusted");
    }

    private static ModelCard Card(Verdict verdict)
    {
        var train = new CardPart(new DateOnly(2025, 1, 31), new DateOnly(2025, 12, 31), 12, 1200, 100, 6, 3);
        var test = train with { From = new DateOnly(2026, 2, 28), To = new DateOnly(2026, 6, 30), Outcomes = 2 };
        return new ModelCard { Target = Target.Churn, Version = "2026-09-30-1", Verdict = verdict, Definition = new CardDefinition(14, 90, 31), Data = train, Train = train, Test = test };
    }

    private static ModelCard Skilled()
    {
        MetricEstimates Of(double auc) => new() { RocAuc = new Estimate(auc, auc - 0.03, auc + 0.03), LiftAt10 = new Estimate(3.4, 2.8, 4) };
        return Card(Verdict.Skilled) with
        {
            Metrics = new CardMetrics(Of(0.78), Of(0.5), Of(0.76), Of(0.7)),
            Reliability = [new ReliabilityBin(0.01, 0.02, 50, 0.015, 0.02, 0.01, 0.05)],
            LiftCurve = [new LiftPoint(0.05, 4, 0.2), new LiftPoint(0.1, 3.4, 0.34), new LiftPoint(1, 1, 1)],
        };
    }

    private async Task RegisterAsync(ModelCard card, ModelStatus status, int modelId = 1)
    {
        await using var context = OpenContext();
        context.Models.Add(new ModelVersion { ModelId = modelId, Target = card.Target, Product = card.Product?.ToLowerInvariant(), Version = card.Version, Status = status, Verdict = card.Verdict, CreatedAt = AsOf.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), CardJson = card.ToJson() });
        await context.SaveChangesAsync();
    }
}
