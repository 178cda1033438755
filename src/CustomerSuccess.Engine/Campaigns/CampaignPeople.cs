using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>A member of a campaign with what decides whether, when and how it is written to.</summary>
/// <param name="Namespace">Of the account's id.</param>
/// <param name="AccountId">The account's id.</param>
/// <param name="Address">As the contact has it; empty for none.</param>
/// <param name="AddressKey">Empty for none.</param>
/// <param name="Zone">Where the person lives.</param>
/// <param name="Language">That of the message.</param>
/// <param name="Decision">What the rule of contacts says.</param>
internal sealed record CampaignPerson(int AccountNo, int ContactNo, string Namespace, string AccountId, string Address, string AddressKey, TimeZoneInfo Zone, string Language, ContactDecision Decision);

/// <summary>Asks, for some members at a time, whether a campaign may go to them. Nothing is reserved by asking.</summary>
internal sealed class CampaignPeople(CustomerSuccessContext context, CompanySettings settings, CampaignPlan plan, DateTime now, CancellationToken cancellation)
{
    private readonly TimeZoneInfo _company = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);

    /// <summary>The list that a campaign goes by.</summary>
    public static string ListOf(CampaignPlan plan) => plan.List ?? (plan.Purpose == Purpose.Promotional ? MailLists.News : MailLists.Success);

    /// <summary>Reads people in the order in which they are given; whoever is no contact any more is left out.</summary>
    public async Task<IReadOnlyList<CampaignPerson>> ReadAsync(IReadOnlyList<(int AccountNo, int ContactNo)> members)
    {
        var accounts = members.Select(member => member.AccountNo).Distinct().ToList();
        var contacts = members.Select(member => member.ContactNo).Distinct().ToList();
        var owners = await context.Accounts.AsNoTracking().Where(account => EF.Parameter(accounts).Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.Namespace, account.AccountId, account.Country }).ToDictionaryAsync(account => account.AccountNo, cancellation);
        var people = (await context.Contacts.AsNoTracking().Where(contact => EF.Parameter(accounts).Contains(contact.AccountNo) && EF.Parameter(contacts).Contains(contact.ContactNo))
            .Select(contact => new { contact.AccountNo, contact.ContactNo, contact.Email, contact.EmailKey, contact.TimeZone, contact.Language }).ToListAsync(cancellation)).ToDictionary(contact => (contact.AccountNo, contact.ContactNo));
        var known = members.Where(member => people.ContainsKey(member) && owners.ContainsKey(member.AccountNo)).ToList();
        var subjects = known.ConvertAll(member => new GateSubject(member.AccountNo, null, plan.Purpose, Channels.Email, ListOf(plan), [new(member.ContactNo, people[member].Email?.Trim() ?? "", people[member].EmailKey ?? "")]));
        var gate = await ContactGate.OpenAsync(context, settings, now, subjects, planned: true, cancellation);
        var found = new List<CampaignPerson>(known.Count);
        for (var i = 0; i < known.Count; i++)
        {
            var (contact, account) = (people[known[i]], owners[known[i].AccountNo]);
            var country = Country.Find(account.Country);
            var zone = PersonZone.Of(contact.TimeZone, country, settings.TimeZone);
            var due = CampaignSchedule.DueAt(plan, _company, zone, now);
            var decision = gate.Decide(subjects[i], due > now ? due : now);
            if (decision.Outcome != ContactOutcome.Held)
            {
                // what goes to a colleague of the same account counts
                gate.Count(subjects[i], decision.From);
            }

            found.Add(new(contact.AccountNo, contact.ContactNo, account.Namespace, account.AccountId, contact.Email ?? "", contact.EmailKey ?? "", zone, plan.LanguageFor(MailLanguage.Of(contact.Language, country, settings.MailLanguage)), decision));
        }

        return found;
    }

    /// <summary>Fields of the message that have no value, for each of some people, as codes of <see cref="HoldReasons.MissingField"/>.</summary>
    public async Task<IReadOnlyDictionary<(int AccountNo, int ContactNo), IReadOnlyList<string>>> MissingAsync(IReadOnlyList<CampaignPerson> people)
    {
        var audience = await MailAudience.ReadAsync(context, Viewer.System, settings, now, [.. people.Select(person => person.AccountNo).Distinct()], [.. people.Select(person => person.ContactNo)], cancellation);
        var templates = new[] { "en", "ja" }.Where(plan.Has).ToDictionary(
            language => language,
            language => plan.Subjects.Select(subject => subject.In(language)).Append(plan.BodyIn(language)).OfType<string>().Select(FieldTemplate.Parse).Where(template => template.Problems.Count == 0).ToList());
        var missing = new Dictionary<(int, int), IReadOnlyList<string>>();
        foreach (var person in people)
        {
            var contact = audience.Contact(person.AccountNo, person.ContactNo);
            var values = audience.Fields(person.AccountNo, contact, contact?.Name, person.Language, null);
            var culture = MailLanguage.Culture(person.Language, contact?.Language, audience.CountryOf(person.AccountNo));
            List<string> fields = [.. templates.GetValueOrDefault(person.Language, []).SelectMany(template => template.Fill(values, culture, text => text).Missing).Distinct(StringComparer.Ordinal).Select(field => $"{HoldReasons.MissingField}:{field}")];
            if (fields.Count > 0)
            {
                missing[(person.AccountNo, person.ContactNo)] = fields;
            }
        }

        return missing;
    }

    /// <summary>True where the account's draw holds it out of a campaign.</summary>
    public bool IsHeldOut(string campaignId, CampaignPerson person) => IsHeldOut(settings, plan, campaignId, person.Namespace, person.AccountId, settings.DayOf(now).Year);

    private static bool IsHeldOut(CompanySettings settings, CampaignPlan plan, string campaignId, string ns, string accountId, int year) =>
        plan.HoldoutShare > 0 && Holdout.Draw(settings.HoldoutSeed, ns, accountId, Campaign.DrawKeyOf(campaignId), year) < plan.HoldoutShare;
}
