using System.Text.Json;
using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Tests.Shared;

namespace CustomerSuccess.Web.Tests.Pages.Accounts;

/// <summary>Health and risk of an account's products.</summary>
public sealed class ProductCardTests : PageTests
{
    [Theory]
    [InlineData("en", "By product", "Insights", "39.3%", "account-wide", "Usage fell 42% in 28 days", "The account leaves: 31.0%; it stays and drops this product: 8.3%.", "Sum over products", "Renews Dec 1, 2026")]
    [InlineData("ja", "製品別", "Insights", "39.3%", "顧客全体", "42", "顧客全体の解約 31.0%、一部解約 8.3%。", "製品別の合計", "契約更新日 2026/12/01")]
    public async Task With_a_model_each_product_has_its_health_its_risk_and_its_part_of_the_loss(string language, string title, string name, string lost, string wide, string reason, string alone, string sum, string renews)
    {
        using var _ = new InCulture(language);
        await OpenAsync(seed: "", Roles.Csm);
        await ProductsAsync(ProductRiskBasis.PooledModel);
        var page = Show();
        page.WaitForAssertion(() => page.Find("#products-title").TextContent.Should().StartWith(title));
        var row = page.Find("[data-product=insights]");
        row.TextContent.Should().Contain(name).And.Contain("¥40,000").And.Contain(lost).And.Contain("48");
        page.Find(".product-renews").TextContent.Should().Be(renews);
        page.FindAll("tr[data-product]").Select(r => r.GetAttribute("data-product")).Should().Equal("core", "insights");
        var details = page.Find("[data-details=insights]");
        details.QuerySelector("[data-dimension=adoption]")!.GetAttribute("data-source").Should().Be("Product");
        details.QuerySelector("[data-dimension=adoption]")!.TextContent.Should().NotContain(wide);
        details.QuerySelector("[data-dimension=sentiment]")!.TextContent.Should().Contain(wide);
        details.QuerySelector("[data-driver=usage_trend_28d]")!.TextContent.Should().Contain(reason);
        details.TextContent.Should().Contain(alone);
        // 0.31 × 100,000 × 12 for all, and 0.69 × (0.12 × 40,000 + 0.01 × 60,000) × 12 besides
        page.Find("[data-loss]").TextContent.Should().Contain("¥372,000").And.Contain("¥44,712").And.Contain("¥416,712").And.Contain(sum);
        page.Find(".product-means").TextContent.Should().Contain("2026-09-28-1");
    }

    [Fact]
    public async Task Without_a_model_of_drops_the_accounts_probability_stands_and_says_so()
    {
        await OpenAsync(seed: "", Roles.Csm);
        await ProductsAsync(ProductRiskBasis.Account);
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-product=insights]").TextContent.Should().Contain("31.0%"));
        page.Find("[data-details=insights]").TextContent.Should().Contain("a lower bound").And.NotContain("drops this product:");
        page.FindAll("[data-details] [data-driver]").Should().BeEmpty();
    }

    [Fact]
    public async Task In_fallback_products_have_the_rule_score_and_no_loss()
    {
        await OpenAsync(seed: "no_skill", Roles.Csm);
        await ProductsAsync(ProductRiskBasis.RuleScore);
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-product=insights]").TextContent.Should().Contain("35"));
        page.Find("[data-products]").TextContent.Should().Contain("Rule score").And.NotContain("Expected loss").And.Contain("It is no probability");
        page.FindAll("[data-loss]").Should().BeEmpty();
    }

    [Fact]
    public async Task A_product_under_notice_and_one_that_few_pay_for_say_so()
    {
        await OpenAsync(seed: "", Roles.Csm);
        await ProductsAsync(ProductRiskBasis.Notice, payers: 4);
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-product=insights]").TextContent.Should().Contain("Notice given"));
        page.Find("[data-product=insights] td[data-label=Health]").GetAttribute("title").Should().Be("Only 4 accounts pay for it; health needs 10.");
        page.Find("[data-loss]").TextContent.Should().Contain("For products under notice");
    }

    [Fact]
    public async Task Where_products_cannot_be_told_apart_there_is_no_card()
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-part=health] .health-total, [data-part=health] .card"));
        page.FindAll("#products-title").Should().BeEmpty();
    }

    private IRenderedComponent<AccountPage> Show() => Show<AccountPage>("/accounts/A1?tab=health", parameters => parameters.Add(page => page.Id, "A1"));

    private async Task ProductsAsync(ProductRiskBasis basis, int payers = 40)
    {
        await using var context = OpenContext();
        var model = basis is ProductRiskBasis.PooledModel or ProductRiskBasis.Notice;
        context.Models.Add(new ModelVersion { ModelId = 9, Target = Target.ProductChurn, Version = "2026-09-28-1", CardJson = "{}" });
        context.ProductScores.Add(Score("core", "Workspace", 60_000, 0.01));
        var insights = Score("insights", "Insights", 40_000, 0.12);
        if (basis == ProductRiskBasis.Notice)
        {
            (insights.State, insights.Basis, insights.Probability, insights.DropProbability, insights.Health, insights.Payers) = (ScoreState.Leaving, basis, null, null, null, payers);
        }

        context.ProductScores.Add(insights);
        await context.SaveChangesAsync();

        ProductScore Score(string product, string name, decimal mrr, double dropped) => new()
        {
            ScoreRunId = 1,
            AccountNo = 1,
            Product = product,
            Name = name,
            Mrr = mrr,
            RenewsOn = new DateOnly(2026, 12, 1),
            Health = 48,
            Adoption = 30,
            Engagement = 41,
            Sentiment = 70,
            Told = ProductTold.Usage | ProductTold.Payments,
            Payers = 40,
            Basis = basis == ProductRiskBasis.Notice ? ProductRiskBasis.PooledModel : basis,
            ModelId = model ? 9 : null,
            DropProbability = model ? dropped : null,
            Probability = basis == ProductRiskBasis.RuleScore ? null : ProductRisk.Lost(0.31, model ? dropped : 0),
            RuleScore = 35,
            ExpectedLoss = basis == ProductRiskBasis.RuleScore ? null : 1000,
            DriversJson = basis == ProductRiskBasis.Account ? "[]" : JsonSerializer.Serialize<Driver[]>([new("usage_trend_28d", -0.42, null, 0.05, null)]),
        };
    }
}
