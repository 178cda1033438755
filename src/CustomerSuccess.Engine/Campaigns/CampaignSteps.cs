using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>The transactions by which a campaign gets from its audience to its messages: fixing members, preparing them, writing to them.</summary>
internal sealed class CampaignSteps(Mailbox mailbox, Acts acts, SettingsStore settingsStore)
{
    /// <summary>Accounts that are prepared at once, and people that are written to at once.</summary>
    private const int Accounts = 300, Batch = 500;

    /// <summary>Messages of a campaign that is held to so many an hour are written this long before their time, so that a pause finds few in the outbox.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>Fixes the members of a campaign whose hour has come: whoever is meant at this moment, and nobody who comes later. How many.</summary>
    public async Task<int> FixAsync(string campaignId, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var count = 0;
        await acts.RunAsync(Viewer.System, async act =>
        {
            await act.LockAsync(CampaignEdits.Lock);
            if (await FindAsync(act, campaignId, CampaignState.Scheduled) is not { } campaign || campaign.StartsAt > act.Now)
            {
                return ActResult.NotFound<string>();
            }

            var plan = campaign.Plan;
            if (Lacks(plan, settings, act.Now))
            {
                return ActResult.NotFound<string>();
            }

            var audience = new CampaignAudience(act.Context, plan, settings.DayOf(act.Now), campaign.OnlyOwner);
            if ((await audience.GoneAsync(cancellation)).Count > 0)
            {
                // without the segment it would go to others than was meant
                (campaign.State, campaign.StartsAt) = (CampaignState.Draft, null);
                act.Note(JournalAreas.Campaign, "not_started", recordId: campaignId, changes: new FieldChanges().Note("segment", null, "unknown"));
                return ActResult.Done("");
            }

            var keys = await audience.KeysAsync(cancellation);
            count = keys.Count;
            await act.Context.InsertAllAsync([.. keys.Select(key => new CampaignMember { AccountNo = key.AccountNo, CampaignId = campaignId, ContactNo = key.ContactNo })], cancellation);
            (campaign.State, campaign.StartedAt) = (CampaignState.Running, act.Now);
            act.Note(JournalAreas.Campaign, "started", recordId: campaignId, changes: new FieldChanges().Note("members", null, Text(count)));
            return ActResult.Done("");
        }, cancellation);
        return count;
    }

    /// <summary>Decides for the members of the next accounts who gets nothing and why, who is held out, who tries which subject, and when each one's turn is. How many.</summary>
    public async Task<int> PrepareAsync(string campaignId, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var count = 0;
        await acts.RunAsync(Viewer.System, async act =>
        {
            await act.LockAsync(CampaignEdits.Lock);
            if (await FindAsync(act, campaignId, CampaignState.Running) is not { IsPrepared: false } campaign)
            {
                return ActResult.NotFound<string>();
            }

            var after = campaign.PreparedTo;
            var some = act.Context.CampaignMembers.Where(member => member.CampaignId == campaignId && member.State == CampaignMemberState.Fixed && member.AccountNo > after).OrderBy(member => member.AccountNo).ThenBy(member => member.ContactNo);
            var accounts = await some.Select(member => member.AccountNo).Distinct().Order().Take(Accounts).ToListAsync(cancellation);
            if (accounts.Count == 0)
            {
                campaign.IsPrepared = true;
                act.Note(JournalAreas.Campaign, "prepared", recordId: campaignId);
                return ActResult.Done("");
            }

            var members = await act.Context.CampaignMembers.Where(member => member.CampaignId == campaignId && accounts.Contains(member.AccountNo)).OrderBy(member => member.AccountNo).ThenBy(member => member.ContactNo).ToListAsync(cancellation);
            await PrepareAsync(act, settings, campaign, members);
            campaign.PreparedTo = accounts[^1];
            count = members.Count;
            return ActResult.Done("");
        }, cancellation);
        return count;
    }

