using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Products;

public sealed class TrainProductsTests
{
    private const int Accounts = 110;
    private const int Months = 22;

    private static readonly TrainRequest Request = new() { Targets = [Target.ProductChurn], LeadDays = 0, HorizonDays = 31, GraceDays = 0, Budget = Budget.Quick };

    [Fact]
    public async Task A_company_learns_which_products_are_dropped_by_accounts_that_stay()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var folder = Directory.CreateTempSubdirectory("cs-train-").FullName;
        try
        {
            var (train, registry) = await CompanyAsync(test.Database, folder, withArchive: true);
            var cancellation = TestContext.Current.CancellationToken;
            var path = Path.Combine(folder, "test rows.csv");
            var reports = await train.RunAsync(Request with { PredictionsPath = path }, _ => { }, cancellation);
            reports.Select(r => (r.Target, r.Card.Product)).Should().Equal((Target.ProductChurn, null), (Target.ProductChurn, "Archive"));
            var pooled = reports[0];
            (pooled.Verdict, pooled.Decision).Should().Be((Verdict.Skilled, TrainDecision.Promoted));
            pooled.Card.Products!.Select(p => p.Name).Should().BeEquivalentTo("Core", "Archive");
            var (core, archive) = (pooled.Card.Products!.Single(p => p.Name == "Core"), pooled.Card.Products!.Single(p => p.Name == "Archive"));
            (core.Outcomes, core.RocAuc).Should().Be((0, null), "who leaves has not dropped the core, and is no row of this model");
            archive.Outcomes.Should().Be(pooled.Card.Data.Outcomes);
            archive.RocAuc!.Lower.Should().BeGreaterThan(0.5, "within the archive too, silence tells who drops it");
            pooled.Card.WithinProducts!.RocAuc!.Value.Should().BeApproximately(archive.RocAuc.Value, 1e-9, "where one product alone is dropped, its pairs are all there are");
            archive.Rows.Should().Be(core.Rows, "rows are products of accounts that pay for both");

            var own = reports[1];
            own.Card.Data.Outcomes.Should().Be(archive.Outcomes);
            own.Card.Champion!.Version.Should().Be(pooled.Card.Version, "it was compared with the model of all products on the same later rows");
            (await registry.ProductsAsync(cancellation)).Should().HaveCount(own.Decision == TrainDecision.Promoted ? 1 : 0);
            (own.Decision == TrainDecision.Promoted).Should().Be(own.Card.Champion.ChallengerLogLoss < own.Card.Champion.LogLoss);
            (await registry.LoadServingAsync(Target.ProductChurn, null, cancellation)).Model!.Version.Should().Be(pooled.Card.Version);
            (await registry.LoadChampionAsync(Target.Churn, cancellation)).Should().BeNull();
            File.Exists(Path.Combine(folder, "models", "product_churn", pooled.Card.Version, "model.zip")).Should().BeTrue();

            var lines = await File.ReadAllLinesAsync(path, cancellation);
            lines[0].Should().Be("account_id,product,as_of,label,probability");
            lines.Should().HaveCount(pooled.Card.Test.Rows + 1);
            lines.Skip(1).Where(line => line.Split(',')[3] == "1").Should().OnlyContain(line => line.Split(',')[1] == "Archive").And.HaveCount(pooled.Card.Test.PositiveRows);

            var few = (await train.RunAsync(Request with { AsOf = TestCompany.Day(150) }, _ => { }, cancellation)).Single();
            (few.Verdict, few.Decision).Should().Be((Verdict.TooFewOutcomes, TrainDecision.Refused));
            few.Card.Products.Should().OnlyContain(p => p.TestRows == 0 && p.RocAuc == null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Where_products_cannot_be_told_apart_nothing_is_trained()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var (train, registry) = await CompanyAsync(test.Database, "models", withArchive: false);
        (await train.RunAsync(Request, _ => { }, TestContext.Current.CancellationToken)).Should().BeEmpty();
        (await registry.ListAsync(null, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    /// <summary>Accounts use the core to the end; of the archive, four of five that will drop it make no use for a month and a half before.</summary>
    private static async Task<(TrainModels Train, ModelRegistry Registry)> CompanyAsync(Database database, string folder, bool withArchive)
    {
        var random = new SeededRandom(12);
        await using (var company = new TestCompany(database))
        {
            company.Part("logins", "Core");
            company.Part("scans", "Archive");
            for (var account = 1; account <= Accounts; account++)
            {
                company.Account(account);
                var start = random.Next(120);
                var last = Months * 30;
                var leaves = random.Next(8) == 0 ? start + 60 + random.Next(last) : int.MaxValue;
                var drops = random.Next(5) < 4 ? start + 60 + random.Next(last) : int.MaxValue;
                company.Term(account, start, leaves < last ? leaves : null, seats: 5).Product = "Core";
                if (withArchive)
                {
                    var end = Math.Min(leaves, drops);
                    company.Term(account, start, end < last ? end : null, mrr: 30).Product = "Archive";
                    var silentFrom = drops < leaves && random.Next(5) < 4 ? drops - 45 : int.MaxValue;
                    for (var day = start; day < Math.Min(Math.Min(end, last), silentFrom); day += 7 + random.Next(8))
                    {
                        company.Use(account, day, 1 + random.Next(20), "scans");
                    }
                }

                for (var day = start; day < Math.Min(leaves, last); day += 7 + random.Next(8))
                {
                    company.Use(account, day, 1 + random.Next(20));
                }
            }

            company.Reach("subscriptions", Months * 30);
            company.Reach("usage", Months * 30);
            await company.SaveAsync();
        }

        var settings = new SettingsStore(database, TimeProvider.System);
        await settings.SetAsync(Viewer.System, "models.folder", Path.Combine(folder, "models"));
        var registry = new ModelRegistry(database, settings, TimeProvider.System);
        return (new TrainModels(database, settings, new BuildObservations(database, settings), new BuildFeatures(database, settings), new AsOfDates(database), registry, new BacktestQuery(database), TimeProvider.System), registry);
    }
}
