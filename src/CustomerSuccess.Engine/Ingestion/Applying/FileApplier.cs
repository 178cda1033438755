using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Applies one staged file in transactions of at most about a second. Each holds its rows, their counts and the point reached, so that whoever comes next goes on from there.</summary>
internal sealed class FileApplier : IDisposable
{
    /// <summary>After a long transaction others get their turn: SQLite's waiting writers look again at least this often.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(30);

    private const int BatchRows = 500;

    private readonly BulkSession _session;
    private readonly StagingArea _staging;
    private readonly ApplyRun _run;
    private readonly int _importFileId;
    private readonly Stopwatch _writing = new();
    private readonly List<StagedRow> _batch = [];
    private ApplyScope _scope = null!;
    private FullFile? _full;
    private UsageApplier? _usage;
    private Action<IReadOnlyList<StagedRow>>? _apply;
    private long _appliedThrough;
    private bool _isOpen;

    public FileApplier(BulkSession session, StagingArea staging, ApplyRun run, int importFileId)
    {
        _session = session;
        _staging = staging;
        _run = run;
        _importFileId = importFileId;
    }

    /// <summary>Carries the file to its end.</summary>
    /// <exception cref="OperationCanceledException">What is committed stays; the file is carried on another time.</exception>
    /// <exception cref="IOException">The staged file is gone or damaged.</exception>
    public void Apply(CancellationToken cancellation)
    {
        var through = _session.Query("SELECT applied_through FROM import_file WHERE import_file_id = @file", reader => reader.GetInt64(0), ("@file", _importFileId))[0];
        foreach (var block in _staging.Read(_importFileId, _session))
        {
            Apply(block, through, cancellation);
        }

        if (_scope is null)
        {
            throw new EndOfStreamException($"The staged rows of import file {_importFileId} are gone.");
        }

        Flush();
        Finish();
    }

    public void Dispose() => _usage?.Dispose();

    private void Apply(Block block, long through, CancellationToken cancellation)
    {
        switch (block.Kind)
        {
            case BlockKind.Header:
                Start(JsonSerializer.Deserialize<StagedHeader>(block.Payload)!);
                break;
            case BlockKind.Strings:
                _usage!.AddTexts(block);
                break;
            case BlockKind.Usage:
                ApplyUsage(block, through, cancellation);
                break;
            default:
                ApplyRows(block, through, cancellation);
                break;
        }
    }

    private void Start(StagedHeader header)
    {
        _scope = new ApplyScope(_session, _run.Tables, header, _importFileId, _run.Accounts, _run.Contacts) { Region = _run.Settings.Region };
        _scope.Tally.Resume(_session);
        _full = header.IsFull ? new FullFile(_scope) : null;
        var attributes = new Lazy<AttributeDirectory>(() => new AttributeDirectory(_session, _run.Tables, header.StaticAttributes));
        switch (header.Record)
        {
            case "accounts":
                var named = new Lazy<HashSet<string>>(NamedAccounts);
                Open();
                _apply = new AccountApplier(_scope, attributes.Value, named).Apply;
                break;
            case "contacts":
                Open();
                _apply = new ContactApplier(_scope, attributes.Value).Apply;
                break;
            case "rates":
                _apply = new RateApplier(_scope).Apply;
                break;
            case "usage":
                _usage = new UsageApplier(_scope, new MetricDirectory(_session, _run.Tables));
                break;
            default:
                _apply = new FactApplier(_scope, () => _run.Desk).Apply;
                break;
        }
    }

    /// <summary>Accounts that the file names anywhere.</summary>
    private HashSet<string> NamedAccounts() =>
    [
        .. _staging.Read(_importFileId, _session)
            .Where(block => block.Kind == BlockKind.Rows)
            .SelectMany(block => RowCodec.Read(block, _scope.Record))
            .OfType<StagedRow>()
            .Where(row => !row.IsDeleted)
            .Select(row => KnownAccounts.KeyOf(row.Namespace, row.Text("account_id")!)),
    ];

