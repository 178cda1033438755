using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Benchmarks;

/// <summary>Features at 24 month ends over 10,000,000 usage rows of 10,000 accounts, beside a bare ordered scan of the same table through Microsoft.Data.Sqlite. Run under <c>taskset -c 0</c> for one core.</summary>
internal static class FeaturesBenchmark
{
    private const int Days = 820;
    private const int Metrics = 6;
    private static readonly DateOnly First = new(2022, 10, 1);

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var accounts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(Path.Combine(folder, "features.db")));
            await database.MigrateAsync();
            var written = await SeedAsync(database, rows, accounts);
            DateOnly[] monthEnds = [.. MonthEnds.Between(new DateOnly(2023, 1, 1), new DateOnly(2024, 12, 31))];
            for (var round = 1; round <= 3; round++)
            {
                var scan = await ScanAsync(database);
                var build = new BuildFeatures(database, new SettingsStore(database, TimeProvider.System));
                var processor = Process.GetCurrentProcess().TotalProcessorTime;
                var clock = Stopwatch.StartNew();
                var table = await build.RunAsync(null, monthEnds);
                clock.Stop();
                processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
                var used = table.Columns.Count(column => column.Numbers is { } numbers && numbers.Any(number => !double.IsNaN(number)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}: {table.Rows:N0} rows x {table.Columns.Count} features ({used} filled) from {written:N0} usage rows: {clock.Elapsed.TotalSeconds:F1} s ({processor.TotalSeconds:F1} s of processor); bare ordered scan {scan.TotalSeconds:F1} s; ratio {clock.Elapsed / scan:F2}; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MB"));
            }

            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The peer: every row in the order of the key, through a data reader, summed.</summary>
    private static async Task<TimeSpan> ScanAsync(Database database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT account_no, day, metric_id, contact_no, count, users FROM usage_day ORDER BY account_no, day, metric_id, contact_no, source_id";
        var clock = Stopwatch.StartNew();
        await using var reader = await command.ExecuteReaderAsync();
        double sum = 0;
        while (reader.Read())
        {
            sum += reader.GetInt32(0) + reader.GetInt32(1) + reader.GetInt32(2) + reader.GetInt32(3) + reader.GetDouble(4) + (reader.IsDBNull(5) ? 0 : reader.GetInt32(5));
        }

        clock.Stop();
        return sum > 0 ? clock.Elapsed : throw new InvalidOperationException("The table is empty.");
    }

    /// <summary>Most accounts count as a whole, every fifth by its people; in key order, as an import leaves them.</summary>
    private static async Task<int> SeedAsync(Database database, int rows, int accounts)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        for (var metric = 1; metric <= Metrics; metric++)
        {
            await ExecuteAsync(connection, transaction, FormattableString.Invariant($"INSERT INTO metric (metric_id, name) VALUES ({metric}, 'metric {metric}')"));
        }

        for (var account = 1; account <= accounts; account++)
        {
            await ExecuteAsync(connection, transaction, FormattableString.Invariant($"INSERT INTO account (account_no, namespace, account_id, name, name_sort, unlisted, source_id, import_file_id) VALUES ({account}, '', 'A{account}', 'A{account}', 'a{account}', 0, 1, 1)"));
        }

        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO usage_day (account_no, day, metric_id, contact_no, source_id, count, users, import_file_id) VALUES (@account, @day, @metric, @contact, 1, @count, @users, 1)";
        var parameters = Array.ConvertAll<string, DbParameter>(["@account", "@day", "@metric", "@contact", "@count", "@users"], name =>
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = name;
            insert.Parameters.Add(parameter);
            return parameter;
        });
        var random = new Random(1);
        var written = 0;
        for (var account = 1; account <= accounts; account++)
        {
            var byPeople = account % 5 == 0;
            var quota = (int)((long)rows * account / accounts) - written;
            var chance = (double)quota / (Days * Metrics);
            for (var day = 0; day < Days; day++)
            {
                for (var metric = 1; metric <= Metrics; metric++)
                {
                    if (random.NextDouble() >= chance)
                    {
                        continue;
                    }

                    parameters[0].Value = account;
                    parameters[1].Value = First.DayNumber + day;
                    parameters[2].Value = metric;
                    parameters[3].Value = byPeople ? (account * 20) + random.Next(20) : 0;
                    parameters[4].Value = 1.0 + random.Next(50);
                    parameters[5].Value = byPeople ? DBNull.Value : 1 + random.Next(12);
                    insert.ExecuteNonQuery();
                    written++;
                }
            }
        }

        await transaction.CommitAsync();
        return written;
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
