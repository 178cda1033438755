using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Bulk statements on SQLite: prepared once, stepped for each row.</summary>
internal sealed class SqliteBulkSession(DbConnection connection) : BulkSession(connection)
{
    public override DatabaseKind Kind => DatabaseKind.Sqlite;

    public SqliteConnection Sqlite => (SqliteConnection)Connection;

    public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override object List(IEnumerable<string> values) => JsonSerializer.Serialize(values);

    public override object List(IEnumerable<int> values) => JsonSerializer.Serialize(values);

    public override void Insert(StoredTable table, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var values = string.Join(", ", Enumerable.Range(0, table.Columns.Count).Select(i => $"@p{i}"));
        var command = Prepared($"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({values})", table);
        foreach (var row in rows)
        {
            Bind(command, table, row);
            command.ExecuteNonQuery();
        }
    }

    public override void NoteChanges(IReadOnlyList<(int AccountNo, int Day)> changes, long first, int importFileId)
    {
        using var command = Command(
            """
            INSERT INTO account_change (account_no, change_no, event_no, earliest_day, import_file_id) VALUES (@account, @no, @no, @day, @file)
            ON CONFLICT (account_no) DO UPDATE SET change_no = excluded.change_no, event_no = excluded.event_no, earliest_day = min(earliest_day, excluded.earliest_day), import_file_id = excluded.import_file_id
            """,
            ("@account", 0), ("@no", 0L), ("@day", 0), ("@file", importFileId));
        foreach (var (account, day) in changes)
        {
            command.Parameters[0].Value = account;
            command.Parameters[1].Value = first++;
            command.Parameters[2].Value = day;
            command.ExecuteNonQuery();
        }
    }

    protected override void AddParameter(DbCommand command, string name, StoredKind kind) =>
        ((SqliteCommand)command).Parameters.Add(name, kind switch
        {
            StoredKind.Text => SqliteType.Text,
            StoredKind.Real => SqliteType.Real,
            _ => SqliteType.Integer,
        });
}
