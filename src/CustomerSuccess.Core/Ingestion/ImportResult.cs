namespace CustomerSuccess.Core.Ingestion;

public enum ImportPhase
{
    /// <summary>Files are read and checked; the database is not held.</summary>
    Reading,

    /// <summary>Another import is being applied.</summary>
    Waiting,

    Applying,
    Done,
}

/// <summary>How far an import has come.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="File">The file in work; null between files.</param>
/// <param name="RowsRead">Source rows of that file read so far.</param>
/// <param name="RowsApplied">Staged rows of that file applied so far.</param>
public sealed record ImportProgress(ImportPhase Phase, string? File, long RowsRead, long RowsApplied);

/// <summary>Rejected rows of one reason.</summary>
public sealed record RejectedReason(string Code, string? Column, long Rows)
{
    /// <summary>The first of them; null where it was not asked for.</summary>
    public RejectedExample? First { get; init; }
}

/// <summary>A rejected row, told as an example.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Value">The value that was refused; null where the row as a whole was.</param>
/// <param name="Sentence">Why, in English.</param>
public sealed record RejectedExample(long Line, string? Value, string Sentence);

/// <summary>What became of one file.</summary>
/// <param name="File">Its name and counts; the sum of inserted, updated, unchanged, rejected, aggregated and ignored is the number of rows read.</param>
/// <param name="RejectedBy">Rejected rows by reason, most frequent first.</param>
/// <param name="IgnoredBy">Ignored rows by reason.</param>
public sealed record ImportFileResult(ImportFile File, IReadOnlyList<RejectedReason> RejectedBy, IReadOnlyDictionary<string, long> IgnoredBy);

/// <summary>What became of an import.</summary>
/// <param name="Run">The run; its number is 0 for a dry run.</param>
/// <param name="Source">Name of the source.</param>
/// <param name="IsDryRun">True where nothing was kept.</param>
/// <param name="Files">In the order in which they were applied.</param>
public sealed record ImportResult(ImportRun Run, string Source, bool IsDryRun, IReadOnlyList<ImportFileResult> Files)
{
    public bool RejectedAny => Files.Any(file => file.File.Rejected > 0 || file.RejectedBy.Count > 0);

    public bool FailedAny => Files.Any(file => file.File.Status == ImportStatus.Failed);
}
