using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Reading;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>Reads, checks and stages the files of one run.</summary>
internal sealed class FileStaging(ImportPlan plan, BulkSession session, ImportBooks books, StagingArea staging, IProgress<ImportProgress>? progress)
{
    private sealed record Opened(string Name, FileReading? Reading, UnreadableFileException? Problem);

    private readonly List<StagedFile> _staged = [];
    private readonly List<(int FileId, FileReading Reading, StagingSink Sink)> _aggregated = [];
    private UnreadableFileException? _aggregateProblem;

    /// <summary>Stages every file that can be taken; the others' books are closed as failed.</summary>
    /// <returns>The staged files, in the order in which they are to be applied.</returns>
    public async Task<IReadOnlyList<StagedFile>> StageAsync(int runId, int sourceId, CancellationToken cancellation)
    {
        var known = new KnownAccounts(session);
        var run = plan.OpenReading(session, sourceId);
        try
        {
            foreach (var file in OpenAll(run))
            {
                cancellation.ThrowIfCancellationRequested();
                var fileId = books.OpenFile(runId, file.Name);
                if (file.Problem is not null)
                {
                    books.Fail(fileId, file.Problem.Code, file.Problem.Args);
                }
                else if (file.Reading!.Record is null)
                {
                    Ignore(fileId, file.Reading, cancellation);
                }
                else
                {
                    await StageAsync(fileId, file, sourceId, known, cancellation);
                }
            }

            EmitCounters(run, cancellation);
            return _staged;
        }
        finally
        {
            _aggregated.ForEach(file => file.Sink.Dispose());
        }
    }

    /// <summary>Opens every file and orders them by what refers to what.</summary>
    private List<Opened> OpenAll(ReadingRun run)
    {
        var opened = new List<Opened>();
        foreach (var path in plan.Request.Paths)
        {
            try
            {
                foreach (var file in SourceFile.Expand([path]))
                {
                    opened.Add(Open(run, file));
                }
            }
            catch (UnreadableFileException error)
            {
                opened.Add(new Opened(Path.GetFileName(path), null, error));
            }
        }

        var order = ImportContract.Records.Select((record, i) => (record.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        return [.. opened.OrderBy(file => file.Reading?.Record is { } record ? order[record.Name] : order.Count)];
    }

    private static Opened Open(ReadingRun run, SourceFile file)
    {
        try
        {
            return new Opened(file.Name, run.Open(file), null);
        }
        catch (UnreadableFileException error)
        {
            return new Opened(file.Name, null, error);
        }
    }

    private async Task StageAsync(int fileId, Opened file, int sourceId, KnownAccounts known, CancellationToken cancellation)
    {
        var reading = file.Reading!;
        var writer = await staging.OpenWriterAsync(fileId, cancellation);
        var sink = new StagingSink(writer, known, plan.HeaderOf(reading, sourceId), rows => progress?.Report(new ImportProgress(ImportPhase.Reading, file.Name, rows, 0)));
        try
        {
            reading.Read(sink, cancellation);
            if (reading.IsAggregated)
            {
                // its counters may go on in another file
                _aggregated.Add((fileId, reading, sink));
                return;
            }

            sink.Complete();
            _staged.Add(Describe(fileId, reading, sink));
            known.Keep();
            sink.Dispose();
        }
        catch (UnreadableFileException error)
        {
            known.Forget();
            sink.Dispose();
            staging.Delete(fileId, session);
            books.Fail(fileId, error.Code, error.Args);
            if (reading.IsAggregated)
            {
                _aggregateProblem = error;
            }
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    private void Ignore(int fileId, FileReading reading, CancellationToken cancellation)
    {
        var sink = new IgnoredCount();
        try
        {
            reading.Read(sink, cancellation);
        }
        catch (UnreadableFileException error)
        {
            books.Fail(fileId, error.Code, error.Args);
            return;
        }

        _staged.Add(new StagedFile(fileId)
        {
            Sha256 = reading.Sha256,
            Encoding = reading.Encoding,
            Delimiter = reading.Delimiter,
            HeaderLine = reading.HeaderLine,
            IgnoredReason = reading.IgnoredReason,
            RowsRead = sink.Rows.Values.Sum(),
            IgnoredByReason = sink.Rows,
        });
    }

    /// <summary>Counters summed over files belong to the last of them. Where one of the files could not be read, none is taken: their sums would replace fuller ones.</summary>
    private void EmitCounters(ReadingRun run, CancellationToken cancellation)
    {
        if (_aggregated.Count == 0)
        {
            return;
        }

        if (_aggregateProblem is not null)
        {
            foreach (var (fileId, _, sink) in _aggregated)
            {
                sink.Dispose();
                staging.Delete(fileId, session);
                books.Fail(fileId, "aggregate_incomplete", new Dictionary<string, object?>());
            }

            return;
        }

        run.Aggregation.Emit(_aggregated[^1].Sink, cancellation);
        foreach (var (fileId, reading, sink) in _aggregated)
        {
            sink.Complete();
            _staged.Add(Describe(fileId, reading, sink));
        }
    }

    private static StagedFile Describe(int fileId, FileReading reading, StagingSink sink)
    {
        var unused = reading.Columns.Where(column => column.Use == ColumnUse.Unused).Select(column => column.Header).ToList();
        return new StagedFile(fileId)
        {
            Sha256 = reading.Sha256,
            Record = reading.Record!.Name,
            Encoding = reading.Encoding,
            Delimiter = reading.Delimiter,
            HeaderLine = reading.HeaderLine,
            RowsRead = sink.RowsRead,
            Aggregated = sink.AggregatedRows,
            IgnoredByReason = sink.IgnoredByReason,
            Notes = unused.Count == 0 ? [] : [ImportNote.Of("columns_unused", ("columns", unused))],
        };
    }

    private sealed class IgnoredCount : IRowSink
    {
        public Dictionary<string, long> Rows { get; } = [];

        public void Ignore(long line, string reason) => Rows[reason] = Rows.GetValueOrDefault(reason) + 1;

        public void Accept(CheckedRow row, IRowText text) => throw new NotSupportedException();

        public void Accept(in CheckedUsage row, IRowText? text) => throw new NotSupportedException();

        public void Aggregated(long line) => throw new NotSupportedException();

        public void Reject(RejectedRow row) => throw new NotSupportedException();

        public bool Knows(string accountNamespace, string accountId) => false;
    }
}
