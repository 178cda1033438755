using CustomerSuccess.Engine.Storage;

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
            await EmptyDatabase.CopyAsync(options.Path!);
        }
        else
        {
            options = DatabaseOptions.Parse($"{PostgresServer.ConnectionString};Database={await PostgresServer.CopyEmptyAsync()};Maximum Pool Size=5");
        }

        return new TestDatabase(new Database(options), folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Database.CloseIdleConnections();
            Directory.Delete(_folder, recursive: true);
        }
        else
        {
            await using var context = Database.OpenContext();
            await context.Database.EnsureDeletedAsync();
        }
    }
}
