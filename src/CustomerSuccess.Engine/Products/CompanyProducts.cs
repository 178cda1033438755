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
