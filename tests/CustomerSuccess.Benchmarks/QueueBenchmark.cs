using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using SortKey = CustomerSuccess.Core.Accounts.SortKey;

namespace CustomerSuccess.Benchmarks;

/// <summary>Pages of the risk queue over 100,000 scored accounts (and an earlier run of as many): every sort and filter, first and deep pages, beside a bare count of the same table.</summary>
internal static class QueueBenchmark
{
    private const int PageRows = 50;
    private const int Rounds = 9;

    private static readonly string[] Segments = ["enterprise", "mid", "small"];
    private static readonly string[] Plans = ["basic", "pro", "team"];
    private static readonly string[] Products = ["core", "archive", "insights"];

    public static async Task<int> RunAsync(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(Path.Combine(folder, "queue.db")));
            await database.MigrateAsync();
            var seeding = Stopwatch.StartNew();
            for (var run = 1; run <= 2; run++)
            {
                await SeedAsync(database, run, accounts);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeded 2 runs of {accounts:N0} accounts in {seeding.Elapsed.TotalSeconds:F1} s"));
            var queue = new RiskQueueQuery(database, new SettingsStore(database, TimeProvider.System), TimeProvider.System);
            var cold = Stopwatch.StartNew();
            await queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, PageRows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first page of a fresh process, compilation included: {cold.Elapsed.TotalMilliseconds:F0} ms"));
            Report("bare SELECT COUNT(*) of the run", await TimesAsync(() => CountAsync(database)));
            foreach (var sort in Enum.GetValues<QueueSort>())
            {
                foreach (var descending in (bool[])[false, true])
                {
                    await PageAsync(queue, Viewer.System, $"sort {sort}{(descending ? " descending" : "")}", new(), sort, descending, 0);
                }
            }

            await PageAsync(queue, Viewer.System, "sort Rank, last page", new(), QueueSort.Rank, false, accounts - PageRows);
            await PageAsync(queue, Viewer.System, "sort Name, last page", new(), QueueSort.Name, true, accounts - PageRows);
            (string Name, RiskQueueFilter Filter)[] filters =
            [
                ("search, many hits", new() { Search = "99" }),
                ("search, no hit", new() { Search = "no such account" }),
                ("owner", new() { Owner = "csm7@example.com" }),
                ("segment", new() { Segment = "enterprise" }),
                ("plan", new() { Plan = "pro" }),
                ("product", new() { Product = "archive" }),
                ("band", new() { Band = HealthBand.Watch }),
                ("state", new() { State = ScoreState.Leaving }),
                ("play", new() { Play = "usage_recovery" }),
                ("handled hidden", new() { HideHandled = true }),
                ("fits today", new() { FitsToday = true }),
                ("fits the week", new() { FitsWeek = true }),
                ("opportunities", new() { List = QueueList.Opportunities }),
                ("all at once", new() { Search = "9", Owner = "csm7@example.com", Segment = "enterprise", Plan = "pro", Band = HealthBand.Watch, State = ScoreState.Scored, Play = "usage_recovery", HideHandled = true }),
            ];
            foreach (var (name, filter) in filters)
            {
                await PageAsync(queue, Viewer.System, $"filter {name}", filter, QueueSort.Rank, false, 0);
                await PageAsync(queue, Viewer.System, $"filter {name}, sort Health", filter, QueueSort.Health, true, 0);
            }

            var csm = new Viewer("csm7", "csm7@example.com", new HashSet<string> { Roles.Csm }, true);
            await PageAsync(queue, csm, "own portfolio", new(), QueueSort.Rank, false, 0);
            Report("choices to filter by", await TimesAsync(() => queue.ChoicesAsync(Viewer.System)));
            foreach (var grouping in Enum.GetValues<QueueGrouping>())
            {
                Report($"groups by {grouping}", await TimesAsync(() => queue.GroupsAsync(Viewer.System, new(), grouping)));
                var groups = await queue.GroupsAsync(Viewer.System, new(), grouping);
                Report($"page of groups by {grouping}, middle", await TimesAsync(() => queue.GroupedPageAsync(Viewer.System, new(), grouping, groups, QueueSort.Rank, false, accounts / 2, PageRows)));
            }

            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PageAsync(RiskQueueQuery queue, Viewer viewer, string name, RiskQueueFilter filter, QueueSort sort, bool descending, int offset)
    {
        var total = 0;
        var times = await TimesAsync(async () => total = (await queue.PageAsync(viewer, filter, sort, descending, offset, PageRows)).Total);
        Report(string.Create(CultureInfo.InvariantCulture, $"{name} ({total:N0} match)"), times);
    }

    internal static async Task<(List<TimeSpan> Times, TimeSpan Processor)> TimesAsync(Func<Task> work)
    {
        await work();
        List<TimeSpan> times = [];
        var before = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times.Add(clock.Elapsed);
        }

        var processor = (Environment.CpuUsage.TotalTime - before) / Rounds;
        times.Sort();
        return (times, processor);
    }

