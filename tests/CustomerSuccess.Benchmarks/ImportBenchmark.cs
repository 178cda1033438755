using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Data.Sqlite;

namespace CustomerSuccess.Benchmarks;

/// <summary>Usage from CSV to committed rows, with validation and upsert, beside the sqlite3 shell's .import of the same file into the same keyed table.</summary>
internal static class ImportBenchmark
{
    private const int Accounts = 10_000;
    private const int Metrics = 5;

    /// <summary><c>import [ROWS [ROUNDS]]</c>; SQLite, a new database for each round.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("cs-bench-import-").FullName;
        try
        {
            foreach (var byAccount in new[] { false, true })
            {
                var file = Path.Combine(folder, "usage.csv");
                Generate(file, rows, byAccount);
                Print($"usage rows {rows:N0}, {new FileInfo(file).Length / 1e6:N1} MB, {(byAccount ? "ordered by key" : "ordered by day")}");
                await RunAsync(folder, file, rows, rounds);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, string file, int rows, int rounds)
    {
        var ours = new List<double>();
        var again = new List<double>();
        var shell = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            shell.Add(await ShellAsync(folder, file, rows));
            var (first, second, longest) = await ProductAsync(folder, file, rows);
            ours.Add(first);
            again.Add(second);
            Print($"round {round + 1}: sqlite3 .import {shell[^1]:N2} s, product {first:N2} s (the same file again {second:N2} s), ratio {shell[^1] / first:N2}, longest transaction {longest:N2} s");
        }

        Print($"median: sqlite3 .import {Median(shell):N2} s ({rows / Median(shell):N0} rows/s), product {Median(ours):N2} s ({rows / Median(ours):N0} rows/s), again {Median(again):N2} s; the product is {Median(shell) / Median(ours):N2} times as fast");
    }

    /// <summary>Seconds of a first import and of the same file again, and of the longest stretch between two commits.</summary>
    private static async Task<(double First, double Again, double Longest)> ProductAsync(string folder, string file, int rows)
    {
        var path = Path.Combine(folder, "product.db");
        var options = DatabaseOptions.Parse(path);
        var database = new Database(options);
        await database.MigrateAsync();
        var runner = new ImportRunner(database, new SettingsStore(database, TimeProvider.System), new PendingImports(database, TimeProvider.System), TimeProvider.System);
        var accounts = Path.Combine(folder, "accounts.csv");
        await File.WriteAllLinesAsync(accounts, Enumerable.Range(0, Accounts).Select(AccountOf).Prepend("account_id"));
        await runner.ImportAsync(Viewer.System, new ImportRequest([accounts]));

        var commits = new Commits();
        var clock = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        var result = await runner.ImportAsync(Viewer.System, new ImportRequest([file]), commits);
        var first = clock.Elapsed.TotalSeconds;
        Print($"  processor {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:N2} s, of which until applying {(commits.Applying - processor).TotalSeconds:N2} s");
        Expect(result, result.Files[0].File.Inserted, rows);
        clock.Restart();
        result = await runner.ImportAsync(Viewer.System, new ImportRequest([file]));
        var again = clock.Elapsed.TotalSeconds;
        Expect(result, result.Files[0].File.Unchanged, rows);
        database.CloseIdleConnections();
        foreach (var left in Directory.EnumerateFiles(folder, "product.db*"))
        {
            File.Delete(left);
        }

        return (first, again, commits.Longest);
    }

    /// <summary>Seconds of the shell's import into a table of the file's columns under the same key; durable, in one transaction, as the shell does it.</summary>
    private static async Task<double> ShellAsync(string folder, string file, int rows)
    {
        var path = Path.Combine(folder, "shell.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE usage_day (account_id TEXT NOT NULL, day TEXT NOT NULL, metric TEXT NOT NULL, contact_id TEXT NOT NULL, count REAL NOT NULL, users INTEGER, PRIMARY KEY (account_id, day, metric, contact_id)) WITHOUT ROWID";
            await command.ExecuteNonQueryAsync();
        }

        var clock = Stopwatch.StartNew();
        using (var process = Process.Start(new ProcessStartInfo("sqlite3", [path, $".import --csv --skip 1 '{file}' usage_day"]))!)
        {
            await process.WaitForExitAsync();
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM usage_day";
            if ((long)(await command.ExecuteScalarAsync())! != rows)
            {
                throw new InvalidOperationException("The shell did not import every row.");
            }
        }

        File.Delete(path);
        return seconds;
    }

    private static void Expect(ImportResult result, long counted, long rows)
    {
        if (counted != rows || result.FailedAny)
        {
            throw new InvalidOperationException($"{counted} of {rows} rows were counted as expected.");
        }
    }

    private static void Generate(string file, int rows, bool byAccount)
    {
        using var writer = new StreamWriter(file);
        writer.WriteLine("account_id,day,metric,contact_id,count,users");
        var random = new Random(1);
        var days = (rows + (Accounts * Metrics) - 1) / (Accounts * Metrics);
        var start = new DateOnly(2024, 1, 1);
        for (var i = 0; i < rows; i++)
        {
            var (account, day, metric) = byAccount
                ? (i / (days * Metrics), i / Metrics % days, i % Metrics)
                : (i / Metrics % Accounts, i / (Accounts * Metrics), i % Metrics);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{AccountOf(account)},{start.AddDays(day):yyyy-MM-dd},feature_{metric},,{random.Next(1, 500)},{random.Next(1, 40)}"));
        }
    }

    private static string AccountOf(int number) => string.Create(CultureInfo.InvariantCulture, $"A-{number:D6}");

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Measures how far commits lie apart.</summary>
    private sealed class Commits : IProgress<ImportProgress>
    {
        private long _last;

        /// <summary>Processor time when applying began.</summary>
        public TimeSpan Applying { get; private set; }

        public double Longest { get; private set; }

        public void Report(ImportProgress value)
        {
            if (value.Phase != ImportPhase.Applying)
            {
                return;
            }

            if (Applying == default)
            {
                Applying = Environment.CpuUsage.TotalTime;
            }

            if (_last != 0)
            {
                Longest = Math.Max(Longest, Stopwatch.GetElapsedTime(_last).TotalSeconds);
            }

            _last = Stopwatch.GetTimestamp();
        }
    }
}
