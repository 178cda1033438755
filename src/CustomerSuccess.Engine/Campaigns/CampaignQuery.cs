using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>Reads campaigns, and reckons whom one would reach.</summary>
public sealed class CampaignQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>People who are asked about before a campaign goes out; the reach of a larger one is reckoned from so many, drawn evenly.</summary>
    public const int MostAsked = 10_000;

    private const int Chunk = 1_000;

    /// <summary>Every campaign, the newest first.</summary>
    /// <param name="viewer">Who asks: only accounts that may be seen are counted.</param>
    /// <param name="archived">True for those that were put away, false for the others.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<CampaignRow>> ListAsync(Viewer viewer, bool archived = false, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var campaigns = await context.Campaigns.AsNoTracking().Where(campaign => campaign.DeletedAt == null && campaign.ArchivedAt != null == archived).ToListAsync(cancellation);
        var ids = campaigns.ConvertAll(campaign => campaign.CampaignId);
        var counts = await CountsAsync(Visible(context, viewer).Where(member => ids.Contains(member.CampaignId)), cancellation);
        return
        [
            .. campaigns.OrderByDescending(campaign => campaign.StartedAt ?? campaign.ChangedAt).ThenByDescending(campaign => campaign.CampaignId, StringComparer.Ordinal)
                .Select(campaign => new CampaignRow(campaign, campaign.Plan, counts.GetValueOrDefault(campaign.CampaignId, CampaignCounts.None), CampaignEdits.MayChange(viewer, campaign))),
        ];
    }

    /// <summary>A campaign with where it stands; null where there is none of that id.</summary>
    public async Task<CampaignDetails?> FindAsync(Viewer viewer, string campaignId, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await context.Campaigns.AsNoTracking().FirstOrDefaultAsync(campaign => campaign.CampaignId == campaignId, cancellation) is not { } campaign)
        {
            return null;
        }

        var (plan, now) = (campaign.Plan, clock.GetUtcNow().UtcDateTime);
        var members = Visible(context, viewer).Where(member => member.CampaignId == campaignId);
        var counts = (await CountsAsync(members, cancellation)).GetValueOrDefault(campaignId, CampaignCounts.None);
        var reasons = await members.Where(member => member.Reasons != null && (member.State == CampaignMemberState.HeldBack || member.State == CampaignMemberState.Queued))
            .GroupBy(member => new { member.State, member.Reasons }).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        var versions = await context.CampaignVersions.AsNoTracking().Where(version => version.CampaignId == campaignId).OrderByDescending(version => version.Version).ToListAsync(cancellation);
        var lacks = campaign.MayChange || campaign.State is CampaignState.Running ? CampaignRules.Lacks(plan, settings, now) : [];
        if (campaign.State == CampaignState.Running)
        {
            lacks.Remove("send_on");
        }

        return new(
            new(campaign, plan, counts, CampaignEdits.MayChange(viewer, campaign)), versions, lacks,
            Tally(reasons.Where(own => own.Key.State == CampaignMemberState.HeldBack).Select(own => (own.Key.Reasons, own.Count))),
            Tally(reasons.Where(own => own.Key.State == CampaignMemberState.Queued).Select(own => (own.Key.Reasons, own.Count))),
            plan.Purpose == Purpose.Promotional ? await OutagesAsync(context, members, settings.DayOf(now), cancellation) : []);
    }

    private static async Task<IReadOnlyList<CampaignOutage>> OutagesAsync(CustomerSuccessContext context, IQueryable<CampaignMember> members, DateOnly today, CancellationToken cancellation)
    {
        var outages = new List<CampaignOutage>();
        foreach (var mark in await OutageReach.StandingAsync(context, today, OutageCalm.Days, cancellation))
        {
            var hit = OutageReach.AccountsOf(context, mark);
            var people = hit is null ? (int?)null : await members.CountAsync(member => hit.Contains(member.AccountNo), cancellation);
            if (people is not 0)
            {
                outages.Add(new(mark.Title, OutageCalm.EndOf(mark), people));
            }
        }

        return outages;
    }

    /// <summary>Whom a campaign would reach if it went out now, and why it would not reach others. Nothing is reserved by asking.</summary>
    /// <param name="viewer">Who asks: a CSM reaches the own accounts alone.</param>
    /// <param name="campaignId">Null for one that is not kept yet: who is held out of it is then not drawn but reckoned.</param>
    /// <param name="plan">The campaign as it is being written.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<CampaignReach> ReachAsync(Viewer viewer, string? campaignId, CampaignPlan plan, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        plan = CampaignRules.Clean(plan);
        var now = clock.GetUtcNow().UtcDateTime;
        var onlyOwner = viewer is { MayManage: true, OwnPortfolioOnly: false } ? null : viewer.Email?.ToLowerInvariant() ?? "";
        await using var context = database.OpenContext();
        var keys = await new CampaignAudience(context, plan, settings.DayOf(now), onlyOwner).KeysAsync(cancellation);
        var accounts = keys.Select(key => key.AccountNo).Distinct().Count();
        // every n-th account's people, so that colleagues of one account stay together
        var step = (keys.Count + MostAsked - 1) / MostAsked;
        List<(int AccountNo, int ContactNo)> asked = step <= 1 ? [.. keys] : [.. keys.GroupBy(key => key.AccountNo).Where((_, i) => i % step == 0).SelectMany(own => own)];
        var (later, not, addresses, gets, heldOut) = (new Dictionary<string, int>(), new Dictionary<string, int>(), new HashSet<string>(StringComparer.Ordinal), 0, 0.0);
        foreach (var some in asked.Chunk(Chunk))
        {
            var check = new CampaignPeople(context, settings, plan, now, cancellation);
            var people = await check.ReadAsync(some);
            var missing = await check.MissingAsync(people);
            foreach (var person in people)
            {
                if (person.Decision.Outcome == ContactOutcome.Held)
                {
                    Count(not, person.Decision.Reasons[0]);
                }
                else if (!addresses.Add(person.AddressKey))
                {
                    Count(not, CampaignHolds.SameAddress);
                }
                else if (campaignId is not null && check.IsHeldOut(campaignId, person))
                {
                    heldOut++;
                }
                else if (missing.GetValueOrDefault((person.AccountNo, person.ContactNo)) is [var field, ..])
                {
                    Count(not, field);
                }
                else
                {
                    gets++;
                    foreach (var reason in person.Decision.Reasons)
                    {
                        Count(later, reason);
                    }
                }
            }
        }

        if (campaignId is null)
        {
            heldOut = gets * plan.HoldoutShare;
            gets -= (int)Math.Round(heldOut);
        }

        var scale = asked.Count == 0 ? 1 : (double)keys.Count / asked.Count;
        int Scaled(double count) => (int)Math.Round(count * scale);
        return new(keys.Count, asked.Count, Scaled(gets), Sorted(later, Scaled), Sorted(not, Scaled), Scaled(heldOut), accounts);
    }

    /// <summary>Members and what became of their messages, by account.</summary>
    public async Task<Capped<CampaignMemberRow>> PeopleAsync(Viewer viewer, string campaignId, CampaignShow? show, int offset, int count, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var joined =
            from member in Visible(context, viewer)
            where member.CampaignId == campaignId
            join sent in context.MailMessages.AsNoTracking() on new { member.AccountNo, MailId = member.MailId ?? "" } equals new { sent.AccountNo, sent.MailId } into mails
            from mail in mails.DefaultIfEmpty()
            select new { member, mail };
        joined = show switch
        {
            CampaignShow.Waiting => joined.Where(row => row.member.State == CampaignMemberState.Fixed || row.member.State == CampaignMemberState.Waiting),
            CampaignShow.Queued => joined.Where(row => row.member.State == CampaignMemberState.Queued),
            CampaignShow.Sent => joined.Where(row => row.member.State == CampaignMemberState.Sent || row.member.State == CampaignMemberState.Bounced),
            CampaignShow.Opened => joined.Where(row => row.mail!.OpenedAt != null),
            CampaignShow.Clicked => joined.Where(row => row.mail!.ClickedAt != null),
            CampaignShow.Replied => joined.Where(row => row.mail!.RepliedAt != null),
            CampaignShow.Bounced => joined.Where(row => row.member.State == CampaignMemberState.Bounced),
            CampaignShow.HeldBack => joined.Where(row => row.member.State == CampaignMemberState.HeldBack),
            CampaignShow.HeldOut => joined.Where(row => row.member.State == CampaignMemberState.HeldOut),
            _ => joined,
        };
        var total = await joined.CountAsync(cancellation);
        var rows = await (
            from row in joined.OrderBy(row => row.member.AccountNo).ThenBy(row => row.member.ContactNo).Skip(offset).Take(count)
            join account in context.Accounts on row.member.AccountNo equals account.AccountNo
            join known in context.Contacts on new { row.member.AccountNo, row.member.ContactNo } equals new { known.AccountNo, known.ContactNo } into contacts
            from person in contacts.DefaultIfEmpty()
            orderby row.member.AccountNo, row.member.ContactNo
            select new { row.member, row.mail, account.AccountId, account.Namespace, account.Name, account.OwnerEmail, Contact = person == null ? null : person.Name, Address = person == null ? null : person.Email }).ToListAsync(cancellation);
        return new(total, [.. rows.Select(row => new CampaignMemberRow(
            row.member, row.AccountId, row.Namespace, row.Name, row.OwnerEmail, row.Contact, row.Address, row.mail?.Subject, row.mail?.NotBefore, row.mail?.OpenedAt, row.mail?.ClickedAt, row.mail?.RepliedAt))]);
    }

    /// <summary>Members among the accounts that a viewer may see.</summary>
    internal static IQueryable<CampaignMember> Visible(CustomerSuccessContext context, Viewer viewer)
    {
        var members = context.CampaignMembers.AsNoTracking();
        if (!viewer.OwnPortfolioOnly)
        {
            return members;
        }

        var accounts = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
        return members.Where(member => accounts.Contains(member.AccountNo));
    }

    private static async Task<Dictionary<string, CampaignCounts>> CountsAsync(IQueryable<CampaignMember> members, CancellationToken cancellation)
    {
        var rows = await members.GroupBy(member => new { member.CampaignId, member.State, IsDelayed = member.Reasons != null }).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        return rows.GroupBy(row => row.Key.CampaignId, StringComparer.Ordinal).ToDictionary(own => own.Key, own =>
        {
            int Of(params CampaignMemberState[] states) => own.Where(row => states.Contains(row.Key.State)).Sum(row => row.Count);
            return new CampaignCounts(
                Of(CampaignMemberState.Fixed, CampaignMemberState.Waiting), Of(CampaignMemberState.Queued), own.Where(row => row.Key is { State: CampaignMemberState.Queued, IsDelayed: true }).Sum(row => row.Count),
                Of(CampaignMemberState.Sent), Of(CampaignMemberState.Bounced), Of(CampaignMemberState.HeldBack), Of(CampaignMemberState.HeldOut));
        }, StringComparer.Ordinal);
    }

    private static IReadOnlyList<(string Reason, int Count)> Tally(IEnumerable<(string? Reasons, int Count)> rows)
    {
        var tally = new Dictionary<string, int>();
        foreach (var (reasons, count) in rows)
        {
            foreach (var reason in MailRows.Reasons(reasons))
            {
                tally[reason] = tally.GetValueOrDefault(reason) + count;
            }
        }

        return Sorted(tally, count => (int)count);
    }

    private static IReadOnlyList<(string Reason, int Count)> Sorted(Dictionary<string, int> tally, Func<double, int> scale) =>
        [.. tally.OrderByDescending(own => own.Value).ThenBy(own => own.Key, StringComparer.Ordinal).Select(own => (own.Key, scale(own.Value)))];

    private static void Count(Dictionary<string, int> tally, string reason) => tally[reason] = tally.GetValueOrDefault(reason) + 1;
}
