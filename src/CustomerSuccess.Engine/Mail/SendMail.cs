using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail.Sending;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Mail;

/// <summary>What one pass over the queue did.</summary>
/// <param name="Tally">By outcome.</param>
/// <param name="Unreachable">Why the server could not be reached; null where it could.</param>
public sealed record SendReport(SendTally Tally, string? Unreachable);

/// <summary>Sends what is queued: all the time while the application or a worker runs, or once. Any number of processes may do so at once.</summary>
public sealed class SendMail(Database database, SettingsStore settings, LiveChanges live, MailBell bell, TimeProvider clock, ILogger<SendMail> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Sends everything that is due, and ends.</summary>
    /// <param name="only">The one message to send; null for all.</param>
    /// <param name="cancellation">Ends the work: what is being handed over is finished.</param>
    public async Task<SendReport> DrainAsync(string? only = null, CancellationToken cancellation = default)
    {
        var outcome = await NewRun().RunAsync(untilEmpty: true, only, cancellation);
        outcome.Tally.Add(await CarryAsync(only, cancellation) ?? new());
        return new(outcome.Tally, outcome.Unreachable);
    }

    /// <summary>Hands over what is due by gateways; null where nothing is.</summary>
    private async Task<SendTally?> CarryAsync(string? only, CancellationToken cancellation)
    {
        await using (var context = database.OpenContext())
        {
            if (!await MailClaims.Due(context, clock.GetUtcNow().UtcDateTime, byGateway: true, only).AnyAsync(cancellation))
            {
                return null;
            }
        }

        using var client = GatewayClient.Open((await settings.ReadAsync(cancellation)).GatewayPrivateNetworks);
        var transport = new GatewayTransport(database, settings, client, clock);
        return (await new MailRun(database, settings, live, bell, clock, log, transport).RunAsync(untilEmpty: true, only, cancellation)).Tally;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        AgainAsync(() => NewRun().RunAsync(untilEmpty: false, only: null, stoppingToken), stoppingToken),
        AgainAsync(() => CarryAsync(null, stoppingToken), stoppingToken));

    /// <summary>Works again and again: a run ends when the settings name another way of sending, when another process took over, or when nothing is left for gateways.</summary>
    private async Task AgainAsync(Func<Task> run, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await run();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Messages could not be sent; it is tried again");
            }

            try
            {
                await Task.Delay(Rest, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private MailRun NewRun() => new(database, settings, live, bell, clock, log);
}
