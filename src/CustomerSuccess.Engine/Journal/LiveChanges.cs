using System.Collections.Concurrent;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Journal;

/// <summary>
/// Tells whoever listens what was changed, by this process at once and by any other within <see cref="Interval"/>.
/// It follows the journal, so nothing is missed and nothing is told before it is committed.
/// </summary>
public sealed class LiveChanges(Database database, TimeProvider clock, ILogger<LiveChanges> log) : BackgroundService
{
    /// <summary>How often the journal is read for changes of other processes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const int Most = 500;

    private readonly ConcurrentDictionary<int, Action<IReadOnlyList<JournalEntry>>> _listeners = [];
    private readonly SemaphoreSlim _nudge = new(0, 1);
    private int _next;

    /// <summary>Calls a listener with what was changed from now on, in order. It must be quick; disposing what is returned ends it.</summary>
    public IDisposable Listen(Action<IReadOnlyList<JournalEntry>> listener)
    {
        var no = Interlocked.Increment(ref _next);
        _listeners[no] = listener;
        return new Listening(() => _listeners.TryRemove(no, out _));
    }

    /// <summary>Calls whenever one of some acts of an area was committed.</summary>
    internal IDisposable Listen(string area, IReadOnlyCollection<string> acts, Action told) => Listen(entries =>
    {
        if (entries.Any(entry => entry.Area == area && acts.Contains(entry.Act)))
        {
            told();
        }
    });

    /// <summary>Something was committed: the journal is read without waiting.</summary>
    internal void Nudge()
    {
        try
        {
            _nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // it is being read anyway
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? read = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                read = await FollowAsync(read, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // such as a schema that is being made, or a database that is away for a while: the next round goes on where this one stood
                log.LogDebug(error, "The journal could not be read");
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Tells what came after an entry; returns the last one read.</summary>
    private async Task<long> FollowAsync(long? read, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        if (read is not { } last)
        {
            return await context.Journal.MaxAsync(entry => (long?)entry.EntryNo, cancellation) ?? 0;
        }

        while (true)
        {
            var entries = await context.Journal.AsNoTracking().Where(entry => entry.EntryNo > last).OrderBy(entry => entry.EntryNo).Take(Most).ToListAsync(cancellation);
            if (entries.Count == 0)
            {
                return last;
            }

            last = entries[^1].EntryNo;
            Tell(entries);
        }
    }

    private void Tell(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var listener in _listeners.Values)
        {
            try
            {
                listener(entries);
            }
            catch (Exception error)
            {
                log.LogWarning(error, "A listener to changes failed");
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var nudged = _nudge.WaitAsync(wait.Token);
        var due = Task.Delay(Interval, clock, wait.Token);
        await Task.WhenAny(nudged, due);
        await wait.CancelAsync();
        await Task.WhenAll(nudged, due).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public override void Dispose()
    {
        _nudge.Dispose();
        base.Dispose();
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
