using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Portfolios;

/// <summary>Has accounts come back to whoever was away, on the day that was agreed. Several processes may look: each hand-over ends once.</summary>
internal sealed class ReturnHandovers(Handovers handovers, TimeProvider clock, ILogger<ReturnHandovers> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await handovers.ReturnDueAsync(stoppingToken) is var ended and > 0)
                {
                    log.LogInformation("{Count} hand-overs came to their end.", ended);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning(error, "Hand-overs could not be looked at");
            }
        }
    }
}
