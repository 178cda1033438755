using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class TrainModelsTests
{
    private const int Accounts = 260;
    private const int Months = 22;

    [Theory]
    [DatabaseData]
    public async Task A_company_learns_from_its_own_history(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var folder = Directory.CreateTempSubdirectory("cs-train-").FullName;
        try
        {
            var (train, registry) = await CompanyAsync(test.Database, folder);
            var cancellation = TestContext.Current.CancellationToken;
            var request = new TrainRequest { Targets = [Target.Churn], LeadDays = 0, HorizonDays = 31, GraceDays = 0, Budget = Budget.Quick };

            if (kind == DatabaseKind.Postgres)
            {
                // what the databases could do differently: the rows that training reads, the registry, the backtest's accounts
                (await train.RunAsync(request, _ => { }, cancellation)).Single().Decision.Should().Be(TrainDecision.Promoted);
                var there = (await registry.LoadChampionAsync(Target.Churn, cancellation))!;
                (await new BacktestQuery(test.Database).RunAsync(Viewer.System, there.ModelId, null, cancellation)).Count(account => account is { Listed: true, LeftOn: not null })
                    .Should().Be(there.Card.Hindsight!.Months.Sum(m => m.Caught));
                return;
            }

            var shuffled = (await train.RunAsync(request with { ShuffleSeed = 1, AsOf = TestCompany.Day(200) }, _ => { }, cancellation)).Single();
            shuffled.Decision.Should().Be(TrainDecision.NotRegistered);
            (await registry.ListAsync(null, cancellation)).Should().BeEmpty();

            var path = Path.Combine(folder, "test rows.csv");
            var first = (await train.RunAsync(request with { PredictionsPath = path }, _ => { }, cancellation)).Single();
            first.Decision.Should().Be(TrainDecision.Promoted);
            first.Verdict.Should().Be(Verdict.Skilled);
            var champion = (await registry.LoadChampionAsync(Target.Churn, cancellation))!;
            champion.Model.Hash.Should().Be(first.Card.ServedHash);
            champion.Card.ToJson().Should().Be(first.Card.ToJson());
            File.Exists(Path.Combine(folder, "models", "churn", champion.Version, "model.zip")).Should().BeTrue();

            var hindsight = first.Card.Hindsight!;
            hindsight.Months.Sum(m => m.Accounts).Should().Be(first.Card.Backtest!.Rows!.Rows);
            hindsight.Months.Sum(m => m.Left).Should().Be(first.Card.Backtest.Rows.PositiveRows);
            var past = await new BacktestQuery(test.Database).RunAsync(Viewer.System, champion.ModelId, null, cancellation);
            await using (var context = test.Database.OpenContext())
            {
                // CSMs' losses are told by every account of a day: the newest is kept whole, while lists show those that matter
                var newest = hindsight.Months[^1];
                (await context.BacktestRows.CountAsync(row => row.AsOf == newest.AsOf, cancellation)).Should().Be(newest.Accounts);
                past.Count(account => account.AsOf == newest.AsOf).Should().BeLessThanOrEqualTo((2 * newest.Listed) + newest.Left);
            }

            past.Count(account => account.Listed).Should().Be(hindsight.Months.Sum(m => m.Listed));
            past.Count(account => account is { Listed: true, LeftOn: not null }).Should().Be(hindsight.Months.Sum(m => m.Caught));
            past.Where(account => account.LeftOn is not null).Should().HaveCount(first.Card.Backtest.Rows.PositiveRows, "whoever left is kept, listed or not")
                .And.OnlyContain(account => account.LeftOn > account.AsOf && account.LeftOn <= account.AsOf.AddDays(31));

            var lines = await File.ReadAllLinesAsync(path, cancellation);
            lines[0].Should().Be("account_id,as_of,label,probability");
            lines.Should().HaveCount(first.Card.Test.Rows + 1);
            lines.Skip(1).Count(line => line.Split(',')[2] == "1").Should().Be(first.Card.Test.PositiveRows);

            (await train.RunAsync(request, _ => { }, cancellation)).Single().Decision.Should().Be(TrainDecision.Unchanged, "the same data, seed and plan give the same model");
            (await registry.ListAsync(null, cancellation)).Should().ContainSingle();

            // another definition of churn is another question: the verdict alone decides
            var few = (await train.RunAsync(request with { AsOf = TestCompany.Day(200) }, _ => { }, cancellation)).Single();
            few.Decision.Should().Be(TrainDecision.Refused);
            few.Verdict.Should().Be(Verdict.TooFewOutcomes);
            few.Card.Data.To.Should().BeOnOrBefore(TestCompany.Day(200));
            (await registry.LoadChampionAsync(Target.Churn, cancellation))!.Version.Should().Be(champion.Version);
            (await registry.LatestAsync(Target.Churn, cancellation))!.Status.Should().Be(ModelStatus.Refused);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Accounts use the product every few days; four of five that will leave fall silent a month and a half before.</summary>
    private static async Task<(TrainModels Train, ModelRegistry Registry)> CompanyAsync(Database database, string folder)
    {
        var random = new SeededRandom(12);
        await using (var company = new TestCompany(database))
        {
            for (var account = 1; account <= Accounts; account++)
            {
                company.Account(account);
                var start = random.Next(120);
                var end = random.Next(2) == 0 ? start + 60 + random.Next(Months * 30) : int.MaxValue;
                var last = Months * 30;
                company.Term(account, start, end < last ? end : null);
                var silentFrom = end < int.MaxValue && random.Next(5) < 4 ? end - 45 : int.MaxValue;
                for (var day = start; day < Math.Min(Math.Min(end, last), silentFrom); day += 7 + random.Next(8))
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
