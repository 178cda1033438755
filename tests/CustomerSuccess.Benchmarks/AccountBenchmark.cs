using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Timeline;
using Microsoft.Extensions.Logging.Abstractions;
using SortKey = CustomerSuccess.Core.Accounts.SortKey;

namespace CustomerSuccess.Benchmarks;

/// <summary>The page of an account with 10,000 timeline entries, three years of daily usage by ten people, and 2,000 accounts beside it, on both databases or on the one that is named.</summary>
internal static class AccountBenchmark
{
    private const int PageRows = 50;
    private const int Rounds = 15;
    private const int Others = 2_000;
    private const int Days = 1_095;

    private static readonly DateOnly Today = new(2026, 6, 30);

    private static readonly string[] Words = ["export", "report", "スロー", "ログイン", "integration", "請求書", "seat", "ダッシュボード", "API", "研修"];

    public static async Task<int> RunAsync(string[] args)
    {
        var entries = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        if (args.Length > 1)
        {
            await MeasureAsync(args[1], args[1], entries);
            return 0;
        }

        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            await MeasureAsync("SQLite", Path.Combine(folder, "account.db"), entries);
            if (PostgresServer.IsInstalled)
            {
                await MeasureAsync("PostgreSQL", $"{PostgresServer.ConnectionString};Database=account", entries);
            }

            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, string connection, int entries)
    {
        var database = new Database(DatabaseOptions.Parse(connection));
        await database.MigrateAsync();
        await using (var context = database.OpenContext())
        {
            context.SourceReaches.AddRange(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = Today }, new SourceReach { SourceId = 1, Record = "usage", Stated = Today });
            await context.SaveChangesAsync();
        }

        await SeedAsync(database, 1, entries);
        for (var other = 2; other <= Others + 1; other++)
        {
            await SeedAsync(database, other, 20);
        }

        Console.WriteLine($"{name}, {entries.ToString("N0", CultureInfo.InvariantCulture)} entries");
        var clock = TimeProvider.System;
        var timeline = new TimelineQuery(database, new SettingsStore(database, clock), clock);
        var newest = await timeline.PageAsync(Viewer.System, 1, new(), null, PageRows);
        var middle = newest;
        for (var page = 0; page < 20; page++)
        {
            middle = await timeline.PageAsync(Viewer.System, 1, new(), middle!.Next, PageRows);
        }

