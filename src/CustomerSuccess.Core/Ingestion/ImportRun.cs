namespace CustomerSuccess.Core.Ingestion;

/// <summary>Where facts come from: a preset's name, or <c>files</c>.</summary>
public sealed class Source
{
    public int SourceId { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA zone of local times without offset; null for the company's.</summary>
    public string? TimeZone { get; set; }
}

/// <summary>How far a source's facts of one kind reach.</summary>
public sealed class SourceReach
{
    public int SourceId { get; set; }

    /// <summary>The record's name in the import contract, such as <c>usage</c>.</summary>
    public required string Record { get; set; }

    /// <summary>Complete until this day, as whoever imported stated it.</summary>
    public DateOnly? Stated { get; set; }

    /// <summary>The latest day on which something of it happened.</summary>
    public DateOnly? Latest { get; set; }

    /// <summary>Stated where it is, else the latest day seen.</summary>
    public DateOnly? CompleteUntil => Stated ?? Latest;
}

/// <summary>One command or upload, over one or several files.</summary>
public sealed class ImportRun
{
    public int ImportRunId { get; set; }

    public int SourceId { get; set; }

    /// <summary>The preset that read the files; null for files in the contract's own shape.</summary>
    public string? Preset { get; set; }

    public DateTime StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    public ImportStatus Status { get; set; }

    /// <summary>The sign-in, or <c>system</c>.</summary>
    public required string ByUser { get; set; }

    /// <summary>The options the run was started with, as JSON.</summary>
    public string OptionsJson { get; set; } = "{}";
}

public enum ImportStatus
{
    Staging,
    Applying,
    Done,
    Failed,
    Cancelled,
}

/// <summary>One file of a run. Every source row is counted once: read = inserted + updated + unchanged + rejected + aggregated + ignored.</summary>
public sealed class ImportFile
{
    public int ImportFileId { get; set; }

    public int ImportRunId { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file's bytes, in hex; null where it could not be read.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The contract's record; null for a file that is ignored whole.</summary>
    public string? Record { get; set; }

    /// <summary>The encoding's web name as detected or stated.</summary>
    public string? Encoding { get; set; }

    public string? Delimiter { get; set; }

    /// <summary>The header line as it stands in the file, so that rejected rows can be handed back in the file's own shape.</summary>
    public string? HeaderLine { get; set; }

    public ImportStatus Status { get; set; }

    /// <summary>Code of what stopped the file; null where nothing did. Arguments in <see cref="FailureArgsJson"/>.</summary>
    public string? FailureCode { get; set; }

    public string? FailureArgsJson { get; set; }

    /// <summary>Why the file is ignored whole, by the preset.</summary>
    public string? IgnoredReason { get; set; }

    public long RowsRead { get; set; }

    public long Inserted { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public long Rejected { get; set; }

    public long Aggregated { get; set; }

    public long Ignored { get; set; }

    /// <summary>Counters that aggregated rows went into, by what became of them.</summary>
    public long CountersInserted { get; set; }

    public long CountersUpdated { get; set; }

    public long CountersUnchanged { get; set; }

    /// <summary>Facts that the file, declared full, no longer names.</summary>
    public long Voided { get; set; }

    /// <summary>The last staged row that has been applied; written in the transaction that applied it.</summary>
    public long AppliedThrough { get; set; }

    /// <summary>What a reader of the result should know beside the counts, as a JSON list of {code, args}, such as columns that nothing reads.</summary>
    public string NotesJson { get; set; } = "[]";

    public DateTime StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }
}

/// <summary>A piece of a file that was read and checked and waits to be applied: on PostgreSQL here, beside SQLite in a file.</summary>
public sealed class StagedBlock
{
    public int ImportFileId { get; set; }

    /// <summary>Counts the file's blocks from 1.</summary>
    public int BlockNo { get; set; }

    public required byte[] Bytes { get; set; }
}

/// <summary>A row that was not taken, with why. Nothing is dropped in silence.</summary>
public sealed class RejectedRow
{
    public int ImportFileId { get; set; }

    /// <summary>Counts the file's rejected rows from 1.</summary>
    public int RejectNo { get; set; }

    /// <summary>Line in the file on which the row starts, from 1.</summary>
    public long Line { get; set; }

    /// <summary>The column's header as the file writes it; null where the whole row is at fault.</summary>
    public string? Column { get; set; }

    /// <summary>The value at fault, cut to 500 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Code of the rule, such as <c>date_invalid</c>; pages and the command line have a sentence for each in both languages.</summary>
    public required string ReasonCode { get; set; }

    /// <summary>Arguments of the sentence as a JSON object.</summary>
    public string ReasonArgsJson { get; set; } = "{}";

    /// <summary>The row as it stands in the file.</summary>
    public required string RawRow { get; set; }
}

/// <summary>Rows that a preset ignores, counted by reason.</summary>
public sealed class IgnoredRows
{
    public int ImportFileId { get; set; }

    public required string Reason { get; set; }

    public long Rows { get; set; }
}

/// <summary>Values that an import replaced, with the import that had brought them.</summary>
public sealed class FactRevision
{
    public int AccountNo { get; set; }

    public long RevisionNo { get; set; }

    public required string Record { get; set; }

    /// <summary>The fact's key without the account, as text.</summary>
    public required string FactKey { get; set; }

    /// <summary>The import file that had brought the earlier values.</summary>
    public int BroughtBy { get; set; }

    /// <summary>The import file that replaced them.</summary>
    public int ReplacedBy { get; set; }

    /// <summary>Earlier values of the columns that changed, as a JSON object in the contract's names.</summary>
    public required string EarlierJson { get; set; }
}

/// <summary>An account whose facts changed, and from which day on: whatever is derived from them knows what to renew.</summary>
public sealed class AccountChange
{
    public int AccountNo { get; set; }

    /// <summary>Grows with every change over all accounts; a derived table notes up to which number it is true.</summary>
    public long ChangeNo { get; set; }

    /// <summary>The last of its changes that may fire plays: what we do ourselves, such as sending a message, is none. 0 for none.</summary>
    public long EventNo { get; set; }

    public DateOnly EarliestDay { get; set; }

    public int ImportFileId { get; set; }
}

/// <summary>A right that one process holds for a while, such as applying imports.</summary>
public sealed class Lease
{
    public required string Name { get; set; }

    public required string Holder { get; set; }

    public DateTime ExpiresAt { get; set; }
}

/// <summary>The next free internal number of a kind (accounts, contacts, ...).</summary>
public sealed class Counter
{
    public required string Name { get; set; }

    public long Next { get; set; }
}
