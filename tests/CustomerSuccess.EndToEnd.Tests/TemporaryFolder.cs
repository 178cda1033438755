namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>A folder of the test's own, removed with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cs-e2e-").FullName;

    /// <summary>A folder in which the empty database lies already, for tests that do not ask who makes it.</summary>
    public static async Task<TemporaryFolder> WithDatabaseAsync()
    {
        var folder = new TemporaryFolder();
        await EmptyDatabase.CopyAsync(System.IO.Path.Combine(folder.Path, "test.db"));
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
