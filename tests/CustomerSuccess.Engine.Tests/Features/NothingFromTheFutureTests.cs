using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Features;

public sealed class NothingFromTheFutureTests
{
    /// <summary>The last of these days is the t after which everything changes; the earlier ones must not move either.</summary>
    private static readonly DateOnly[] AsOf = [TestCompany.Day(30), TestCompany.Day(120), TestCompany.Day(180), TestCompany.Day(230)];

    [Theory]
    [DatabaseData]
    public async Task No_feature_moves_when_facts_are_planted_after_t_and_all_that_is_later_changes(DatabaseKind kind)
    {
        for (var seed = 1; seed <= (kind == DatabaseKind.Sqlite ? 3 : 1); seed++)
        {
            await using var test = await TestDatabase.CreateAsync(kind);
            await RandomCompany.SeedAsync(test.Database, seed);
            var build = new BuildFeatures(test.Database, new SettingsStore(test.Database, TimeProvider.System));
            var catalogue = await build.CatalogueAsync(AsOf[^1], cancellation: TestContext.Current.CancellationToken);
            var before = await build.RunAsync(null, AsOf, cancellation: TestContext.Current.CancellationToken);
            before.Columns.Where(IsAllMissing).Select(column => column.Name).Should().BeEmpty("a column without values could not tell");

            await PlantLaterAsync(test.Database, seed);
            Moved(before, await build.RunAsync(null, AsOf, cancellation: TestContext.Current.CancellationToken)).Should().BeEmpty("facts were only added after t (seed {0})", seed);
            await RandomCompany.RewriteAfterAsync(test.Database, AsOf[^1], seed + 100);
            Moved(before, await build.RunAsync(null, AsOf, cancellation: TestContext.Current.CancellationToken)).Should().BeEmpty("only what is dated after t changed (seed {0})", seed);
            (await build.CatalogueAsync(AsOf[^1], cancellation: TestContext.Current.CancellationToken)).Hash.Should().Be(catalogue.Hash);
        }
    }

    [Theory]
    [DatabaseData]
    public async Task No_feature_of_a_product_moves_either(DatabaseKind kind)
    {
        HashSet<string>? silent = null;
        for (var seed = 1; seed <= (kind == DatabaseKind.Sqlite ? 3 : 1); seed++)
        {
            await using var test = await TestDatabase.CreateAsync(kind);
            await RandomCompany.SeedAsync(test.Database, seed);
            var before = await ProductsAsync(test.Database);
            HashSet<string> missing = [.. before.Table.Columns.Where(IsAllMissing).Select(column => column.Name)];
            silent = silent is null ? missing : [.. silent.Intersect(missing)];
            before.Told.Aggregate((a, b) => a | b).Should().Be(ProductTold.Usage | ProductTold.Inquiries | ProductTold.Answers | ProductTold.Payments);

            await PlantLaterAsync(test.Database, seed);
            await RandomCompany.RewriteAfterAsync(test.Database, AsOf[^1], seed + 100);
            var after = await ProductsAsync(test.Database);
            Moved(before.Table, after.Table).Should().BeEmpty("only what is dated after t changed (seed {0})", seed);
            after.Told.Should().Equal(before.Told);
            Enumerable.Range(0, after.Rows).Select(after.KeyOf).Should().Equal(Enumerable.Range(0, before.Rows).Select(before.KeyOf));

            await RandomCompany.RewriteAfterAsync(test.Database, TestCompany.Day(60), seed + 200);
            var moved = await ProductsAsync(test.Database);
            moved.Rows.Should().NotBe(before.Rows, "what is dated up to t does tell");
        }

        (kind == DatabaseKind.Sqlite ? silent : []).Should().BeEmpty("a column without values in any company could not tell");
    }

    [Fact]
    public async Task What_is_dated_up_to_t_does_move_features()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await RandomCompany.SeedAsync(test.Database, 1);
        var build = new BuildFeatures(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        var catalogue = await build.CatalogueAsync(AsOf[^1], cancellation: TestContext.Current.CancellationToken);
        var before = await build.RunAsync(null, AsOf, catalogue, TestContext.Current.CancellationToken);
        await RandomCompany.RewriteAfterAsync(test.Database, TestCompany.Day(60), 7);
        var moved = Moved(before, await build.RunAsync(null, AsOf, catalogue, TestContext.Current.CancellationToken));
        moved.Select(m => m.Split('@')[0]).Distinct().Should().Contain(
            [FeatureNames.Usage28, FeatureNames.Mrr, FeatureNames.OpenInquiries, FeatureNames.NpsLast, FeatureNames.InvoicesOverdue, FeatureNames.Touches91, FeatureNames.Purchases365, FeatureNames.Champions, "attribute:size"]);
        moved.Should().NotContain(m => m.EndsWith("@" + TestCompany.Day(30).ToString("O", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    /// <summary>Products of all accounts at the days, in the order of account, product and day.</summary>
    private static async Task<ProductTable> ProductsAsync(Database database)
    {
        await using var context = database.OpenContext();
        var accounts = await context.Accounts.OrderBy(account => account.AccountNo).Select(account => account.AccountNo).ToListAsync(TestContext.Current.CancellationToken);
        Observation[] asked = [.. accounts.SelectMany(account => AsOf.Select(day => new Observation(account, day, null, null, null, null, false)))];
        return (await new BuildFeatures(database, new SettingsStore(database, TimeProvider.System)).RunWithProductsAsync(asked, null, TestContext.Current.CancellationToken)).Products!;
    }

    private static bool IsAllMissing(FeatureColumn column) => column.IsCategory ? column.Codes!.All(code => code < 0) : column.Numbers!.All(double.IsNaN);

    /// <summary>Names of features that differ, with the day.</summary>
    private static List<string> Moved(FeatureTable before, FeatureTable after)
    {
        after.AccountNo.Should().Equal(before.AccountNo);
        List<string> moved = [];
        foreach (var column in before.Columns)
        {
            var other = after.Find(column.Name);
            for (var row = 0; row < before.Rows; row++)
            {
                var same = other is not null && (column.IsCategory
                    ? Level(column, row) == Level(other, row)
                    : column.Numbers![row].Equals(other.Numbers![row]));
                if (!same)
                {
                    moved.Add($"{column.Name}@{before.AsOf[row].ToString("O", System.Globalization.CultureInfo.InvariantCulture)}");
                }
            }
        }

        return moved;
    }

    private static string? Level(FeatureColumn column, int row) => column.Codes![row] < 0 ? null : column.Levels[column.Codes[row]];

    /// <summary>New facts after t, as a later import would bring them.</summary>
    private static async Task PlantLaterAsync(Database database, int seed)
    {
        await using var context = database.OpenContext();
        var metrics = await context.Metrics.ToDictionaryAsync(m => m.Name, m => m.MetricId, TestContext.Current.CancellationToken);
        await using var company = new TestCompany(database, firstFact: 100_000, metrics);
        RandomCompany.Plant(company, new Random(seed + 50), 231, 600);
        await company.SaveAsync();
    }
}
