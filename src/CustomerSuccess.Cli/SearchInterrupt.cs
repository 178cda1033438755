using System.Runtime.InteropServices;

namespace CustomerSuccess.Cli;

/// <summary>For a verb that learns: the first Ctrl+C ends the search for a better model and keeps the best so far, the second ends the verb, as a request to terminate does at once.</summary>
internal sealed class SearchInterrupt : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenRegistration _first;
    private readonly PosixSignalRegistration _terminated;
    private int _presses;

    public SearchInterrupt(CancellationToken interrupted)
    {
        _first = interrupted.Register(() =>
        {
            _stop.Cancel();
            Output.Note("The search is cut short; the best so far is fitted and tested. Ctrl+C again cancels.");
        });
        Console.CancelKeyPress += Count;
        _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _cancelled.Cancel());
    }

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Cancelled => _cancelled.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= Count;
        _terminated.Dispose();
        _first.Dispose();
        _stop.Dispose();
        _cancelled.Dispose();
    }

    private void Count(object? sender, ConsoleCancelEventArgs e)
    {
        // the first press arrives through the token
        if (Interlocked.Increment(ref _presses) > 1)
        {
            _cancelled.Cancel();
        }
    }
}
