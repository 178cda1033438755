using System.Text;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>Somebody who may be asked.</summary>
/// <param name="RecordId">What it is about; null for nothing in particular.</param>
internal sealed record SurveyCandidate(int AccountNo, int ContactNo, string AddressKey, string? Language, string? RecordId = null);

/// <summary>Finds whom a survey may ask. Who was asked lately, or is not to be contacted, is told apart later, so that it can be shown.</summary>
internal sealed class SurveyCandidates(CustomerSuccessContext context, SurveyPlan plan, DateOnly today, CancellationToken cancellation)
{
    /// <summary>Accounts that are looked at at once, and people of them: what one transaction invites.</summary>
    private const int Accounts = 200, MostPeople = 500;

    /// <summary>Days for which an inquiry that was closed, or an account that left, is fresh enough to be asked about.</summary>
    private const int InquiryDays = 7, LeftDays = 30;

    /// <summary>The people of the next accounts of a wave.</summary>
    /// <param name="after">The last account that was looked at.</param>
    /// <returns>The people, the last account among those looked at, and whether it was the last of all.</returns>
    public async Task<(IReadOnlyList<SurveyCandidate> People, int Last, bool IsEnd)> OfWaveAsync(int after)
    {
        var accounts = await Audience().Where(account => account > after).Distinct().Order().Take(Accounts).ToListAsync(cancellation);
        if (accounts.Count == 0)
        {
            return ([], after, true);
        }

        var people = (await PeopleAsync(accounts)).ToLookup(person => person.AccountNo);
        var chosen = new List<SurveyCandidate>();
        var looked = 0;
        foreach (var account in accounts)
        {
            if (looked > 0 && chosen.Count + people[account].Count() > MostPeople)
            {
                break;
            }

            chosen.AddRange(people[account]);
            looked++;
        }

        return (chosen, accounts[looked - 1], looked == accounts.Count && accounts.Count < Accounts);
    }

