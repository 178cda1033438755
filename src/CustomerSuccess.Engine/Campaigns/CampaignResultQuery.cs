using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>What came of campaigns: over all messages, by subject and by the hour at which they were sent.</summary>
public sealed class CampaignResultQuery(Database database, SettingsStore settingsStore)
{
    private sealed record Cell(int? SubjectNo, bool InTest, int? Hour, CampaignTally Tally);

    /// <summary>The results of one campaign, among the accounts that the viewer may see; null where there is no such campaign.</summary>
    public async Task<CampaignResults?> FindAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await context.Campaigns.AsNoTracking().FirstOrDefaultAsync(campaign => campaign.CampaignId == campaignId, cancellation) is not { } campaign)
        {
            return null;
        }

        var cells = await CellsAsync(context, CampaignQuery.Visible(context, viewer).Where(member => member.CampaignId == campaignId), cancellation);
        var (days, hours) = Times(cells);
        return new(
            Sum(cells),
            [.. campaign.Plan.Subjects.Select((subject, no) => new SubjectResult(no, subject, Sum(cells.Where(cell => cell.SubjectNo == no && cell.InTest)), Sum(cells.Where(cell => cell.SubjectNo == no))))],
            days, hours, settings.TrackOpens, settings.TrackClicks);
    }

    private static async Task<IReadOnlyList<Cell>> CellsAsync(CustomerSuccessContext context, IQueryable<CampaignMember> members, CancellationToken cancellation)
    {
        var sent = members.Where(member => member.State == CampaignMemberState.Sent || member.State == CampaignMemberState.Bounced);
        var rows = await (
            from member in sent
            join mail in context.MailMessages.AsNoTracking() on new { member.AccountNo, MailId = member.MailId! } equals new { mail.AccountNo, mail.MailId }
            group mail by new { member.SubjectNo, member.InTest, member.SentHour, IsBounced = member.State == CampaignMemberState.Bounced } into own
            select new
            {
                own.Key,
                Count = own.Count(),
                Opened = own.Count(mail => mail.OpenedAt != null),
                Clicked = own.Count(mail => mail.ClickedAt != null),
                Replied = own.Count(mail => mail.RepliedAt != null),
            }).ToListAsync(cancellation);
        // looked for from the events, which are few
        var left = await (
            from happened in context.MailEvents.AsNoTracking()
            where happened.Kind == MailEventKind.Unsubscribed
            join member in sent on new { happened.AccountNo, happened.MailId } equals new { member.AccountNo, MailId = member.MailId! }
            select new { member.SubjectNo, member.InTest, member.SentHour, member.MailId }).Distinct().ToListAsync(cancellation);
        return
        [
            .. rows.Select(row => new Cell(row.Key.SubjectNo, row.Key.InTest, row.Key.SentHour, new(row.Count, row.Key.IsBounced ? row.Count : 0, row.Opened, row.Clicked, row.Replied, 0))),
            .. left.Select(row => new Cell(row.SubjectNo, row.InTest, row.SentHour, CampaignTally.None with { Unsubscribed = 1 })),
        ];
    }

    private static (IReadOnlyList<SendTimeResult> Days, IReadOnlyList<SendTimeResult> Hours) Times(IReadOnlyList<Cell> cells)
    {
        var timed = cells.Where(cell => cell.Hour is not null).ToList();
        return (
            [.. timed.GroupBy(cell => cell.Hour!.Value / 24).OrderBy(own => own.Key).Select(own => new SendTimeResult(DayOf(own.Key), null, Sum(own)))],
            [.. timed.GroupBy(cell => cell.Hour!.Value).OrderBy(own => own.Key).Select(own => new SendTimeResult(DayOf(own.Key / 24), own.Key % 24, Sum(own)))]);
    }

    private static DayOfWeek DayOf(int fromMonday) => (DayOfWeek)((fromMonday + 1) % 7);

    private static CampaignTally Sum(IEnumerable<Cell> cells) => cells.Aggregate(CampaignTally.None, (sum, cell) => sum.Plus(cell.Tally));
}
