using System.Text;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Reading;

namespace CustomerSuccess.Engine.Tests.Ingestion.Reading;

/// <summary>A folder of files to read, deleted with the test. The day of import is 2024-07-01 in Tokyo.</summary>
internal sealed class ImportFolder : IDisposable
{
    public static readonly DateOnly Today = new(2024, 7, 1);

    public string Path { get; } = Directory.CreateTempSubdirectory("cs-read-").FullName;

    public static ReadingOptions Options { get; } = new(Today, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

    /// <summary>The given data sets beside the repository; the test is skipped where they are not.</summary>
    public static string Shared(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "CustomerSuccess.sln")))
        {
            folder = folder.Parent;
        }

        var path = System.IO.Path.Combine(folder?.Parent?.FullName ?? "/", "shared", "data", name);
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            Assert.Skip($"../shared/data/{name} is not here");
        }

        return path;
    }

    public SourceFile Write(string name, string text, Encoding? encoding = null) => Write(name, (encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public SourceFile Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return new SourceFile(path);
    }

    public CollectingSink Read(string name, string text, ReadingOptions? options = null) => Read(Write(name, text), options);

    public static CollectingSink Read(SourceFile file, ReadingOptions? options = null)
    {
        var sink = new CollectingSink();
        new ReadingRun(options ?? Options).Open(file).Read(sink, TestContext.Current.CancellationToken);
        return sink;
    }

    /// <summary>The code with which a file is refused.</summary>
    public static UnreadableFileException Refuse(SourceFile file, ReadingOptions? options = null) =>
        Assert.Throws<UnreadableFileException>(() => Read(file, options));

    public UnreadableFileException Refuse(string name, string text, ReadingOptions? options = null) => Refuse(Write(name, text), options);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
