using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Recency, frequency and money: of purchases, or for a business without purchases of active days and MRR.</summary>
public sealed class RfmQuery(Database database, SettingsStore settings)
{
    /// <summary>Every customer who had bought (or used) anything by the day, by account id. Without a day: the last on which anybody did.</summary>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public async Task<IReadOnlyList<RfmValues>> RunAsync(Viewer viewer, DateOnly? asOf, CancellationToken cancellation = default)
    {
        var company = await settings.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var rates = new CurrencyRates(company.Currency, await context.ExchangeRates.AsNoTracking().Where(rate => rate.VoidedBy == null).ToListAsync(cancellation));
        var names = await context.Accounts.VisibleTo(viewer).AsNoTracking().ToDictionaryAsync(account => account.AccountNo, account => account.AccountId, cancellation);
        var customers = await context.Purchases.AnyAsync(purchase => purchase.VoidedBy == null, cancellation)
            ? await OfPurchasesAsync(context, asOf, names, rates, cancellation)
            : await OfUsageAsync(context, asOf, names, rates, cancellation);
        return [.. customers.OrderBy(customer => customer.AccountId, StringComparer.Ordinal)];
    }

    private static async Task<List<RfmValues>> OfPurchasesAsync(CustomerSuccessContext context, DateOnly? asOf, Dictionary<int, string> names, CurrencyRates rates, CancellationToken cancellation)
    {
        var purchases = context.Purchases.AsNoTracking().Where(purchase => purchase.VoidedBy == null);
        var day = asOf ?? await purchases.MaxAsync(purchase => purchase.PurchasedOn, cancellation);
        var start = day.AddDays(-Rfm.Window);
        var sums = new Dictionary<int, (DateOnly Last, int Count, decimal Money)>();
        var rows = purchases.Where(purchase => purchase.PurchasedOn <= day).Select(purchase => new { purchase.AccountNo, purchase.PurchasedOn, purchase.Amount, purchase.Currency });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!names.ContainsKey(row.AccountNo))
            {
                continue;
            }

            var (last, count, money) = sums.GetValueOrDefault(row.AccountNo);
            var counts = row.PurchasedOn > start;
            sums[row.AccountNo] = (row.PurchasedOn > last ? row.PurchasedOn : last, count + (counts ? 1 : 0), counts ? money + (row.Amount * rates.On(row.Currency, row.PurchasedOn)) : money);
        }

        return [.. sums.Select(s => new RfmValues(names[s.Key], day.DayNumber - s.Value.Last.DayNumber, s.Value.Count, s.Value.Money))];
    }

    private static async Task<List<RfmValues>> OfUsageAsync(CustomerSuccessContext context, DateOnly? asOf, Dictionary<int, string> names, CurrencyRates rates, CancellationToken cancellation)
    {
        var used = context.Usage.AsNoTracking().Where(usage => usage.Count > 0);
        if ((asOf ?? await used.MaxAsync(usage => (DateOnly?)usage.Day, cancellation)) is not { } day)
        {
            return [];
        }

        var start = day.AddDays(-Rfm.Window);
        var active = await used.Where(usage => usage.Day <= day).GroupBy(usage => usage.AccountNo)
            .Select(g => new { AccountNo = g.Key, Last = g.Max(usage => usage.Day), Days = g.Where(usage => usage.Day > start).Select(usage => usage.Day).Distinct().Count() })
            .ToListAsync(cancellation);
        var mrr = (await context.Subscriptions.AsNoTracking()
            .Where(term => term.VoidedBy == null && term.StartedOn <= day && (term.EndedOn == null || term.EndedOn > day))
            .Select(term => new { term.AccountNo, term.Mrr, term.Currency }).ToListAsync(cancellation))
            .GroupBy(term => term.AccountNo).ToDictionary(g => g.Key, g => g.Sum(term => term.Mrr * rates.On(term.Currency, day)));
        return [.. active.Where(a => names.ContainsKey(a.AccountNo)).Select(a => new RfmValues(names[a.AccountNo], day.DayNumber - a.Last.DayNumber, a.Days, mrr.GetValueOrDefault(a.AccountNo)))];
    }
}
