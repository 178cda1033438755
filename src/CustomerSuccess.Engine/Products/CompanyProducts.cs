using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

/// <summary>What the company sells, and which of its metrics are part of what.</summary>
internal static class CompanyProducts
{
    /// <summary>The products of paid terms that began by a day.</summary>
    public static async Task<ProductCatalogue> CatalogueAsync(CustomerSuccessContext context, DateOnly until, CancellationToken cancellation)
    {
        var names = await context.Subscriptions.Where(term => term.VoidedBy == null && term.Mrr > 0 && term.StartedOn <= until)
            .GroupBy(term => term.Product).Select(named => new { named.Key, Terms = named.LongCount() }).ToListAsync(cancellation);
        return new ProductCatalogue(names.Select(named => (named.Key, named.Terms)));
    }

    /// <summary>The day from which on contracts name two products; null where they never do.</summary>
    public static async Task<DateOnly?> SplitFromAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var starts = await context.Subscriptions.Where(term => term.VoidedBy == null && term.Mrr > 0)
            .GroupBy(term => term.Product).Select(named => new { named.Key, First = named.Min(term => term.StartedOn) }).ToListAsync(cancellation);
        var first = starts.GroupBy(named => ProductKey.Of(named.Key)).Select(product => product.Min(named => named.First)).Order().ToList();
        return first.Count > 1 ? first[1] : null;
    }

    /// <summary>A number that changes with what is part of which product: equal numbers mean equal parts. 0 where nothing is part of any.</summary>
    public static async Task<long> FingerprintAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var parts = await context.Metrics.Where(metric => metric.Product != null).OrderBy(metric => metric.MetricId).Select(metric => new { metric.MetricId, metric.Product }).ToListAsync(cancellation);
        var text = string.Concat(parts.Select(part => FormattableString.Invariant($"{part.MetricId}={ProductKey.Of(part.Product)}\n")));
        return text.Length == 0 ? 0 : BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & long.MaxValue;
    }

    /// <summary>By number of a metric, the position of its product in the catalogue; -1 for a metric that is part of none of them.</summary>
    public static async Task<int[]> OfMetricsAsync(CustomerSuccessContext context, ProductCatalogue catalogue, CancellationToken cancellation)
    {
        var metrics = await context.Metrics.Where(metric => metric.Product != null).Select(metric => new { metric.MetricId, metric.Product }).ToListAsync(cancellation);
        var products = new int[metrics.Count == 0 ? 0 : metrics.Max(metric => metric.MetricId) + 1];
        Array.Fill(products, -1);
        foreach (var metric in metrics.Where(metric => ProductKey.Of(metric.Product) != ProductKey.Unnamed))
        {
            products[metric.MetricId] = catalogue.IndexOf(metric.Product);
        }

        return products;
    }
}
