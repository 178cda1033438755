using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Bulk statements on PostgreSQL: binary COPY and arrays.</summary>
internal sealed class PostgresBulkSession(DbConnection connection) : BulkSession(connection)
{
    public override DatabaseKind Kind => DatabaseKind.Postgres;

    public NpgsqlConnection Postgres => (NpgsqlConnection)Connection;

    public override string In(string column, string parameter) => $"{column} = ANY({parameter})";

    public override object List(IEnumerable<string> values) => values.ToArray();

    public override object List(IEnumerable<int> values) => values.ToArray();

    public override void Insert(StoredTable table, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var copy = Postgres.BeginBinaryImport($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            copy.StartRow();
            for (var i = 0; i < row.Length; i++)
            {
                switch (row[i])
                {
                    case null:
                        copy.WriteNull();
                        break;
                    case long whole when table.Columns[i].Kind == StoredKind.Integer:
                        copy.Write((int)whole, NpgsqlDbType.Integer);
                        break;
                    case long whole:
                        copy.Write(whole, NpgsqlDbType.Bigint);
                        break;
                    case double number:
                        copy.Write(number, NpgsqlDbType.Double);
                        break;
                    case bool flag:
                        copy.Write(flag, NpgsqlDbType.Boolean);
                        break;
                    default:
                        // PostgreSQL's text cannot hold NUL
                        copy.Write(((string)row[i]!).Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text);
                        break;
                }
            }
        }

        copy.Complete();
    }

    public override void NoteChanges(IReadOnlyList<(int AccountNo, int Day)> changes, long first, int importFileId) =>
        Execute(
            """
            INSERT INTO account_change (account_no, change_no, event_no, earliest_day, import_file_id)
            SELECT a, @first + n - 1, @first + n - 1, d, @file FROM unnest(@accounts, @days) WITH ORDINALITY AS t(a, d, n)
            ON CONFLICT (account_no) DO UPDATE SET change_no = excluded.change_no, event_no = excluded.event_no, earliest_day = least(account_change.earliest_day, excluded.earliest_day), import_file_id = excluded.import_file_id
            """,
            ("@first", first), ("@file", importFileId), ("@accounts", changes.Select(change => change.AccountNo).ToArray()), ("@days", changes.Select(change => change.Day).ToArray()));

    protected override void AddParameter(DbCommand command, string name, StoredKind kind) =>
        ((NpgsqlCommand)command).Parameters.Add(name, kind switch
        {
            StoredKind.Text => NpgsqlDbType.Text,
            StoredKind.Integer => NpgsqlDbType.Integer,
            StoredKind.Long => NpgsqlDbType.Bigint,
            StoredKind.Real => NpgsqlDbType.Double,
            _ => NpgsqlDbType.Boolean,
        });
}
