using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

/// <summary>Tests the bands of products against what became of them.</summary>
internal static class ProductRows
{
    /// <summary>Rows that are held at most: beyond, every n-th account is read.</summary>
    private const int MostRows = 150_000;

    /// <summary>One test for each product that has points at past month ends, most rows first.</summary>
    /// <param name="database">Whose history is read.</param>
    /// <param name="settings">Lead, horizon, grace and currency.</param>
    /// <param name="rule">Weights and bands.</param>
    /// <param name="cancellation">Stops the query.</param>
    public static async Task<IReadOnlyList<ProductBands>> TestAsync(Database database, CompanySettings settings, HealthRule rule, CancellationToken cancellation)
    {
        var label = LabelRule.Of(settings);
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var context = snapshot.Context;
        if ((await AsOfDates.ReachesAsync(snapshot, cancellation)).Contracts is not { } known || known.DayNumber < label.Span)
        {
            return [];
        }

        var last = known.AddDays(-label.Span);
        var days = (await context.ProductHealthPoints.Where(point => point.AsOf <= last).GroupBy(point => point.AsOf).Select(day => new { day.Key, Rows = day.Count() }).ToListAsync(cancellation))
            .Where(day => MonthEnds.OnOrAfter(day.Key) == day.Key).ToDictionary(day => day.Key, day => day.Rows);
        if (days.Count == 0)
        {
            return [];
        }

        var every = (int)Math.Max(1, Math.Ceiling((double)days.Values.Sum() / MostRows));
        DateOnly[] monthEnds = [.. days.Keys];
        var points = (await context.ProductHealthPoints.Where(point => monthEnds.Contains(point.AsOf) && point.AccountNo % every == 0).ToListAsync(cancellation)).ToLookup(point => point.AccountNo);
        var rates = new CurrencyRates(settings.Currency, await context.ExchangeRates.ToListAsync(cancellation));
        var rows = new Dictionary<string, List<HealthRow>>(StringComparer.Ordinal);
        List<Subscription> terms = [];
        await foreach (var term in context.Subscriptions.Where(term => term.VoidedBy == null && term.AccountNo % every == 0).OrderBy(term => term.AccountNo).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (terms.Count > 0 && terms[0].AccountNo != term.AccountNo)
            {
                Add(terms);
                terms = [];
            }

            terms.Add(term);
        }

        if (terms.Count > 0)
        {
            Add(terms);
        }

        var names = (await CompanyProducts.CatalogueAsync(context, known, cancellation)).Products.ToDictionary(product => product.Key, product => product.Name, StringComparer.Ordinal);
        return [.. rows.OrderByDescending(own => own.Value.Count).ThenBy(own => own.Key, StringComparer.Ordinal)
            .Select(own => new ProductBands(own.Key, names.GetValueOrDefault(own.Key, own.Key), HealthEvidence.Bands(own.Value, rule, label.HorizonDays)))];

        void Add(List<Subscription> own)
        {
            var account = own[0].AccountNo;
            if (!points.Contains(account))
            {
                return;
            }

            var (mrr, history) = (MrrTimeline.Of(own), new ProductHistory(own, label));
            var churns = mrr.ChurnEvents(label.GraceDays);
            foreach (var day in points[account].GroupBy(point => point.AsOf).OrderBy(day => day.Key))
            {
                decimal Rate(string currency) => rates.KnownOn(currency, day.Key);
                if (label.At(account, own, mrr, churns, day.Key, known, Rate) is not { } observation)
                {
                    continue;
                }

                foreach (var product in history.At(observation, Rate))
                {
                    if (product.Lost is { } lost && day.FirstOrDefault(point => point.Product == product.Product) is { Total: not null } point)
                    {
                        var terms = history.Products.First(terms => terms.Product == product.Product);
                        var kept = terms.Mrr.On(day.Key.AddDays(label.LeadDays + label.HorizonDays), Rate);
                        (rows.TryGetValue(product.Product, out var list) ? list : rows[product.Product] = []).Add(
                            new HealthRow(point.ToHealth(), point.Segment, lost, product.EndedOn, product.Mrr, Math.Min(product.Mrr, kept)));
                    }
                }
            }
        }
    }
}
