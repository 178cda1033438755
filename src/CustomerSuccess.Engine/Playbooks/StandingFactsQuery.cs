using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What stands open as of a day, by account: triggers of plays fire on what is true then, where features look back 91 days.</summary>
internal static class StandingFactsQuery
{
    /// <summary>Days after which a failed or unpaid invoice is no reason to act any more.</summary>
    private const int Recent = 91;

    /// <summary>Days by which late payers are usually late: an invoice is overdue after them.</summary>
    private const int Lateness = 14;

    /// <summary>The facts of accounts that have any; the others have none open.</summary>
    public static async Task<Dictionary<int, StandingFacts>> ReadAsync(CustomerSuccessContext context, DateOnly asOf, CompanySettings settings, CancellationToken cancellation, IReadOnlyCollection<int>? accounts = null)
    {
        var facts = new Dictionary<int, StandingFacts>();
        var open = context.Invoices.AsNoTracking().Among(accounts, i => i.AccountNo).Where(i => i.VoidedBy == null && i.IssuedOn <= asOf && (i.PaidOn == null || i.PaidOn > asOf) && i.Status != "void");
        // what failed or fell due long ago is written off, disputed or never entered as paid: no call of today mends it
        var since = asOf.AddDays(-Recent);
        var failed = await open.Where(i => i.FailedOn <= asOf && i.FailedOn > since).GroupBy(i => i.AccountNo).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        foreach (var own in failed)
        {
            facts[own.Key] = new(own.Count, 0);
        }

        var late = asOf.AddDays(-Lateness);
        var overdue = await open.Where(i => i.FailedOn == null && i.DueOn < late && i.DueOn > since).GroupBy(i => i.AccountNo).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        foreach (var own in overdue)
        {
            facts[own.Key] = facts.GetValueOrDefault(own.Key) with { OverdueInvoices = own.Count };
        }

        var end = settings.StartOf(asOf.AddDays(1));
        var inquiries = await context.Inquiries.AsNoTracking().Among(accounts, i => i.AccountNo)
            .Where(i => i.VoidedBy == null && i.OpenedAt < end && (i.ClosedAt == null || i.ClosedAt >= end) && i.Escalated && (i.EscalatedAt == null || i.EscalatedAt < end))
            .GroupBy(i => i.AccountNo).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        foreach (var own in inquiries)
        {
            facts[own.Key] = facts.GetValueOrDefault(own.Key) with { EscalatedInquiries = own.Count };
        }

        return facts;
    }
}
