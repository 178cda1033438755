using System.Threading.Channels;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>One worker: claims what is due, hands it over by several connections, and keeps the books.</summary>
/// <param name="gateways">What hands messages to gateways, for a worker of these; null for one of e-mail.</param>
internal sealed class MailRun(Database database, SettingsStore settingsStore, LiveChanges live, MailBell bell, TimeProvider clock, ILogger log, GatewayTransport? gateways = null)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _worker = $"mail-{Guid.NewGuid():N}";
    private readonly MailOutages _outages = new(database, clock);
    private CompanySettings _settings = new();
    private int _open;
    private int _done;

    /// <summary>What the worker did, and the error that keeps the server away.</summary>
    public sealed record Outcome(SendTally Tally, string? Unreachable);

    /// <summary>Works until nothing is due, or until it is stopped.</summary>
    /// <param name="untilEmpty">True to end when nothing is due or the server cannot be reached.</param>
    /// <param name="only">The one message to send; null for all.</param>
    /// <param name="stop">Ends the work: what is being handed over is finished.</param>
    public async Task<Outcome> RunAsync(bool untilEmpty, string? only, CancellationToken stop)
    {
        using var session = await BulkSession.OpenAsync(database, stop);
        var claims = new MailClaims(database, new Leases(session, clock, Leases.NewHolder()), clock, _worker, byGateway: gateways is not null);
        claims.Take();
        _settings = await settingsStore.ReadAsync(stop);
        var password = gateways is null && _settings.MailTransport == MailTransportKind.Smtp ? settingsStore.Open(_settings.SmtpPassword) : "";
        var book = new MailBook(database, live, clock, _worker);
        var work = Channel.CreateUnbounded<ClaimedMail>();
        using var leaving = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        var keeping = Task.Run(() => book.KeepAsync(error => log.LogError(error, "The outbox could not be written; it is tried again"), CancellationToken.None), CancellationToken.None);
        var connections = Enumerable.Range(0, gateways is not null ? GatewayTransport.AtOnce : _settings.MailTransport == MailTransportKind.Smtp ? _settings.SmtpConnections : 2)
            .Select(_ => Task.Run(() => ConnectionAsync(work.Reader, book, password, untilEmpty, leaving.Token, ended.Token), CancellationToken.None))
            .ToArray();
        try
        {
            await FeedAsync(claims, work, connections.Length, untilEmpty, only, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopped: what was begun is finished below
        }
        finally
        {
            work.Writer.TryComplete();
            while (work.Reader.TryRead(out _))
            {
                // not begun: it is given back below
            }

            await leaving.CancelAsync();
            if (stop.IsCancellationRequested)
            {
                ended.CancelAfter(Patience);
            }

            await Task.WhenAll(connections);
            book.Close();
            await keeping;
            await claims.LeaveAsync(CancellationToken.None);
        }

        return new(book.Tally, _outages.Error);
    }

    /// <summary>True where the settings say another way of sending than the worker began with.</summary>
    private static bool IsOtherWay(CompanySettings a, CompanySettings b) =>
        (a.MailTransport, a.MailFolder, a.SmtpHost, a.SmtpPort, a.SmtpSecurity, a.SmtpUser, a.SmtpPassword, a.SmtpConnections, a.SmtpTimeoutSeconds)
        != (b.MailTransport, b.MailFolder, b.SmtpHost, b.SmtpPort, b.SmtpSecurity, b.SmtpUser, b.SmtpPassword, b.SmtpConnections, b.SmtpTimeoutSeconds);

    private async Task FeedAsync(MailClaims claims, Channel<ClaimedMail> work, int connections, bool untilEmpty, string? only, CancellationToken stop)
    {
        var renewed = clock.GetTimestamp();
        var looked = 0L;
        var tidied = 0L;
        var pace = new FeedPace(connections, clock);
        while (!stop.IsCancellationRequested)
        {
            if (clock.GetElapsedTime(renewed) > Renewal)
            {
                renewed = clock.GetTimestamp();
                if (!claims.Renew())
                {
                    log.LogWarning("Another process took over this worker's messages; it begins anew");
                    return;
                }
            }

            if (looked == 0 || clock.GetElapsedTime(looked) > 5 * Look)
            {
                looked = clock.GetTimestamp();
                if (tidied == 0 || clock.GetElapsedTime(tidied) > TimeSpan.FromHours(1))
                {
                    tidied = looked;
                    await claims.TidyAsync(stop);
                }

                var lost = await claims.TakeOverAsync(stop);
                if (lost > 0)
                {
                    log.LogWarning("{Count} messages were being handed over when their worker died; they are sent again with the same Message-ID", lost);
                }

                if (IsOtherWay(_settings, await settingsStore.ReadAsync(stop)))
                {
                    return;
                }
            }

            var most = pace.MostOpen(Volatile.Read(ref _done));
            var room = most - Volatile.Read(ref _open);
            var claimed = room >= most / 2 && _outages.Error is null ? await claims.ClaimAsync(room, only, stop) : [];
            foreach (var mail in claimed)
            {
                Interlocked.Increment(ref _open);
                work.Writer.TryWrite(mail);
            }

            if (claimed.Count > 0)
            {
                continue;
            }

            if (untilEmpty && (Volatile.Read(ref _open) == 0 || _outages.Error is not null))
            {
                return;
            }

            // with work under way it is looked again as soon as there is room
            await (Volatile.Read(ref _open) > 0 ? Task.Delay(5, stop) : bell.WaitAsync(Look, stop));
        }
    }

    private async Task ConnectionAsync(ChannelReader<ClaimedMail> work, MailBook book, string password, bool untilEmpty, CancellationToken leaving, CancellationToken ended)
    {
        await using var transport = gateways is not null ? gateways
            : _settings.MailTransport == MailTransportKind.Smtp ? (MailTransport)new SmtpTransport(_settings, password, clock)
            : new FolderTransport(Path.GetFullPath(_settings.MailFolder));
        while (await work.WaitToReadAsync(CancellationToken.None))
        {
            if (!await IsReadyAsync(transport, leaving))
            {
                if (untilEmpty || leaving.IsCancellationRequested)
                {
                    return;
                }

                continue;
            }

            // how one ended and that the next begins is one entry in the books
            (Claim Claim, Delivery Delivery)? last = null;
            while (work.TryRead(out var claimed))
            {
                var may = await book.TurnAsync(last?.Claim, last?.Delivery, claimed.Claim);
                if (last is not null)
                {
                    Leave();
                }

                last = null;
                if (!may)
                {
                    Leave();
                    continue;
                }

                var delivery = await transport.DeliverAsync(claimed.Mail, ended);
                last = (claimed.Claim, delivery);
                if (delivery.Outcome is DeliveryOutcome.BrokenOff or DeliveryOutcome.AnswerLost)
                {
                    break;
                }
            }

            if (last is var (finished, how))
            {
                await book.TurnAsync(finished, how, null);
                Leave();
            }
        }
    }

    private void Leave()
    {
        Interlocked.Increment(ref _done);
        Interlocked.Decrement(ref _open);
    }

    private async Task<bool> IsReadyAsync(MailTransport transport, CancellationToken leaving)
    {
        try
        {
            if (_outages.Wait is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, leaving);
            }

            await transport.ReadyAsync(leaving);
            await _outages.WorksAsync(transport.Name, CancellationToken.None);
            return true;
        }
        catch (MailUnreachableException error)
        {
            if (await _outages.FailedAsync(transport.Name, error.Message, CancellationToken.None))
            {
                log.LogWarning("{Transport}: {Error}", transport.Name, error.Message);
            }

            return false;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return false;
        }
    }
}
