using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>Training that nobody asked for, beside somebody who trains by hand.</summary>
public sealed class RetrainModelsTests
{
    private readonly FakeTimeProvider _clock = new(TestCompany.Noon(300));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Models_are_trained_again_and_scored_once_days_have_passed_and_newer_facts_have_come(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database, _clock);
        await SeedAsync(test.Database, reach: 290);
        var retrain = Retrain(test.Database, models);
        (await retrain.RunIfDueAsync(Token)).Should().Be(RetrainReason.None, "the first training is somebody's decision");
        await models.Train.RunAsync(new TrainRequest(), _ => { }, Token);
        _clock.Advance(TimeSpan.FromDays(31));
        (await retrain.RunIfDueAsync(Token)).Should().Be(RetrainReason.None, "the same facts teach the same");
        await ReachAsync(test.Database, 320);
        (await retrain.RunIfDueAsync(Token)).Should().Be(RetrainReason.Schedule);
        (await models.Registry.ListAsync(Target.Churn, Token)).Should().HaveCount(2).And.OnlyContain(model => model.Verdict == Verdict.TooFewOutcomes);
        await using var context = test.Database.OpenContext();
        context.ScoreRuns.Should().ContainSingle().Which.AsOf.Should().Be(TestCompany.Day(320));
        (await retrain.RunIfDueAsync(Token)).Should().Be(RetrainReason.None, "it is done");
    }

    [Theory]
    [DatabaseData]
    public async Task Nothing_is_trained_beside_a_training_by_hand_of_another_process(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database, _clock);
        await SeedAsync(test.Database, reach: 290);
        await models.Train.RunAsync(new TrainRequest(), _ => { }, Token);
        _clock.Advance(TimeSpan.FromDays(31));
        await ReachAsync(test.Database, 320);
        var retrain = Retrain(test.Database, models);
        TaskCompletionSource begun = new(), end = new();
        var byHand = new ExclusiveWork(test.Database, _clock).RunAsync(ExclusiveWork.Training, () => { }, async _ =>
        {
            begun.SetResult();
            await end.Task;
            return 0;
        }, Token);
        await begun.Task;
        (await retrain.RunIfDueAsync(Token)).Should().Be(RetrainReason.None);
        List<string> said = [];
        var second = models.Train.RunAsync(new TrainRequest { Targets = [Target.Churn] }, said.Add, Token);
        end.SetResult();
        await byHand;
        while (!second.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await second;
        said[0].Should().Be("Waiting: another training is under way");
        (await models.Registry.ListAsync(Target.Churn, Token)).Should().HaveCount(2, "it was trained by hand twice, and never by itself");
    }

    private RetrainModels Retrain(Database database, TestRegistry models)
    {
        var history = new UpdateHealthHistory(database, models.Settings, models.Observations, models.Features);
        var score = new ScoreAccounts(database, models.Settings, models.Reaches, models.Observations, models.Features, new FeatureSnapshots(database), models.Registry, history, new KeepRunFigures(database, models.Observations, models.Features, models.Registry, new(database, models.Settings)), _clock);
        return new RetrainModels(database, models.Settings, models.Reaches, models.Registry, models.Watch, models.Train, score, new PendingImports(database, _clock), _clock, NullLogger<RetrainModels>.Instance);
    }

    private static async Task SeedAsync(Database database, int reach)
    {
        await using var company = new TestCompany(database);
        for (var account = 1; account <= 5; account++)
        {
            company.Account(account);
            company.Term(account, 0);
            company.Use(account, 280);
        }

        company.Reach("subscriptions", reach);
        company.Reach("usage", reach);
        await company.SaveAsync();
    }

    private static async Task ReachAsync(Database database, int day)
    {
        await using var context = database.OpenContext();
        foreach (var reach in context.SourceReaches)
        {
            reach.Latest = TestCompany.Day(day);
        }

        await context.SaveChangesAsync(Token);
    }
}
