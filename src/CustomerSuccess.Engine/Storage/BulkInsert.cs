using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Inserts whole entities by their mapping, without tracking them: a prepared statement on SQLite, COPY on PostgreSQL.</summary>
internal static class BulkInsert
{
    /// <summary>Adds rows within the context's transaction.</summary>
    public static async Task InsertAllAsync<T>(this CustomerSuccessContext context, IReadOnlyCollection<T> rows, CancellationToken cancellation)
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var entity = context.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} has no table.");
        var columns = entity.GetProperties().ToArray();
        var readers = Array.ConvertAll(columns, Reader);
        var names = string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));
        await context.Database.OpenConnectionAsync(cancellation);
        var connection = context.Database.GetDbConnection();
        if (connection is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, $"COPY {entity.GetTableName()} ({names}) FROM STDIN (FORMAT BINARY)", rows, readers, cancellation);
        }
        else
        {
            var transaction = context.Database.CurrentTransaction is { } current ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current) : null;
            Step((SqliteConnection)connection, transaction, $"INSERT INTO {entity.GetTableName()} ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})", rows, readers, cancellation);
        }
    }

    private static void Step<T>(SqliteConnection connection, DbTransaction? transaction, string sql, IReadOnlyCollection<T> rows, Func<object, object?>[] readers, CancellationToken cancellation)
        where T : class
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = (SqliteTransaction?)transaction;
        var parameters = readers.Select((_, i) => command.Parameters.AddWithValue($"@p{i}", DBNull.Value)).ToArray();
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < readers.Length; i++)
            {
                parameters[i].Value = readers[i](row) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static async Task CopyAsync<T>(NpgsqlConnection connection, string sql, IReadOnlyCollection<T> rows, Func<object, object?>[] readers, CancellationToken cancellation)
        where T : class
    {
        await using var copy = await connection.BeginBinaryImportAsync(sql, cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            foreach (var read in readers)
            {
                await (read(row) switch
                {
                    null => copy.WriteNullAsync(cancellation),
                    int whole => copy.WriteAsync(whole, NpgsqlDbType.Integer, cancellation),
                    long whole => copy.WriteAsync(whole, NpgsqlDbType.Bigint, cancellation),
                    double number => copy.WriteAsync(number, NpgsqlDbType.Double, cancellation),
                    bool flag => copy.WriteAsync(flag, NpgsqlDbType.Boolean, cancellation),
                    byte[] bytes => copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellation),
                    // PostgreSQL's text cannot hold NUL
                    string text => copy.WriteAsync(text.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancellation),
                    var other => throw new NotSupportedException($"No bulk insert writes {other.GetType().Name}."),
                });
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>The value of a property as its column stores it.</summary>
    private static Func<object, object?> Reader(IProperty property)
    {
        var getter = property.GetGetter();
        var converter = property.GetTypeMapping().Converter;
        return converter is null
            ? getter.GetClrValue
            : row => getter.GetClrValue(row) is { } value ? converter.ConvertToProvider(value) : null;
    }
}
