using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What forbids touches, by account: what CSMs decided, cool-downs, opt-outs, contacts of the last days.</summary>
internal static class TouchLimitsQuery
{
    /// <summary>The limits of accounts that have any.</summary>
    /// <param name="context">The store.</param>
    /// <param name="asOf">The day as of which accounts are scored: touches of the files count up to it.</param>
    /// <param name="now">Actions taken in the application count up to this instant, UTC.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <param name="accounts">Of some accounts alone; null for all.</param>
    public static async Task<Dictionary<int, TouchLimits>> ReadAsync(CustomerSuccessContext context, DateOnly asOf, DateTime now, CompanySettings settings, CancellationToken cancellation, IReadOnlyCollection<int>? accounts = null)
    {
        var plays = new Dictionary<int, HashSet<string>>();
        var decided = new Dictionary<(int Account, string Play, string Reason), SuggestionAction>();
        var lastContact = new Dictionary<int, double>();
        var coolDowns = (await PlayQuery.ReadAsync(context, cancellation)).ToDictionary(entry => entry.Play.Key, entry => entry.Play.CoolDownDays, StringComparer.Ordinal);
        var today = settings.DayOf(now);
        await foreach (var action in context.SuggestionActions.AsNoTracking().Among(accounts, a => a.AccountNo).Where(a => a.UndoneAt == null).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var days = (now - action.At).TotalDays;
            if (action.Kind == SuggestionActionKind.Done && days < coolDowns.GetValueOrDefault(action.Play))
            {
                Add(plays, action.AccountNo, action.Play);
            }

            // of several decisions on one suggestion the last one holds
            var key = (action.AccountNo, action.Play, action.ReasonCode);
            if (!decided.TryGetValue(key, out var other) || (action.At, action.ActionId).CompareTo((other.At, other.ActionId)) > 0)
            {
                decided[key] = action;
            }

            if (action.Kind == SuggestionActionKind.Done)
            {
                Nearer(lastContact, action.AccountNo, days);
            }
        }

        var end = asOf.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var longest = Math.Max(settings.ContactGapDays, coolDowns.Values.Max());
        var since = asOf.DayNumber > longest ? end.AddDays(-longest) : DateTime.MinValue;
        var touches = context.Touches.AsNoTracking().Among(accounts, t => t.AccountNo)
            .Where(t => t.VoidedBy == null && t.At >= since && t.At < end)
            .Select(t => new { t.AccountNo, t.Play, t.At })
            .AsAsyncEnumerable();
        await foreach (var touch in touches.WithCancellation(cancellation))
        {
            var days = (end - touch.At).TotalDays;
            if (touch.Play is { } play && days < coolDowns.GetValueOrDefault(play))
            {
                Add(plays, touch.AccountNo, play);
            }

            Nearer(lastContact, touch.AccountNo, days);
        }

        // messages that no touch was written for, such as a campaign's, are contacts all the same
        var mails = context.MailMessages.AsNoTracking().Among(accounts, m => m.AccountNo)
            .Where(m => m.Purpose != Purpose.Transactional && m.AccountNo != 0 && m.ContactedAt != null && m.ContactedAt >= since && m.ContactedAt < end)
            .GroupBy(m => m.AccountNo)
            .Select(own => new { AccountNo = own.Key, At = own.Max(m => m.ContactedAt) })
            .AsAsyncEnumerable();
        await foreach (var mail in mails.WithCancellation(cancellation))
        {
            Nearer(lastContact, mail.AccountNo, (end - mail.At!.Value).TotalDays);
        }

        var channels = await OptOutsAsync(context, asOf, accounts, cancellation);
        var none = new HashSet<string>();
        var aside = decided.Values
            .Where(action => action.Kind == SuggestionActionKind.Dismissed || (action.Kind == SuggestionActionKind.Snoozed && action.Until > today))
            .ToLookup(action => action.AccountNo, action => new PutAsideReason(action.Play, action.ReasonCode, SuggestedTouches.Args(action.ReasonArgsJson)));
        return plays.Keys.Union(lastContact.Keys).Union(channels.Keys).Union(aside.Select(own => own.Key)).ToDictionary(
            account => account,
            account => new TouchLimits(plays.GetValueOrDefault(account, none), channels.GetValueOrDefault(account, none), lastContact.TryGetValue(account, out var days) ? days : null) { PutAside = [.. aside[account]] });
    }

    /// <summary>Channels that all people of an account, as far as they are still there, have opted out of. An account without people forbids nothing.</summary>
    private static async Task<Dictionary<int, HashSet<string>>> OptOutsAsync(CustomerSuccessContext context, DateOnly asOf, IReadOnlyCollection<int>? among, CancellationToken cancellation)
    {
        var accounts = await context.Contacts.AsNoTracking().Among(among, c => c.AccountNo)
            .Where(c => c.VoidedBy == null && (c.LeftOn == null || c.LeftOn > asOf))
            .Select(c => new
            {
                c.AccountNo,
                NoEmail = c.OptOutEmail || context.ContactStops.Any(s => s.LiftedAt == null && s.List == null && s.Channel == Channels.Email && s.AccountNo == c.AccountNo && s.ContactNo == c.ContactNo),
                NoPhone = c.OptOutPhone || context.ContactStops.Any(s => s.LiftedAt == null && s.List == null && s.Channel == Channels.Call && s.AccountNo == c.AccountNo && s.ContactNo == c.ContactNo),
            })
            .GroupBy(c => c.AccountNo)
            .Select(people => new { AccountNo = people.Key, People = people.Count(), NoEmail = people.Count(c => c.NoEmail), NoPhone = people.Count(c => c.NoPhone), NoContact = people.Count(c => c.NoEmail && c.NoPhone) })
            .Where(account => account.NoEmail == account.People || account.NoPhone == account.People)
            .ToListAsync(cancellation);
        return accounts.ToDictionary(account => account.AccountNo, account =>
        {
            HashSet<string> closed = [];
            if (account.NoEmail == account.People)
            {
                closed.Add(Channels.Email);
            }

            if (account.NoPhone == account.People)
            {
                closed.Add(Channels.Call);
            }

            // a meeting is arranged with somebody who can be reached in one way or the other
            if (account.NoContact == account.People)
            {
                closed.Add(Channels.Meeting);
            }

            return closed;
        });
    }

    private static void Add(Dictionary<int, HashSet<string>> plays, int account, string play)
    {
        if (!plays.TryGetValue(account, out var own))
        {
            plays.Add(account, own = new HashSet<string>(StringComparer.Ordinal));
        }

        own.Add(play);
    }

    private static void Nearer(Dictionary<int, double> last, int account, double days) =>
        last[account] = last.TryGetValue(account, out var known) ? Math.Min(known, days) : days;
}
