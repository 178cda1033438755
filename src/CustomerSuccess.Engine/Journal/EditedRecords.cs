using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Engine.Journal;

/// <summary>Changes, deletes and brings back records of accounts that people write, found by account and id.</summary>
internal static class EditedRecords
{
    /// <summary>Changes a record that stands. What ends as done counts its version up.</summary>
    /// <param name="acts">The way in which records are changed.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">Whose record.</param>
    /// <param name="id">The record.</param>
    /// <param name="seen">The version that the viewer saw; null where any will do.</param>
    /// <param name="change">Checks, changes and notes.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public static Task<ActResult<T>> ChangeAsync<T>(this Acts acts, Viewer viewer, int accountNo, string id, int? seen, Func<ActScope, T, Task<ActResult<T>>> change, CancellationToken cancellation)
        where T : class, IEdited =>
        WithAsync<T>(acts, viewer, accountNo, id, (act, record) =>
            record.DeletedAt is not null ? Task.FromResult(ActResult.NotFound<T>())
            : seen is { } version && version != record.Version ? Task.FromResult(ActResult.Conflict(record))
            : change(act, record), cancellation);

    /// <summary>Deletes a record so that it can be brought back; twice is once.</summary>
    /// <param name="acts">The way in which records are changed.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="area">One of <see cref="JournalAreas"/>.</param>
    /// <param name="accountNo">Whose record.</param>
    /// <param name="id">The record.</param>
    /// <param name="seen">The version that the viewer saw; null where any will do.</param>
    /// <param name="change">Checks, and does what goes with it; null for nothing.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public static Task<ActResult<T>> DeleteAsync<T>(this Acts acts, Viewer viewer, string area, int accountNo, string id, int? seen, Func<ActScope, T, Task<ActResult<T>>>? change, CancellationToken cancellation)
        where T : class, IEdited =>
        WithAsync<T>(acts, viewer, accountNo, id, async (act, record) =>
        {
            if (record.DeletedAt is not null)
            {
                return ActResult.Unchanged(record);
            }

            if (seen is { } version && version != record.Version)
            {
                return ActResult.Conflict(record);
            }

            record.DeletedAt = act.Now;
            act.Note(area, "deleted", accountNo, id);
            return change is null ? ActResult.Done(record) : await change(act, record);
        }, cancellation);

    /// <summary>Brings a deleted record back; twice is once.</summary>
    public static Task<ActResult<T>> RestoreAsync<T>(this Acts acts, Viewer viewer, string area, int accountNo, string id, Func<ActScope, T, Task<ActResult<T>>>? change, CancellationToken cancellation)
        where T : class, IEdited =>
        WithAsync<T>(acts, viewer, accountNo, id, async (act, record) =>
        {
            if (record.DeletedAt is null)
            {
                return ActResult.Unchanged(record);
            }

            record.DeletedAt = null;
            act.Note(area, "restored", accountNo, id);
            return change is null ? ActResult.Done(record) : await change(act, record);
        }, cancellation);

    private static async Task<ActResult<T>> WithAsync<T>(Acts acts, Viewer viewer, int accountNo, string id, Func<ActScope, T, Task<ActResult<T>>> change, CancellationToken cancellation)
        where T : class, IEdited =>
        !viewer.MayWork ? ActResult.Forbidden<T>() : await acts.RunAsync(viewer, async act =>
        {
            if (accountNo == 0)
            {
                await act.LockAsync(typeof(T).Name + ":" + id);
            }
            else if (!await act.LockAccountAsync(accountNo))
            {
                return ActResult.NotFound<T>();
            }

            if (await act.Context.Set<T>().FindAsync([accountNo, id], cancellation) is not { } record)
            {
                return ActResult.NotFound<T>();
            }

            var result = await change(act, record);
            if (result.Outcome == ActOutcome.Done)
            {
                record.Version++;
            }

            return result;
        }, cancellation);
}
