using CsCheck;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Tests.Products;

public sealed class ProductRiskTests
{
    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.1, 0.0, 0.1)]
    [InlineData(0.0, 0.2, 0.2)]
    [InlineData(0.1, 0.2, 0.28)]
    [InlineData(1.0, 0.5, 1.0)]
    public void A_product_is_lost_with_the_account_or_by_being_dropped(double leaves, double dropped, double lost) =>
        ProductRisk.Lost(leaves, dropped).Should().BeApproximately(lost, 1e-12);

    [Fact]
    public void Losing_a_product_is_never_less_likely_than_losing_the_account_and_never_certain_before_either() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((leaves, dropped) =>
        {
            ProductRisk.Lost(leaves, dropped).Should().BeInRange(leaves, 1 + 1e-12);
            (leaves + ProductRisk.DroppedAlone(leaves, dropped)).Should().Be(ProductRisk.Lost(leaves, dropped));
        });

    [Fact]
    public void The_losses_of_products_roll_up_to_the_accounts_and_what_may_be_dropped_besides()
    {
        var product = Gen.Select(Gen.Int[0, 1_000_000], Gen.Double[0, 1], Gen.Int[0, 3]);
        Gen.Select(Gen.Double[0, 1], product.List[1, 6]).Sample((leaves, drawn) =>
        {
            (decimal Mrr, double? Dropped, bool Notice)[] products = [.. drawn.Select(d => ((decimal)d.Item1, d.Item3 == 0 ? (double?)null : d.Item2, d.Item3 == 3))];
            var loss = ProductLoss.Of(leaves, products)!;
            var mrr = products.Sum(p => p.Mrr);
            loss.Account.Should().BeApproximately((decimal)leaves * mrr * 12, 1e-9m, "it is the account's own expected loss");
            loss.Products.Should().BeApproximately(products.Sum(p => ProductRisk.ExpectedLoss(leaves, p.Notice ? 1 : p.Dropped, p.Mrr)!.Value), 1e-9m, "it is the sum over products");
            loss.Dropped.Should().BeGreaterThanOrEqualTo(0);
            loss.Notice.Should().BeGreaterThanOrEqualTo(0);
            loss.Products.Should().BeLessThanOrEqualTo(mrr * 12 + 1e-9m);
        });
    }

    [Fact]
    public void Without_a_probability_there_is_no_expected_loss()
    {
        ProductLoss.Of(null, [(100m, 0.5, false)]).Should().BeNull();
        ProductRisk.ExpectedLoss(null, 0.5, 100).Should().BeNull();
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData("Archive", "archive")]
    [InlineData("ＡＲＣＨＩＶＥ ", "archive")]
    [InlineData("アーカイブ", "あーかいぶ")]
    [InlineData("ｱｰｶｲﾌﾞ", "あーかいぶ")]
    [InlineData("A|B", "a/b")]
    public void A_product_is_known_however_its_name_is_written(string? name, string key) => ProductKey.Of(name).Should().Be(key);

    [Theory]
    [InlineData("")]
    [InlineData("|-|", "")]
    [InlineData("|-|core|", "", "core")]
    public void Keys_stand_in_one_text_in_which_each_can_be_looked_for(string text, params string[] keys) => ProductKey.Join(keys).Should().Be(text);

    [Fact]
    public void The_name_shown_is_the_one_that_most_rows_write()
    {
        var catalogue = new ProductCatalogue([("Archive", 3), ("ARCHIVE", 2), (null, 1), ("Core", 9)]);
        catalogue.Products.Should().Equal(new Product("", ""), new Product("archive", "Archive"), new Product("core", "Core"));
        catalogue.IndexOf("ａｒｃｈｉｖｅ").Should().Be(1);
        catalogue.IndexOf(" ").Should().Be(0);
        catalogue.IndexOf("Vault").Should().Be(-1);
        catalogue.IsSplit.Should().BeTrue();
        new ProductCatalogue([("Core", 9), ("core", 1)]).IsSplit.Should().BeFalse();
        new ProductCatalogue([(null, 9)]).IsSplit.Should().BeFalse();
    }

    [Theory]
    [InlineData(ProductTold.None, HealthDimension.Adoption, DimensionSource.Account)]
    [InlineData(ProductTold.Usage, HealthDimension.Adoption, DimensionSource.Product)]
    [InlineData(ProductTold.Usage, HealthDimension.Engagement, DimensionSource.Product)]
    [InlineData(ProductTold.Usage, HealthDimension.Support, DimensionSource.Account)]
    [InlineData(ProductTold.Inquiries, HealthDimension.Support, DimensionSource.Product)]
    [InlineData(ProductTold.Answers, HealthDimension.Sentiment, DimensionSource.Product)]
    [InlineData(ProductTold.None, HealthDimension.Commercial, DimensionSource.Product)]
    [InlineData(ProductTold.Payments, HealthDimension.Commercial, DimensionSource.Both)]
    [InlineData(ProductTold.Usage | ProductTold.Inquiries | ProductTold.Answers | ProductTold.Payments, HealthDimension.Relationship, DimensionSource.Account)]
    public void Each_dimension_says_whose_facts_it_is_from(ProductTold told, HealthDimension dimension, DimensionSource source) =>
        ProductSources.Of(told, dimension).Should().Be(source);
}
