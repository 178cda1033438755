using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Notices;

/// <summary>While the application serves: finds what is to be told, sends what is due by mail, and forgets what is old. One process at a time.</summary>
public sealed class WatchNotices(Database database, FindNotices find, NoticeMail mail, TimeProvider clock, ILogger<WatchNotices> log) : BackgroundService
{
    private const string Lease = "watch-notices";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private DateTimeOffset _forgotAt;

    /// <summary>Does what is due; returns how many notices were written and how many messages queued.</summary>
    public async Task<(int Written, int Sent)> RunAsync(CancellationToken cancellation = default)
    {
        var written = await find.RunAsync(cancellation);
        var sent = await mail.SendDueAsync(cancellation);
        if (clock.GetUtcNow() - _forgotAt > TimeSpan.FromHours(6))
        {
            await find.ForgetAsync(cancellation);
            _forgotAt = clock.GetUtcNow();
        }

        return (written, sent);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RecurringWork(database, clock, log, Lease, Interval).RunAsync((_, held) => RunAsync(held), listen: null, stoppingToken);
}
