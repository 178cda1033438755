using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerSuccess.Engine.Storage;

/// <summary>A counter as the ordered scan gives it; users are 0 where unknown.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScannedUsage(int AccountNo, int Day, int MetricId, int ContactNo, double Count, int Users);

/// <summary>
/// Reads usage in the order of its key (account, day, metric, contact, source), a buffer at a time.
/// On SQLite it steps the statement itself and reads its columns by bare calls, which return at once: many times as fast as a data reader.
/// </summary>
internal sealed class UsageScan : IDisposable
{
    private readonly sqlite3_stmt? _statement;
    private readonly sqlite3? _handle;
    private readonly DbCommand? _command;
    private readonly DbDataReader? _reader;

    /// <summary>A statement that is stepped again after its end starts anew.</summary>
    private bool _ended;

    /// <param name="connection">An open connection; with a transaction where the scan must see one state.</param>
    /// <param name="transaction">That transaction.</param>
    /// <param name="condition">SQL over <c>usage_day</c> that chooses accounts, such as <c>account_no BETWEEN 1 AND 9</c>; made of numbers only.</param>
    public UsageScan(DbConnection connection, DbTransaction? transaction, string condition)
    {
        var sql = $"SELECT account_no, day, metric_id, contact_no, count, users FROM usage_day WHERE {condition} ORDER BY account_no, day, metric_id, contact_no, source_id";
        if (connection is SqliteConnection { Handle: { } handle })
        {
            _handle = handle;
            var code = raw.sqlite3_prepare_v2(handle, sql, out _statement);
            SqliteException.ThrowExceptionForRC(code, handle);
            return;
        }

        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = sql;
        _command.CommandTimeout = 0;
        _reader = _command.ExecuteReader();
    }

    /// <summary>Fills the buffer with the next rows and returns how many there were; 0 at the end.</summary>
    public int Read(ScannedUsage[] buffer)
    {
        if (_ended)
        {
            return 0;
        }

        var count = _statement is null ? ReadRows(_reader!, buffer) : Step(_statement, buffer);
        _ended = count < buffer.Length;
        return count;
    }

    public void Dispose()
    {
        _statement?.Dispose();
        _reader?.Dispose();
        _command?.Dispose();
    }

    [SuppressGCTransition]
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_int")]
    private static extern int Integer(nint statement, int column);

    [SuppressGCTransition]
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_double")]
    private static extern double Number(nint statement, int column);

    private int Step(sqlite3_stmt statement, ScannedUsage[] buffer)
    {
        var row = statement.DangerousGetHandle();
        for (var i = 0; i < buffer.Length; i++)
        {
            var code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_DONE)
            {
                return i;
            }

            if (code != raw.SQLITE_ROW)
            {
                SqliteException.ThrowExceptionForRC(code, _handle);
            }

            // a null reads as 0
            buffer[i] = new ScannedUsage(Integer(row, 0), Integer(row, 1), Integer(row, 2), Integer(row, 3), Number(row, 4), Integer(row, 5));
        }

        return buffer.Length;
    }

    private static int ReadRows(DbDataReader reader, ScannedUsage[] buffer)
    {
        for (var i = 0; i < buffer.Length; i++)
        {
            if (!reader.Read())
            {
                return i;
            }

            buffer[i] = new ScannedUsage(
                reader.GetInt32(0),
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetDouble(4),
                reader.IsDBNull(5) ? 0 : reader.GetInt32(5));
        }

        return buffer.Length;
    }
}
