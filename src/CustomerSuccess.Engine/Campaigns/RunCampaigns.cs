using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>What one look at all campaigns did, in people.</summary>
/// <param name="Fixed">Became members.</param>
/// <param name="Prepared">Of whom it was decided whether and when they are written to.</param>
/// <param name="Queued">Whose message was written.</param>
/// <param name="Followed">Whose message has left the outbox.</param>
public sealed record CampaignRunReport(int Fixed, int Prepared, int Queued, int Followed);

/// <summary>
/// While the application serves: fixes the members of campaigns whose hour has come, writes their messages in short transactions, follows what becomes of them, compares subjects,
/// and closes what is done. One process at a time. Each transaction leaves whoever it looked at with everything or with nothing of it, so that a process that dies at any moment
/// loses and doubles nobody.
/// </summary>
public sealed class RunCampaigns(Database database, Mailbox mailbox, Acts acts, SettingsStore settingsStore, LiveChanges live, TimeProvider clock, ILogger<RunCampaigns> log) : BackgroundService
{
    private const string Lease = "campaigns";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly string[] Waking = ["scheduled", "resumed"];

    private readonly CampaignSteps _steps = new(mailbox, acts, settingsStore);
    private readonly CampaignFollow _follow = new(database, acts, clock);

    /// <summary>Looks at every campaign once, and does what is due.</summary>
    public async Task<CampaignRunReport> RunAsync(CancellationToken cancellation = default)
    {
        var followed = await _follow.RunAsync(cancellation);
        var (fixedMembers, prepared, queued) = (0, 0, 0);
        foreach (var campaign in await DueAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var id = campaign.CampaignId;
            if (campaign.State == CampaignState.Scheduled)
            {
                fixedMembers += await _steps.FixAsync(id, cancellation);
            }

            prepared += await RepeatAsync(() => _steps.PrepareAsync(id, cancellation));
            queued += await RepeatAsync(() => _steps.QueueAsync(id, cancellation));
            if (await _follow.CompareAsync(id, cancellation))
            {
                // the rest goes out with the subject that was chosen
                queued += await RepeatAsync(() => _steps.QueueAsync(id, cancellation));
            }

            await _follow.FinishAsync(id, cancellation);
        }

        return new(fixedMembers, prepared, queued, followed);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RecurringWork(database, clock, log, Lease, Interval).RunAsync((_, held) => RunAsync(held), wake => live.Listen(JournalAreas.Campaign, Waking, wake), stoppingToken);

    private async Task<List<Campaign>> DueAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        return await context.Campaigns.AsNoTracking()
            .Where(campaign => campaign.DeletedAt == null && (campaign.State == CampaignState.Running || (campaign.State == CampaignState.Scheduled && campaign.StartsAt <= now)))
            .OrderBy(campaign => campaign.StartsAt).ThenBy(campaign => campaign.CampaignId).ToListAsync(cancellation);
    }

    /// <summary>A step again and again until it finds nothing; how many people it moved.</summary>
    private static async Task<int> RepeatAsync(Func<Task<int>> step)
    {
        var all = 0;
        for (var some = await step(); some > 0; some = await step())
        {
            all += some;
        }

        return all;
    }
}
