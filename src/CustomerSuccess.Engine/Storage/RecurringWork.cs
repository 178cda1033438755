using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Storage;

/// <summary>
/// Work that is looked for while the application serves: some time after it was last looked for, and at once where somebody wakes it. One process at a time looks.
/// A look that fails takes nothing else down; what it left is done by the next one.
/// </summary>
/// <param name="database">Holds the lease by which one process at a time looks.</param>
/// <param name="clock">By which the time between looks passes.</param>
/// <param name="log">Is told of looks that failed.</param>
/// <param name="name">What is looked for: the lease's name.</param>
/// <param name="interval">Between the end of one look and the next.</param>
internal sealed class RecurringWork(Database database, TimeProvider clock, ILogger log, string name, TimeSpan interval)
{
    private readonly ExclusiveWork _exclusive = new(database, clock);

    /// <summary>Looks again and again until the application stops; the first time after an interval, when the application has had time to start.</summary>
    /// <param name="look">One look; is told whether somebody woke it.</param>
    /// <param name="listen">Has whoever knows of new work call the action that it is given; disposing what it returns ends that. Null where time alone tells.</param>
    /// <param name="stopping">Ends the loop, and the look that goes on.</param>
    public async Task RunAsync(Func<bool, CancellationToken, Task> look, Func<Action, IDisposable>? listen, CancellationToken stopping)
    {
        // however often it is woken meanwhile, it looks once more
        var due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var woken = 0;
        await using var timer = clock.CreateTimer(_ => due.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var listening = listen?.Invoke(() =>
        {
            Interlocked.Exchange(ref woken, 1);
            due.Writer.TryWrite(true);
        });
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                timer.Change(interval, Timeout.InfiniteTimeSpan);
                await due.Reader.ReadAsync(stopping);
                var isWoken = Interlocked.Exchange(ref woken, 0) == 1;
                await _exclusive.TryRunAsync(name, async held =>
                {
                    await look(isWoken, held);
                    return true;
                }, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException or DbUpdateException)
            {
                // such as a schema that is being made, or a database that is away for a while
                log.LogDebug(error, "Could not look for {Work}; it is tried again", name);
            }
        }
    }
}
