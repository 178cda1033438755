using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>
/// Tells who is not to be asked now: accounts that came of late, people who were asked of late or have an invitation open, by their address in whatever account.
/// Whoever asks it and acts upon it holds the lock of contacts.
/// </summary>
internal sealed class SurveyThrottle
{
    private const int DaysOfMonth = 30;

    private readonly Dictionary<int, DateOnly> _since;
    private readonly HashSet<string> _open;
    private readonly HashSet<string> _lately;
    private readonly SurveyPlan _plan;
    private readonly DateOnly _today;

    private SurveyThrottle(SurveyPlan plan, DateOnly today, Dictionary<int, DateOnly> since, HashSet<string> open, HashSet<string> lately) =>
        (_plan, _today, _since, _open, _lately) = (plan, today, since, open, lately);

    /// <summary>Who was asked after this by a survey of the kind was asked of late.</summary>
    public static DateTime Since(SurveyPlan plan, DateTime now) => now.AddDays(-plan.MonthsBetween * DaysOfMonth);

    public static async Task<SurveyThrottle> ReadAsync(CustomerSuccessContext context, SurveyPlan plan, IReadOnlyList<SurveyCandidate> people, DateOnly today, DateTime now, CancellationToken cancellation)
    {
        var accounts = people.Select(person => person.AccountNo).Distinct().ToList();
        var keys = people.Select(person => person.AddressKey).Where(key => key.Length > 0).Distinct().ToList();
        var created = await context.Accounts.AsNoTracking().Where(account => accounts.Contains(account.AccountNo) && account.CreatedOn != null).Select(account => new { account.AccountNo, Day = account.CreatedOn!.Value }).ToListAsync(cancellation);
        var signed = await context.Subscriptions.AsNoTracking().Where(term => accounts.Contains(term.AccountNo) && term.VoidedBy == null).GroupBy(term => term.AccountNo).Select(own => new { AccountNo = own.Key, Day = own.Min(term => term.StartedOn) }).ToListAsync(cancellation);
        var (since, kind) = (Since(plan, now), plan.Kind);
        var asked = await context.SurveyInvitations.AsNoTracking().Where(invitation => keys.Contains(invitation.AddressKey) && invitation.State != InvitationState.HeldBack)
            .Select(invitation => new { invitation.AddressKey, invitation.Kind, invitation.State, invitation.CreatedAt, invitation.ExpiresAt }).ToListAsync(cancellation);
        return new(
            plan, today,
            created.Concat(signed).GroupBy(row => row.AccountNo).ToDictionary(own => own.Key, own => own.Min(row => row.Day)),
            asked.Where(row => row.State is InvitationState.Waiting or InvitationState.Asked or InvitationState.Opened && row.ExpiresAt > now).Select(row => row.AddressKey).ToHashSet(StringComparer.Ordinal),
            asked.Where(row => row.Kind == kind && row.CreatedAt > since).Select(row => row.AddressKey).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Why somebody is not to be asked; null where he or she may be. Who may is taken as asked from then on.</summary>
    public string? Take(SurveyCandidate person)
    {
        if (person.AddressKey.Length == 0)
        {
            return HoldReasons.NoAddress;
        }

        if (_since.TryGetValue(person.AccountNo, out var since) && _today.DayNumber - since.DayNumber < _plan.LeastAgeDays)
        {
            return SurveyHolds.YoungAccount;
        }

        if (_open.Contains(person.AddressKey))
        {
            return SurveyHolds.OpenInvitation;
        }

        if (_plan.MonthsBetween > 0 && _lately.Contains(person.AddressKey))
        {
            return SurveyHolds.AskedLately;
        }

        _open.Add(person.AddressKey);
        return null;
    }
}
