using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Features;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Products;

public sealed class ProductFeaturesTests
{
    private const int T = 120;

    [Theory]
    [DatabaseData]
    public async Task What_can_be_told_by_product_is_the_products_own_and_all_else_the_accounts(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var company = new TestCompany(test.Database))
        {
            company.Account(1);
            Sell(company, 1, "Core", 0, mrr: 300, seats: 10);
            Sell(company, 1, "Archive", 30, mrr: 100);
            company.Account(2);
            Sell(company, 2, "core", 0, mrr: 50, seats: 5);
            company.Account(3);
            Sell(company, 3, null, 0, mrr: 70);
            company.Part("logins", "Core");
            company.Part("scans", "ARCHIVE");
            for (var day = 40; day <= T; day += 5)
            {
                company.Use(1, day, 4, "logins", users: 2);
            }

            company.Use(1, 100, 9, "scans", users: 3);
            company.Use(1, 101, 3, "pings");
            company.Use(2, 20, 6, "logins");
            company.Use(2, 110, 6, "logins");
            company.Ask(1, 100, priority: "urgent").Product = "Archive";
            company.Ask(1, 105);
            company.Ask(1, 106).Product = "Core";
            company.Ask(2, 110);
            company.Answer(1, 80, 9);
            company.Answer(1, 90, 2).Product = "Archive";
            company.Bill(1, 30, 60);
            await company.SaveAsync();
        }

        var (accounts, table) = await RunAsync(test, 1, 2, 3);
        var products = table!;
        var account = new FeatureReader(accounts);
        var reader = new FeatureReader(products.Table);
        Enumerable.Range(0, products.Rows).Select(row => (products.Table.AccountNo[row], products.KeyOf(row))).Should().Equal((1, "archive"), (1, "core"), (2, "core"), (3, ""));
        double[] Of(string feature) => [.. Enumerable.Range(0, products.Rows).Select(row => reader.Number(feature, row))];

        Of(FeatureNames.Mrr).Should().Equal(100, 300, 50, 70);
        Of(FeatureNames.ProductShare).Should().Equal(0.25, 0.75, 1, 1);
        Of(FeatureNames.ProductsPaid).Should().Equal(2, 2, 1, 1);
        Of(FeatureNames.ProductUsageShare).Should().Equal(9 / 80.0, 68 / 80.0, 1, double.NaN);
        Of(FeatureNames.ContractAge).Should().Equal(90, 120, 120, 120);
        Of(FeatureNames.Seats).Should().Equal(double.NaN, 10, 5, double.NaN);
        // the archive's metric alone, the core's alone; whoever has no metric has the whole account's usage
        Of(FeatureNames.Usage28).Should().Equal(9, 24, 6, 0);
        Of(FeatureNames.Breadth28).Should().Equal(1, 1, 1, 0);
        Of(FeatureNames.Users28).Should().Equal(3, 2, double.NaN, double.NaN);
        // the archive is sold without seats: its users are told of the account's
        Of(FeatureNames.UsersPerSeat).Should().Equal(0.3, 0.2, double.NaN, double.NaN);
        account.Number(FeatureNames.Usage28, 0).Should().Be(36);
        account.Number(FeatureNames.Breadth28, 0).Should().Be(3);
        // an inquiry about the other product does not count, one that names none counts for both
        Of(FeatureNames.OpenInquiries).Should().Equal(2, 2, 1, 0);
        Of(FeatureNames.OpenUrgentInquiries).Should().Equal(1, 0, 0, 0);
        account.Number(FeatureNames.OpenInquiries, 0).Should().Be(3);
        Of(FeatureNames.NpsLast).Should().Equal(2, 9, double.NaN, double.NaN);
        Of(FeatureNames.InvoicesOverdue).Should().Equal(1, 1, 0, 0);
        reader.Category(FeatureNames.Product, 1).Should().Be("Core");
        reader.Category(FeatureNames.Product, 3).Should().BeNull();
        products.Told.Should().Equal(
            ProductTold.Usage | ProductTold.Inquiries | ProductTold.Answers | ProductTold.Payments,
            ProductTold.Usage | ProductTold.Inquiries | ProductTold.Answers | ProductTold.Payments,
            ProductTold.Usage | ProductTold.Payments,
            ProductTold.Payments);
    }

    [Theory]
    [InlineData("Core", "CORE ")]
    [InlineData(null, null)]
    public async Task Where_contracts_name_fewer_than_two_products_there_are_none(string? first, string? second)
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var company = new TestCompany(test.Database))
        {
            company.Account(1);
            Sell(company, 1, first, 0, 100);
            Sell(company, 1, second, 10, 100);
            // neither what begins later nor what is free is sold
            Sell(company, 1, "Later", T + 1, 100);
            Sell(company, 1, "Free", 0, 0);
            await company.SaveAsync();
        }

        (await RunAsync(test, 1)).Products.Should().BeNull();
    }

    [Fact]
    public async Task Products_add_up_to_their_accounts_and_change_nothing_about_them()
    {
        for (var seed = 11; seed < 15; seed++)
        {
            await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
            await RandomCompany.SeedAsync(test.Database, seed);
            var build = new BuildFeatures(test.Database, new SettingsStore(test.Database, TimeProvider.System));
            Observation[] asked = [.. Enumerable.Range(1, 8).SelectMany(account => new[] { 40, 150, 260, 380 }.Select(day => new Observation(account, TestCompany.Day(day), null, null, null, null, false)))];
            var alone = await build.RunAsync(asked, null, TestContext.Current.CancellationToken);
            var (accounts, products) = await build.RunWithProductsAsync(asked, null, TestContext.Current.CancellationToken);
            foreach (var (column, other) in alone.Columns.Zip(accounts.Columns).Where(pair => !pair.First.IsCategory))
            {
                column.Numbers.Should().Equal(other.Numbers, (a, b) => a.Equals(b), column.Name);
            }

            var (mrr, own) = (accounts.Find(FeatureNames.Mrr)!.Numbers!, new FeatureReader(products!.Table));
            for (var row = 0; row < accounts.Rows; row++)
            {
                var parts = Enumerable.Range(0, products.Rows).Where(p => products.AccountRow[p] == row).ToList();
                parts.Sum(p => own.Number(FeatureNames.Mrr, p)).Should().BeApproximately(mrr[row] > 0 ? mrr[row] : 0, 1e-9);
                parts.Should().OnlyHaveUniqueItems(p => products.Product[p]);
                parts.Where(p => products.Table.AccountNo[p] != accounts.AccountNo[row] || products.Table.AsOf[p] != accounts.AsOf[row]).Should().BeEmpty();
                if (parts.Count > 0)
                {
                    parts.Sum(p => own.Number(FeatureNames.ProductShare, p)).Should().BeApproximately(1, 1e-9);
                }
            }
        }
    }

    private static Subscription Sell(TestCompany company, int account, string? product, int start, decimal mrr, int? seats = null)
    {
        var term = company.Term(account, start, mrr: mrr, seats: seats);
        term.Product = product;
        return term;
    }

    private static Task<(FeatureTable Accounts, ProductTable? Products)> RunAsync(TestDatabase test, params int[] accounts) =>
        new BuildFeatures(test.Database, new SettingsStore(test.Database, TimeProvider.System)).RunWithProductsAsync(
            [.. accounts.Select(account => new Observation(account, TestCompany.Day(T), null, null, null, null, false))], null, TestContext.Current.CancellationToken);
}
