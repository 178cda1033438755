namespace CustomerSuccess.Engine.Storage;

/// <summary>Work over a database that one may do at a time, in whatever process. It holds a lease that is renewed while the work goes on; where the lease is lost all the same, the work ends.</summary>
internal sealed class ExclusiveWork(Database database, TimeProvider clock)
{
    /// <summary>Training, recalibrating: whatever decides which model is in use.</summary>
    public const string Training = "train";

    public const string Scoring = "score";

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Does the work; waits where somebody else is at it.</summary>
    /// <param name="name">What may be done once at a time.</param>
    /// <param name="waiting">Called once where it has to wait.</param>
    /// <param name="work">Receives the token that ends it.</param>
    /// <param name="cancellation">Ends waiting and working.</param>
    /// <exception cref="InvalidOperationException">Another process took the work over, since this one had been held up for longer than a lease lasts.</exception>
    public async Task<T> RunAsync<T>(string name, Action waiting, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var leases = new Leases(session, clock, Leases.NewHolder());
        if (!leases.TryTake(name))
        {
            waiting();
            do
            {
                await Task.Delay(Look, clock, cancellation);
            }
            while (!leases.TryTake(name));
        }

        return await HoldAsync(leases, name, work, cancellation);
    }

    /// <summary>Does the work unless somebody else is at it.</summary>
    /// <returns>What came of it; the default where nothing was done.</returns>
    /// <inheritdoc cref="RunAsync{T}"/>
    public async Task<T?> TryRunAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var leases = new Leases(session, clock, Leases.NewHolder());
        return leases.TryTake(name) ? await HoldAsync(leases, name, work, cancellation) : default;
    }

    private async Task<T> HoldAsync<T>(Leases leases, string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var working = Task.Run(() => work(lost.Token), lost.Token);
            using var timer = new PeriodicTimer(Renewal, clock);
            while (!working.IsCompleted)
            {
                var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
                if (await Task.WhenAny(working, tick) != working && !leases.Renew(name))
                {
                    await lost.CancelAsync();
                    break;
                }
            }

            return await working;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException("Another process took this work over, since this one had been held up for too long. Nothing is lost; try again.");
        }
        finally
        {
            leases.Release(name);
        }
    }
}
