namespace CustomerSuccess.Engine.Mail;

/// <summary>Wakes the sender of this process when something was queued; other processes look for themselves.</summary>
public sealed class MailBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // it was rung already
        }
    }

    /// <summary>Waits until it is rung, at most so long.</summary>
    internal Task WaitAsync(TimeSpan most, CancellationToken cancellation) => _rung.WaitAsync(most, cancellation);

    public void Dispose() => _rung.Dispose();
}
