using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Benchmarks;

/// <summary>Drivers and adoption over what a run of 100,000 accounts keeps: thirty reasons at thirteen month ends, 24 shaped features, eight attributes, 24 features of the product. First pages and lists of a fresh process, and again.</summary>
internal static class DriversBenchmark
{
    private const int Themes = 30, Shapes = 24, Metrics = 24, Attributes = 8;

    private static readonly DateOnly AsOf = new(2026, 9, 30);

    public static async Task<int> RunAsync(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(Path.Combine(folder, "drivers.db")));
            await database.MigrateAsync();
            await Timed("seeded", () => SeedAsync(database, accounts));
            var settings = new SettingsStore(database, TimeProvider.System);
            await settings.ReadAsync(default);
            for (var round = 1; round <= 2; round++)
            {
                var sheets = new KeptSheets(database);
                var (drivers, adoption) = (new DriversReport(database, sheets), new AdoptionReport(database, sheets, settings));
                Console.WriteLine(round == 1 ? "first time, with everything still to be compiled" : "nothing in memory");
                await Timed("drivers, first page", () => drivers.OverviewAsync(Viewer.System));
                await Timed("drivers again", () => drivers.OverviewAsync(Viewer.System));
                await Timed("one segment", () => drivers.OverviewAsync(Viewer.System, "small"));
                await Timed("accounts of a reason, first", () => drivers.AccountsAsync(Viewer.System, new("theme 3"), 0, 50));
                await Timed("accounts of a reason, again", () => drivers.AccountsAsync(Viewer.System, new("theme 4"), 0, 50));
                await Timed("accounts at an earlier month end", () => drivers.AccountsAsync(Viewer.System, new("theme 3", new(2026, 3, 31)), 0, 50));
                await Timed("customers of a value", () => drivers.StaysAsync(Viewer.System, new("attribute:a1", "v2", false), 0, 50));
                await Timed("adoption, first page", () => adoption.OverviewAsync(Viewer.System));
                await Timed("customers of a feature, first", () => adoption.AccountsAsync(Viewer.System, new("metric 1"), 0, 50));
                await Timed("customers of a feature, again", () => adoption.AccountsAsync(Viewer.System, new("metric 2", AdoptionGroup.NotUsing), 0, 50));
            }

            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Timed(string name, Func<Task> work)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {watch.Elapsed.TotalMilliseconds:F0} ms, processor {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:F0} ms"));
    }

    private static async Task SeedAsync(Database database, int accounts)
    {
        await using (var context = database.OpenContext())
        {
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 1, AsOf = AsOf, StartedAt = DateTime.UtcNow, FinishedAt = DateTime.UtcNow, ChurnModelId = 1, Scored = accounts });
            await context.SaveChangesAsync();
            await context.InsertAllAsync([.. Enumerable.Range(1, accounts).Select(no => new Account { AccountNo = no, AccountId = $"C{no:D7}", Name = $"Company {no}", NameSort = $"company {no:D7}" })], default);
        }

        await KeepAsync(database, accounts, 1, AsOf);
    }

    /// <summary>What a run keeps.</summary>
    internal static async Task KeepAsync(Database database, int accounts, int run, DateOnly asOf)
    {
        var random = new Random(1);
        int[] numbers = [.. Enumerable.Range(1, accounts)];
        double[] mrr = [.. numbers.Select(_ => 100.0 + random.Next(100_000))];
        float[] Some(double scale) => [.. numbers.Select(_ => (float)((random.NextDouble() - 0.4) * scale))];
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var day = asOf;
        for (var month = 0; month <= KeepRunFigures.Months; month++, day = new DateOnly(day.Year, day.Month, 1).AddDays(-1))
        {
            List<(FeatureShape, float[])> shapes = [];
            for (var s = 0; s < Shapes && month == 0; s++)
            {
                var values = Some(100);
                double[] kept = Array.ConvertAll(values, value => (double)value);
                shapes.Add((new FeatureShape($"feature {s}", $"theme {s / 2}", 0.01, AccumulatedEffect.Of(kept, AccumulatedEffect.EdgesOf(kept), replaced => replaced), []).WithDensity(values), values));
            }

            var sheet = DriverSheet.Of([.. Enumerable.Range(0, Themes).Select(t => $"theme {t}")], numbers, mrr, [.. numbers.Select(no => no % 3 == 0 ? "small" : no % 3 == 1 ? "mid" : "large")], Some(0.01), [.. Enumerable.Range(0, Themes).Select(_ => Some(0.02))], shapes);
            await WriteAsync(context, run, RunFigure.Drivers, day, 1, JsonSerializer.Serialize(sheet.Head), sheet.Pack());
        }

        string[] levels = ["v0", "v1", "v2", "v3", "v4"];
        var stays = StaySheet.Of(
            new(asOf.AddYears(-1), asOf, [.. Enumerable.Range(0, Attributes).Select(a => new StayColumn($"attribute:a{a}", levels))]), numbers, mrr, [.. numbers.Select(_ => random.Next(10) > 0)],
            [.. Enumerable.Range(0, Attributes).Select(_ => numbers.Select(_ => (float)random.Next(levels.Length)).ToArray())]);
        await WriteAsync(context, run, RunFigure.Stays, asOf, null, JsonSerializer.Serialize(stays.Head), stays.Pack());
        float[] Whole(int most) => [.. numbers.Select(_ => (float)random.Next(most))];
        var use = AdoptionSheet.Of(
            new() { AsOf = asOf, UsageFrom = asOf.AddYears(-3), Metrics = [.. Enumerable.Range(0, Metrics).Select(m => new AdoptionMetric($"metric {m}", null))] }, numbers, mrr,
            [.. Enumerable.Range(0, Metrics).SelectMany(_ => (float[][])[Whole(4096), Whole(20), Whole(5), Whole(200), Whole(16)])]);
        await WriteAsync(context, run, RunFigure.Adoption, asOf, null, JsonSerializer.Serialize(use.Head), use.Pack());
        await transaction.CommitAsync();
    }

    private static Task WriteAsync(CustomerSuccessContext context, int run, string name, DateOnly day, int? model, string head, byte[] sheet) =>
        context.InsertAllAsync([new RunFigure { ScoreRunId = run, Name = name, AsOf = day, ModelId = model, HeadJson = head, Sheet = sheet }], default);
}
