using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using SortKey = CustomerSuccess.Core.Accounts.SortKey;

namespace CustomerSuccess.Benchmarks;

/// <summary>Pages of the desk's list over a million inquiries of which one in fifty is open, the counts of the navigation, one thread, and similar ones. A connection string measures PostgreSQL; <c>indexed</c> searches words by the full-text index as well.</summary>
internal static class InquiryListBenchmark
{
    private const int PageRows = 50;
    private const int Rounds = 7;
    private const int Accounts = 20_000;

    private static readonly string[] Categories = ["how-to", "billing", "bug", "request", "complaint", "sign-in", "import", "export"];
    private static readonly string[] Subjects = ["ダッシュボードの共有方法", "請求書の再発行", "グラフが表示されない", "How do I share a dashboard?", "Copy of an invoice", "Import fails again", "全員がログインできない", "Export to a spreadsheet"];

    public static async Task<int> RunAsync(string[] args)
    {
        var inquiries = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(args.Length > 1 && args[1] != "indexed" ? args[1] : Path.Combine(folder, "desk.db")));
            await database.MigrateAsync();
            var seeding = Stopwatch.StartNew();
            await SeedAsync(database, inquiries);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeded {inquiries:N0} inquiries in {seeding.Elapsed.TotalSeconds:F1} s on {database.Kind}"));
            await using (var context = database.OpenContext())
            {
                await AnalyzeAsync(context);
            }

