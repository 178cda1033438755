using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Ingestion.Reading;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>Files that someone has uploaded, in a folder of their own until disposed.</summary>
public sealed class UploadedFiles : IDisposable
{
    internal UploadedFiles(string folder) => Folder = folder;

    internal string Folder { get; }

    /// <summary>The files in the order in which they came, under the names that the browser gave.</summary>
    public IReadOnlyList<string> Paths { get; internal set; } = [];

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}

/// <summary>The first rows of a file, read as an import would read them.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Failure">What stops the file as a whole; null where nothing does.</param>
/// <param name="Record">What the rows are; null where the file is ignored whole.</param>
/// <param name="IgnoredReason">Why the preset ignores it.</param>
/// <param name="Encoding">As detected or stated.</param>
/// <param name="Delimiter">As detected.</param>
/// <param name="Columns">Every column of the file and what becomes of it.</param>
/// <param name="Rows">Rows that would be taken, by the contract's columns, in canonical text.</param>
/// <param name="Rejected">Rows among the first that would be rejected.</param>
public sealed record ImportPreview(
    string Name,
    UnreadableFileException? Failure,
    string? Record,
    string? IgnoredReason,
    string? Encoding,
    string? Delimiter,
    IReadOnlyList<FileColumn> Columns,
    IReadOnlyList<IReadOnlyDictionary<string, string?>> Rows,
    IReadOnlyList<RejectedRow> Rejected);

/// <summary>Imports uploaded files: receive, look at the first rows, start.</summary>
public sealed class ImportUpload(Database database, SettingsStore settings, ImportRunner runner, TimeProvider clock)
{
    /// <summary>Rows that a preview reads of each file.</summary>
    public const int PreviewRows = 50;

    /// <summary>Keeps streams as files. Dispose the result when done.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public static async Task<UploadedFiles> ReceiveAsync(Viewer viewer, IEnumerable<(string Name, Stream Content)> files, CancellationToken cancellation = default)
    {
        ImportsQuery.Require(viewer);
        var received = new UploadedFiles(Directory.CreateTempSubdirectory("customersuccess-upload-").FullName);
        try
        {
            var paths = new List<string>();
            foreach (var (name, content) in files)
            {
                // only the last part of a name is a name; two files of one name keep apart
                var safe = Path.GetFileName(name.Replace('\\', '/'));
                var path = Path.Combine(received.Folder, paths.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), safe.Length == 0 || safe is "." or ".." ? "upload" : safe);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var file = File.Create(path);
                await content.CopyToAsync(file, cancellation);
                paths.Add(path);
            }

            received.Paths = paths;
            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
    }

    /// <summary>Reads the first rows of each file. Accounts are not looked up.</summary>
    /// <exception cref="FormatException">The request names a preset, record or zone that does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public async Task<IReadOnlyList<ImportPreview>> PreviewAsync(Viewer viewer, ImportRequest request, CancellationToken cancellation = default)
    {
        ImportsQuery.Require(viewer);
        var plan = new ImportPlan(request, await settings.ReadAsync(cancellation), clock);
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var sources = session.Query("SELECT source_id FROM source WHERE name = @name", reader => reader.GetInt32(0), ("@name", plan.Source));
        var run = plan.OpenReading(session, sources.FirstOrDefault());
        return await Task.Run(() => (IReadOnlyList<ImportPreview>)[.. request.Paths.SelectMany(path => Preview(run, path, cancellation))], cancellation);
    }

    /// <summary>Imports as <see cref="ImportRunner"/> does.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public Task<ImportResult> ImportAsync(Viewer viewer, ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation = default)
    {
        ImportsQuery.Require(viewer);
        return runner.ImportAsync(viewer, request, progress, cancellation);
    }

    private static List<ImportPreview> Preview(ReadingRun run, string path, CancellationToken cancellation)
    {
        var previews = new List<ImportPreview>();
        try
        {
            foreach (var file in SourceFile.Expand([path]))
            {
                previews.Add(Preview(run, file, cancellation));
            }
        }
        catch (UnreadableFileException error)
        {
            previews.Add(Failed(Path.GetFileName(path), error));
        }

        return previews;
    }

    private static ImportPreview Preview(ReadingRun run, SourceFile file, CancellationToken cancellation)
    {
        try
        {
            var reading = run.Open(file);
            var sink = new PreviewSink();
            reading.Read(sink, PreviewRows, cancellation);
            return new ImportPreview(file.Name, null, reading.Record?.Name, reading.IgnoredReason, reading.Encoding, reading.Delimiter, reading.Columns, sink.Rows, sink.Rejected);
        }
        catch (UnreadableFileException error)
        {
            return Failed(file.Name, error);
        }
    }

    private static ImportPreview Failed(string name, UnreadableFileException error) => new(name, error, null, null, null, null, [], [], []);

    private sealed class PreviewSink : IRowSink
    {
        public List<IReadOnlyDictionary<string, string?>> Rows { get; } = [];

        public List<RejectedRow> Rejected { get; } = [];

        public void Accept(CheckedRow row, IRowText text)
        {
            var cells = new Dictionary<string, string?>();
            for (var i = 0; i < row.Values.Length; i++)
            {
                if (row.Present[i])
                {
                    cells[row.Record.Fields[i].Name] = ContractText.Of(row.Values[i]);
                }
            }

            foreach (var (name, value) in row.Custom)
            {
                cells[name] = value;
            }

            Rows.Add(cells);
        }

        public void Accept(in CheckedUsage row, IRowText? text) => Rows.Add(new Dictionary<string, string?>
        {
            ["account_id"] = row.AccountId,
            ["day"] = ContractText.Of(row.Day),
            ["metric"] = row.Metric,
            ["contact_id"] = row.ContactId,
            ["count"] = ContractText.Of(row.Count),
            ["users"] = ContractText.Of(row.Users),
        });

        public void Aggregated(long line)
        {
        }

        public void Reject(RejectedRow row) => Rejected.Add(row);

        public void Ignore(long line, string reason)
        {
        }

        public bool Knows(string accountNamespace, string accountId) => true;
    }
}
