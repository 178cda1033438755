using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Benchmarks;

/// <summary>How long after a colleague pressed the button others are told: in the same process, and in another one over the same database, while several people work at once. A connection string measures PostgreSQL.</summary>
internal static class LiveBenchmark
{
    private const int People = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        var acts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(args.Length > 1 ? args[1] : Path.Combine(folder, "live.db")));
            await database.MigrateAsync();
            await using (var context = database.OpenContext())
            {
                context.AddRange(Enumerable.Range(1, People).Select(no => new Account { AccountNo = no, AccountId = $"A{no}", Name = $"Account {no}", NameSort = $"account {no}" }));
                await context.SaveChangesAsync();
            }

            var pressed = new ConcurrentDictionary<string, long>();
            using var here = new LiveChanges(database, TimeProvider.System, NullLogger<LiveChanges>.Instance);
            using var there = new LiveChanges(new Database(database.Options), TimeProvider.System, NullLogger<LiveChanges>.Instance);
            var (own, other) = (Hear(here, pressed), Hear(there, pressed));
            await here.StartAsync(default);
            await there.StartAsync(default);
            await Task.Delay(2 * LiveChanges.Interval);
            var notes = new AccountNotes(database, new Acts(database, here, TimeProvider.System));
            await Task.WhenAll(Enumerable.Range(1, People).Select(account => Task.Run(async () =>
            {
                for (var i = 0; i < acts / People; i++)
                {
                    var words = string.Create(CultureInfo.InvariantCulture, $"{account}/{i}");
                    pressed[words] = Stopwatch.GetTimestamp();
                    var note = await notes.WriteAsync(Viewer.System, account, words);
                    pressed[note.Value!.Note.NoteId] = pressed[words];
                    await Task.Delay(50);
                }
            })));
            await Task.Delay(4 * LiveChanges.Interval);
            Report($"{People} people at once, {database.Kind}, same process", own, acts);
            Report($"{People} people at once, {database.Kind}, another process", other, acts);
            await here.StopAsync(default);
            await there.StopAsync(default);
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>When each note was told, by its id: who hears is quicker than who wrote learns the id.</summary>
    private static Func<List<double>> Hear(LiveChanges live, ConcurrentDictionary<string, long> pressed)
    {
        var heard = new ConcurrentDictionary<string, long>();
        live.Listen(entries =>
        {
            foreach (var entry in entries.Where(entry => entry.Area == JournalAreas.Note))
            {
                heard.TryAdd(entry.RecordId!, Stopwatch.GetTimestamp());
            }
        });
        return () => [.. heard.Where(told => pressed.ContainsKey(told.Key)).Select(told => Stopwatch.GetElapsedTime(pressed[told.Key], told.Value).TotalMilliseconds).Order()];
    }

    private static void Report(string name, Func<List<double>> heard, int acts)
    {
        var times = heard();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {times.Count} of {acts / People * People} told, median {times[times.Count / 2]:F0} ms, 95 % within {times[times.Count * 95 / 100]:F0} ms, all within {times[^1]:F0} ms"));
    }
}
