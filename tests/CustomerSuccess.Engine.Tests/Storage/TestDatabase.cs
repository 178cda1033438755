using CustomerSuccess.Engine.Storage;
using Microsoft.Data.Sqlite;

namespace CustomerSuccess.Engine.Tests.Storage;

/// <summary>An empty, migrated database for one test, on a real server or in a real file.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _folder;

    private TestDatabase(Database database, string? folder)
    {
        Database = database;
        _folder = folder;
    }

    public Database Database { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        string? folder = null;
        DatabaseOptions options;
        if (kind == DatabaseKind.Sqlite)
        {
            folder = Directory.CreateTempSubdirectory("cs-test-").FullName;
            options = DatabaseOptions.Parse(Path.Combine(folder, "test.db"));
        }
        else
        {
            options = DatabaseOptions.Parse($"{PostgresServer.ConnectionString};Database=test_{Guid.NewGuid():N};Maximum Pool Size=5");
        }

        var database = new Database(options);
        await database.MigrateAsync();
        return new TestDatabase(database, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }
        else
        {
            await using var context = Database.OpenContext();
            await context.Database.EnsureDeletedAsync();
        }
    }
}
