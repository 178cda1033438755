using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Benchmarks;

/// <summary>A company that writes to many: an account with one person for each recipient, a few of whom cannot be reached, and stopwatches.</summary>
internal sealed class OutreachBench : IAsyncDisposable
{
    private const int Rounds = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;

    private OutreachBench(int people, string? database)
    {
        People = people;
        Options = DatabaseOptions.Parse(database ?? Path.Combine(_folder, "outreach.db"));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddCustomerSuccessEngine(Options);
        Services = services.BuildServiceProvider();
    }

    public int People { get; }

    public DatabaseOptions Options { get; }

    /// <summary>Stands still unless a benchmark moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    /// <summary>The clock's time as tables keep it.</summary>
    public long Now => Stored.Instant(Clock.GetUtcNow().UtcDateTime);

    public ServiceProvider Services { get; }

    public static async Task<OutreachBench> CreateAsync(int people, string? database)
    {
        var bench = new OutreachBench(people, database);
        await new Database(bench.Options).MigrateAsync();
        await bench.SeedAsync();
        foreach (var (key, value) in new[]
        {
            ("mail.from_address", "cs@company.example"), ("sender.name", "Company"), ("sender.address", "Tokyo"), ("sender.contact", "help@company.example"), ("web.address", "https://cs.company.example"),
            ("contact.consent_countries", ""), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"), ("contact.skip_weekends", "false"), ("contact.skip_holidays", "false"),
        })
        {
            await bench.Services.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, key, value);
        }

        return bench;
    }

    /// <summary>Work that is done once.</summary>
    public static async Task<T> OnceAsync<T>(string what, Func<Task<T>> work)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Cpu);
        var result = await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:F2} s, {(Cpu - cpu).TotalSeconds:F2} s of processor time"));
        return result;
    }

    /// <summary>What a page reads, several times: the first compiles.</summary>
    public static async Task PageAsync(string what, Func<Task> work)
    {
        var (times, cpus) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var (watch, cpu) = (Stopwatch.StartNew(), Cpu);
            await work();
            times.Add(watch.Elapsed.TotalMilliseconds);
            cpus.Add((Cpu - cpu).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: first {times[0]:F0} ms, then {string.Join(", ", times.Skip(1).Order().Select(time => time.ToString("F0", CultureInfo.InvariantCulture)))} ms ({cpus.Skip(1).Average():F0} ms of processor time)"));
    }

    /// <summary>Statements that stand for what would take a day, such as a mail server's answers.</summary>
    public async Task ExecuteAsync(params string[] statements)
    {
        await using var context = Database.OpenDesignContext(Options);
        foreach (var statement in statements)
        {
            // braces would be places of parameters
            await context.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;

    private async Task SeedAsync()
    {
        await using var context = Database.OpenDesignContext(Options);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var no = 1; no <= People; no++)
        {
            var email = no % 50 == 3 ? null : $"person{no}@a{no % 500}.example";
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"株式会社{no}", NameSort = $"{no:D7}", Country = "JP", Segment = $"s{no % 5}", OwnerEmail = $"csm{no % 40}@company.example", CreatedOn = new(2024, 1, 1), SourceId = 1 });
            context.Contacts.Add(new Contact { AccountNo = no, ContactNo = no, ContactId = $"P{no}", Name = $"担当 {no}", NameSort = $"p{no}", Email = email, EmailKey = email, Language = "ja", OptOutEmail = no % 50 == 7, SourceId = 1 });
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 100, Currency = "JPY", StartedOn = new(2024, 1, 1) });
            if (no % 2_000 == 0)
            {
                await context.SaveChangesAsync();
                context.ChangeTracker.Clear();
            }
        }

        await context.SaveChangesAsync();
    }
}
