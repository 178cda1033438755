using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerSuccess.Benchmarks;

/// <summary>
/// Every page that answers executives, over 100,000 accounts and 36 months: its first answer once a started process has computed ahead, the same again, and after one touch, inquiry, answer to a survey or contract arrived
/// just before it was asked for; then the drill-downs. After that, how long it takes after each kind of fact until figures with it stand, and each page's first answer of such a state. Processor times, since other work on the machine lengthens the clock's. The company is made once for a folder.
/// </summary>
internal static class AnswersBenchmark
{
    private const double PageLimit = 500, DrillLimit = 300;

    private static readonly DateTimeOffset Now = new(2025, 1, 6, 3, 0, 0, TimeSpan.Zero);

    private static int _arrived;

    public static async Task<int> RunAsync(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "customersuccess-answers");
        var only = args.Length > 2 ? args[2] : "";
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"answers-{accounts}.db");
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(DatabaseOptions.Parse(path));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FixedClock(Now)));
        services.AddSingleton<KeepBooks>();
        await using var provider = services.BuildServiceProvider();
        var database = provider.GetRequiredService<Database>();
        await database.MigrateAsync();
        await AnswersCompany.MakeAsync(database, accounts);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var keeping = await TimedAsync(() => provider.GetRequiredService<KeepBooks>().RunAsync());
        Tell("after the start", keeping, before);
        Console.WriteLine("| | first | again | touch | inquiry | answer | contract |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var misses = 0;
        var asks = Asks(provider).Where(one => one.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        var first = new Dictionary<string, (double Wall, double Processor)>();
        foreach (var (name, _, ask) in asks)
        {
            first[name] = await TimedAsync(ask);
        }

        foreach (var (name, limit, ask) in asks)
        {
            var times = new List<(double Wall, double Processor)> { first[name], await TimedAsync(ask) };
            foreach (var arrive in new Func<Database, int, Task>[] { TouchAsync, InquiryAsync, AnswerAsync, ContractAsync })
            {
                await arrive(database, accounts);
                times.Add(await TimedAsync(ask));
            }

            misses += times.Count(time => time.Processor > limit);
            Console.WriteLine($"| {name} | {string.Join(" | ", times.Select(time => Told(time, limit)))} |");
        }

        foreach (var (kind, arrive) in new (string, Func<Database, int, Task>)[] { ("all of these", (_, _) => Task.CompletedTask), ("a touch", TouchAsync), ("an inquiry", InquiryAsync), ("an answer", AnswerAsync), ("a contract", ContractAsync) })
        {
            await arrive(database, accounts);
            keeping = await TimedAsync(() => provider.GetRequiredService<KeepBooks>().RunAsync());
            Tell($"after {kind}", keeping, before);
        }

        Console.WriteLine("| | first of the next state |");
        Console.WriteLine("|---|---|");
        foreach (var (name, limit, ask) in asks)
        {
            var time = await TimedAsync(ask);
            misses += time.Processor > limit ? 1 : 0;
            Console.WriteLine($"| {name} | {Told(time, limit)} |");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{misses} over {PageLimit:F0} ms of processor time for a page or {DrillLimit:F0} ms for a drill-down"));
        return 0;
    }

    private static string Told((double Wall, double Processor) time, double limit) => string.Create(CultureInfo.InvariantCulture, $"{time.Processor:F0} ({time.Wall:F0}){(time.Processor > limit ? " **" : "")}");

    private static IEnumerable<(string Name, double Limit, Func<Task> Ask)> Asks(IServiceProvider provider) =>
        [.. AnswersAsks.Pages(provider).Select(page => (page.Name, PageLimit, page.Ask)), .. AnswersAsks.Drills(provider).Select(drill => ("↳ " + drill.Name, DrillLimit, drill.Ask))];

    private static async Task<(double Wall, double Processor)> TimedAsync(Func<Task> work)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        return (watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    private static void Tell(string when, (double Wall, double Processor) keeping, long before)
    {
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        var (held, peak) = ((GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"computed ahead {when}: {keeping.Wall:F0} ms, processor {keeping.Processor:F0} ms; held {held:F0} MB, peak {peak:F0} MB; load {load}"));
    }

    private static Task TouchAsync(Database database, int accounts) => ArriveAsync(database, accounts, (no, id) => new Touch { AccountNo = no, FactId = id, At = Now.UtcDateTime, Play = "usage_recovery", OwnerEmail = "csm7@example.com", Minutes = 15 });

    private static Task InquiryAsync(Database database, int accounts) => ArriveAsync(database, accounts, (no, id) => new Inquiry
    {
        AccountNo = no,
        SourceId = 1,
        FactId = id,
        Subject = "The export fails " + id,
        Category = "bug",
        OpenedAt = new DateTime(2024, 12, 30, 9, 0, 0, DateTimeKind.Utc),
        ChangedAt = new DateTime(2024, 12, 30, 9, 0, 0, DateTimeKind.Utc),
    });

    private static Task AnswerAsync(Database database, int accounts) => ArriveAsync(database, accounts, (no, id) => new SurveyResponse { AccountNo = no, SourceId = 1, FactId = id, Kind = "nps", Score = 9, ScaleMax = 10, Comment = "I love the new report " + id, RespondedAt = new DateTime(2024, 12, 30, 9, 0, 0, DateTimeKind.Utc) });

    private static Task ContractAsync(Database database, int accounts) => ArriveAsync(database, accounts, (no, id) => new Subscription { AccountNo = no, SourceId = 1, FactId = id, Product = "archive", Plan = "pro", Seats = 1, Mrr = 5, Currency = "USD", StartedOn = new DateOnly(2024, 12, 1) });

    private static async Task ArriveAsync<T>(Database database, int accounts, Func<int, string, T> fact)
        where T : class
    {
        await using var context = database.OpenContext();
        var no = 1 + (int)((_arrived * 7919L) % accounts);
        context.Add(fact(no, $"{Environment.ProcessId}-{Stopwatch.GetTimestamp()}-{_arrived++}"));
        await AppSource.NoteChangeAsync(context, no, new DateOnly(2024, 12, 30), default);
        await context.SaveChangesAsync();
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
