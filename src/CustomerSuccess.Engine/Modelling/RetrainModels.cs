using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>While the application serves: trains again and scores where the settings say that it is due. Never beside another training, in whatever process.</summary>
public sealed class RetrainModels(Database database, SettingsStore settings, AsOfDates reaches, ModelRegistry registry, WatchModels watch, TrainModels train, ScoreAccounts score, PendingImports imports, TimeProvider clock, ILogger<RetrainModels> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Why training is due; null training or no newer facts: it is not.</summary>
    public async Task<RetrainReason> DueAsync(CancellationToken cancellation = default)
    {
        var company = await settings.ReadAsync(cancellation);
        var latest = await registry.LatestAsync(Target.Churn, cancellation);
        var reach = await reaches.ReachesAsync(cancellation);
        var alarm = (await watch.ListAsync(most: 50, cancellation: cancellation)).FirstOrDefault(report => report.Level == WatchLevel.Alarm);
        return RetrainRule.Due(clock.GetUtcNow().UtcDateTime, latest?.CreatedAt, latest?.Card.KnownUntil, reach.Contracts ?? reach.Latest, company.RetrainDays, company.RetrainOnAlarm, alarm?.At);
    }

    /// <summary>Trains and scores where it is due and nobody else is at it.</summary>
    /// <returns>Why it was done; none where it was not.</returns>
    public async Task<RetrainReason> RunIfDueAsync(CancellationToken cancellation = default)
    {
        if (await DueAsync(cancellation) == RetrainReason.None)
        {
            return RetrainReason.None;
        }

        return await new ExclusiveWork(database, clock).TryRunAsync(ExclusiveWork.Training, async held =>
        {
            // whoever trained before may have done it meanwhile
            var reason = await DueAsync(held);
            if (reason != RetrainReason.None)
            {
                await imports.WaitAsync(held);
                await train.RunHeldAsync(new TrainRequest(), _ => { }, held);
                await score.RunAsync(cancellation: held);
            }

            return reason;
        }, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await RunIfDueAsync(stoppingToken) is var reason && reason != RetrainReason.None)
                {
                    log.LogInformation("Models were trained again: {Reason}.", reason);
                }
            }
            catch (Exception error) when (error is System.Data.Common.DbException or IOException or InvalidOperationException or FormatException)
            {
                log.LogError(error, "Models could not be trained again; it is tried again.");
            }
        }
    }
}