        await ReportAsync("timeline, first page", () => timeline.PageAsync(Viewer.System, 1, new(), null, PageRows));
        await ReportAsync("timeline, after 1,000 entries", () => timeline.PageAsync(Viewer.System, 1, new(), middle!.Next, PageRows));
        await ReportAsync("timeline, notes and inquiries only", () => timeline.PageAsync(Viewer.System, 1, new() { Groups = new HashSet<string> { TimelineGroups.Notes, TimelineGroups.Inquiries } }, null, PageRows));
        await ReportAsync("timeline, one person", () => timeline.PageAsync(Viewer.System, 1, new() { ContactNo = 3 }, null, PageRows));
        await ReportAsync("timeline, a month", () => timeline.PageAsync(Viewer.System, 1, new() { From = Today.AddDays(-400), Until = Today.AddDays(-370) }, null, PageRows));
        await ReportAsync("timeline, a frequent word", () => timeline.PageAsync(Viewer.System, 1, new() { Search = "ﾀﾞｯｼｭﾎﾞｰﾄﾞ" }, null, PageRows));
        await ReportAsync("timeline, a word that nobody wrote", () => timeline.PageAsync(Viewer.System, 1, new() { Search = "zebra" }, null, PageRows));
        await ReportAsync("timeline, counts by kind", () => timeline.CountsAsync(Viewer.System, 1, new()));
        // what the application does once after facts came in by this way
        await new FillSearch(database, clock, NullLogger<FillSearch>.Instance).RunAsync();
        await new FillDeskColumns(database, new SettingsStore(database, clock), clock, NullLogger<FillDeskColumns>.Instance).RunAsync();
        using var pages = await ServedPages.StartAsync(connection);
        foreach (var path in (string[])["/accounts/C1", "/accounts/C1?tab=timeline", "/accounts/C1?tab=usage", "/accounts/C1?tab=inquiries", "/accounts/C2"])
        {
            await pages.ReportAsync(path, path.Contains("C1", StringComparison.Ordinal) ? "Company 1" : "Company 2");
        }
    }

    private static async Task ReportAsync<T>(string name, Func<Task<T>> work)
    {
        await work();
        List<double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: median {times[Rounds / 2]:F1} ms, best {times[0]:F1} ms, worst {times[^1]:F1} ms"));
    }

    private static async Task SeedAsync(Database database, int account, int entries)
    {
        var random = new Random(account);
        string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
        DateTime At() => Today.AddDays(-random.Next(Days)).ToDateTime(new TimeOnly(random.Next(24), random.Next(60)), DateTimeKind.Utc);
        DateOnly Day() => Today.AddDays(-random.Next(Days));
        int? Contact() => random.Next(3) == 0 ? null : random.Next(1, 11);
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var name = $"Company {account}";
        await context.InsertAllAsync<Account>([new() { AccountNo = account, AccountId = $"C{account}", Name = name, NameSort = SortKey.Of(name), SourceId = 1, Segment = account % 2 == 0 ? "smb" : "mid", OwnerEmail = $"csm{account % 10}@example.com" }], default);
        await context.InsertAllAsync<Contact>([.. Enumerable.Range(1, 10).Select(no => new Contact { AccountNo = account, ContactNo = no, ContactId = $"P{account}-{no}", SourceId = 1, Name = $"Person {no}", NameSort = $"person {no}", IsChampion = no == 1 })], default);
        await context.InsertAllAsync<Subscription>([.. Enumerable.Range(0, 3).Select(year => new Subscription { AccountNo = account, SourceId = 1, FactId = $"S{account}-{year}", StartedOn = Today.AddDays(-Days + (365 * year)), EndedOn = year < 2 ? Today.AddDays(-Days + (365 * (year + 1))) : null, TermEndsOn = Today.AddDays(-Days + (365 * (year + 1))), Mrr = 1000 + (100 * year), Currency = "USD", Plan = "pro", Seats = 20 })], default);
        await context.InsertAllAsync<Touch>([.. Enumerable.Range(0, entries * 3 / 10).Select(i => new Touch { AccountNo = account, SourceId = 1, FactId = $"T{account}-{i}", At = At(), Kind = "call", Play = "check_in", OwnerEmail = "csm1@example.com", Minutes = 15, Outcome = "done", Notes = Text(20), ContactNo = Contact() })], default);
        await context.InsertAllAsync<Inquiry>([.. Enumerable.Range(0, entries * 2 / 10).Select(i => (i, Opened: At())).Select(pair => new Inquiry { AccountNo = account, SourceId = 1, FactId = $"I{account}-{pair.i}", OpenedAt = pair.Opened, ClosedAt = pair.Opened.AddDays(1), Subject = Text(5), Body = Text(80), Assignee = "support@example.com", ContactNo = Contact() })], default);
        await context.InsertAllAsync<Note>([.. Enumerable.Range(0, entries / 10).Select(i => new Note { AccountNo = account, NoteId = $"N{i:D6}", At = At(), ByUser = "u", ByEmail = "csm1@example.com", Text = Text(60), ContactNo = Contact(), Version = 1 })], default);
        await context.InsertAllAsync<SurveyResponse>([.. Enumerable.Range(0, entries / 20).Select(i => new SurveyResponse { AccountNo = account, SourceId = 1, FactId = $"R{account}-{i}", Kind = "nps", Score = random.Next(11), ScaleMax = 10, RespondedAt = At(), Comment = Text(20), ContactNo = Contact() })], default);
        await context.InsertAllAsync<Invoice>([.. Enumerable.Range(0, entries / 20).Select(i => Day()).Select((issued, i) => new Invoice { AccountNo = account, SourceId = 1, FactId = $"V{account}-{i}", IssuedOn = issued, DueOn = issued.AddDays(30), PaidOn = issued.AddDays(20), Amount = 100, Currency = "USD", Status = "paid" })], default);
        await context.InsertAllAsync<Purchase>([.. Enumerable.Range(0, entries / 20).Select(i => new Purchase { AccountNo = account, SourceId = 1, FactId = $"B{account}-{i}", PurchasedOn = Day(), Amount = 10, Currency = "USD", Item = Text(2) })], default);
        await context.InsertAllAsync<WorkTask>([.. Enumerable.Range(0, entries / 20).Select(i => new WorkTask { AccountNo = account, TaskId = $"W{i:D6}", SeriesId = "s", Title = Text(4), AssigneeEmail = "csm1@example.com", CreatedByUser = "u", CreatedAt = At(), DoneAt = At(), DoneByEmail = "csm1@example.com", Version = 1 })], default);
        await context.InsertAllAsync<JournalEntry>([.. Enumerable.Range(0, entries / 20).Select(i => new JournalEntry { AccountNo = account, EntryNo = (account * 100_000L) + i, At = At(), ByUser = "u", ByEmail = "csm1@example.com", Area = JournalAreas.Account, Act = "changed", ChangesJson = new FieldChanges().Note("phone", "03-1111-2222", "03-1111-3333").ToString() })], default);
        if (account == 1)
        {
            await context.InsertAllAsync<Metric>([.. Enumerable.Range(1, 12).Select(no => new Metric { MetricId = no, Name = $"feature {no}" })], default);
            await context.InsertAllAsync<UsageDay>([.. from day in Enumerable.Range(0, Days) where day % 7 < 5 from metric in Enumerable.Range(1, 12) from person in Enumerable.Range(1, 10) select new UsageDay { AccountNo = account, Day = Today.AddDays(-day), MetricId = metric, ContactNo = person, SourceId = 1, Count = random.Next(1, 20) }], default);
        }

        await transaction.CommitAsync();
    }
}
