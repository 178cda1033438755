using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Features;

public sealed class BuildFeaturesTests
{
    private static readonly DateOnly T = TestCompany.Day(120);

    [Theory]
    [DatabaseData]
    public async Task Every_kind_of_fact_comes_out_of_either_database(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var company = new TestCompany(test.Database))
        {
            company.Account(1);
            company.Account(2);
            company.Term(1, 0, mrr: 200, seats: 4, plan: "pro");
            for (var day = 20; day <= 115; day += 5)
            {
                company.Use(1, day, 10, "logins", contact: 11);
                company.Use(1, day, 2, "exports", users: 3);
            }

            company.Contact(1, 11, null, (0, true));
            company.Ask(1, 100, priority: "urgent");
            company.Answer(1, 90, 4);
            company.Bill(1, 80, 110);
            company.Touch(1, 60);
            company.Buy(1, 30, 12.5m);
            company.Value(1, "tier", AttributeType.Category, 0, "gold");
            company.Value(1, "tier", AttributeType.Category, 121, "lead");
            company.Value(1, "since", AttributeType.Date, 0, "2024-01-01");
            await company.SaveAsync();
        }

        var reader = new FeatureReader(await Build(test).RunAsync(null, [T], cancellation: TestContext.Current.CancellationToken));
        reader.Table.AccountNo.Should().Equal(1, 2);
        Dictionary<string, double> expected = new()
        {
            [FeatureNames.Usage28] = 60, // 5 days: 95 to 115
            [FeatureNames.DaysSinceUse] = 5,
            [FeatureNames.SilenceRatio] = 1,
            [FeatureNames.Breadth28] = 2,
            [FeatureNames.Users28] = 1,
            [FeatureNames.UsersPerSeat] = 0.25,
            [FeatureNames.MetricShare + "exports"] = 2.0 / 12,
            [FeatureNames.MetricUsage28 + "logins"] = 50,
            [FeatureNames.Mrr] = 200,
            [FeatureNames.ContractAge] = 120,
            [FeatureNames.OpenUrgentInquiries] = 1,
            [FeatureNames.UnansweredInquiries] = 1,
            [FeatureNames.OldestOpenInquiryDays] = 20,
            [FeatureNames.NpsLast] = 4,
            [FeatureNames.InvoicesOverdue] = 1,
            [FeatureNames.DaysSinceTouch] = 60,
            [FeatureNames.Touches91] = 1,
            [FeatureNames.PurchaseAmount365] = 12.5,
            [FeatureNames.Champions] = 1,
            [FeatureNames.ChampionSilentDays] = 5,
            [FeatureNames.Attribute + "since"] = 120,
        };
        foreach (var (feature, value) in expected)
        {
            reader.Number(feature, 0).Should().BeApproximately(value, 1e-9, feature);
        }

        reader.Category(FeatureNames.Plan, 0).Should().Be("pro");
        reader.Category("attribute:tier", 0).Should().Be("gold");

        // the second account has nothing: what others have counts as none for it, what it cannot have is missing
        reader.Number(FeatureNames.Usage28, 1).Should().Be(0);
        reader.Number(FeatureNames.Inquiries91, 1).Should().Be(0);
        foreach (var missing in (string[])[FeatureNames.DaysSinceUse, FeatureNames.NpsLast, FeatureNames.Mrr, FeatureNames.Seats, FeatureNames.Champions, FeatureNames.OldestOpenInquiryDays, FeatureNames.DaysSinceTouch, FeatureNames.MetricShare + "logins"])
        {
            reader.Number(missing, 1).Should().Be(double.NaN, missing);
        }

        reader.Category(FeatureNames.Plan, 1).Should().BeNull();
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_the_observations_whichever_it_is()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await RandomCompany.SeedAsync(test.Database, 3);
        var days = Enumerable.Range(3, 5).Select(i => TestCompany.Day(40 * i)).ToArray();
        var build = Build(test);
        var catalogue = await build.CatalogueAsync(days[^1], cancellation: TestContext.Current.CancellationToken);
        var grid = await build.RunAsync(null, days, catalogue, TestContext.Current.CancellationToken);
        Observation[] wanted = [.. new[] { 17, 3, 30, 4, 3, 0 }.Select(row => new Observation(grid.AccountNo[row], grid.AsOf[row], null, null, null, null, false))];
        var table = await build.RunAsync(wanted, catalogue, TestContext.Current.CancellationToken);
        var same = grid.Take([17, 3, 30, 4, 3, 0]);
        table.AccountNo.Should().Equal(same.AccountNo);
        foreach (var (column, other) in table.Columns.Zip(same.Columns).Where(pair => !pair.First.IsCategory))
        {
            column.Numbers.Should().Equal(other.Numbers, (a, b) => a.Equals(b), column.Name);
        }
    }

    [Fact]
    public async Task A_served_models_metrics_are_computed_again_by_name()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var company = new TestCompany(test.Database))
        {
            company.Account(1);
            company.Use(1, 50, metric: "logins");
            await company.SaveAsync();
        }

        var catalogue = await Build(test).CatalogueAsync(T, ["usage_28d", "usage_28d:old", "share:old"], TestContext.Current.CancellationToken);
        catalogue.Metrics.Should().Equal("old");
        (await Build(test).RunAsync([1], [T], catalogue, TestContext.Current.CancellationToken)).Find("usage_28d:old")!.Numbers.Should().Equal(0);
    }

    private static BuildFeatures Build(TestDatabase test) => new(test.Database, new SettingsStore(test.Database, TimeProvider.System));
}
