using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>While the application serves: trains again and scores where the settings say that it is due. One process at a time, under a lease that is renewed while it works.</summary>
public sealed class RetrainModels(Database database, SettingsStore settings, AsOfDates reaches, ModelRegistry registry, WatchModels watch, TrainModels train, ScoreAccounts score, PendingImports imports, TimeProvider clock, ILogger<RetrainModels> log) : BackgroundService
{
    private const string Lease = "retrain";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

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

        using var session = await BulkSession.OpenAsync(database, cancellation);
        var leases = new Leases(session, clock, Leases.NewHolder());
        if (!leases.TryTake(Lease))
        {
            return RetrainReason.None;
        }

        try
        {
            // whoever had the lease before may have done it meanwhile
            var reason = await DueAsync(cancellation);
            if (reason != RetrainReason.None)
            {
                await WhileHeldAsync(leases, WorkAsync, cancellation);
            }

            return reason;
        }
        finally
        {
            leases.Release(Lease);
        }
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

    private async Task WorkAsync(CancellationToken cancellation)
    {
        await imports.WaitAsync(cancellation);
        await train.RunAsync(new TrainRequest(), _ => { }, cancellation);
        await score.RunAsync(cancellation: cancellation);
    }

    /// <summary>Renews the lease while the work goes on, and ends the work where it was lost.</summary>
    private async Task WhileHeldAsync(Leases leases, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = Task.Run(() => work(lost.Token), lost.Token);
        using var timer = new PeriodicTimer(Renewal, clock);
        while (!working.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(working, tick) != working && !leases.Renew(Lease))
            {
                await lost.CancelAsync();
                break;
            }
        }

        await working;
    }
}
