using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>What became of the rows since the last commit; written with them.</summary>
internal sealed class FileTally(int importFileId, Tables tables)
{
    private readonly List<object?[]> _rejected = [];
    private int _rejectNo;
    private long _inserted;
    private long _updated;
    private long _unchanged;
    private long _countersInserted;
    private long _countersUpdated;
    private long _countersUnchanged;
    private long _voided;
    private long _rejectedRows;

    /// <summary>Reads how many rows earlier transactions rejected.</summary>
    public void Resume(BulkSession session) => _rejectNo = session.Query(
        "SELECT coalesce(max(reject_no), 0) FROM rejected_row WHERE import_file_id = @file",
        reader => reader.GetInt32(0),
        ("@file", importFileId))[0];

    public bool RejectedAny => _rejectNo > 0;

    public void Count(RowOutcome outcome, bool counter = false)
    {
        switch (outcome, counter)
        {
            case (RowOutcome.Inserted, false):
                _inserted++;
                break;
            case (RowOutcome.Updated, false):
                _updated++;
                break;
            case (RowOutcome.Unchanged, false):
                _unchanged++;
                break;
            case (RowOutcome.Inserted, true):
                _countersInserted++;
                break;
            case (RowOutcome.Updated, true):
                _countersUpdated++;
                break;
            default:
                _countersUnchanged++;
                break;
        }
    }

    public void CountVoided() => _voided++;

    /// <param name="line">Line in the file; 0 for a counter of several rows.</param>
    /// <param name="column">The column at fault.</param>
    /// <param name="value">The value at fault.</param>
    /// <param name="code">The rule.</param>
    /// <param name="argsJson">Arguments of the rule's sentence.</param>
    /// <param name="raw">The row as it stands in the file.</param>
    /// <param name="counts">False for a counter whose source rows are counted as aggregated.</param>
    public void Reject(long line, string? column, string? value, string code, string argsJson, string raw, bool counts = true)
    {
        _rejected.Add(Build(line, column, value, code, argsJson, raw));
        _rejectedRows += counts ? 1 : 0;
    }

    /// <summary>Writes the counts and rejected rows and empties itself.</summary>
    public void Write(BulkSession session, long appliedThrough)
    {
        session.Insert(tables.RejectedRow, _rejected);
        session.Execute(
            """
            UPDATE import_file SET inserted = inserted + @inserted, updated = updated + @updated, unchanged = unchanged + @unchanged, rejected = rejected + @rejected,
                counters_inserted = counters_inserted + @countersInserted, counters_updated = counters_updated + @countersUpdated,
                counters_unchanged = counters_unchanged + @countersUnchanged, voided = voided + @voided, applied_through = @through
            WHERE import_file_id = @file
            """,
            ("@inserted", _inserted), ("@updated", _updated), ("@unchanged", _unchanged), ("@rejected", _rejectedRows),
            ("@countersInserted", _countersInserted), ("@countersUpdated", _countersUpdated), ("@countersUnchanged", _countersUnchanged),
            ("@voided", _voided), ("@through", appliedThrough), ("@file", importFileId));
        _rejected.Clear();
        _inserted = _updated = _unchanged = _countersInserted = _countersUpdated = _countersUnchanged = _voided = _rejectedRows = 0;
    }

    private object?[] Build(long line, string? column, string? value, string code, string argsJson, string raw)
    {
        var row = new object?[tables.RejectedRow.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = tables.RejectedRow.Columns[i].Name switch
            {
                "import_file_id" => (long)importFileId,
                "reject_no" => (long)++_rejectNo,
                "line" => line,
                "column" => column,
                "value" => value is { Length: > 500 } ? value[..500] : value,
                "reason_code" => code,
                "reason_args_json" => argsJson,
                "raw_row" => raw,
                var name => throw new NotSupportedException(name),
            };
        }

        return row;
    }
}

internal enum RowOutcome
{
    Inserted,
    Updated,
    Unchanged,
}
