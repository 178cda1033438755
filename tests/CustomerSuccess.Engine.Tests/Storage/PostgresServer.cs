using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CustomerSuccess.Engine.Storage;
using Npgsql;

namespace CustomerSuccess.Engine.Tests.Storage;

/// <summary>One PostgreSQL server of the test run's own, on a free port of the loopback, ended with the process.</summary>
internal static class PostgresServer
{
    private const string Empty = "empty";

    private static readonly Lazy<string> Started = new(Start);
    private static readonly Lazy<Task<NpgsqlDataSource>> Copying = new(MakeEmptyAsync);

    private static string? Bin { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault()
        : null;

    public static bool IsInstalled => Bin is not null;

    /// <summary>A connection string to the server, without a database.</summary>
    public static string ConnectionString => Started.Value;

    /// <summary>Makes a database with the whole schema as a copy of one that the product's migrations made once.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> CopyEmptyAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var command = (await Copying.Value).CreateCommand($"CREATE DATABASE {name} TEMPLATE {Empty}");
        await command.ExecuteNonQueryAsync();
        return name;
    }

    private static async Task<NpgsqlDataSource> MakeEmptyAsync()
    {
        // a database that somebody is connected to cannot be copied
        await new Database(DatabaseOptions.Parse($"{ConnectionString};Database={Empty};Pooling=False")).MigrateAsync();
        return NpgsqlDataSource.Create($"{ConnectionString};Database=postgres");
    }

    private static string Start()
    {
        var folder = Directory.CreateTempSubdirectory("cs-postgres-").FullName;
        var root = Environment.UserName == "root";
        if (root)
        {
            Run("/", "chown", "postgres", folder);
        }

        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var data = Path.Combine(folder, "data");
        var options = $"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories='' -c fsync=off -c full_page_writes=off -c autovacuum=off -c jit=off -c max_connections=200";
        RunAsPostgres(root, Path.Combine(Bin!, "initdb"), "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        RunAsPostgres(root, Path.Combine(Bin!, "pg_ctl"), "-D", data, "-w", "-o", options, "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            RunAsPostgres(root, Path.Combine(Bin!, "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop");
            Directory.Delete(folder, recursive: true);
        };
        return $"Host=127.0.0.1;Port={port};Username=app";
    }

    private static void RunAsPostgres(bool root, params string[] command) =>
        Run("/", root ? ["runuser", "-u", "postgres", "--", .. command] : command);

    /// <summary>Output goes nowhere: the server inherits a redirected pipe, and reading it to its end would never return.</summary>
    private static void Run(string workingFolder, params string[] command)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. command]) { WorkingDirectory = workingFolder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
        }
    }
}
