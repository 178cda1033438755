using System.Globalization;
using System.IO.Compression;
using System.Text;
using CustomerSuccess.Core.Demo;

namespace CustomerSuccess.Engine.Demo;

/// <summary>How the files of a demo are written.</summary>
public sealed record DemoLayout
{
    /// <summary>Names of files to write in Shift_JIS (CP932) instead of UTF-8.</summary>
    public IReadOnlySet<string> ShiftJis { get; init; } = new HashSet<string>();

    /// <summary>True to write usage compressed, one file for each year.</summary>
    public bool CompressUsage { get; init; }
}

/// <summary>A file that was written, with its rows without the header.</summary>
public sealed record WrittenFile(string Path, long Rows);

/// <summary>Writes a simulated company as import files into a folder, and the truth into its subfolder <c>truth</c>, where an import of the files does not meet it.</summary>
public static class WriteDemo
{
    public const string TruthFolder = "truth";

    /// <summary>Writes the files; existing ones of the same names are replaced.</summary>
    public static IReadOnlyList<WrittenFile> Run(DemoPlan plan, DemoLayout layout, string folder, Action<int>? onAccount = null, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Path.Combine(folder, TruthFolder));
        var files = new Dictionary<string, CsvFile>(StringComparer.Ordinal);
        try
        {
            var done = 0;
            foreach (var account in DemoCompany.Accounts(plan))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var file in DemoFiles.OfAccounts)
                {
                    foreach (var row in account.Rows(file))
                    {
                        Open(files, layout, folder, file, row).Write(row);
                    }
                }

                onAccount?.Invoke(++done);
            }

            foreach (var rate in DemoCompany.Rates(plan))
            {
                Open(files, layout, folder, DemoFiles.Rates, rate).Write(rate);
            }

            foreach (var effect in DemoCompany.Effects())
            {
                Open(files, layout, folder, DemoFiles.EffectTruth, effect).Write(effect);
            }

            return [.. files.Values.Select(file => new WrittenFile(file.Path, file.Rows)).OrderBy(file => file.Path, StringComparer.Ordinal)];
        }
        finally
        {
            foreach (var file in files.Values)
            {
                file.Dispose();
            }
        }
    }

    private static CsvFile Open(Dictionary<string, CsvFile> files, DemoLayout layout, string folder, DemoFile file, object?[] row)
    {
        var name = file == DemoFiles.Truth ? Path.Combine(TruthFolder, "truth.csv")
            : file == DemoFiles.ProductTruth ? Path.Combine(TruthFolder, "products.csv")
            : file == DemoFiles.EffectTruth ? Path.Combine(TruthFolder, "effects.csv")
            : file == DemoFiles.Usage && layout.CompressUsage ? string.Create(CultureInfo.InvariantCulture, $"usage-{((DateOnly)row[1]!).Year}.csv.gz")
            : $"{file.Name}.csv";
        if (!files.TryGetValue(name, out var open))
        {
            files.Add(name, open = new CsvFile(Path.Combine(folder, name), layout.ShiftJis.Contains(file.Name), name.EndsWith(".gz", StringComparison.Ordinal), file.Columns));
        }

        return open;
    }

    private sealed class CsvFile : IDisposable
    {
        private readonly StreamWriter _writer;

        public CsvFile(string path, bool shiftJis, bool compressed, IReadOnlyList<string> columns)
        {
            Path = path;
            Stream stream = File.Create(path);
            if (compressed)
            {
                stream = new GZipStream(stream, CompressionLevel.SmallestSize);
            }

            var encoding = shiftJis ? CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)! : new UTF8Encoding(false);
            _writer = new StreamWriter(stream, encoding, 1 << 16) { NewLine = "\n" };
            _writer.WriteLine(string.Join(',', columns));
        }

        public string Path { get; }

        public long Rows { get; private set; }

        public void Write(object?[] cells)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0)
                {
                    _writer.Write(',');
                }

                WriteCell(cells[i]);
            }

            _writer.WriteLine();
            Rows++;
        }

        public void Dispose() => _writer.Dispose();

        private void WriteCell(object? cell)
        {
            switch (cell)
            {
                case null:
                    break;
                case string text when text.AsSpan().ContainsAny(",\"\r\n"):
                    _writer.Write('"');
                    _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
                    _writer.Write('"');
                    break;
                case string text:
                    _writer.Write(text);
                    break;
                case DateOnly day:
                    _writer.Write(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    break;
                case DateTime local:
                    _writer.Write(local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
                    break;
                case bool flag:
                    _writer.Write(flag ? "true" : "false");
                    break;
                case IFormattable number:
                    _writer.Write(number.ToString(null, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ArgumentException($"A cell cannot hold {cell.GetType()}.", nameof(cell));
            }
        }
    }
}
