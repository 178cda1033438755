namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>A folder of the test's own, removed with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cs-e2e-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
