using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>Keeps the books of runs and files over one session, so that a dry run sees its own.</summary>
internal sealed class ImportBooks(BulkSession session, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private const string FileColumns =
        """
        import_file_id, import_run_id, file_name, sha256, record, encoding, delimiter, header_line, status, failure_code, failure_args_json, ignored_reason,
        rows_read, inserted, updated, unchanged, rejected, aggregated, ignored, counters_inserted, counters_updated, counters_unchanged, voided, applied_through, notes_json, started_at, finished_at
        """;

    /// <summary>The number of the source of a name, made where there is none.</summary>
    public int SourceOf(string name, string? timeZone)
    {
        session.Begin();
        var found = session.Query("SELECT source_id FROM source WHERE name = @name", reader => reader.GetInt32(0), ("@name", name));
        var id = found.Count > 0 ? found[0] : (int)Numbers.Take(session, Numbers.Sources, 1);
        if (found.Count == 0)
        {
            session.Execute("INSERT INTO source (source_id, name, time_zone) VALUES (@id, @name, @zone)", ("@id", id), ("@name", name), ("@zone", timeZone));
        }
        else if (timeZone is not null)
        {
            session.Execute("UPDATE source SET time_zone = @zone WHERE source_id = @id", ("@id", id), ("@zone", timeZone));
        }

        session.Commit();
        return id;
    }

    /// <summary>Opens a run; <paramref name="guard"/> is called with its number in the same transaction.</summary>
    public int OpenRun(int sourceId, string? preset, string byUser, string optionsJson, Action<int> guard)
    {
        session.Begin();
        var id = session.Query(
            """
            INSERT INTO import_run (source_id, preset, started_at, status, by_user, options_json)
            VALUES (@source, @preset, @now, @status, @user, @options) RETURNING import_run_id
            """,
            reader => reader.GetInt32(0),
            ("@source", sourceId), ("@preset", preset), ("@now", Now()), ("@status", nameof(ImportStatus.Staging)), ("@user", byUser), ("@options", optionsJson))[0];
        guard(id);
        session.Commit();
        return id;
    }

    public int OpenFile(int runId, string name)
    {
        session.Begin();
        var id = session.Query(
            """
            INSERT INTO import_file (import_run_id, file_name, status, rows_read, inserted, updated, unchanged, rejected, aggregated, ignored,
                counters_inserted, counters_updated, counters_unchanged, voided, applied_through, notes_json, started_at)
            VALUES (@run, @name, @status, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '[]', @now) RETURNING import_file_id
            """,
            reader => reader.GetInt32(0),
            ("@run", runId), ("@name", name), ("@status", nameof(ImportStatus.Staging)), ("@now", Now()))[0];
        session.Commit();
        return id;
    }

    /// <summary>Closes a file that cannot be taken.</summary>
    public void Fail(int fileId, string code, IReadOnlyDictionary<string, object?> args) => session.Execute(
        """
        UPDATE import_file SET status = @status, failure_code = @code, failure_args_json = @args, finished_at = @now
        WHERE import_file_id = @file
        """,
        ("@status", nameof(ImportStatus.Failed)), ("@code", code), ("@args", JsonSerializer.Serialize(args, Json)), ("@now", Now()), ("@file", fileId));

    /// <summary>Makes over every staged file of a run to be applied, all or none.</summary>
    public void HandOver(int runId, IReadOnlyList<StagedFile> files)
    {
        session.Begin();
        foreach (var file in files)
        {
            session.Execute(
                """
                UPDATE import_file SET sha256 = @sha, record = @record, encoding = @encoding, delimiter = @delimiter, header_line = @header, ignored_reason = @ignoredReason,
                    status = @status, finished_at = @finished, rows_read = @read, aggregated = @aggregated, ignored = @ignored, notes_json = @notes
                WHERE import_file_id = @file
                """,
                ("@sha", file.Sha256), ("@record", file.Record), ("@encoding", file.Encoding), ("@delimiter", file.Delimiter), ("@header", file.HeaderLine), ("@ignoredReason", file.IgnoredReason),
                ("@status", file.IgnoredReason is null ? nameof(ImportStatus.Applying) : nameof(ImportStatus.Done)), ("@finished", file.IgnoredReason is null ? null : Now()),
                ("@read", file.RowsRead), ("@aggregated", file.Aggregated), ("@ignored", file.IgnoredByReason.Values.Sum()), ("@notes", ImportNote.Write(file.Notes)), ("@file", file.ImportFileId));
            foreach (var (reason, rows) in file.IgnoredByReason)
            {
                session.Execute("INSERT INTO ignored_rows (import_file_id, reason, rows) VALUES (@file, @reason, @rows)", ("@file", file.ImportFileId), ("@reason", reason), ("@rows", rows));
            }
        }

        session.Execute("UPDATE import_run SET status = @status WHERE import_run_id = @run", ("@status", nameof(ImportStatus.Applying)), ("@run", runId));
        session.Commit();
    }

    /// <summary>Closes a run whose files have come to their ends, and tells so in the journal.</summary>
    public void Close(int runId, ImportStatus? status = null)
    {
        var own = !session.IsInTransaction;
        if (own)
        {
            session.Begin();
        }

        status ??= session.Query(
            "SELECT count(*) FROM import_file WHERE import_run_id = @run AND status = @done",
            reader => reader.GetInt64(0),
            ("@run", runId), ("@done", nameof(ImportStatus.Done)))[0] > 0
            ? ImportStatus.Done
            : ImportStatus.Failed;
        var user = session.Query(
            "UPDATE import_run SET status = @status, finished_at = @now WHERE import_run_id = @run RETURNING by_user",
            reader => reader.GetString(0),
            ("@status", status.Value.ToString()), ("@now", Now()), ("@run", runId))[0];
        JournalWriter.Append(session, new JournalEntry
        {
            At = clock.GetUtcNow().UtcDateTime,
            ByUser = user,
            Area = JournalAreas.Import,
            Act = JsonNamingPolicy.SnakeCaseLower.ConvertName(status.Value.ToString()),
            RecordId = runId.ToString(CultureInfo.InvariantCulture),
        });
        if (own)
        {
            session.Commit();
        }
    }

    public ImportStatus StatusOf(int runId) => session.Query(
        "SELECT status FROM import_run WHERE import_run_id = @run", reader => Enum.Parse<ImportStatus>(reader.GetString(0)), ("@run", runId))[0];

    /// <summary>Runs in one of the states, oldest first.</summary>
    public List<int> Runs(ImportStatus status) => session.Query(
        "SELECT import_run_id FROM import_run WHERE status = @status ORDER BY import_run_id", reader => reader.GetInt32(0), ("@status", status.ToString()));

    /// <summary>Files of a run in one of the states, in the order in which they are applied.</summary>
    public List<(int Id, string Name)> Files(int runId, ImportStatus status) => session.Query(
        "SELECT import_file_id, file_name FROM import_file WHERE import_run_id = @run AND status = @status ORDER BY import_file_id",
        reader => (reader.GetInt32(0), reader.GetString(1)),
        ("@run", runId), ("@status", status.ToString()));

    /// <summary>Files whose staged rows are still needed.</summary>
    public HashSet<int> UnfinishedFiles() =>
    [
        .. session.Query(
            "SELECT import_file_id FROM import_file WHERE status IN (@staging, @applying)",
            reader => reader.GetInt32(0),
            ("@staging", nameof(ImportStatus.Staging)), ("@applying", nameof(ImportStatus.Applying))),
    ];

    public ImportResult Result(int runId, bool isDryRun)
    {
        var (run, source) = session.Query(
            """
            SELECT r.source_id, r.preset, r.started_at, r.finished_at, r.status, r.by_user, r.options_json, s.name
            FROM import_run r JOIN source s ON s.source_id = r.source_id WHERE r.import_run_id = @run
            """,
            reader => (new ImportRun
            {
                ImportRunId = isDryRun ? 0 : runId,
                SourceId = reader.GetInt32(0),
                Preset = reader.IsDBNull(1) ? null : reader.GetString(1),
                StartedAt = Stored.Instant(reader.GetInt64(2)),
                FinishedAt = reader.IsDBNull(3) ? null : Stored.Instant(reader.GetInt64(3)),
                Status = Enum.Parse<ImportStatus>(reader.GetString(4)),
                ByUser = reader.GetString(5),
                OptionsJson = reader.GetString(6),
            }, reader.GetString(7)),
            ("@run", runId))[0];
        var files = session.Query($"SELECT {FileColumns} FROM import_file WHERE import_run_id = @run ORDER BY import_file_id", ReadFile, ("@run", runId));
        return new ImportResult(run, source, isDryRun, [.. files.Select(file => new ImportFileResult(file, RejectedBy(file.ImportFileId), IgnoredBy(file.ImportFileId)))]);
    }

    private List<RejectedReason> RejectedBy(int fileId) => session.Query(
        "SELECT reason_code, \"column\", count(*) FROM rejected_row WHERE import_file_id = @file GROUP BY reason_code, \"column\" ORDER BY count(*) DESC, reason_code",
        reader => new RejectedReason(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2)),
        ("@file", fileId)).ConvertAll(reason => reason with { First = FirstOf(fileId, reason) });

    private RejectedExample? FirstOf(int fileId, RejectedReason reason) => session.Query(
        "SELECT line, value, reason_args_json FROM rejected_row WHERE import_file_id = @file AND reason_code = @code AND coalesce(\"column\", '') = @column ORDER BY line, reject_no LIMIT 1",
        reader => new RejectedExample(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), Reasons.English(reason.Code, RejectedRowsFile.ArgsOf(reader.GetString(2)))),
        ("@file", fileId), ("@code", reason.Code), ("@column", reason.Column ?? "")).FirstOrDefault();

    private Dictionary<string, long> IgnoredBy(int fileId) => session.Query(
            "SELECT reason, rows FROM ignored_rows WHERE import_file_id = @file ORDER BY reason", reader => (reader.GetString(0), reader.GetInt64(1)), ("@file", fileId))
        .ToDictionary(row => row.Item1, row => row.Item2);

    private static ImportFile ReadFile(System.Data.Common.DbDataReader reader)
    {
        string? Text(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
        return new ImportFile
        {
            ImportFileId = reader.GetInt32(0),
            ImportRunId = reader.GetInt32(1),
            FileName = reader.GetString(2),
            Sha256 = Text(3),
            Record = Text(4),
            Encoding = Text(5),
            Delimiter = Text(6),
            HeaderLine = Text(7),
            Status = Enum.Parse<ImportStatus>(reader.GetString(8)),
            FailureCode = Text(9),
            FailureArgsJson = Text(10),
            IgnoredReason = Text(11),
            RowsRead = reader.GetInt64(12),
            Inserted = reader.GetInt64(13),
            Updated = reader.GetInt64(14),
            Unchanged = reader.GetInt64(15),
            Rejected = reader.GetInt64(16),
            Aggregated = reader.GetInt64(17),
            Ignored = reader.GetInt64(18),
            CountersInserted = reader.GetInt64(19),
            CountersUpdated = reader.GetInt64(20),
            CountersUnchanged = reader.GetInt64(21),
            Voided = reader.GetInt64(22),
            AppliedThrough = reader.GetInt64(23),
            NotesJson = reader.GetString(24),
            StartedAt = Stored.Instant(reader.GetInt64(25)),
            FinishedAt = reader.IsDBNull(26) ? null : Stored.Instant(reader.GetInt64(26)),
        };
    }

    private long Now() => Stored.Instant(clock.GetUtcNow().UtcDateTime);
}

/// <summary>What staging learned of a file.</summary>
internal sealed record StagedFile(int ImportFileId)
{
    public string? Sha256 { get; init; }

    public string? Record { get; init; }

    public string? Encoding { get; init; }

    public string? Delimiter { get; init; }

    public string? HeaderLine { get; init; }

    public string? IgnoredReason { get; init; }

    public long RowsRead { get; init; }

    public long Aggregated { get; init; }

    public IReadOnlyDictionary<string, long> IgnoredByReason { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<ImportNote> Notes { get; init; } = [];
}
