using System.Data.Common;

namespace CustomerSuccess.Engine.Storage;

/// <summary>A connection that writes in bulk, one transaction at a time. Values are long, double, bool, string or null.</summary>
internal abstract class BulkSession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private bool _held;

    protected DbConnection Connection => connection;

    protected DbTransaction? Transaction { get; private set; }

    public abstract DatabaseKind Kind { get; }

    public bool IsInTransaction => Transaction is not null && !_held;

    public static async Task<BulkSession> OpenAsync(Database database, CancellationToken cancellation = default)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        return database.Kind == DatabaseKind.Sqlite ? new SqliteBulkSession(connection) : new PostgresBulkSession(connection);
    }

    public void Begin()
    {
        if (!_held)
        {
            Transaction = connection.BeginTransaction();
        }
    }

    public void Commit()
    {
        if (!_held)
        {
            Transaction!.Commit();
            Transaction.Dispose();
            Transaction = null;
        }
    }

    public void Rollback()
    {
        if (!_held)
        {
            Transaction?.Rollback();
            Transaction?.Dispose();
            Transaction = null;
        }
    }

    /// <summary>Everything from here on goes into one transaction that is never committed.</summary>
    public void HoldWithoutCommit()
    {
        Begin();
        _held = true;
    }

    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Whole rows of a table in the order of its columns.</summary>
    public List<object?[]> Select(StoredTable table, string where, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Query($"SELECT {table.ColumnList} FROM {table.Name} WHERE {where}", reader => Row(table, reader), parameters);

    public static object?[] Row(StoredTable table, DbDataReader reader)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = StoredTable.Normalize(reader.GetValue(i), table.Columns[i].Kind);
        }

        return row;
    }

    /// <summary>A condition that holds for a list given as the parameter by <see cref="List(IEnumerable{string})"/>.</summary>
    public abstract string In(string column, string parameter);

    public abstract object List(IEnumerable<string> values);

    public abstract object List(IEnumerable<int> values);

    /// <summary>Adds whole rows in the order of the table's columns.</summary>
    public abstract void Insert(StoredTable table, IReadOnlyList<object?[]> rows);

    /// <summary>Rewrites rows, each given whole, found by the key columns.</summary>
    public void Update(StoredTable table, IReadOnlyList<string> keys, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var sets = Enumerable.Range(0, table.Columns.Count).Where(i => !keys.Contains(table.Columns[i].Name)).Select(i => $"\"{table.Columns[i].Name}\" = @p{i}");
        var where = keys.Select(key => $"\"{key}\" = @p{table.IndexOf(key)}");
        var command = Prepared($"UPDATE {table.Name} SET {string.Join(", ", sets)} WHERE {string.Join(" AND ", where)}", table);
        foreach (var row in rows)
        {
            Bind(command, table, row);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Notes for accounts that their facts changed from a day on; numbers count up from <paramref name="first"/>.</summary>
    public abstract void NoteChanges(IReadOnlyList<(int AccountNo, int Day)> changes, long first, int importFileId);

    protected DbCommand Prepared(string sql, StoredTable table)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Command(sql);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                AddParameter(command, $"@p{i}", table.Columns[i].Kind);
            }

            command.Prepare();
            _prepared.Add(sql, command);
        }

        command.Transaction = Transaction;
        return command;
    }

    protected abstract void AddParameter(DbCommand command, string name, StoredKind kind);

    protected static void Bind(DbCommand command, StoredTable table, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            command.Parameters[i].Value = row[i] is long whole && table.Columns[i].Kind == StoredKind.Integer ? (int)whole : row[i] ?? DBNull.Value;
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        Transaction?.Dispose();
        connection.Dispose();
    }
}
