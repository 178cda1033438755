using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Journal;

/// <summary>
/// The one way in which people change records: one transaction, the viewer's name, an entry in the journal, the queue kept in step, and word to every open page.
/// Nothing is kept unless the act ends with <see cref="ActOutcome.Done"/>.
/// </summary>
public sealed class Acts(Database database, LiveChanges live, TimeProvider clock)
{
    /// <summary>Runs an act.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="act">What is done; it locks, checks, changes and notes through its scope.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    internal async Task<ActResult<T>> RunAsync<T>(Viewer viewer, Func<ActScope, Task<ActResult<T>>> act, CancellationToken cancellation)
        where T : class
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var scope = new ActScope(context, viewer, clock.GetUtcNow(), cancellation);
        var result = await act(scope);
        if (result.Outcome != ActOutcome.Done)
        {
            return result;
        }

        await context.SaveChangesAsync(cancellation);
        await QueueUpkeep.FollowAsync(context, scope.Entries, scope.Now, cancellation);
        if (await NoticeWriter.WriteAsync(context, viewer, scope.Notices, scope.Now, cancellation) > 0)
        {
            scope.Note(JournalAreas.Notice, "told");
        }

        await JournalWriter.AppendAsync(context, scope.Entries, cancellation);
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        live.Nudge();
        return result;
    }
}
