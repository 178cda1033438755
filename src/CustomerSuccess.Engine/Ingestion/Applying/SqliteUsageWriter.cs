using System.Globalization;
using CustomerSuccess.Engine.Storage;
using SQLitePCL;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Counters on SQLite, by stepping prepared statements without the layers above them: those cost more than the insert itself.</summary>
internal sealed class SqliteUsageWriter : UsageWriter
{
    /// <summary>Rows of one INSERT: opening the table's cursor costs as much as several rows.</summary>
    private const int ManyRows = 64;

    /// <summary>Values that differ from row to row.</summary>
    private const int Bound = 6;

    /// <summary>After a row that stood already, so many go one by one: where one stands, more do.</summary>
    private const int OneByOne = 2048;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insertMany;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _find;
    private readonly sqlite3_stmt _update;
    private readonly sqlite3_stmt _delete;
    private int _oneByOne;

    public SqliteUsageWriter(SqliteBulkSession session, int sourceId, int importFileId, bool blankUsersClear)
        : base(sourceId, importFileId, blankUsersClear)
    {
        const string Columns = "account_no, day, metric_id, contact_no, source_id, count, users, import_file_id";
        const string Key = "account_no = ?1 AND day = ?2 AND metric_id = ?3 AND contact_no = ?4 AND source_id = ?5";
        _database = session.Sqlite.Handle!;
        var row = string.Create(CultureInfo.InvariantCulture, $"(?, ?, ?, ?, {sourceId}, ?, ?, {importFileId})");
        _insertMany = Prepare($"INSERT INTO usage_day ({Columns}) VALUES {string.Join(", ", Enumerable.Repeat(row, ManyRows))}");
        _insert = Prepare($"INSERT INTO usage_day ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING");
        _find = Prepare($"SELECT count, users, import_file_id FROM usage_day WHERE {Key}");
        _update = Prepare($"UPDATE usage_day SET count = ?6, users = ?7, import_file_id = ?8 WHERE {Key}");
        _delete = Prepare($"DELETE FROM usage_day WHERE {Key}");
    }

    public override int BatchRows => 8192;

    public override void Apply(ReadOnlySpan<ResolvedUsage> rows, Span<UsageResult> results)
    {
        for (var i = 0; i < rows.Length;)
        {
            if (_oneByOne <= 0 && rows.Length - i >= ManyRows)
            {
                if (TryInsert(rows.Slice(i, ManyRows)))
                {
                    results.Slice(i, ManyRows).Fill(new UsageResult { Outcome = RowOutcome.Inserted });
                    i += ManyRows;
                    continue;
                }

                _oneByOne = OneByOne;
            }

            results[i] = Apply(rows[i]);
            i++;
            _oneByOne--;
        }
    }

    /// <summary>Inserts all of them, or none where one stands already.</summary>
    private bool TryInsert(ReadOnlySpan<ResolvedUsage> rows)
    {
        var at = 1;
        foreach (ref readonly var row in rows)
        {
            if (row.IsDeleted)
            {
                return false;
            }

            raw.sqlite3_bind_int(_insertMany, at, row.AccountNo);
            raw.sqlite3_bind_int(_insertMany, at + 1, row.Day);
            raw.sqlite3_bind_int(_insertMany, at + 2, row.MetricId);
            raw.sqlite3_bind_int(_insertMany, at + 3, row.ContactNo);
            BindValues(_insertMany, at + 4, row.Count, row.Users);
            at += Bound;
        }

        var code = raw.sqlite3_step(_insertMany);
        if (code == raw.SQLITE_CONSTRAINT)
        {
            // the statement has undone itself
            _ = raw.sqlite3_reset(_insertMany);
            return false;
        }

        Reset(_insertMany, code);
        return true;
    }

    public override void Dispose()
    {
        _insertMany.Dispose();
        _insert.Dispose();
        _find.Dispose();
        _update.Dispose();
        _delete.Dispose();
        base.Dispose();
    }

    private UsageResult Apply(in ResolvedUsage row)
    {
        if (!row.IsDeleted)
        {
            BindKey(_insert, row);
            BindValues(_insert, 6, row.Count, row.Users);
            raw.sqlite3_bind_int(_insert, 8, ImportFileId);
            Run(_insert);
            if (raw.sqlite3_changes(_database) == 1)
            {
                return new UsageResult { Outcome = RowOutcome.Inserted };
            }
        }

        if (!Find(row, out var before))
        {
            return new UsageResult { Outcome = RowOutcome.Unchanged };
        }

        var users = UsersAfter(row, before.EarlierUsers);
        if (row.IsDeleted)
        {
            BindKey(_delete, row);
            Run(_delete);
        }
        else if (before.EarlierCount != row.Count || before.EarlierUsers != users)
        {
            BindKey(_update, row);
            BindValues(_update, 6, row.Count, users);
            raw.sqlite3_bind_int(_update, 8, ImportFileId);
            Run(_update);
        }
        else
        {
            before.Outcome = RowOutcome.Unchanged;
            return before;
        }

        before.Outcome = RowOutcome.Updated;
        return before;
    }

    private bool Find(in ResolvedUsage row, out UsageResult before)
    {
        BindKey(_find, row);
        before = default;
        var code = raw.sqlite3_step(_find);
        if (code == raw.SQLITE_ROW)
        {
            before.EarlierCount = raw.sqlite3_column_double(_find, 0);
            before.EarlierUsers = raw.sqlite3_column_type(_find, 1) == raw.SQLITE_NULL ? -1 : raw.sqlite3_column_int(_find, 1);
            before.BroughtBy = raw.sqlite3_column_int(_find, 2);
        }

        Reset(_find, code);
        return code == raw.SQLITE_ROW;
    }

    private void BindKey(sqlite3_stmt statement, in ResolvedUsage row)
    {
        raw.sqlite3_bind_int(statement, 1, row.AccountNo);
        raw.sqlite3_bind_int(statement, 2, row.Day);
        raw.sqlite3_bind_int(statement, 3, row.MetricId);
        raw.sqlite3_bind_int(statement, 4, row.ContactNo);
        raw.sqlite3_bind_int(statement, 5, SourceId);
    }

    private static void BindValues(sqlite3_stmt statement, int at, double count, int users)
    {
        raw.sqlite3_bind_double(statement, at, count);
        if (users < 0)
        {
            raw.sqlite3_bind_null(statement, at + 1);
        }
        else
        {
            raw.sqlite3_bind_int(statement, at + 1, users);
        }
    }

    private void Run(sqlite3_stmt statement) => Reset(statement, raw.sqlite3_step(statement));

    private void Reset(sqlite3_stmt statement, int code)
    {
        var reset = raw.sqlite3_reset(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE) || reset != raw.SQLITE_OK)
        {
            throw new Microsoft.Data.Sqlite.SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), raw.sqlite3_errcode(_database));
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_database, sql, out var statement);
        return code == raw.SQLITE_OK ? statement : throw new Microsoft.Data.Sqlite.SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code);
    }
}
