using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>Finds whom a campaign goes to as things stand. Who is not to be contacted is told apart later, so that it can be shown.</summary>
/// <param name="context">The store.</param>
/// <param name="plan">The campaign.</param>
/// <param name="today">The company's day.</param>
/// <param name="onlyOwner">The owner whose accounts alone are meant, in lower case; null for all.</param>
internal sealed class CampaignAudience(CustomerSuccessContext context, CampaignPlan plan, DateOnly today, string? onlyOwner)
{
    /// <summary>The key of each member, by account and contact. One statement, so that it is the audience of one moment.</summary>
    public async Task<IReadOnlyList<(int AccountNo, int ContactNo)>> KeysAsync(CancellationToken cancellation)
    {
        var rows = await Contacts()
            .Select(contact => new { contact.AccountNo, contact.ContactNo, HasAddress = contact.EmailKey != null, contact.IsChampion, contact.IsDecisionMaker, contact.IsExecutiveSponsor, contact.LeftOn })
            .ToListAsync(cancellation);
        var chosen = plan.Recipients != CampaignRecipients.MainContact ? rows : [.. rows.GroupBy(row => row.AccountNo).Select(own => own
            .OrderBy(row => row.LeftOn <= today).ThenByDescending(row => row.HasAddress).ThenByDescending(row => row.IsChampion).ThenByDescending(row => row.IsDecisionMaker)
            .ThenByDescending(row => row.IsExecutiveSponsor).ThenBy(row => row.ContactNo).First())];
        return [.. chosen.Select(row => (row.AccountNo, row.ContactNo)).Order()];
    }

    /// <summary>Segments that the campaign names and that are gone.</summary>
    public async Task<IReadOnlyList<string>> GoneAsync(CancellationToken cancellation)
    {
        var named = plan.SegmentIds.Concat(plan.ExcludedSegmentIds).ToList();
        var known = await context.SavedSegments.AsNoTracking().Where(segment => named.Contains(segment.SegmentId) && segment.DeletedAt == null).Select(segment => segment.SegmentId).ToListAsync(cancellation);
        return [.. named.Except(known, StringComparer.Ordinal)];
    }

    private IQueryable<Contact> Contacts()
    {
        var accounts = Accounts();
        var contacts = context.Contacts.AsNoTracking().Where(contact => contact.VoidedBy == null && accounts.Contains(contact.AccountNo));
        return plan.Recipients switch
        {
            CampaignRecipients.Champions => contacts.Where(contact => contact.IsChampion),
            CampaignRecipients.DecisionMakers => contacts.Where(contact => contact.IsDecisionMaker),
            CampaignRecipients.ExecutiveSponsors => contacts.Where(contact => contact.IsExecutiveSponsor),
            // the last thing that was said of an address holds, else what a source says of the person
            CampaignRecipients.Consented => contacts.Where(contact =>
                context.Consents.Any(consent => consent.AddressKey == contact.EmailKey)
                    ? context.Consents.Where(consent => consent.AddressKey == contact.EmailKey).OrderByDescending(consent => consent.At).ThenByDescending(consent => consent.ConsentId).Select(consent => consent.Given).First()
                    : contact.ConsentOn != null && contact.ConsentOn <= today),
            _ => contacts,
        };
    }

    private IQueryable<int> Accounts()
    {
        var (named, excluded) = (plan.SegmentIds.ToList(), plan.ExcludedSegmentIds.ToList());
        var members = context.SegmentStays.AsNoTracking().Where(stay => stay.LeftOn == null);
        var meant = named.Count > 0
            ? members.Where(stay => named.Contains(stay.SegmentId)).Select(stay => stay.AccountNo)
            : context.Subscriptions.AsNoTracking().Where(term => term.VoidedBy == null && term.Mrr > 0 && term.StartedOn <= today && (term.EndedOn == null || term.EndedOn > today)).Select(term => term.AccountNo);
        var left = members.Where(stay => excluded.Contains(stay.SegmentId)).Select(stay => stay.AccountNo);
        return context.Accounts.AsNoTracking()
            .Where(account => meant.Contains(account.AccountNo) && !left.Contains(account.AccountNo)
                && (onlyOwner == null || (account.OwnerEmail != null && account.OwnerEmail.ToLower() == onlyOwner)))
            .Select(account => account.AccountNo);
    }
}
