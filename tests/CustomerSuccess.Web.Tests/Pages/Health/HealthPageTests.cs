using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Web.Pages.Health;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Web.Tests.Pages.Health;

/// <summary>Health for readers and for those who decide on it.</summary>
public sealed class HealthPageTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_scoring_it_says_what_to_do()
    {
        await OpenAsync(seed: null);
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]").TextContent.Should().Contain("./cs score"));
    }

    [Fact]
    public async Task A_csm_reads_and_cannot_change()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("#weights-title"));
        page.FindAll("[data-weight], [data-act]").Should().BeEmpty();
        page.Find("#band-good").HasAttribute("readonly").Should().BeTrue();
    }

    [Fact]
    public async Task The_answer_says_whether_bands_order_what_happened()
    {
        await OpenAsync(seed: "");
        await StudyAsync(BandOrder.Uncertain);
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Contain("Probably").And.Contain("2.0%").And.Contain("8.0%").And.Contain("90 days"));
        page.Find("[data-order=Uncertain]").TextContent.Should().Contain("may be chance");
        page.Find("[data-way=learned]").ParentElement!.TextContent.Should().Contain("0.710").And.Contain("+0.010");
    }

    [Fact]
    public async Task A_change_is_previewed_saved_and_undone_in_one_click()
    {
        await OpenAsync(seed: "");
        await using (var context = OpenContext())
        {
            // 22, 48 and 91 by the mean of two; engagement alone says otherwise
            await context.AccountScores.Where(s => s.Health != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Engagement, s => 90).SetProperty(s => s.Support, s => 2 * s.Health - 90), Token);
        }

        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-weight=support]"));
        page.Find("[data-act=preview]").HasAttribute("disabled").Should().BeTrue("nothing has changed");
        await page.OnAsync("[data-weight=support]", found => found.ChangeAsync(new() { Value = "0" }));
        await page.OnAsync("[data-act=preview]", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.Find("[data-preview]").TextContent.Should().Contain("2 of 3 accounts would change their band").And.Contain("Blue Harbor").And.NotContain("Cedar & Finch"));
        page.On("#scheme-comment", found => found.Input("support is noise"));
        await page.OnAsync("[data-act=save]", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.Find("[data-act=undo]"));
        page.Markup.Should().Contain("support is noise");
        page.FindAll("[data-preview]").Should().BeEmpty();
        page.Find("[data-act=score]").Should().NotBeNull("what is shown was computed by an earlier version");
        await page.OnAsync("[data-act=undo]", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.Markup.Should().Contain("Brought back version 0"));
        await using var after = OpenContext();
        (await after.HealthSchemes.OrderBy(s => s.SchemeNo).Select(s => s.Restores).ToListAsync(Token)).Should().Equal(null, 0);
        (await after.HealthSchemes.OrderBy(s => s.SchemeNo).Select(s => s.ByEmail).FirstAsync(Token)).Should().Be("sato@example.com");
    }

    [Theory]
    [InlineData("en", "Insights: too few accounts or losses to test its bands.", "No product named", "12.0% of 100")]
    [InlineData("ja", "Insights：区分を検証するには、顧客または解約の件数が足りません。", "製品名のない契約", "12.0% 100件中")]
    public async Task By_product_it_shows_bands_and_what_happened_next(string language, string verdict, string unnamed, string lost)
    {
        using var _ = new Tests.Shared.InCulture(language);
        await OpenAsync(seed: "");
        await ProductsAsync();
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-products]").TextContent.Should().Contain(verdict).And.Contain(unnamed));
        page.FindAll("[data-products] [data-product]").Select(p => p.GetAttribute("data-product")).Should().Equal("", "insights");
        var row = page.Find("[data-product=insights]").ParentElement!;
        row.QuerySelector("a")!.GetAttribute("href").Should().Be("/queue?product=insights");
        page.Find("[data-product='']").QuerySelector("a")!.GetAttribute("href").Should().Be("/queue?product=-");
        row.QuerySelectorAll(".product-bands .health").Select(band => band.TextContent.Trim()[^1..]).Should().Equal("1", "0", "1");
        row.QuerySelector("[data-lost=Danger]")!.TextContent.Trim().Should().Be(lost);
        row.QuerySelector("[data-lost=Danger]")!.GetAttribute("title").Should().Contain("12");
        row.TextContent.Should().Contain("$30,000");
    }

    [Fact]
    public async Task Operators_say_which_product_a_metric_is_part_of()
    {
        await OpenAsync(seed: "");
        await ProductsAsync();
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-metric=scans] select"));
        await page.OnAsync("[data-metric=scans] select", found => found.ChangeAsync(new() { Value = "Insights" }));
        await using (var context = OpenContext())
        {
            (await context.Metrics.Where(m => m.Name == "scans").Select(m => m.Product).SingleAsync(Token)).Should().Be("Insights");
        }

        await page.OnAsync("[data-metric=scans] select", found => found.ChangeAsync(new() { Value = "" }));
        await using var after = OpenContext();
        (await after.Metrics.Where(m => m.Name == "scans").Select(m => m.Product).SingleAsync(Token)).Should().BeNull();
    }

    [Fact]
    public async Task A_csm_reads_what_is_part_of_what()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        await ProductsAsync();
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-metric=scans]"));
        page.FindAll("[data-metric] select").Should().BeEmpty();
    }

    [Fact]
    public async Task A_draft_that_cannot_hold_says_so()
    {
        await OpenAsync(seed: "");
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("#band-watch"));
        await page.OnAsync("#band-watch", found => found.ChangeAsync(new() { Value = "75" }));
        page.Find("[role=alert]").TextContent.Should().Contain("Watch must begin below good");
        page.Find("[data-act=preview]").HasAttribute("disabled").Should().BeTrue();
    }

    private async Task ProductsAsync()
    {
        await StudyAsync(BandOrder.TooFew, new ProductBands("insights", "Insights", new BandTest([new(HealthBand.Good, 0, 0, null, null, null, null), new(HealthBand.Watch, 0, 0, null, null, null, null), new(HealthBand.Danger, 100, 12, 0.12, 0.07, 0.2, 0.9)], BandOrder.TooFew, AsOf.AddDays(-300), AsOf.AddDays(-150), 3)));
        await using var context = OpenContext();
        context.Metrics.Add(new Core.Activity.Metric { MetricId = 1, Name = "scans" });
        foreach (var (account, product, name, health) in new[] { (1, "insights", "Insights", 70.0), (2, "insights", "Insights", 20.0), (1, "", "", 50.0) })
        {
            context.ProductScores.Add(new ProductScore { ScoreRunId = 1, AccountNo = account, Product = product, Name = name, Mrr = product.Length == 0 ? 90_000 : 15_000, Health = health, Payers = 20, Basis = ProductRiskBasis.Account, ExpectedLoss = 1000 });
            context.Subscriptions.Add(new Core.Accounts.Subscription { AccountNo = account, SourceId = 1, FactId = $"S{account}{product}", Product = name, Mrr = 1, Currency = "JPY", StartedOn = AsOf.AddDays(-100) });
        }

        await context.SaveChangesAsync(Token);
    }

    private async Task StudyAsync(BandOrder order, params ProductBands[] products)
    {
        HealthSkill Skill(double auc, double? over) => new(new Estimate(auc, auc - 0.05, auc + 0.05), over is { } o ? new Estimate(o, o - 0.02, o + 0.02) : null);
        BandOutcome Band(HealthBand band, int churned) => new(band, 100, churned, churned / 100.0, 0.01, 0.2, 0.95);
        var test = new BandTest([Band(HealthBand.Good, 2), Band(HealthBand.Watch, 5), Band(HealthBand.Danger, 8)], order, AsOf.AddDays(-300), AsOf.AddDays(-150), 3);
        var part = new StudyPart(AsOf.AddDays(-300), AsOf.AddDays(-150), 6, 600, 40);
        var study = new HealthStudy
        {
            MadeAt = new DateTime(2026, 9, 30, 3, 0, 0, DateTimeKind.Utc),
            Train = part,
            Test = part,
            HorizonDays = 90,
            LeadDays = 14,
            Bands = test,
            Equal = Skill(0.70, null),
            InForce = Skill(0.70, 0),
            RuleScore = Skill(0.66, -0.04),
            Products = products,
            Learned = new LearnedStudy([20, 20, 20, 20, 10, 10], new Dictionary<string, IReadOnlyList<double>>(), 1, 1, Skill(0.71, 0.01), test),
        };
        await using var context = OpenContext();
        context.HealthStudies.Add(new StoredHealthStudy { MadeAt = study.MadeAt, Json = System.Text.Json.JsonSerializer.Serialize(study) });
        await context.SaveChangesAsync(Token);
    }
}
