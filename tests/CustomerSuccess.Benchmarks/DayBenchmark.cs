using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Workday;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Benchmarks;

/// <summary>My day over 100,000 scored accounts of 40 CSMs with health a month before, 300,000 survey answers, 20,000 replies, 50,000 inquiries, 40,000 tasks and 20,000 snoozes: a CSM's, and the team's.</summary>
internal static class DayBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var options = DatabaseOptions.Parse(Path.Combine(folder, "day.db"));
            var database = new Database(options);
            await database.MigrateAsync();
            await QueueBenchmark.SeedAsync(database, 1, accounts);
            await SeedAsync(database, accounts);
            var clock = new FixedClock(new DateTimeOffset(2024, 7, 1, 3, 0, 0, TimeSpan.Zero));
            var settings = new SettingsStore(database, clock);
            var day = new DayQuery(database, settings, new RiskQueueQuery(database, settings, clock), new CapacityQuery(database, settings, clock), new InquiryListQuery(database, settings, clock), new TaskQuery(database, settings, clock), new MentionInbox(database, null!), clock);
            var csm = new Viewer("csm7", "csm7@example.com", new HashSet<string> { Roles.Csm }, true);
            var manager = new Viewer("boss", "boss@example.com", new HashSet<string> { Roles.CsManager }, false);
            QueueBenchmark.Report("a CSM who sees the own portfolio", await QueueBenchmark.TimesAsync(() => day.ReadAsync(csm)));
            QueueBenchmark.Report("a CSM's by a manager", await QueueBenchmark.TimesAsync(() => day.ReadAsync(manager, "csm7@example.com")));
            QueueBenchmark.Report("the team's", await QueueBenchmark.TimesAsync(() => day.ReadAsync(manager, DayScope.Team)));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SeedAsync(Database database, int accounts)
    {
        var random = new Random(7);
        var now = new DateTime(2024, 7, 1, 3, 0, 0, DateTimeKind.Utc);
        string Csm() => $"csm{random.Next(40)}@example.com";
        DateTime Ago(int days) => now.AddMinutes(-random.Next(days * 1440));
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.InsertAllAsync(Enumerable.Range(1, accounts).Select(no => new HealthPoint { AccountNo = no, AsOf = new DateOnly(2024, 5, 31), Total = 100 * random.NextDouble() }).ToList(), default);
        await context.InsertAllAsync(Enumerable.Range(1, 3 * accounts).Select(no => new SurveyResponse { AccountNo = 1 + (no % accounts), SourceId = 1, FactId = $"s{no}", Kind = "nps", Score = random.Next(11), ScaleMax = 10, RespondedAt = Ago(730), Comment = no % 3 == 0 ? "a comment" : null }).ToList(), default);
        await context.InsertAllAsync(Enumerable.Range(1, accounts / 5).Select(no => new ReceivedMail { AccountNo = 1 + random.Next(accounts), ReceivedId = $"r{no}", MessageId = $"<r{no}>", Subject = "Re: hello", Text = "thanks", ReceivedAt = Ago(180) }).ToList(), default);
        await context.InsertAllAsync(Enumerable.Range(1, accounts / 2).Select(no =>
        {
            var owner = Csm();
            return new Inquiry { AccountNo = 1 + random.Next(accounts), SourceId = 1, FactId = $"i{no}", Subject = "a question", State = no % 10 == 0 ? InquiryState.Open : InquiryState.Closed, IsSettled = no % 10 != 0, OpenedAt = Ago(365), ChangedAt = Ago(30), Assignee = owner, AssigneeKey = owner, NextDueAt = no % 10 == 0 ? now.AddHours(random.Next(-20, 60)) : null };
        }).ToList(), default);
        await context.InsertAllAsync(Enumerable.Range(1, 2 * accounts / 5).Select(no => new WorkTask { AccountNo = 1 + random.Next(accounts), TaskId = $"t{no}", SeriesId = $"t{no}", Title = "a task", AssigneeEmail = Csm(), DueOn = new DateOnly(2024, 7, 1).AddDays(random.Next(-30, 60)), DoneAt = no % 5 != 0 ? Ago(60) : null, CreatedAt = Ago(90), CreatedByUser = "x", Version = 1 }).ToList(), default);
        await context.InsertAllAsync(Enumerable.Range(1, accounts / 5).Select(no => new SuggestionAction { AccountNo = 1 + random.Next(accounts), ActionId = $"z{no}", Play = "usage_recovery", ReasonCode = "usage_recovery", Kind = SuggestionActionKind.Snoozed, At = Ago(60), ByUser = "x", Until = new DateOnly(2024, 7, 1).AddDays(random.Next(-60, 60)) }).ToList(), default);
        await transaction.CommitAsync();
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
