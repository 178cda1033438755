using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Sets what SQLite forgets with every connection: write-ahead log, durable commits, waiting for a lock rather than failing.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Statement =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Statement;
        command.ExecuteNonQuery();
    }
}
