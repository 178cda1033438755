using CustomerSuccess.Engine.Storage;
using Microsoft.Data.Sqlite;

namespace CustomerSuccess.Tests;

/// <summary>An empty database file with the whole schema. The product's migrations make it once in a test run; each test gets a copy, which takes milliseconds rather than seconds.</summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<Task<byte[]>> Made = new(MakeAsync);

    /// <summary>Writes a copy where there is no database yet.</summary>
    public static async Task CopyAsync(string path) => await File.WriteAllBytesAsync(path, await Made.Value);

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cs-schema-").FullName;
        var options = DatabaseOptions.Parse(Path.Combine(folder, "empty.db"));
        await new Database(options).MigrateAsync();

        // the last connection that is closed carries the write-ahead log over into the file
        using (var connection = new SqliteConnection(options.ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        if (File.Exists(options.Path + "-wal"))
        {
            throw new InvalidOperationException("A part of the schema is not in the file yet.");
        }

        var file = await File.ReadAllBytesAsync(options.Path!);
        Directory.Delete(folder, recursive: true);
        return file;
    }
}