    /// <summary>Writes the next messages into the outbox. How many people it decided about.</summary>
    public async Task<int> QueueAsync(string campaignId, CancellationToken cancellation)
    {
        var count = 0;
        await mailbox.RunAsync(Viewer.System, async (act, settings, writer) =>
        {
            await ContactGate.LockAsync(act.Context, cancellation);
            await act.LockAsync(CampaignEdits.Lock);
            if (await FindAsync(act, campaignId, CampaignState.Running) is not { } campaign)
            {
                return ActResult.NotFound<string>();
            }

            var plan = campaign.Plan;
            if (Lacks(plan, settings, act.Now))
            {
                return ActResult.NotFound<string>();
            }

            var slots = Slots(campaign, plan, act.Now);
            var chosen = campaign.ChosenSubject;
            var members = slots.Count == 0 ? [] : await act.Context.CampaignMembers
                .Where(member => member.CampaignId == campaignId && member.State == CampaignMemberState.Waiting && member.DueAt <= act.Now && (member.SubjectNo != null || chosen != null))
                .OrderBy(member => member.DueAt).ThenBy(member => member.AccountNo).ThenBy(member => member.ContactNo).Take(slots.Count).ToListAsync(cancellation);
            if (members.Count == 0)
            {
                return ActResult.NotFound<string>();
            }

            count = members.Count;
            await WriteAsync(act, settings, writer, plan, members, slots, chosen);
            if (plan.PerHour is { } perHour)
            {
                // who was held back takes no turn
                var taken = members.Count(member => member.State == CampaignMemberState.Queued);
                campaign.NextSlotAt = taken == 0 ? slots[0] : slots[taken - 1] + CampaignSchedule.Distance(perHour);
            }

            act.Note(JournalAreas.Campaign, "queued", recordId: campaignId, changes: new FieldChanges().Note("people", null, Text(count)));
            return ActResult.Done("");
        }, cancellation);
        return count;
    }

