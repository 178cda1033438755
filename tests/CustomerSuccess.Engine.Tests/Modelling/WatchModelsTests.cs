using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>A model in use, watched at scorings on a database.</summary>
public sealed class WatchModelsTests
{
    private const int Accounts = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Inputs_that_moved_raise_an_alarm_that_is_kept(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database);
        var then = Table(shift: 0);
        var card = TestRegistry.Card("2024-06-30-1", TestRegistry.Model(0.1)) with
        {
            Distributions = Stability.Of(then, ["usage", "seats"]),
            Columns = [new CardColumn("usage", "number", 0.05), new CardColumn("seats", "number", 0.00001)],
        };
        await models.Registry.RegisterAsync(card, ModelArchive.Pack(TestRegistry.Model(0.1), TestRegistry.Model(0)), ModelStatus.Champion, Token);
        var model = (await models.Registry.LoadChampionAsync(Target.Churn, Token))!;

        var calm = await models.Watch.RunAsync(model, new DateOnly(2024, 7, 31), then, Token);
        (calm.Level, calm.Compared, calm.Moved.Count).Should().Be((WatchLevel.Calm, 2, 0));
        var alarmed = await models.Watch.RunAsync(model, new DateOnly(2024, 8, 31), Table(shift: 150), Token);
        alarmed.Level.Should().Be(WatchLevel.Alarm);
        alarmed.Moved.Should().ContainSingle(input => input.Feature == "usage").Which.Level.Should().Be(WatchLevel.Alarm);
        alarmed.Moved.Should().ContainSingle(input => input.Feature == "seats", "it moved as far").Which.Level.Should().Be(WatchLevel.Notice, "but carries next to nothing of the model");

        var kept = await models.Watch.ListAsync(Target.Churn, cancellation: Token);
        kept.Select(watched => (watched.AsOf, watched.Version, watched.Level)).Should().Equal(
            (new DateOnly(2024, 8, 31), "2024-06-30-1", WatchLevel.Alarm), (new DateOnly(2024, 7, 31), "2024-06-30-1", WatchLevel.Calm));
        kept[0].Report.Should().BeEquivalentTo(alarmed);
        (await models.Watch.ListAsync(Target.Upsell, cancellation: Token)).Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Promises_that_did_not_come_true_raise_an_alarm_once_the_outcomes_are_known(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database);
        await using (var company = new TestCompany(test.Database))
        {
            for (var account = 1; account <= Accounts; account++)
            {
                company.Account(account);
                // one in five leaves within the horizon that follows day 40
                company.Term(account, 0, account % 5 == 0 ? 70 : null);
            }

            company.Reach("subscriptions", 200);
            company.Reach("usage", 200);
            await company.SaveAsync();
        }

        var card = TestRegistry.Card("2024-02-01-1", TestRegistry.Model(0)) with { KnownUntil = TestCompany.Day(30) };
        var registered = await models.Registry.RegisterAsync(card, ModelArchive.Pack(TestRegistry.Model(0), TestRegistry.Model(0)), ModelStatus.Champion, Token);
        var model = (await models.Registry.LoadChampionAsync(Target.Churn, Token))!;
        await RunAsync(test.Database, 1, registered.ModelId, asOf: 10, probability: 0.9);
        await RunAsync(test.Database, 2, registered.ModelId, asOf: 40, probability: 0.2);
        var held = (await models.Watch.RunAsync(model, TestCompany.Day(200), Table(0), Token)).Calibration!;
        held.Should().BeEquivalentTo(new { From = TestCompany.Day(40), To = TestCompany.Day(40), Accounts, Observed = Accounts / 5, Level = WatchLevel.Calm }, "what was promised before the training ended does not count");
        held.Expected.Should().BeApproximately(Accounts / 5.0, 1e-6);

        await RunAsync(test.Database, 3, registered.ModelId, asOf: 41, probability: 0.02);
        var broken = (await models.Watch.RunAsync(model, TestCompany.Day(200), Table(0), Token)).Calibration!;
        broken.Should().BeEquivalentTo(new { To = TestCompany.Day(41), Accounts, Observed = Accounts / 5, Level = WatchLevel.Alarm }, "the runs lie a day apart, and nobody leaves twice");
        broken.PValue.Should().BeLessThan(1e-6);
    }

    private static FeatureTable Table(double shift) => new(
        [.. Enumerable.Range(1, 400)],
        new DateOnly[400],
        [FeatureColumn.OfNumbers("usage", [.. Enumerable.Range(0, 400).Select(i => (i * 37 % 400) + shift)]), FeatureColumn.OfNumbers("seats", [.. Enumerable.Range(0, 400).Select(i => (i * 53 % 400) + shift)])]);

    private static async Task RunAsync(Database database, int run, int modelId, int asOf, double probability)
    {
        await using var context = database.OpenContext();
        context.ScoreRuns.Add(new ScoreRun { ScoreRunId = run, AsOf = TestCompany.Day(asOf), StartedAt = TestCompany.Noon(asOf), FinishedAt = TestCompany.Noon(asOf), ChurnModelId = modelId, Scored = Accounts });
        context.AccountScores.AddRange(Enumerable.Range(1, Accounts).Select(account => new AccountScore
        {
            ScoreRunId = run,
            AccountNo = account,
            State = ScoreState.Scored,
            Name = $"Account {account}",
            NameSort = $"account {account}",
            SearchText = "",
            Plays = "",
            ChurnProbability = probability,
        }));
        await context.SaveChangesAsync(Token);
    }
}