    /// <summary>Processor time stands beside the clock's, which other work on the machine lengthens.</summary>
    internal static void Report(string name, (List<TimeSpan> Times, TimeSpan Processor) measured) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median {measured.Times[measured.Times.Count / 2].TotalMilliseconds:F1} ms, worst {measured.Times[^1].TotalMilliseconds:F1} ms, processor {measured.Processor.TotalMilliseconds:F1} ms"));

    private static async Task CountAsync(Database database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM account_score WHERE score_run_id = 2";
        await command.ExecuteScalarAsync();
    }

    internal static async Task SeedAsync(Database database, int run, int accounts, DateOnly? asOf = null)
    {
        var random = new Random(run);
        await using var context = database.OpenContext();
        var started = asOf?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) ?? new DateTime(2024, 7, run, 0, 0, 0, DateTimeKind.Utc);
        context.ScoreRuns.Add(new ScoreRun { ScoreRunId = run, AsOf = asOf ?? new DateOnly(2024, 6, 30), StartedAt = started, FinishedAt = started.AddMinutes(1), ChurnModelId = 1, Scored = accounts });
        await context.SaveChangesAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var plays = PlayCatalogue.All.Select(play => play.Key).ToArray();
        for (var from = 1; from <= accounts; from += 5000)
        {
            List<Account> rows = [];
            List<AccountScore> scores = [];
            List<AccountDrivers> drivers = [];
            List<Suggestion> suggestions = [];
            List<SuggestionAction> actions = [];
            for (var no = from; no < Math.Min(from + 5000, accounts + 1); no++)
            {
                var name = $"Company {random.Next(1_000_000)} 株式会社";
                var leaving = random.Next(50) == 0;
                var probability = Math.Pow(random.NextDouble(), 3);
                var mrr = random.Next(100, 100_000) / 10m;
                var owner = $"csm{random.Next(40)}@example.com";
                var own = plays.OrderBy(_ => random.Next()).Take(leaving ? 0 : 1 + random.Next(3)).ToArray();
                rows.Add(new Account { AccountNo = no, AccountId = $"C{no:D7}", Name = name, NameSort = SortKey.Of(name), OwnerEmail = owner, Address = "東京都千代田区1-1-1", Industry = "software" });
                scores.Add(new AccountScore
                {
                    ScoreRunId = run,
                    AccountNo = no,
                    State = leaving ? ScoreState.Leaving : ScoreState.Scored,
                    Name = name,
                    NameSort = SortKey.Of(name),
                    SearchText = $"{SortKey.Of(name)}\nc{no:D7}",
                    Segment = Segments[random.Next(3)],
                    Plan = Plans[random.Next(3)],
                    OwnerEmail = owner,
                    Mrr = mrr,
                    RenewsOn = new DateOnly(2024, 7, 1).AddDays(random.Next(365)),
                    ChurnProbability = leaving ? null : probability,
                    RuleScore = random.Next(100),
                    ExpectedLoss = leaving ? null : (decimal)probability * mrr * 12,
                    Health = 100 * random.NextDouble(),
                    QueueRank = leaving ? null : no,
                    ValuePerMinute = probability * (double)mrr,
                    TopPlay = own.FirstOrDefault(),
                    Plays = $"|{string.Join('|', own)}|",
                    Products = ProductKey.Join(Products.Where((_, i) => i == 0 || random.Next(3) == 0)),
                    TopMinutes = own.Length > 0 ? 20 : 0,
                    OpportunityRank = no % 10 == 0 && !leaving ? no / 10 : null,
                    UpsellMinutes = no % 10 == 0 ? 20 : 0,
                    UpsellPlay = no % 10 == 0 ? "add_seats" : null,
                    UpsellValuePerMinute = no % 10 == 0 ? random.NextDouble() : null,
                    Growth = no % 10 == 0 ? mrr / 5 : null,
                });
                drivers.Add(new AccountDrivers { ScoreRunId = run, AccountNo = no, ChurnJson = $"[{string.Join(',', Enumerable.Range(0, 8).Select(i => $$"""{"Feature":"usage_trend_{{i}}","Value":0.25,"Text":null,"Points":0.01,"Reference":0.5}"""))}]" });
                suggestions.AddRange(own.Select((play, i) => new Suggestion { ScoreRunId = run, AccountNo = no, Rank = i + 1, Play = play, Channel = "call", ReasonCode = play, Minutes = 20, Effect = 0.1, Value = 12, ValuePerMinute = 0.6 }));
                if (run == 2 && own.Length > 0 && random.Next(200) == 0)
                {
                    actions.Add(new SuggestionAction { AccountNo = no, ActionId = $"{no}", Play = own[0], ReasonCode = own[0], Kind = SuggestionActionKind.Done, At = started.AddHours(3), ByUser = "csm" });
                    scores[^1].AwayUntil = DateOnly.MaxValue;
                }
            }

            if (run == 1)
            {
                await context.InsertAllAsync(rows, default);
            }

            await context.InsertAllAsync(scores, default);
            await context.InsertAllAsync(drivers, default);
            await context.InsertAllAsync(suggestions, default);
            await context.InsertAllAsync(actions, default);
        }

        await transaction.CommitAsync();
    }
}
