using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail.Sending;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
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
        return new(outcome.Tally, outcome.Unreachable);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // ends when the settings name another way of sending, or when another process took over
                await NewRun().RunAsync(untilEmpty: false, only: null, stoppingToken);
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
