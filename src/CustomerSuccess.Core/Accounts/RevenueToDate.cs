using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Accounts;

/// <summary>What an account has brought up to a day, in the reporting currency.</summary>
/// <param name="Contracts">What its terms came to, day by day, at each month's rate.</param>
/// <param name="Purchases">One-off orders, at their month's rate.</param>
/// <param name="Paid">Invoices paid; null where there are no invoices.</param>
/// <param name="Open">Invoices neither paid nor void; null where there are no invoices.</param>
/// <param name="Overdue">Of these, past their due day.</param>
/// <param name="Since">The first day on which it paid.</param>
public sealed record RevenueSheet(decimal Contracts, decimal Purchases, decimal? Paid, decimal? Open, decimal? Overdue, DateOnly? Since)
{
    /// <summary>Contracts and purchases.</summary>
    public decimal Total => Contracts + Purchases;
}

/// <summary>Adds up what an account has brought. A term's MRR counts by its days, a month of the calendar being one MRR.</summary>
public static class RevenueToDate
{
    /// <summary>The sheet.</summary>
    /// <param name="terms">Of one account.</param>
    /// <param name="purchases">Of the same.</param>
    /// <param name="invoices">Of the same.</param>
    /// <param name="rates">To the reporting currency.</param>
    /// <param name="today">The last day that counts.</param>
    /// <returns>Null where a rate is missing: a sum over several currencies never guesses.</returns>
    public static RevenueSheet? Of(IReadOnlyCollection<Subscription> terms, IReadOnlyCollection<Purchase> purchases, IReadOnlyCollection<Invoice> invoices, CurrencyRates rates, DateOnly today)
    {
        try
        {
            var counted = invoices.Where(invoice => invoice.Status != "void" && invoice.IssuedOn <= today).ToList();
            var open = counted.Where(invoice => invoice.PaidOn is null && invoice.Status != "paid").ToList();
            decimal Sum(IEnumerable<Invoice> some) => some.Sum(invoice => invoice.Amount * rates.KnownOn(invoice.Currency, invoice.IssuedOn));
            return new(
                terms.Sum(term => Of(term, rates, today)),
                purchases.Where(purchase => purchase.PurchasedOn <= today).Sum(purchase => purchase.Amount * rates.KnownOn(purchase.Currency, purchase.PurchasedOn)),
                counted.Count == 0 ? null : Sum(counted.Except(open)),
                counted.Count == 0 ? null : Sum(open),
                counted.Count == 0 ? null : Sum(open.Where(invoice => invoice.DueOn < today)),
                terms.Where(term => term.Mrr > 0 && term.StartedOn <= today).Select(term => (DateOnly?)term.StartedOn).Concat(purchases.Select(purchase => (DateOnly?)purchase.PurchasedOn)).Min());
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static decimal Of(Subscription term, CurrencyRates rates, DateOnly today)
    {
        var end = term.EndedOn is { } ended && ended <= today ? ended : today.AddDays(1);
        var sum = 0m;
        for (var day = term.StartedOn; day < end;)
        {
            var days = DateTime.DaysInMonth(day.Year, day.Month);
            var next = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            var until = next < end ? next : end;
            sum += term.Mrr * rates.KnownOn(term.Currency, day) * (until.DayNumber - day.DayNumber) / days;
            day = until;
        }

        return sum;
    }
}
