using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>While the application serves: carries on imports that a process left behind when it died.</summary>
public sealed class FinishImports(PendingImports pending, TimeProvider clock, ILogger<FinishImports> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                var finished = await pending.FinishAsync(stoppingToken);
                if (finished > 0)
                {
                    log.LogInformation("Carried {Count} interrupted imports to their end.", finished);
                }
            }
            catch (Exception error) when (error is System.Data.Common.DbException or IOException or InvalidOperationException)
            {
                log.LogError(error, "Interrupted imports could not be carried on; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
