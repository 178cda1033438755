using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>
/// Keeps campaigns: writes, copies, starts, pauses and ends them. Who manages does so with every campaign and for all accounts; a CSM with his or her own campaigns,
/// which go to his or her own accounts alone. Sending itself is done by <see cref="RunCampaigns"/>.
/// </summary>
public sealed class CampaignEdits(Acts acts, Mailbox mailbox, SettingsStore settingsStore)
{
    /// <summary>Campaigns that a company may have, without those that were put away or deleted.</summary>
    public const int Most = 1_000;

    /// <summary>Taken after the lock of contacts and before an account's, by whoever changes a campaign or writes its messages.</summary>
    internal const string Lock = "campaigns";

    private static readonly MailStatus[] NotGone = [MailStatus.Draft, MailStatus.Queued, MailStatus.Held];

    /// <summary>True where a viewer may change a campaign.</summary>
    public static bool MayChange(Viewer viewer, Campaign campaign) =>
        viewer.MayManage || (viewer.MayWork && viewer.Email is { } email && string.Equals(campaign.OwnerEmail, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a campaign or changes one that has not begun. Problems by field as <see cref="CampaignRules.Check"/> gives them; <c>name</c> may be <c>taken</c>, <c>segments</c> <c>unknown</c>, <c>state</c> <c>begun</c>; of one that is scheduled also those of <see cref="CampaignRules.Lacks"/>.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="campaignId">Null for a new one.</param>
    /// <param name="plan">What it is to say.</param>
    /// <param name="seen">The version that the author saw; null where any will do.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<Campaign>> SaveAsync(Viewer viewer, string? campaignId, CampaignPlan plan, int? seen = null, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<Campaign>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var campaign = campaignId is null ? null : await act.Context.Campaigns.FindAsync([campaignId], cancellation);
            if (campaignId is not null && campaign is not { DeletedAt: null })
            {
                return ActResult.NotFound<Campaign>();
            }

            if (campaign is not null && !MayChange(viewer, campaign))
            {
                return ActResult.Forbidden<Campaign>();
            }

            if (campaign is not null && seen is { } version && version != campaign.Version)
            {
                return ActResult.Conflict(campaign);
            }

            var clean = CampaignRules.Clean(plan);
            if (campaign is { MayChange: false })
            {
                return ActResult.Invalid<Campaign>("state", "begun");
            }

            var problems = await ProblemsAsync(act, campaign, clean);
            if (problems.Count == 0 && campaign?.State == CampaignState.Scheduled)
            {
                problems = CampaignRules.Lacks(clean, settings, act.Now);
            }

            if (problems.Count > 0)
            {
                return ActResult.Invalid<Campaign>(problems);
            }

            var json = CampaignText.Write(clean);
            if (campaign?.PlanJson == json)
            {
                return ActResult.Unchanged(campaign);
            }

            if (campaign?.State == CampaignState.Scheduled)
            {
                campaign.StartsAt = StartsAt(clean, settings.TimeZone, act.Now);
            }

            return ActResult.Done(Keep(act, campaign, clean, json));
        }, cancellation);
    }

    /// <summary>
    /// Lets a campaign go out at its hour, or at once where it has none. Its members are fixed then. Problems as of <see cref="CampaignRules.Check"/> and <see cref="CampaignRules.Lacks"/>;
    /// <c>state</c> <c>begun</c>.
    /// </summary>
    public async Task<ActResult<Campaign>> StartAsync(Viewer viewer, string campaignId, int? seen = null, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await ChangeAsync(viewer, campaignId, async (act, campaign) =>
        {
            if (seen is { } version && version != campaign.Version)
            {
                return ActResult.Conflict(campaign);
            }

            if (campaign.State != CampaignState.Draft)
            {
                return ActResult.Invalid<Campaign>("state", "begun");
            }

            var problems = await ProblemsAsync(act, campaign, campaign.Plan);
            foreach (var (field, code) in CampaignRules.Lacks(campaign.Plan, settings, act.Now))
            {
                problems.TryAdd(field, code);
            }

            if (problems.Count > 0)
            {
                return ActResult.Invalid<Campaign>(problems);
            }

            campaign.State = CampaignState.Scheduled;
            campaign.StartsAt = StartsAt(campaign.Plan, settings.TimeZone, act.Now);
            campaign.StartedByEmail = viewer.Email;
            campaign.OnlyOwner = viewer is { MayManage: true, OwnPortfolioOnly: false } ? null : viewer.Email?.ToLowerInvariant() ?? "";
            Touched(act, campaign);
            act.Note(JournalAreas.Campaign, "scheduled", recordId: campaignId, changes: new FieldChanges().Note("starts_at", null, campaign.StartsAt.Value.ToString("u", CultureInfo.InvariantCulture)));
            return ActResult.Done(campaign);
        }, cancellation);
    }

    /// <summary>Takes a campaign back that has not begun. Problems: <c>state</c> <c>begun</c>.</summary>
    public Task<ActResult<Campaign>> UnscheduleAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default) => ChangeAsync(viewer, campaignId, (act, campaign) =>
    {
        if (campaign.State == CampaignState.Draft)
        {
            return Task.FromResult(ActResult.Unchanged(campaign));
        }

        if (campaign.State != CampaignState.Scheduled)
        {
            return Task.FromResult(ActResult.Invalid<Campaign>("state", "begun"));
        }

        (campaign.State, campaign.StartsAt, campaign.StartedByEmail, campaign.OnlyOwner) = (CampaignState.Draft, null, null, null);
        Touched(act, campaign);
        act.Note(JournalAreas.Campaign, "unscheduled", recordId: campaignId);
        return Task.FromResult(ActResult.Done(campaign));
    }, cancellation);

    /// <summary>Holds a campaign: nothing is written or sent until it is resumed. What is being handed over is finished. Problems: <c>state</c> <c>not_running</c>.</summary>
    public Task<ActResult<Campaign>> PauseAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default) => ChangeAsync(viewer, campaignId, async (act, campaign) =>
    {
        if (campaign.State == CampaignState.Paused)
        {
            return ActResult.Unchanged(campaign);
        }

        if (campaign.State != CampaignState.Running)
        {
            return ActResult.Invalid<Campaign>("state", "not_running");
        }

        campaign.State = CampaignState.Paused;
        Touched(act, campaign);
        await MailInAct.MoveOriginAsync(act, MailOrigin.Campaign, campaignId, [MailStatus.Queued], MailStatus.Held, HoldReasons.Paused);
        act.Note(JournalAreas.Campaign, "paused", recordId: campaignId);
        return ActResult.Done(campaign);
    }, cancellation);

    /// <summary>Lets a paused campaign go on where it stood; limits are asked again. Problems: <c>state</c> <c>not_running</c>.</summary>
    public async Task<ActResult<Campaign>> ResumeAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default)
    {
        var result = await ChangeAsync(viewer, campaignId, async (act, campaign) =>
        {
            if (campaign.State == CampaignState.Running)
            {
                return ActResult.Unchanged(campaign);
            }

            if (campaign.State != CampaignState.Paused)
            {
                return ActResult.Invalid<Campaign>("state", "not_running");
            }

            campaign.State = CampaignState.Running;
            Touched(act, campaign);
            var resumed = await MailInAct.MoveOriginAsync(act, MailOrigin.Campaign, campaignId, [MailStatus.Held], MailStatus.Queued, HoldReasons.Paused);
            if (campaign.Plan.PerHour is { } perHour)
            {
                // what lay in the outbox goes at once and takes its slots
                campaign.NextSlotAt = act.Now + (resumed * CampaignSchedule.Distance(perHour));
            }

            act.Note(JournalAreas.Campaign, "resumed", recordId: campaignId);
            return ActResult.Done(campaign);
        }, cancellation);
        mailbox.Ring();
        return result;
    }

    /// <summary>Ends a campaign for good: who has got nothing yet gets nothing. Problems: <c>state</c> <c>not_running</c>.</summary>
    public Task<ActResult<Campaign>> StopAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default) => ChangeAsync(viewer, campaignId, async (act, campaign) =>
    {
        if (campaign.State == CampaignState.Stopped)
        {
            return ActResult.Unchanged(campaign);
        }

        if (campaign.State is not (CampaignState.Running or CampaignState.Paused))
        {
            return ActResult.Invalid<Campaign>("state", "not_running");
        }

        (campaign.State, campaign.FinishedAt) = (CampaignState.Stopped, act.Now);
        Touched(act, campaign);
        var cancelled = await MailInAct.MoveOriginAsync(act, MailOrigin.Campaign, campaignId, NotGone, MailStatus.Cancelled, HoldReasons.OriginEnded);
        var waiting = await act.Context.CampaignMembers.Where(member => member.CampaignId == campaignId && (member.State == CampaignMemberState.Fixed || member.State == CampaignMemberState.Waiting))
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.State, CampaignMemberState.HeldBack).SetProperty(member => member.Reasons, CampaignHolds.Stopped), cancellation);
        act.Note(JournalAreas.Campaign, "stopped", recordId: campaignId, changes: new FieldChanges().Note("cancelled", null, (cancelled + waiting).ToString(CultureInfo.InvariantCulture)));
        return ActResult.Done(campaign);
    }, cancellation);

    /// <summary>Puts a campaign that has ended away, with its results, or takes it out again. Problems: <c>state</c> <c>still_running</c>.</summary>
    public Task<ActResult<Campaign>> ArchiveAsync(Viewer viewer, string campaignId, bool archived, CancellationToken cancellation = default) => ChangeAsync(viewer, campaignId, (act, campaign) =>
    {
        if (campaign.ArchivedAt is not null == archived)
        {
            return Task.FromResult(ActResult.Unchanged(campaign));
        }

        if (campaign.State is not (CampaignState.Done or CampaignState.Stopped))
        {
            return Task.FromResult(ActResult.Invalid<Campaign>("state", "still_running"));
        }

        campaign.ArchivedAt = archived ? act.Now : null;
        Touched(act, campaign);
        act.Note(JournalAreas.Campaign, archived ? "archived" : "unarchived", recordId: campaignId);
        return Task.FromResult(ActResult.Done(campaign));
    }, cancellation);

    /// <summary>Deletes a campaign that has not begun or has ended; what was sent stays among the messages. Problems: <c>state</c> <c>still_running</c>.</summary>
    public Task<ActResult<Campaign>> DeleteAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default) => ChangeAsync(viewer, campaignId, (act, campaign) =>
    {
        if (campaign.DeletedAt is not null)
        {
            return Task.FromResult(ActResult.Unchanged(campaign));
        }

        if (campaign.State is CampaignState.Running or CampaignState.Paused)
        {
            return Task.FromResult(ActResult.Invalid<Campaign>("state", "still_running"));
        }

        if (campaign.State == CampaignState.Scheduled)
        {
            (campaign.State, campaign.StartsAt) = (CampaignState.Draft, null);
        }

        campaign.DeletedAt = act.Now;
        Touched(act, campaign);
        act.Note(JournalAreas.Campaign, "deleted", recordId: campaignId, changes: new FieldChanges().Note("name", campaign.Name, null));
        return Task.FromResult(ActResult.Done(campaign));
    }, cancellation, withDeleted: true);

    /// <summary>Brings a deleted campaign back; one that was scheduled is a draft again.</summary>
    public Task<ActResult<Campaign>> RestoreAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default) => ChangeAsync(viewer, campaignId, (act, campaign) =>
    {
        if (campaign.DeletedAt is null)
        {
            return Task.FromResult(ActResult.Unchanged(campaign));
        }

        campaign.DeletedAt = null;
        Touched(act, campaign);
        act.Note(JournalAreas.Campaign, "restored", recordId: campaignId, changes: new FieldChanges().Note("name", null, campaign.Name));
        return Task.FromResult(ActResult.Done(campaign));
    }, cancellation, withDeleted: true);

    /// <summary>A new draft that says the same, of whoever copies it; its day is left out.</summary>
    public async Task<ActResult<Campaign>> CopyAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default) =>
        !viewer.MayWork ? ActResult.Forbidden<Campaign>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.Campaigns.AsNoTracking().FirstOrDefaultAsync(known => known.CampaignId == campaignId && known.DeletedAt == null, cancellation) is not { } copied)
            {
                return ActResult.NotFound<Campaign>();
            }

            var names = (await act.Context.Campaigns.AsNoTracking().Where(other => other.DeletedAt == null).Select(other => other.Name).ToListAsync(cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var stem = copied.Name.Length > CampaignPlan.LongestName - 6 ? copied.Name[..(CampaignPlan.LongestName - 6)] : copied.Name;
            var name = Enumerable.Range(2, names.Count + 1).Select(no => string.Create(CultureInfo.InvariantCulture, $"{stem} ({no})")).First(free => !names.Contains(free));
            var plan = copied.Plan with { Name = name, SendOn = null };
            if (await ProblemsAsync(act, null, plan with { SegmentIds = [], ExcludedSegmentIds = [] }) is { Count: > 0 } problems && problems.TryGetValue("name", out var code))
            {
                return ActResult.Invalid<Campaign>("name", code);
            }

            return ActResult.Done(Keep(act, null, plan, CampaignText.Write(plan)));
        }, cancellation);

    private async Task<ActResult<Campaign>> ChangeAsync(Viewer viewer, string campaignId, Func<ActScope, Campaign, Task<ActResult<Campaign>>> change, CancellationToken cancellation, bool withDeleted = false) =>
        !viewer.MayWork ? ActResult.Forbidden<Campaign>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            return await act.Context.Campaigns.FindAsync([campaignId], cancellation) is not { } campaign || (campaign.DeletedAt is not null && !withDeleted) ? ActResult.NotFound<Campaign>()
                : !MayChange(viewer, campaign) ? ActResult.Forbidden<Campaign>()
                : await change(act, campaign);
        }, cancellation);

    private static Campaign Keep(ActScope act, Campaign? campaign, CampaignPlan plan, string json)
    {
        var isNew = campaign is null;
        var changes = new FieldChanges().Note("name", campaign?.Name, plan.Name);
        if (campaign is null)
        {
            act.Context.Campaigns.Add(campaign = new Campaign { CampaignId = act.NewId(), Name = plan.Name, PlanJson = json, OwnerEmail = act.Viewer.Email });
        }

        (campaign.Name, campaign.PlanJson, campaign.Version) = (plan.Name, json, campaign.Version + 1);
        Touched(act, campaign);
        act.Context.CampaignVersions.Add(new CampaignVersion { CampaignId = campaign.CampaignId, Version = campaign.Version, PlanJson = json, At = act.Now, ByEmail = act.Viewer.Email });
        act.Note(JournalAreas.Campaign, isNew ? "created" : "changed", recordId: campaign.CampaignId, changes: changes);
        return campaign;
    }

    private static DateTime StartsAt(CampaignPlan plan, string timeZone, DateTime now) =>
        CampaignSchedule.StartsAt(plan, TimeZoneInfo.FindSystemTimeZoneById(timeZone)) is { } at && at > now ? at : now;

    private static void Touched(ActScope act, Campaign campaign) => (campaign.ChangedAt, campaign.ChangedByEmail) = (act.Now, act.Viewer.Email);

    private static async Task<Dictionary<string, string>> ProblemsAsync(ActScope act, Campaign? campaign, CampaignPlan plan)
    {
        var problems = CampaignRules.Check(plan, await MailTemplates.FieldsAsync(act.Context, act.Cancellation));
        var others = await act.Context.Campaigns.AsNoTracking().Where(other => other.DeletedAt == null && other.ArchivedAt == null).Select(other => new { other.CampaignId, other.Name }).ToListAsync(act.Cancellation);
        if (others.Exists(other => other.CampaignId != campaign?.CampaignId && string.Equals(other.Name, plan.Name, StringComparison.OrdinalIgnoreCase)))
        {
            problems["name"] = "taken";
        }
        else if (campaign is null && others.Count >= Most)
        {
            problems["name"] = "too_many";
        }

        var gone = await new CampaignAudience(act.Context, plan, default, null).GoneAsync(act.Cancellation);
        if (gone.Count > 0)
        {
            problems[gone.Any(plan.SegmentIds.Contains) ? "segments" : "excluded"] = "unknown";
        }

        return problems;
    }
}
