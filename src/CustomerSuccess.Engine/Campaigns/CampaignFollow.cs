using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>Follows what becomes of a campaign's messages: who has got one, who was held back after all, which subject is ahead, when all is done.</summary>
internal sealed class CampaignFollow(Database database, Acts acts, TimeProvider clock)
{
    private const int Batch = 500;

    private static readonly CampaignMemberState[] Open = [CampaignMemberState.Fixed, CampaignMemberState.Waiting, CampaignMemberState.Queued];

    /// <summary>Campaigns that may have messages in the outbox.</summary>
    private static readonly CampaignState[] Sending = [CampaignState.Running, CampaignState.Paused, CampaignState.Stopped];

    private readonly NewBounces _bounces = new(database, clock);

    /// <summary>Takes over what became of messages; how many members moved.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var moved = await FollowAsync(Left, cancellation);
        await _bounces.FollowAsync(
            async (accounts, mails) => moved += await FollowAsync(context => CameBack(context).Where(row => accounts.Contains(row.Mail.AccountNo) && mails.Contains(row.Mail.MailId)), cancellation), cancellation);
        return moved;
    }

    /// <summary>Compares the subjects of a campaign once the test's hours are over. True where that was done now.</summary>
    public async Task<bool> CompareAsync(string campaignId, CancellationToken cancellation)
    {
        var isCompared = false;
        await acts.RunAsync(Viewer.System, async act =>
        {
            await act.LockAsync(CampaignEdits.Lock);
            if (await act.Context.Campaigns.FindAsync([campaignId], cancellation) is not { State: CampaignState.Running, IsPrepared: true, ChosenSubject: null } campaign || campaign.Plan is not { TestsSubjects: true } plan)
            {
                return ActResult.NotFound<string>();
            }

            var tried = act.Context.CampaignMembers.Where(member => member.CampaignId == campaignId && member.InTest);
            if (campaign.TestEndsAt is null)
            {
                if (await tried.AnyAsync(member => Open.Contains(member.State), cancellation))
                {
                    return ActResult.Unchanged("");
                }

                campaign.TestEndsAt = act.Now.AddHours(plan.TestHours);
                act.Note(JournalAreas.Campaign, "test_sent", recordId: campaignId);
                return ActResult.Done("");
            }

            if (campaign.TestEndsAt > act.Now)
            {
                return ActResult.Unchanged("");
            }

            var choice = SubjectTest.Choose(await ArmsAsync(act.Context, campaignId, plan, cancellation));
            (campaign.TestVerdict, campaign.ChosenSubject) = (choice.Verdict, choice.Subject);
            isCompared = true;
            act.Note(JournalAreas.Campaign, "subject_chosen", recordId: campaignId, changes: new FieldChanges().Note("subject", null, Text(choice.Subject + 1)).Note("verdict", null, choice.Verdict.ToString()));
            return ActResult.Done("");
        }, cancellation);
        return isCompared;
    }

    /// <summary>Closes a campaign of which nothing is left to do.</summary>
    public Task FinishAsync(string campaignId, CancellationToken cancellation) => acts.RunAsync(Viewer.System, async act =>
    {
        await act.LockAsync(CampaignEdits.Lock);
        if (await act.Context.Campaigns.FindAsync([campaignId], cancellation) is not { State: CampaignState.Running, IsPrepared: true } campaign
            || await act.Context.CampaignMembers.AnyAsync(member => member.CampaignId == campaignId && Open.Contains(member.State), cancellation)
            || (campaign.Plan.TestsSubjects && campaign.ChosenSubject is null && campaign.TestEndsAt is not null))
        {
            return ActResult.Unchanged("");
        }

        (campaign.State, campaign.FinishedAt) = (CampaignState.Done, act.Now);
        act.Note(JournalAreas.Campaign, "finished", recordId: campaignId);
        act.Notify(new(NoticeKinds.CampaignFinished, "campaign:" + campaignId, JournalAreas.Campaign, RecordId: campaignId)
        {
            ToEmails = [.. new[] { campaign.StartedByEmail }.OfType<string>()],
            Args = new Dictionary<string, string> { ["campaign"] = campaign.Name },
        });
        return ActResult.Done("");
    }, cancellation);

    /// <summary>Messages that were delivered in the test, and those of them that were opened, followed or answered, by subject.</summary>
    public static async Task<IReadOnlyList<Arm>> ArmsAsync(CustomerSuccessContext context, string campaignId, CampaignPlan plan, CancellationToken cancellation)
    {
        var rows = await (
            from member in context.CampaignMembers.AsNoTracking()
            where member.CampaignId == campaignId && member.InTest && member.State == CampaignMemberState.Sent
            join mail in context.MailMessages.AsNoTracking() on new { member.AccountNo, MailId = member.MailId! } equals new { mail.AccountNo, mail.MailId }
            group mail by member.SubjectNo into own
            select new { own.Key, Count = own.Count(), Opened = own.Count(mail => mail.OpenedAt != null), Clicked = own.Count(mail => mail.ClickedAt != null), Replied = own.Count(mail => mail.RepliedAt != null) }).ToListAsync(cancellation);
        return [.. Enumerable.Range(0, plan.Subjects.Count).Select(no => rows.Find(row => row.Key == no) is { } row
            ? new Arm(row.Count, plan.Measure switch { SubjectMeasure.Opens => row.Opened, SubjectMeasure.Clicks => row.Clicked, _ => row.Replied })
            : default)];
    }

    private sealed class MovedRow
    {
        public required CampaignMember Member { get; init; }

        public required MailMessage Mail { get; init; }
    }

    /// <summary>Looks for what moved once, without a lock; some at a time are then read again within it, by their keys.</summary>
    private async Task<int> FollowAsync(Func<CustomerSuccessContext, IQueryable<MovedRow>> moved, CancellationToken cancellation)
    {
        List<(int AccountNo, int ContactNo)> keys;
        await using (var context = database.OpenContext())
        {
            keys = [.. (await moved(context).Select(row => new { row.Member.AccountNo, row.Member.ContactNo }).Distinct().ToListAsync(cancellation)).Select(key => (key.AccountNo, key.ContactNo)).Order()];
        }

        var all = 0;
        foreach (var some in keys.Chunk(Batch))
        {
            var (accounts, contacts) = (some.Select(key => key.AccountNo).Distinct().ToList(), some.Select(key => key.ContactNo).ToList());
            await acts.RunAsync(Viewer.System, async act =>
            {
                await act.LockAsync(CampaignEdits.Lock);
                var rows = await moved(act.Context).Where(row => accounts.Contains(row.Member.AccountNo) && contacts.Contains(row.Member.ContactNo)).ToListAsync(cancellation);
                foreach (var row in rows)
                {
                    Follow(row.Member, row.Mail);
                }

                foreach (var campaign in rows.GroupBy(row => row.Member.CampaignId))
                {
                    act.Note(JournalAreas.Campaign, "followed", recordId: campaign.Key, changes: new FieldChanges().Note("people", null, Text(campaign.Count())));
                }

                all += rows.Count;
                return rows.Count == 0 ? ActResult.Unchanged("") : ActResult.Done("");
            }, cancellation);
        }

        return all;
    }

    /// <summary>Members whose message has left the outbox, for the mail server or for good. What is paused has not.</summary>
    private static IQueryable<MovedRow> Left(CustomerSuccessContext context) =>
        from member in context.CampaignMembers
        where member.State == CampaignMemberState.Queued && context.Campaigns.Where(campaign => Sending.Contains(campaign.State)).Select(campaign => campaign.CampaignId).Contains(member.CampaignId)
        join mail in context.MailMessages on new { member.AccountNo, MailId = member.MailId! } equals new { mail.AccountNo, mail.MailId }
        where mail.Status != MailStatus.Queued && mail.Status != MailStatus.Sending && !(mail.Status == MailStatus.Held && mail.Reasons == HoldReasons.Paused)
        select new MovedRow { Member = member, Mail = mail };

    /// <summary>Those whose message came back.</summary>
    private static IQueryable<MovedRow> CameBack(CustomerSuccessContext context) =>
        from mail in context.MailMessages
        where mail.Status == MailStatus.Bounced && mail.Origin == MailOrigin.Campaign
        join member in context.CampaignMembers on new { mail.AccountNo, mail.MailId } equals new { member.AccountNo, MailId = member.MailId! }
        where member.State == CampaignMemberState.Sent
        select new MovedRow { Member = member, Mail = mail };

    private static void Follow(CampaignMember member, MailMessage mail)
    {
        if (mail.Status is MailStatus.Sent or MailStatus.Bounced)
        {
            member.State = mail.Status == MailStatus.Sent ? CampaignMemberState.Sent : CampaignMemberState.Bounced;
            member.SentAt = mail.SentAt;
            member.SentHour = mail.SentAt is { } at && member.TimeZone is { } zone ? CampaignSchedule.HourOfWeek(at, TimeZoneInfo.FindSystemTimeZoneById(zone)) : null;
            return;
        }

        member.State = CampaignMemberState.HeldBack;
        member.Reasons = mail.Status == MailStatus.Failed ? CampaignHolds.NotDelivered : mail.Reasons ?? CampaignHolds.NotDelivered;
        if (mail.Status is MailStatus.Held or MailStatus.Draft)
        {
            // nobody is to let it go on after the campaign has given the person up
            mail.Status = MailStatus.Cancelled;
            mail.Version++;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