    /// <summary>People of the whole audience who have had no invitation of the wave and were not asked too lately, in an order that is as good as drawn and always the same.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="waveNo">The month.</param>
    /// <param name="now">UTC.</param>
    /// <param name="most">How many.</param>
    public async Task<IReadOnlyList<SurveyCandidate>> OfDayAsync(Survey survey, int waveNo, DateTime now, int most)
    {
        var (since, kind) = (SurveyThrottle.Since(plan, now), plan.Kind);
        var had = (await context.SurveyInvitations.AsNoTracking().Where(invitation => invitation.SurveyId == survey.SurveyId && invitation.WaveNo == waveNo).Select(invitation => invitation.ContactNo).ToListAsync(cancellation)).ToHashSet();
        var lately = (await context.SurveyInvitations.AsNoTracking()
            .Where(invitation => (invitation.Kind == kind && invitation.State != InvitationState.HeldBack && invitation.CreatedAt > since)
                || ((invitation.State == InvitationState.Waiting || invitation.State == InvitationState.Asked || invitation.State == InvitationState.Opened) && invitation.ExpiresAt > now))
            .Select(invitation => invitation.AddressKey).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var people = new List<SurveyCandidate>();
        foreach (var accounts in (await Audience().Distinct().Order().ToListAsync(cancellation)).Chunk(Accounts))
        {
            people.AddRange((await PeopleAsync(accounts)).Where(person => !had.Contains(person.ContactNo) && (person.AddressKey.Length == 0 || !lately.Contains(person.AddressKey))));
        }

        return [.. people.OrderBy(person => Drawn(survey.SurveyId, waveNo, person)).ThenBy(person => person.ContactNo).Take(most)];
    }

    /// <summary>Whoever had an inquiry that was closed so many hours ago, since the survey asks; not who was asked about it by hand.</summary>
    public async Task<IReadOnlyList<SurveyCandidate>> OfInquiriesAsync(Survey survey, DateTime now)
    {
        var (from, to) = (now.AddHours(-plan.DelayHours).AddDays(-InquiryDays), now.AddHours(-plan.DelayHours));
        var since = survey.OnSince > from ? survey.OnSince.Value : from;
        var audience = Audience();
        var closed = await (
            from inquiry in context.Inquiries.AsNoTracking()
            where inquiry.IsSettled && inquiry.VoidedBy == null && inquiry.ContactNo != null && inquiry.MergedInto == null && inquiry.ChangedAt >= since && inquiry.ClosedAt >= since && inquiry.ClosedAt <= to
                && (plan.SegmentId == null || audience.Contains(inquiry.AccountNo))
                && !context.SatisfactionRequests.Any(asked => asked.AccountNo == inquiry.AccountNo && asked.SourceId == inquiry.SourceId && asked.FactId == inquiry.FactId)
            join contact in context.Contacts.AsNoTracking() on new { inquiry.AccountNo, ContactNo = inquiry.ContactNo!.Value } equals new { contact.AccountNo, contact.ContactNo }
            where contact.VoidedBy == null
            orderby inquiry.ClosedAt, inquiry.AccountNo, inquiry.FactId
            select new { inquiry.AccountNo, contact.ContactNo, contact.EmailKey, Language = inquiry.Language ?? contact.Language, inquiry.SourceId, inquiry.FactId }).Take(MostPeople).ToListAsync(cancellation);
        var found = closed.Select(row => new SurveyCandidate(row.AccountNo, row.ContactNo, row.EmailKey ?? "", row.Language, new Core.Inquiries.InquiryKey(row.SourceId, row.FactId).ToString())).ToList();
        var records = found.Select(person => person.RecordId).ToList();
        var had = (await context.SurveyInvitations.AsNoTracking().Where(invitation => invitation.SurveyId == survey.SurveyId && records.Contains(invitation.RecordId)).Select(invitation => new { invitation.AccountNo, invitation.RecordId }).ToListAsync(cancellation))
            .Select(row => (row.AccountNo, row.RecordId)).ToHashSet();
        return [.. found.Where(person => !had.Contains((person.AccountNo, person.RecordId))).DistinctBy(person => person.ContactNo)];
    }

    /// <summary>People of accounts whose contracts have all ended of late, since the survey asks, and who have had no invitation of it.</summary>
    public async Task<IReadOnlyList<SurveyCandidate>> OfLeaversAsync(Survey survey, DateOnly since)
    {
        var from = since > today.AddDays(-LeftDays) ? since : today.AddDays(-LeftDays);
        var terms = context.Subscriptions.AsNoTracking().Where(term => term.VoidedBy == null);
        var left = terms.Where(term => term.EndedOn >= from && term.EndedOn <= today)
            .Where(term => !context.Subscriptions.Any(other => other.AccountNo == term.AccountNo && other.VoidedBy == null && (other.EndedOn == null || other.EndedOn > today))
                && !context.SurveyInvitations.Any(invitation => invitation.AccountNo == term.AccountNo && invitation.SurveyId == survey.SurveyId && invitation.CreatedAt >= survey.OnSince))
            .Select(term => term.AccountNo);
        if (plan.SegmentId is { } segmentId)
        {
            // who has left is in a segment no longer: who was in it counts
            left = left.Where(account => context.SegmentStays.Any(stay => stay.AccountNo == account && stay.SegmentId == segmentId && (stay.LeftOn == null || stay.LeftOn >= from)));
        }

        return await PeopleAsync(await left.Distinct().Order().Take(Accounts).ToListAsync(cancellation));
    }

    /// <summary>How many accounts the survey is for now.</summary>
    public Task<int> CountAsync() => Audience().Distinct().CountAsync(cancellation);

    /// <summary>Somebody whom the survey could ask, to show it by: of an account, or of the first in the audience; null for nobody.</summary>
    public async Task<SurveyCandidate?> OneAsync(IQueryable<Core.Accounts.Account> among, int? accountNo)
    {
        var accounts = accountNo is { } no
            ? await among.Where(account => account.AccountNo == no).Select(account => account.AccountNo).ToListAsync(cancellation)
            : await Audience().Distinct().Where(account => among.Any(seen => seen.AccountNo == account)).Order().Take(20).ToListAsync(cancellation);
        return (await PeopleAsync(accounts)).FirstOrDefault(person => person.AddressKey.Length > 0);
    }

    /// <summary>Numbers of the accounts that the survey is for.</summary>
    private IQueryable<int> Audience() => plan.SegmentId is { } id
        ? context.SegmentStays.AsNoTracking().Where(stay => stay.SegmentId == id && stay.LeftOn == null).Select(stay => stay.AccountNo)
        : context.Subscriptions.AsNoTracking().Where(term => term.VoidedBy == null && term.Mrr > 0 && term.StartedOn <= today && (term.EndedOn == null || term.EndedOn > today)).Select(term => term.AccountNo);

    /// <summary>Who is asked of each account: people with an address before those without, then champions, then those who decide.</summary>
    private async Task<List<SurveyCandidate>> PeopleAsync(IReadOnlyCollection<int> accounts)
    {
        var contacts = context.Contacts.AsNoTracking().Where(contact => accounts.Contains(contact.AccountNo) && contact.VoidedBy == null && (contact.LeftOn == null || contact.LeftOn > today));
        contacts = plan.Recipients switch
        {
            SurveyRecipients.Champions => contacts.Where(contact => contact.IsChampion),
            SurveyRecipients.DecisionMakers => contacts.Where(contact => contact.IsDecisionMaker),
            _ => contacts,
        };
        var rows = await contacts.Select(contact => new { contact.AccountNo, contact.ContactNo, contact.EmailKey, contact.Language, contact.IsChampion, contact.IsDecisionMaker }).ToListAsync(cancellation);
        return
        [
            .. rows.GroupBy(row => row.AccountNo).OrderBy(own => own.Key).SelectMany(own => own
                .OrderByDescending(row => row.EmailKey is not null).ThenByDescending(row => row.IsChampion).ThenByDescending(row => row.IsDecisionMaker).ThenBy(row => row.ContactNo)
                .Take(plan.MostPerAccount))
                .Select(row => new SurveyCandidate(row.AccountNo, row.ContactNo, row.EmailKey ?? "", row.Language)),
        ];
    }

    private static ulong Drawn(string surveyId, int waveNo, SurveyCandidate person) =>
        BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{surveyId}/{waveNo}/{person.AccountNo}/{person.ContactNo}"))));
}
