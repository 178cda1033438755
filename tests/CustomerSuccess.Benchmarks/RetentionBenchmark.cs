using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Benchmarks;

/// <summary>The executives' pages over 100,000 accounts, 36 months, 400,000 purchases and 500,000 inquiries: the first reading of a process, after one account changed, figures of a view nobody has asked for yet, and drill-downs, beside a bare ordered scan of the contracts.</summary>
internal static class RetentionBenchmark
{
    private const int Months = 36;

    private static readonly string[] Segments = ["enterprise", "mid", "small"];
    private static readonly string[] Categories = ["billing", "bug", "howto", "request"];
    private static readonly string[] Plans = ["basic", "pro", "team"];

    public static async Task<int> RunAsync(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(Path.Combine(folder, "retention.db")));
            await database.MigrateAsync();
            await Timed("seeded", () => SeedAsync(database, accounts));
            using var books = new CompanyBooks(database, new SettingsStore(database, TimeProvider.System));
            using var surveys = new SurveyBooks(database);
            var (report, nps) = (new RetentionReport(database, books), new NpsReport(database, books, surveys));
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await Timed("bare ordered scan of the contracts", () => ScanAsync(database));
            await Timed("first page of a fresh process, everything read", () => report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, 12));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory held: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F0} MB"));
            await Timed("the same page again", () => report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, 12));
            await Timed("36 months, never asked for", () => report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, Months));
            await Timed("quarters of all time", () => report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Quarter, null));
            await Timed("one segment, 12 months", () => report.OverviewAsync(Viewer.System, new RetentionScope(Segment: "mid"), PeriodGrain.Month, 12));
            var year = RetentionPeriod.Trailing12(new DateOnly(2024, 12, 31));
            await Timed("by segment", () => report.PartsAsync(Viewer.System, RetentionScope.All, RetentionSlice.Segment, year));
            await Timed("cohorts", () => report.CohortsAsync(Viewer.System, RetentionScope.All));
            await Timed("survival curve", () => report.SurvivalAsync(Viewer.System, RetentionScope.All));
            await Timed("reasons", () => report.ReasonsAsync(Viewer.System, RetentionScope.All, year));
            await Timed("reconcile", () => report.CheckAsync(Viewer.System, year));
            await Timed("who left in a month", () => report.MovementsAsync(Viewer.System, new(RetentionPeriod.Month(year.End), RetentionScope.All) { Kind = MovementKind.Churn }, 0, 50));
            await Timed("everybody who pays", () => report.MovementsAsync(Viewer.System, new(year, RetentionScope.All) { Kind = MovementKind.End }, 0, 50));
            await Timed("NPS", () => nps.OverviewAsync(Viewer.System, new(NpsScope.All, PeriodGrain.Quarter, 12, null)));
            await Timed("promoters who left", () => nps.AnswersAsync(Viewer.System, new(NpsScope.All, null, null) { Group = NpsGroup.Promoter, Fate = NpsFate.Left }, 0, 50));
            using var activities = new ActivityBooks(database);
            await LifecycleAsync(new(books, activities));
            using var inquiries = new ServiceBooks(database);
            await ServiceAsync(new(database, books, inquiries, TimeProvider.System));
            using var others = new ReportBooks(database);
            var runner = new ReportRunner(database, books, activities, inquiries, surveys, others, TimeProvider.System);
            var byMonth = new ReportDefinition(ReportMeasure.Nrr, ReportDimension.Month);
            await Timed("report: NRR by month", () => runner.RunAsync(Viewer.System, byMonth));
            await Timed("report: new MRR by month and segment", () => runner.RunAsync(Viewer.System, new(ReportMeasure.NewMrr, ReportDimension.Month) { Columns = ReportDimension.Segment }));
            await Timed("report: NRR by plan", () => runner.RunAsync(Viewer.System, new(ReportMeasure.Nrr, ReportDimension.Plan)));
            await Timed("report: MRR by product and month, 36 months", () => runner.RunAsync(Viewer.System, new(ReportMeasure.ClosingMrr, ReportDimension.Product) { Columns = ReportDimension.Month, Months = Months }));
            await Timed("report: NPS by owner", () => runner.RunAsync(Viewer.System, new(ReportMeasure.Nps, ReportDimension.Owner)));
            await Timed("customers behind a cell", () => runner.AccountsAsync(Viewer.System, byMonth, "2024-11_2024-12", null, 0, 50));
            var acts = new Acts(database, new LiveChanges(database, TimeProvider.System, NullLogger<LiveChanges>.Instance), TimeProvider.System);
            var closes = new MonthCloses(database, books, report, acts, TimeProvider.System);
            var follow = new FollowCloses(database, books, acts);
            await Timed("close a month", () => closes.CloseAsync(Viewer.System, new(year.End, null, true)));
            await ChangeAsync(database);
            await Timed("look for restatements of one month after one account changed", () => follow.RunAsync());
            await Timed("closed months and restatements", async () => await closes.RestatementsAsync(Viewer.System, default));
            await Timed("first page after one account changed", () => report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, 12));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task LifecycleAsync(LifecycleReport report)
    {
        var month = new DateOnly(2024, 11, 30);
        await Timed("lifecycle, everything read", () => report.OverviewAsync(Viewer.System, LifecycleScope.All, 12));
        await Timed("lifecycle again", () => report.OverviewAsync(Viewer.System, LifecycleScope.All, 12));
        await Timed("lifecycle, 36 months never asked for", () => report.OverviewAsync(Viewer.System, LifecycleScope.All, Months));
        await Timed("lifecycle of a segment, 12 months", () => report.OverviewAsync(Viewer.System, new(Segment: "mid"), 12));
        await Timed("R × F table", () => report.TableAsync(Viewer.System, LifecycleScope.All, month));
        await Timed("R × F table of a segment", () => report.TableAsync(Viewer.System, new(Segment: "mid"), month));
        await Timed("deciles", () => report.DecilesAsync(Viewer.System, LifecycleScope.All, month));
        await Timed("repeat purchases and BG/NBD", () => report.RepeatsAsync(Viewer.System, LifecycleScope.All, null, 365));
        await Timed("worth winning back", () => report.WinBackAsync(Viewer.System, LifecycleScope.All));
        await Timed("accounts of a cell", () => report.AccountsAsync(Viewer.System, new(month, LifecycleScope.All) { R = 5, F = 5 }, 0, 50));
    }

    private static async Task ServiceAsync(ServiceReport report)
    {
        await Timed("service, everything read", () => report.OverviewAsync(Viewer.System, ServiceScope.All, 12));
        await Timed("service again", () => report.OverviewAsync(Viewer.System, ServiceScope.All, 12));
        await Timed("service, 36 months never asked for", () => report.OverviewAsync(Viewer.System, ServiceScope.All, Months));
        await Timed("service of a segment, 12 months", () => report.OverviewAsync(Viewer.System, new(Segment: "mid"), 12));
        await Timed("service and churn", () => report.ChurnAsync(Viewer.System));
        await Timed("inquiries of a month", () => report.InquiriesAsync(Viewer.System, new(ServiceScope.All) { From = new(2024, 11, 1), To = new(2024, 11, 30) }, 0, 50));
    }

    private static async Task Timed(string name, Func<Task> work)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {watch.Elapsed.TotalMilliseconds:F0} ms, processor {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:F0} ms"));
    }

    private static async Task ScanAsync(Database database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT account_no, product, plan, seats, mrr, currency, started_on, ended_on, end_reason FROM subscription WHERE voided_by IS NULL ORDER BY account_no";
        await using var reader = await command.ExecuteReaderAsync();
        long sum = 0;
        while (await reader.ReadAsync())
        {
            sum += reader.GetInt64(4);
        }

        GC.KeepAlive(sum);
    }

    private static async Task ChangeAsync(Database database)
    {
        await using var context = database.OpenContext();
        await Engine.Playbooks.AppSource.NoteChangeAsync(context, 7, new DateOnly(2024, 1, 1), default);
        await context.SaveChangesAsync();
    }

    /// <summary>About four terms an account, of which a tenth leaves each year; three attributes with their past; an answer a year.</summary>
    /// <param name="text">Words of a text, by whether its score is high; without them inquiries are all alike, and answers say nothing.</param>
    internal static async Task SeedAsync(Database database, int accounts, Func<Random, bool?, string>? text = null)
    {
        var random = new Random(1);
        await using var context = database.OpenContext();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Attributes.AddRange(new[] { "segment", "owner_email", "region" }.Select((name, i) => new AttributeDefinition { AttributeId = i + 1, Record = "accounts", Name = name, Type = AttributeType.Category }));
        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = new DateOnly(2024, 12, 31) });
        var first = new DateOnly(2022, 1, 1);
        await using var transaction = await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.BeginTransactionAsync(context.Database, System.Data.IsolationLevel.ReadCommitted);
        for (var from = 1; from <= accounts; from += 5000)
        {
            var (rows, values, terms, purchases, inquiries, answers) = (new List<Account>(), new List<AccountValue>(), new List<Subscription>(), new List<Purchase>(), new List<Inquiry>(), new List<SurveyResponse>());
            for (var no = from; no < Math.Min(from + 5000, accounts + 1); no++)
            {
                rows.Add(new Account { AccountNo = no, AccountId = $"C{no:D7}", Name = $"Company {no}", NameSort = $"company {no:D7}", Segment = Segments[no % 3], OwnerEmail = $"csm{no % 40}@example.com" });
                values.AddRange(
                    new AccountValue { AccountNo = no, AttributeId = 1, ValidFrom = DateOnly.MinValue, Value = Segments[no % 3] },
                    new AccountValue { AccountNo = no, AttributeId = 2, ValidFrom = DateOnly.MinValue, Value = $"csm{no % 40}@example.com" },
                    new AccountValue { AccountNo = no, AttributeId = 3, ValidFrom = DateOnly.MinValue, Value = $"region {no % 9}" });
                var (day, seats) = (first.AddDays(random.Next(900)), 1 + random.Next(50));
                for (var term = 0; day < new DateOnly(2024, 12, 1); term++)
                {
                    var end = day.AddDays(180 + random.Next(200));
                    var leaves = random.Next(14) == 0;
                    var runs = end > new DateOnly(2024, 12, 31);
                    terms.Add(new Subscription
                    {
                        AccountNo = no,
                        SourceId = 1,
                        FactId = $"{no}-{term}",
                        Product = "core",
                        Plan = Plans[no % 3],
                        Seats = seats,
                        Mrr = seats * 12.5m,
                        Currency = "USD",
                        StartedOn = day,
                        EndedOn = runs ? null : end,
                        EndReason = runs ? null : leaves ? "price" : "renewed",
                    });
                    if (leaves)
                    {
                        break;
                    }

                    (day, seats) = (end, Math.Max(1, seats + random.Next(-2, 6)));
                }

                for (var purchase = 0; purchase < 4; purchase++)
                {
                    purchases.Add(new Purchase { AccountNo = no, SourceId = 1, FactId = $"{no}-{purchase}", PurchasedOn = first.AddDays(random.Next(1090)), Amount = 10 + random.Next(500), Currency = "USD" });
                }

                for (var inquiry = 0; inquiry < 5; inquiry++)
                {
                    var opened = first.AddDays(random.Next(1090)).ToDateTime(new TimeOnly(9, 30), DateTimeKind.Utc);
                    inquiries.Add(new Inquiry
                    {
                        AccountNo = no,
                        SourceId = 1,
                        FactId = $"{no}-{inquiry}",
                        Subject = text is null ? "How do I export?" : text(random, null),
                        Category = Categories[random.Next(4)],
                        OpenedAt = opened,
                        ChangedAt = opened,
                        FirstResponseAt = opened.AddMinutes(random.Next(600)),
                        ClosedAt = random.Next(20) == 0 ? null : opened.AddHours(10 + random.Next(200)),
                        Satisfaction = random.Next(3) == 0 ? 1 + random.Next(5) : null,
                    });
                }

                for (var year = 0; year < 3; year++)
                {
                    var score = random.Next(11);
                    answers.Add(new SurveyResponse { AccountNo = no, SourceId = 1, FactId = $"{no}-{year}", Kind = "nps", Score = score, ScaleMax = 10, Comment = text is null || no % 3 != year ? null : text(random, score > 7), RespondedAt = new DateTime(2022 + year, 5, 1 + random.Next(28), 3, 0, 0, DateTimeKind.Utc) });
                }
            }

            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
            await context.InsertAllAsync(rows, default);
            await context.InsertAllAsync(values, default);
            await context.InsertAllAsync(terms, default);
            await context.InsertAllAsync(purchases, default);
            await context.InsertAllAsync(inquiries, default);
            await context.InsertAllAsync(answers, default);
        }

        await transaction.CommitAsync();
    }
}
