using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Marks;

/// <summary>Which outages stand, and which of some accounts each of them hit.</summary>
internal sealed class OutageReach
{
    private readonly IReadOnlyList<(Mark Mark, HashSet<int>? Accounts)> _hits;

    private OutageReach(IReadOnlyList<(Mark, HashSet<int>?)> hits) => _hits = hits;

    public static OutageReach None { get; } = new([]);

    /// <summary>Outages that last on a day, or ended so many days before at most.</summary>
    public static async Task<IReadOnlyList<Mark>> StandingAsync(CustomerSuccessContext context, DateOnly today, int days, CancellationToken cancellation)
    {
        var since = today.AddDays(-days);
        return await context.Marks.AsNoTracking()
            .Where(mark => mark.Kind == MarkKind.Outage && mark.DeletedAt == null && mark.Day <= today && (mark.Until ?? mark.Day) >= since)
            .OrderBy(mark => mark.Day).ThenBy(mark => mark.MarkId).ToListAsync(cancellation);
    }

    /// <summary>Reads which of some accounts the standing outages hit.</summary>
    /// <param name="context">The store.</param>
    /// <param name="today">The company's day.</param>
    /// <param name="days">For how many days after its end an outage stands.</param>
    /// <param name="accounts">Those that will be asked about.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<OutageReach> ReadAsync(CustomerSuccessContext context, DateOnly today, int days, IReadOnlyCollection<int> accounts, CancellationToken cancellation)
    {
        var marks = await StandingAsync(context, today, days, cancellation);
        var hits = new List<(Mark, HashSet<int>?)>(marks.Count);
        foreach (var mark in marks)
        {
            hits.Add((mark, AccountsOf(context, mark) is { } hit ? [.. await hit.Where(account => accounts.Contains(account)).ToListAsync(cancellation)] : null));
        }

        return hits.Count == 0 ? None : new(hits);
    }

    /// <summary>The accounts that an outage hit; null for all.</summary>
    public static IQueryable<int>? AccountsOf(CustomerSuccessContext context, Mark mark)
    {
        var (id, of, from, until) = (mark.MarkId, mark.ReachOf, mark.Day, mark.Until ?? mark.Day);
        var terms = context.Subscriptions.AsNoTracking().Where(term => term.VoidedBy == null && term.StartedOn <= until && (term.EndedOn == null || term.EndedOn > from));
        return mark.Reach switch
        {
            MarkReach.Segment => context.SegmentStays.AsNoTracking().Where(stay => stay.SegmentId == of && stay.LeftOn == null).Select(stay => stay.AccountNo).Distinct(),
            MarkReach.Product => terms.Where(term => term.Product == of).Select(term => term.AccountNo).Distinct(),
            MarkReach.Plan => terms.Where(term => term.Plan == of).Select(term => term.AccountNo).Distinct(),
            MarkReach.Accounts => context.MarkAccounts.AsNoTracking().Where(hit => hit.MarkId == id).Select(hit => hit.AccountNo),
            _ => null,
        };
    }

    /// <summary>The outage that hit an account and lasts the longest; null for none.</summary>
    public Mark? Of(int accountNo) => _hits.Where(hit => hit.Accounts?.Contains(accountNo) != false).Select(hit => hit.Mark).MaxBy(mark => mark.Until ?? mark.Day);

    /// <summary>The code of what an outage holds back, with the outage's title; signs that divide codes become their wide forms.</summary>
    public static string ReasonOf(Mark outage) => $"{HoldReasons.Outage}:{outage.Title.Replace(',', '，').Replace(':', '：')}";
}
