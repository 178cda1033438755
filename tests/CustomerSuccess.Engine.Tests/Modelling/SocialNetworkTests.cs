using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class SocialNetworkTests
{
    private const double PublishedAuc = 0.7851;
    private const double PublishedLogLoss = 0.0869;

    [Fact]
    public async Task Out_of_time_the_model_keeps_up_with_the_published_blend()
    {
        var folder = EvaluateTableTests.Shared("data", "social-small");
        var cancellation = TestContext.Current.CancellationToken;
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var models = Directory.CreateTempSubdirectory("cs-social-").FullName;
        try
        {
            await using var services = new ServiceCollection().AddCustomerSuccessEngine(test.Database.Options).AddLogging().BuildServiceProvider();
            await services.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, "models.folder", models, cancellation);
            await services.GetRequiredService<ImportRunner>().ImportAsync(
                Viewer.System,
                new ImportRequest([folder]) { Preset = "fight-churn", CompleteUntil = new DateOnly(2020, 7, 1) },
                null,
                cancellation);
            var path = Path.Combine(models, "test.csv");
            var report = (await services.GetRequiredService<TrainModels>().RunAsync(
                new TrainRequest { Targets = [Target.Churn], LeadDays = 0, HorizonDays = 31, GraceDays = 0, TestFrom = new DateOnly(2020, 2, 1), PredictionsPath = path },
                _ => { },
                cancellation)).Single();

            report.Card.Test.Should().Be(new CardPart(new DateOnly(2020, 2, 29), new DateOnly(2020, 5, 31), 4, 5_730, 1_732, 121, 121));
            report.Card.Train.To.Should().Be(new DateOnly(2019, 12, 31));
            report.Verdict.Should().Be(Verdict.Skilled);
            report.Card.Metrics!.Model.RocAuc!.Value.Should().BeGreaterThan(PublishedAuc - 0.02);
            report.Card.Metrics.Model.LogLoss!.Value.Should().BeLessThan(PublishedLogLoss + 0.003);

            var truth = Truth(Path.Combine(folder, "truth.csv"), await File.ReadAllLinesAsync(path, cancellation));
            truth.RocAuc.Should().BeApproximately(0.9414, 0.0001, "the simulator's own probabilities on these rows are published: the rows are the same");
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"model: AUC {report.Card.Metrics.Model.RocAuc.Value:0.0000}, log loss {report.Card.Metrics.Model.LogLoss.Value:0.0000}; true probability: AUC {truth.RocAuc:0.0000}, log loss {truth.LogLoss:0.0000}"));
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    /// <summary>The simulator's probability at the account's next renewal after the as-of date, for each test row.</summary>
    private static MetricValues Truth(string path, string[] testRows)
    {
        var renewals = File.ReadLines(path).Skip(1).Select(line => line.Split(','))
            .GroupBy(cells => cells[0])
            .ToDictionary(g => g.Key, g => g.Select(cells => (Day: DateOnly.ParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture), P: double.Parse(cells[3], CultureInfo.InvariantCulture))).OrderBy(x => x.Day).ToArray());
        var rows = testRows.Skip(1).Select(line => line.Split(',')).ToArray();
        double[] p = [.. rows.Select(cells => renewals[cells[0]].First(x => x.Day > DateOnly.ParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture)).P)];
        return new RankedScores(p, [.. rows.Select(cells => cells[2] == "1")], true, new int[rows.Length], 1).Measure([.. rows.Select(_ => 1.0)]);
    }
}