    private void ApplyUsage(Block block, long through, CancellationToken cancellation)
    {
        var rows = MemoryMarshal.Cast<byte, StagedUsage>(block.Payload);
        var start = (int)Math.Clamp(through - _appliedThrough, 0, rows.Length);
        _appliedThrough += start;
        while (start < rows.Length)
        {
            var batch = rows.Slice(start, Math.Min(_usage!.BatchRows, rows.Length - start));
            Open();
            _usage.Apply(batch);
            start += batch.Length;
            _appliedThrough += batch.Length;
            CommitIfDue(cancellation);
        }
    }

    private void ApplyRows(Block block, long through, CancellationToken cancellation)
    {
        if (_full is null && _appliedThrough + block.Rows <= through)
        {
            _appliedThrough += block.Rows;
            return;
        }

        foreach (var frame in RowCodec.Read(block, _scope.Record))
        {
            if (_full is not null && frame is StagedRow named)
            {
                Name(named);
            }

            if (_appliedThrough + _batch.Count < through)
            {
                _appliedThrough++;
                continue;
            }

            Open();
            switch (frame)
            {
                case StagedRow row:
                    _batch.Add(row);
                    if (_batch.Count < BatchRows)
                    {
                        continue;
                    }

                    break;
                case StagedReject reject:
                    // rows before it are applied first, so that the point reached counts them in their order
                    Flush();
                    _scope.Tally.Reject(reject.Line, reject.Column, reject.Value, reject.ReasonCode, reject.ReasonArgsJson, reject.RawRow);
                    _appliedThrough++;
                    break;
                case StagedUsageText usage:
                    _usage!.Apply(usage);
                    _appliedThrough++;
                    break;
            }

            Flush();
            CommitIfDue(cancellation);
        }
    }

    private void Name(StagedRow row)
    {
        if (row.IsDeleted)
        {
            return;
        }

        if (row.Record.Name == "rates")
        {
            var (currency, month) = RateApplier.KeyOf(row);
            _full!.NamesRate(currency, month);
        }
        else
        {
            _full!.Names(row);
        }
    }

    private void Flush()
    {
        if (_batch.Count > 0)
        {
            _apply!(_batch);
            _appliedThrough += _batch.Count;
            _batch.Clear();
        }
    }

    /// <summary>Voids what a full file lacks, then closes the file's books.</summary>
    private void Finish()
    {
        Open();
        if (_full is not null && _scope.Tally.RejectedAny)
        {
            // a rejected row may name what would be voided
            Note("full_not_applied");
        }
        else
        {
            _full?.VoidTheRest(() => CommitIfDue(CancellationToken.None));
            Open();
        }

        _session.Execute(
            "UPDATE import_file SET status = @done, finished_at = @now WHERE import_file_id = @file",
            ("@done", nameof(ImportStatus.Done)), ("@now", _run.Now()), ("@file", _importFileId));
        Commit(isLast: true);
        _staging.Delete(_importFileId, _session);
    }

    private void Note(string code)
    {
        var notes = _session.Query("SELECT notes_json FROM import_file WHERE import_file_id = @file", reader => reader.GetString(0), ("@file", _importFileId))[0];
        var list = ImportNote.Parse(notes);
        list.Add(new ImportNote(code, new Dictionary<string, JsonElement>()));
        _session.Execute("UPDATE import_file SET notes_json = @notes WHERE import_file_id = @file", ("@notes", ImportNote.Write(list)), ("@file", _importFileId));
    }

    private void Open()
    {
        if (!_isOpen)
        {
            _session.Begin();
            _isOpen = true;
            _writing.Restart();
        }
    }

    private void CommitIfDue(CancellationToken cancellation)
    {
        if (_writing.Elapsed >= _run.Budget || cancellation.IsCancellationRequested)
        {
            Flush();
            Commit(isLast: false);
            cancellation.ThrowIfCancellationRequested();
            Thread.Sleep(Breath);
            Open();
        }
    }

    private void Commit(bool isLast)
    {
        _scope.Tally.Write(_session, _appliedThrough);
        _scope.Changes.Write(_session, _scope.Header.SourceId, _scope.Header.Record, isLast ? _scope.Header.CompleteUntil : null);
        _run.BeforeCommit();
        _session.Commit();
        _isOpen = false;
        _run.AfterCommit(_appliedThrough);
    }
}
