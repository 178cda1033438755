using System.IO.Compression;
using System.Text;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Engine.Demo;

namespace CustomerSuccess.Engine.Tests.Demo;

public sealed class WriteDemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_demo_company_in_data_is_what_its_command_makes()
    {
        var kept = Path.Combine(SharedFiles.Root(), "data", "demo");
        WriteDemo.Run(
            new DemoPlan(280, 30, 38) { Currency = "JPY", Automation = true },
            new DemoLayout { CompressUsage = true, ShiftJis = new HashSet<string> { "contacts", "inquiries" } },
            _folder,
            cancellation: TestContext.Current.CancellationToken);
        Names(_folder).Should().Equal(Names(kept));
        foreach (var name in Names(kept))
        {
            // compressed bytes differ between processors; what they hold does not
            Content(Path.Combine(_folder, name)).AsSpan().SequenceEqual(Content(Path.Combine(kept, name))).Should().BeTrue(name);
        }
    }

    [Fact]
    public void The_demo_company_in_data_is_small()
    {
        var files = Directory.GetFiles(Path.Combine(SharedFiles.Root(), "data", "demo"), "*", SearchOption.AllDirectories).Select(file => new FileInfo(file).Length).ToList();
        files.Max().Should().BeLessThan(1_000_000);
        files.Sum().Should().BeLessThan(3_500_000);
    }

    [Fact]
    public void The_truth_stands_apart_from_the_import_files()
    {
        var files = WriteDemo.Run(new DemoPlan(6, 6, 2), new DemoLayout(), _folder, cancellation: TestContext.Current.CancellationToken);
        Directory.GetFiles(_folder).Select(Path.GetFileName).Should().NotContain("truth.csv").And.Contain("accounts.csv");
        File.ReadLines(Path.Combine(_folder, WriteDemo.TruthFolder, "truth.csv")).First().Should().Be("account_id,month,probability,cause");
        foreach (var file in files)
        {
            (File.ReadLines(file.Path).LongCount() - 1).Should().Be(file.Rows, file.Path);
        }
    }

    [Fact]
    public void A_file_in_Shift_JIS_reads_back_the_same()
    {
        var plan = new DemoPlan(20, 6, 2);
        WriteDemo.Run(plan, new DemoLayout(), Path.Combine(_folder, "utf8"), cancellation: TestContext.Current.CancellationToken);
        WriteDemo.Run(plan, new DemoLayout { ShiftJis = DemoFiles.OfAccounts.Select(file => file.Name).ToHashSet() }, Path.Combine(_folder, "sjis"), cancellation: TestContext.Current.CancellationToken);
        var cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932)!;
        foreach (var name in Names(Path.Combine(_folder, "utf8")))
        {
            File.ReadAllText(Path.Combine(_folder, "sjis", name), cp932).Should().Be(File.ReadAllText(Path.Combine(_folder, "utf8", name)), name);
        }

        File.ReadAllBytes(Path.Combine(_folder, "sjis", "contacts.csv")).Should().NotEqual(File.ReadAllBytes(Path.Combine(_folder, "utf8", "contacts.csv")));
    }

    private static List<string> Names(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    private static byte[] Content(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