    private static async Task PrepareAsync(ActScope act, CompanySettings settings, Campaign campaign, List<CampaignMember> members)
    {
        var (plan, company, today) = (campaign.Plan, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone), settings.DayOf(act.Now));
        var asked = new CampaignPeople(act.Context, settings, plan, act.Now, act.Cancellation);
        var people = (await asked.ReadAsync([.. members.Select(member => (member.AccountNo, member.ContactNo))])).ToDictionary(person => (person.AccountNo, person.ContactNo));
        var keys = people.Values.Select(person => person.AddressKey).Where(key => key.Length > 0).Distinct().ToList();
        var taken = (await act.Context.CampaignMembers.AsNoTracking()
            .Where(other => other.CampaignId == campaign.CampaignId && keys.Contains(other.AddressKey) && other.State != CampaignMemberState.HeldBack && other.State != CampaignMemberState.Fixed)
            .Select(other => other.AddressKey).ToListAsync(act.Cancellation)).ToHashSet(StringComparer.Ordinal);
        foreach (var own in members.GroupBy(member => member.AccountNo))
        {
            var free = new List<(CampaignMember Member, CampaignPerson Person)>();
            foreach (var member in own)
            {
                if (!people.TryGetValue((member.AccountNo, member.ContactNo), out var person))
                {
                    (member.State, member.Reasons) = (CampaignMemberState.HeldBack, HoldReasons.ContactUnknown);
                    continue;
                }

                (member.AddressKey, member.TimeZone, member.Language) = (person.AddressKey, person.Zone.Id, person.Language);
                if (person.Decision.Outcome == ContactOutcome.Held)
                {
                    (member.State, member.Reasons) = (CampaignMemberState.HeldBack, MailRows.Joined(person.Decision.Reasons));
                }
                else if (!taken.Add(person.AddressKey))
                {
                    (member.State, member.Reasons) = (CampaignMemberState.HeldBack, CampaignHolds.SameAddress);
                }
                else
                {
                    free.Add((member, person));
                }
            }

            if (free.Count == 0)
            {
                continue;
            }

            // an account is in or out as a whole, and only one that can be reached is drawn
            var isOut = asked.IsHeldOut(campaign.CampaignId, free[0].Person);
            if (plan.HoldoutShare > 0)
            {
                act.Context.Assignments.Add(await DrawAsync(act, campaign, own.Key, today, isOut));
            }

            foreach (var (member, person) in free)
            {
                member.State = isOut ? CampaignMemberState.HeldOut : CampaignMemberState.Waiting;
                member.DueAt = CampaignSchedule.DueAt(plan, company, person.Zone, campaign.StartedAt ?? act.Now);
                member.SubjectNo = isOut ? null : CampaignSchedule.DrawSubject(plan, campaign.CampaignId, member.AccountNo, member.ContactNo);
                member.InTest = plan.TestsSubjects && member.SubjectNo is not null;
            }
        }
    }

    private static async Task<Assignment> DrawAsync(ActScope act, Campaign campaign, int accountNo, DateOnly today, bool isOut) => new()
    {
        AccountNo = accountNo,
        SourceId = await AppSource.NumberAsync(act.Context, act.Cancellation),
        FactId = campaign.DrawKey,
        ImportFileId = AppSource.NoImportFile,
        Play = campaign.DrawKey,
        AssignedOn = today,
        Arm = isOut ? DrawnAccounts.HeldOutArm : DrawnAccounts.OfferedArm,
        PlayVersion = Text(campaign.Version),
    };

    /// <summary>Writes to members whose turn it is; what limits or wishes forbid is cancelled and told, lest somebody lets it go on after the campaign has given the person up.</summary>
    private static async Task WriteAsync(ActScope act, CompanySettings settings, OutboxWriter writer, CampaignPlan plan, List<CampaignMember> members, List<DateTime> slots, int? chosen)
    {
        var standing = await StandingAsync(act, members);
        var mails = new List<NewMail>();
        var written = new List<CampaignMember>();
        foreach (var member in members)
        {
            if (!standing.Contains(member.ContactNo) || member.Language is not { } language)
            {
                (member.State, member.Reasons) = (CampaignMemberState.HeldBack, HoldReasons.ContactUnknown);
                continue;
            }

            member.SubjectNo ??= chosen;
            var turn = slots[written.Count] > member.DueAt ? slots[written.Count] : member.DueAt!.Value;
            turn = turn > act.Now ? turn : act.Now;
            var mail = CampaignMessages.Mail(plan, member.CampaignId, member.AccountNo, member.ContactNo, language, member.SubjectNo ?? 0) with { Id = act.NewId(), NotBefore = turn, NotAfter = turn.AddDays(plan.WithinDays) };
            (member.State, member.MailId, member.Reasons) = (CampaignMemberState.Queued, mail.Id, null);
            mails.Add(mail);
            written.Add(member);
        }

        if (mails.Count == 0)
        {
            return;
        }

        var report = await MailInAct.SendManyAsync(act, settings, writer, mails);
        var summaries = report.Value?.Mails ?? throw new InvalidOperationException($"A campaign's messages cannot be written: {report.Outcome} {string.Join(' ', report.Problems)}");
        for (var i = 0; i < summaries.Count; i++)
        {
            var member = written[i];
            member.Reasons = MailRows.Joined(summaries[i].Reasons);
            if (summaries[i].Status is MailStatus.Held or MailStatus.Cancelled)
            {
                act.Context.MailMessages.Local.First(mail => mail.MailId == summaries[i].MailId).Status = MailStatus.Cancelled;
                member.State = CampaignMemberState.HeldBack;
            }
        }
    }

    /// <summary>Contacts of members that a source has not taken back meanwhile.</summary>
    private static async Task<HashSet<int>> StandingAsync(ActScope act, List<CampaignMember> members)
    {
        var (accounts, contacts) = (members.Select(member => member.AccountNo).Distinct().ToList(), members.Select(member => member.ContactNo).ToList());
        return [.. await act.Context.Contacts.AsNoTracking().Where(contact => accounts.Contains(contact.AccountNo) && contacts.Contains(contact.ContactNo) && contact.VoidedBy == null).Select(contact => contact.ContactNo).ToListAsync(act.Cancellation)];
    }

    /// <summary>Moments at which the next messages may go.</summary>
    private static List<DateTime> Slots(Campaign campaign, CampaignPlan plan, DateTime now)
    {
        if (plan.PerHour is not { } perHour)
        {
            return [.. Enumerable.Repeat(now, Batch)];
        }

        var (slots, slot) = (new List<DateTime>(), campaign.NextSlotAt is { } next && next > now ? next : now);
        for (; slots.Count < Batch && slot <= now + Ahead; slot += CampaignSchedule.Distance(perHour))
        {
            slots.Add(slot);
        }

        return slots;
    }

    /// <summary>True where the company's settings do not allow it to go out at present; an hour that has passed is no hindrance once it was started.</summary>
    private static bool Lacks(CampaignPlan plan, CompanySettings settings, DateTime now) => CampaignRules.Lacks(plan, settings, now).ContainsKey("sender");

    private static async Task<Campaign?> FindAsync(ActScope act, string campaignId, CampaignState state) =>
        await act.Context.Campaigns.FindAsync([campaignId], act.Cancellation) is { DeletedAt: null } campaign && campaign.State == state ? campaign : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
