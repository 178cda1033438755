namespace CustomerSuccess.Core.Demo;

/// <summary>Terms and monthly invoices. Some customers always pay late, which means nothing; some payments fail.</summary>
internal static class BillingStory
{
    public static void Write(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells, AddOnStory addOns, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Billing);
        var termNumber = 0;
        var invoiceNumber = 0;
        foreach (var spell in spells)
        {
            foreach (var term in spell.Terms)
            {
                account.Add(
                    DemoFiles.Subscriptions,
                    $"{profile.Id}-T{++termNumber}",
                    profile.Id,
                    AddOnStory.Core,
                    profile.Plan,
                    term.Seats,
                    term.Mrr,
                    plan.Currency,
                    term.StartedOn,
                    term.TermEndsOn,
                    true,
                    30,
                    term.NoticeOn,
                    term.EndedOn,
                    term.EndReason);
            }

            foreach (var month in spell.Months)
            {
                Invoice(plan, profile, spell, month, addOns, random, account, ++invoiceNumber);
            }
        }
    }

    private static void Invoice(DemoPlan plan, AccountProfile profile, Spell spell, LifeMonth month, AddOnStory addOns, DemoRandom random, DemoAccount account, int number)
    {
        var issued = plan.StartOf(month.Month).AddDays(27);
        var due = issued.AddDays(30);
        var paid = due.AddDays(profile.PaysLate ? random.Whole(1, 14) : -random.Whole(0, 12));
        var failed = issued.AddDays(random.Whole(1, 3));
        var recovered = failed.AddDays(random.Whole(20, 45));
        var term = spell.Terms.LastOrDefault(t => t.StartedOn <= issued);
        if (term is null || issued < spell.StartedOn || issued >= spell.EndedOn || issued > plan.Last)
        {
            return;
        }

        var fails = month.PaymentFails && failed <= plan.Last;
        DateOnly? paidOn = month.PaymentFails ? recovered : paid;
        if (paidOn > plan.Last || (month.PaymentFails && paidOn >= spell.EndedOn))
        {
            paidOn = null;
        }

        var status = paidOn is not null ? "paid" : fails ? "failed" : "open";
        account.Add(DemoFiles.Invoices, $"{profile.Id}-I{number}", profile.Id, term.Mrr + addOns.MrrOn(issued), plan.Currency, issued, due, paidOn, fails ? failed : null, status);
    }
}
