namespace CustomerSuccess.Tests;

/// <summary>Lets a test wait for something that another process does, by looking whenever that process is heard of.</summary>
internal sealed class Arrivals
{
    /// <summary>How long anything is waited for after the last sign of it, so that a thousand messages may take as long as a busy machine takes for them. Only a failure lasts so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly List<Action> _listeners = [];

    /// <summary>Something was heard.</summary>
    public void Tell()
    {
        Action[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener();
        }
    }

    /// <summary>Calls a listener whenever something is heard, until what is returned is disposed.</summary>
    public IDisposable Listen(Action listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        return new Listening(() =>
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        });
    }

    /// <summary>Looks now, and again each time that something is heard, until what is waited for is there.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task UntilAsync(Func<Task<bool>> done, string what, CancellationToken cancellation = default)
    {
        using var heard = new SemaphoreSlim(0);
        using var listening = Listen(() => heard.Release());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            while (!await done())
            {
                await heard.WaitAsync(patience.Token);
                patience.CancelAfter(Patience);
                while (heard.Wait(0, CancellationToken.None))
                {
                    // one look is enough for all that was heard meanwhile
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain for {what}.");
        }
    }

    /// <summary>Waits until so many messages lie in a folder that messages are written to.</summary>
    public static async Task InFolderAsync(string folder, int count, CancellationToken cancellation = default)
    {
        const string messages = "*.eml";
        Directory.CreateDirectory(folder);
        var arrivals = new Arrivals();
        using var watcher = new FileSystemWatcher(folder, messages);
        watcher.Created += (_, _) => arrivals.Tell();
        watcher.Renamed += (_, _) => arrivals.Tell();
        watcher.EnableRaisingEvents = true;
        await arrivals.UntilAsync(() => Task.FromResult(Directory.GetFiles(folder, messages).Length >= count), $"{count} messages in {folder}", cancellation);
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
