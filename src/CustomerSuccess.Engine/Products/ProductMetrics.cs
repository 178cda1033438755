using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

public enum PartOutcome
{
    Done,

    /// <summary>There is no such metric.</summary>
    NotFound,

    /// <summary>No contract names the product.</summary>
    NotSold,

    /// <summary>The viewer may only read.</summary>
    Forbidden,
}

/// <summary>Which metrics are part of which product: as files say, or as people do for files that say nothing. The next scoring computes the products' history anew.</summary>
public sealed class ProductMetrics(Database database, TimeProvider clock)
{
    /// <summary>Characters of a product's name.</summary>
    private const int Longest = 200;

    public static bool MayChange(Viewer viewer) => viewer.IsIn(Roles.CsOperations, Roles.Administrator);

    /// <summary>Every metric by name, those of sold products first.</summary>
    public async Task<IReadOnlyList<MetricPart>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var catalogue = await CatalogueAsync(context, cancellation);
        var metrics = await context.Metrics.AsNoTracking().ToListAsync(cancellation);
        return [.. metrics
            .Select(metric => new MetricPart(metric.Name, metric.Product, !string.IsNullOrWhiteSpace(metric.Product) && catalogue.IndexOf(metric.Product) >= 0))
            .OrderByDescending(part => part.IsSold).ThenBy(part => part.IsSold ? ProductKey.Of(part.Product) : "", StringComparer.Ordinal).ThenBy(part => part.Metric, StringComparer.Ordinal)];
    }

    /// <summary>Says what a metric is part of.</summary>
    /// <param name="viewer">Who says so.</param>
    /// <param name="metric">Its name.</param>
    /// <param name="product">A product that contracts name; null for none.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task<PartOutcome> AssignAsync(Viewer viewer, string metric, string? product, CancellationToken cancellation = default)
    {
        if (!MayChange(viewer))
        {
            return PartOutcome.Forbidden;
        }

        await using var context = database.OpenContext();
        var found = await context.Metrics.FirstOrDefaultAsync(m => m.Name == metric, cancellation);
        if (found is null)
        {
            return PartOutcome.NotFound;
        }

        string? name = null;
        if (!string.IsNullOrWhiteSpace(product))
        {
            var catalogue = await CatalogueAsync(context, cancellation);
            if (product.Length > Longest || catalogue.IndexOf(product) is not (>= 0 and var at))
            {
                return PartOutcome.NotSold;
            }

            name = catalogue.Products[at].Name;
        }

        found.Product = name;
        await context.SaveChangesAsync(cancellation);
        return PartOutcome.Done;
    }

    private Task<ProductCatalogue> CatalogueAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        CompanyProducts.CatalogueAsync(context, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1), cancellation);
}
