using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What stands open as of a day, by account: triggers of plays fire on what is true then, where features look back 91 days.</summary>
internal static class StandingFactsQuery
{
    /// <summary>The facts of accounts that have any; the others have none open.</summary>
    public static async Task<Dictionary<int, StandingFacts>> ReadAsync(CustomerSuccessContext context, DateOnly asOf, CompanySettings settings, CancellationToken cancellation)
    {
        var facts = new Dictionary<int, StandingFacts>();
        var invoices = await context.Invoices.AsNoTracking()
            .Where(i => i.VoidedBy == null && i.IssuedOn <= asOf && i.FailedOn <= asOf && (i.PaidOn == null || i.PaidOn > asOf) && i.Status != "void")
            .GroupBy(i => i.AccountNo).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        foreach (var own in invoices)
        {
            facts[own.Key] = new(own.Count, 0);
        }

        var end = settings.StartOf(asOf.AddDays(1));
        var inquiries = await context.Inquiries.AsNoTracking()
            .Where(i => i.VoidedBy == null && i.OpenedAt < end && (i.ClosedAt == null || i.ClosedAt >= end) && i.Escalated && (i.EscalatedAt == null || i.EscalatedAt < end))
            .GroupBy(i => i.AccountNo).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        foreach (var own in inquiries)
        {
            facts[own.Key] = facts.GetValueOrDefault(own.Key) with { EscalatedInquiries = own.Count };
        }

        return facts;
    }
}
