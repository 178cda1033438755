using System.Data.Common;
using CustomerSuccess.Engine.Search;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Opens the company's database. The only place that knows which kind it is, beside the bulk writers.</summary>
public sealed class Database
{
    private const string OldestSafeSqlite = "3.51.3";

    private readonly DbContextOptions<CustomerSuccessContext> _options;

    public Database(DatabaseOptions options)
    {
        Options = options;
        var builder = new DbContextOptionsBuilder<CustomerSuccessContext>();
        Configure(builder, options);
        _options = builder.Options;
    }

    public DatabaseOptions Options { get; }

    public DatabaseKind Kind => Options.Kind;

    /// <summary>A context for one operation; dispose it with the operation.</summary>
    internal CustomerSuccessContext OpenContext() => new(_options);

    /// <summary>A context with scoped lifetime for ASP.NET Core Identity's stores.</summary>
    internal static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        if (options.Kind == DatabaseKind.Sqlite)
        {
            builder.UseSqlite(options.ConnectionString, sqlite => sqlite.MigrationsAssembly("CustomerSuccess.Migrations.Sqlite"));
            builder.AddInterceptors(new SqlitePragmas());
            builder.ReplaceService<IMigrationsSqlGenerator, WithoutRowid>();
        }
        else
        {
            builder.UseNpgsql(options.ConnectionString, postgres => postgres.MigrationsAssembly("CustomerSuccess.Migrations.Postgres"));
        }

        // Identity reads the version of its schema from the application's services; without this the model lacks passkeys
        builder.UseApplicationServiceProvider(IdentitySchema);
    }

    /// <summary>A context for the tools that write migrations.</summary>
    public static CustomerSuccessContext OpenDesignContext(DatabaseOptions options) => new Database(options).OpenContext();

    private static readonly ServiceProvider IdentitySchema = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    /// <summary>A bare connection, opened, for queries that stream or write in bulk.</summary>
    internal async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellation = default)
    {
        DbConnection connection = Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(Options.ConnectionString)
            : new NpgsqlConnection(Options.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            if (Kind == DatabaseKind.Sqlite)
            {
                SqlitePragmas.Apply(connection);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets go of connections that are kept open for the next caller, so that the file may be removed.</summary>
    internal void CloseIdleConnections()
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            using var connection = new SqliteConnection(Options.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    /// <summary>Brings the schema up to date; a new database is made. Processes that start together do so one after another.</summary>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        if (Options.Path is not { } path)
        {
            await using var context = OpenContext();
            await context.Database.MigrateAsync(cancellation);
            await SearchIndex.EnsureAsync(context, cancellation);
            return;
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await using var turn = await TakeTurnAsync(path + "-lock", cancellation);
        await RefuseUnsafeSqliteAsync(cancellation);
        await MigrateSqliteAsync(cancellation);
    }

    /// <summary>
    /// Migrates where something is to be migrated. The migrator's own lock is a row, which outlives a process that is killed
    /// and would be waited for without end; the turn stands in for it, so a row found here was left behind.
    /// </summary>
    private async Task MigrateSqliteAsync(CancellationToken cancellation)
    {
        await using var context = OpenContext();
        if ((await context.Database.GetPendingMigrationsAsync(cancellation)).Any())
        {
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
            await context.Database.MigrateAsync(cancellation);
        }

        await SearchIndex.EnsureAsync(context, cancellation);
    }

    /// <summary>A lock that the operating system lets go of when its process ends, however it ends. Its file stays and stays empty.</summary>
    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
            }
        }
    }

    /// <summary>
    /// Older SQLite may lose acknowledged commits when a commit races a checkpoint. Being the first to open the file, this also
    /// mends what a killed process left: the migrator looks with a connection that may only read, which cannot.
    /// </summary>
    private async Task RefuseUnsafeSqliteAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT sqlite_version()";
        var version = (string)(await command.ExecuteScalarAsync(cancellation))!;
        if (Version.Parse(version) < Version.Parse(OldestSafeSqlite))
        {
            throw new InvalidOperationException($"SQLite {version} can lose commits; {OldestSafeSqlite} or later is needed.");
        }
    }
}
