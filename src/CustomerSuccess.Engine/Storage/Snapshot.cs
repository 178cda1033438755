using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>A context that sees one state of the database from its opening on, whatever is written meanwhile. For reading only.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private Snapshot(CustomerSuccessContext context, DbTransaction transaction)
    {
        Context = context;
        Transaction = transaction;
    }

    public CustomerSuccessContext Context { get; }

    public DbTransaction Transaction { get; }

    public DbConnection Connection => Context.Database.GetDbConnection();

    public static async Task<Snapshot> OpenAsync(Database database, CancellationToken cancellation)
    {
        var context = database.OpenContext();
        try
        {
            await context.Database.OpenConnectionAsync(cancellation);
            // deferred: a snapshot on SQLite must not take the writer's lock
            var connection = context.Database.GetDbConnection();
            var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await context.Database.UseTransactionAsync(transaction, cancellation);
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return new Snapshot(context, transaction);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Context.DisposeAsync();
    }
}
