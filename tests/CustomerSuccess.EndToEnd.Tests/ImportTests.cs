using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary><c>cs import</c> as a process: what it prints, what it returns, and what is left when it is killed.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class ImportTests
{
    private static string? Shared
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CustomerSuccess.sln")))
            {
                folder = folder.Parent;
            }

            var shared = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "data");
            return Directory.Exists(shared) ? shared : null;
        }
    }

    [Fact]
    public async Task Ravenstack_is_accounted_for_row_by_row_and_a_second_import_changes_nothing()
    {
        Assert.SkipWhen(Shared is null, "../shared is not there");
        using var folder = new TemporaryFolder();
        foreach (var again in new[] { false, true })
        {
            var (exit, output, errors) = await Cs.RunAsync(folder, "import", Path.Combine(Shared, "ravenstack"), "--preset", "ravenstack", "--json");
            exit.Should().Be(0, errors);
            var files = JsonDocument.Parse(output).RootElement.GetProperty("files").EnumerateArray().ToList();
            files.Sum(file => Count(file, "rows_read")).Should().Be(500 + 5_000 + 2_000 + 25_000 + 600 + 500);
            foreach (var file in files)
            {
                Count(file, "rows_read").Should().Be(
                    Count(file, "inserted") + Count(file, "updated") + Count(file, "unchanged") + Count(file, "rejected") + Count(file, "aggregated") + Count(file, "ignored"));
                Count(file, "rejected").Should().Be(0);
                (again ? Count(file, "inserted") + Count(file, "updated") + Count(file, "counters_inserted") + Count(file, "counters_updated") : 0).Should().Be(0);
            }
        }
    }

    [Fact]
    public async Task Rejected_rows_end_with_3_a_file_that_fails_with_1_and_bad_usage_with_2()
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "accounts.csv"), "account_id,created_on\nA,2024-02-30\nB,2024-02-29\n", TestContext.Current.CancellationToken);
        (await Cs.RunAsync(folder, "import", "accounts.csv")).ExitCode.Should().Be(3);
        (await Cs.RunAsync(folder, "import", "missing.csv")).ExitCode.Should().Be(1);
        (await Cs.RunAsync(folder, "import", "accounts.csv", "--preset", "no-such-preset")).ExitCode.Should().Be(2);
        (await Cs.RunAsync(folder, "import", "accounts.csv", "--complete-until", "yesterday")).ExitCode.Should().Be(2);
        (await Cs.RunAsync(folder, "import")).ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Killed_at_any_moment_each_file_is_untouched_or_carried_to_its_end()
    {
        const int Accounts = 400;
        const int Rows = 60_000;
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "accounts.csv"), Enumerable.Range(0, Accounts).Select(i => $"A{i}").Prepend("account_id"), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "purchases.csv"), Enumerable.Range(0, 4_000).Select(i => $"P{i},A{i % Accounts},2024-01-02,{i}").Prepend("purchase_id,account_id,purchased_on,amount"), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "usage.csv"),
            Enumerable.Range(0, Rows).Select(i => $"A{i % Accounts},{new DateOnly(2023, 1, 1).AddDays(i / Accounts).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},login,{i}").Prepend("account_id,day,metric,count"),
            TestContext.Current.CancellationToken);
        string[] command = ["import", "accounts.csv", "purchases.csv", "usage.csv", "--json"];
        var expected = new Dictionary<string, long> { ["accounts.csv"] = Accounts, ["purchases.csv"] = 4_000, ["usage.csv"] = Rows };

        var clock = Stopwatch.StartNew();
        (await Cs.RunAsync(folder, command)).ExitCode.Should().Be(0);
        var whole = clock.Elapsed;
        foreach (var moment in new[] { 0.2, 0.35, 0.5, 0.65, 0.8, 0.95 })
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path, "test.db*"))
            {
                File.Delete(file);
            }

            await Cs.KillAsync(folder, whole * moment, command);

            // from the making of the schema on: whoever opens the database next carries on what was handed over; the same import again then finds all of a file, or nothing of it
            var (exit, output, errors) = await Cs.RunAsync(folder, command);
            exit.Should().Be(0, errors);
            foreach (var file in JsonDocument.Parse(output).RootElement.GetProperty("files").EnumerateArray())
            {
                var rows = expected[file.GetProperty("file").GetString()!];
                var (inserted, unchanged) = (Count(file, "inserted"), Count(file, "unchanged"));
                (inserted + unchanged).Should().Be(rows);
                (inserted == 0 || unchanged == 0).Should().BeTrue("killed at {0}: {1} inserted and {2} unchanged", moment, inserted, unchanged);
            }

            Directory.EnumerateFiles(folder.Path, "*-staging-*").Should().BeEmpty();
            await using var database = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "test.db")};Pooling=False");
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var check = database.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            (await check.ExecuteScalarAsync(TestContext.Current.CancellationToken)).Should().Be("ok");
        }
    }

    private static long Count(JsonElement file, string name) => file.GetProperty(name).GetInt64();
}