            var settings = new SettingsStore(database, TimeProvider.System);
            var list = new InquiryListQuery(database, settings, TimeProvider.System);
            var viewer = new Viewer("agent7", "agent7@cs.example", new HashSet<string> { Roles.Csm }, false);
            var own = new Viewer("csm7", "csm7@cs.example", new HashSet<string> { Roles.Csm }, true);
            var since = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-90);
            (string Name, InquiryFilter Filter)[] filters =
            [
                ("to be done", new()),
                ("mine", new() { Assignee = InquiryFilter.Me }),
                ("nobody's", new() { Assignee = InquiryFilter.Nobody }),
                ("overdue", new() { Overdue = true }),
                ("urgent", new() { Priority = InquiryPriority.Urgent }),
                ("category and product", new() { Category = "bug", Product = "Core" }),
                ("tag", new() { Tag = "vip" }),
                ("text", new() { Text = "ログイン" }),
                ("of an account", new() { AccountNo = 77, Settled = true }),
                ("all", new() { Settled = true }),
                ("all, mine", new() { Settled = true, Assignee = InquiryFilter.Me }),
                ("all, 90 days, category", new() { Settled = true, OpenedFrom = since, Category = "bug" }),
                ("all, category", new() { Settled = true, Category = "bug" }),
                ("resolved", new() { State = InquiryState.Resolved }),
                ("all, 90 days, text", new() { Settled = true, OpenedFrom = since, Text = "invoice" }),
                ("all, text without a hit", new() { Settled = true, Text = "no such text" }),
            ];
            foreach (var (name, filter) in filters)
            {
                foreach (var sort in filter.Settled || filter.State is not null ? [InquirySort.Opened, InquirySort.Changed] : Enum.GetValues<InquirySort>())
                {
                    await PageAsync(list, viewer, $"{name}, by {sort}", filter, sort, sort is InquirySort.Opened or InquirySort.Changed, 0);
                }
            }

            await PageAsync(list, viewer, "to be done, last page of what is counted", new(), InquirySort.Due, false, InquiryListResult.Most - PageRows);
            await PageAsync(list, own, "own portfolio, to be done", new(), InquirySort.Due, false, 0);
            await PageAsync(list, own, "own portfolio, all", new() { Settled = true }, InquirySort.Opened, true, 0);
            await ReportAsync("counts of the navigation", () => list.CountsAsync(viewer));
            await ReportAsync("counts of the navigation, own portfolio", () => list.CountsAsync(own));
            await ReportAsync("choices to filter by", () => list.ChoicesAsync(viewer));
            if (args.Contains("indexed"))
            {
                var filling = Stopwatch.StartNew();
                var documents = await new FillSearch(database, TimeProvider.System, NullLogger<FillSearch>.Instance).RunAsync();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents brought into the index in {filling.Elapsed.TotalSeconds:F1} s"));
                foreach (var text in (string[])["invoice", "ログイン", "T0000077", "no such text", "Company 77 "])
                {
                    await PageAsync(list, viewer, $"with the index, all, {text}", new() { Settled = true, Text = text }, InquirySort.Opened, true, 0);
                }
            }

            var query = new InquiryQuery(database, settings, TimeProvider.System);
            await ReportAsync("one inquiry", () => query.FindAsync(viewer, new(1, "T0000077")));
            using var similar = new SimilarInquiries(database, TimeProvider.System);
            var building = Stopwatch.StartNew();
            await similar.FindAsync(viewer, Subjects[0], null, 5);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"similar inquiries, index of {SimilarInquiries.Most:N0} made: {building.Elapsed.TotalMilliseconds:F0} ms"));
            await ReportAsync("similar inquiries", () => similar.FindAsync(viewer, "全員がログインできません Our people cannot sign in", null, 5));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PageAsync(InquiryListQuery list, Viewer viewer, string name, InquiryFilter filter, InquirySort sort, bool descending, int offset)
    {
        var total = 0;
        var times = await TimesAsync(async () => total = (await list.PageAsync(viewer, filter, sort, descending, offset, PageRows)).Total);
        Report(string.Create(CultureInfo.InvariantCulture, $"{name} ({total:N0}{(total >= InquiryListResult.Most ? "+" : "")} match)"), times);
    }

    private static async Task ReportAsync(string name, Func<Task> work) => Report(name, await TimesAsync(work));

    private static async Task<(List<TimeSpan> Times, TimeSpan Processor)> TimesAsync(Func<Task> work)
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

    private static void Report(string name, (List<TimeSpan> Times, TimeSpan Processor) measured) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median {measured.Times[measured.Times.Count / 2].TotalMilliseconds:F1} ms, worst {measured.Times[^1].TotalMilliseconds:F1} ms, processor {measured.Processor.TotalMilliseconds:F1} ms"));

    private static async Task AnalyzeAsync(CustomerSuccessContext context)
    {
        await using var connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(context.Database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "ANALYZE";
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task SeedAsync(Database database, int inquiries)
    {
        var random = new Random(1);
        await using var context = database.OpenContext();
        await using var transaction = await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.BeginTransactionAsync(context.Database, System.Data.IsolationLevel.ReadCommitted);
        await context.InsertAllAsync(
            [.. Enumerable.Range(1, Accounts).Select(no => $"Company {no} 株式会社").Select((name, i) => new Account { AccountNo = i + 1, AccountId = $"C{i + 1:D6}", Name = name, NameSort = SortKey.Of(name), OwnerEmail = $"csm{i % 200}@cs.example" })], default);
        var now = DateTime.UtcNow;
        var body = string.Concat(Enumerable.Repeat("先週分のデータが見当たりません。月次の締めができず困っています。", 4));
        for (var from = 0; from < inquiries; from += 10_000)
        {
            List<Inquiry> rows = [];
            for (var no = from; no < Math.Min(from + 10_000, inquiries); no++)
            {
                var settled = random.Next(50) != 0;
                var opened = now.AddMinutes(-random.Next(5 * 365 * 1440));
                var state = settled ? (random.Next(100) == 0 ? InquiryState.Resolved : InquiryState.Closed) : (InquiryState)random.Next(4);
                var row = new Inquiry
                {
                    AccountNo = 1 + random.Next(Accounts),
                    SourceId = 1,
                    FactId = $"T{no:D7}",
                    Subject = Subjects[random.Next(Subjects.Length)],
                    Body = body,
                    Channel = "email",
                    Category = Categories[random.Next(Categories.Length)],
                    Product = random.Next(3) == 0 ? "Core" : null,
                    Tags = random.Next(20) == 0 ? "|vip|" : null,
                    OpenedAt = opened,
                    FirstResponseAt = random.Next(10) == 0 ? null : opened.AddHours(3),
                    ClosedAt = settled ? opened.AddDays(2) : null,
                    State = state,
                    IsSettled = settled,
                    Urgency = (InquiryPriority)random.Next(4),
                    Assignee = random.Next(10) == 0 ? null : $"agent{random.Next(30)}@cs.example",
                    Language = "ja",
                    ChangedAt = opened.AddDays(2),
                    NextDueAt = settled || random.Next(3) == 0 ? null : now.AddMinutes(random.Next(10_000) - 5_000),
                };
                InquiryWork.Describe(row);
                rows.Add(row);
            }

            await context.InsertAllAsync(rows, default);
        }

        await transaction.CommitAsync();
    }
}
