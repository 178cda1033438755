using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

/// <summary>Which metrics are part of which product: as files say, or as people do for files that say nothing. The next scoring computes the products' history anew.</summary>
public sealed class ProductMetrics(Database database, Acts acts, TimeProvider clock)
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
            .Select(metric => Part(metric, catalogue))
            .OrderByDescending(part => part.IsSold).ThenBy(part => part.IsSold ? ProductKey.Of(part.Product) : "", StringComparer.Ordinal).ThenBy(part => part.Metric, StringComparer.Ordinal)];
    }

    /// <summary>Says what a metric is part of. Invalid with <c>not_sold</c> where no contract names the product.</summary>
    /// <param name="viewer">Who says so.</param>
    /// <param name="metric">Its name.</param>
    /// <param name="product">A product that contracts name; null for none.</param>
    /// <param name="seen">What the viewer saw it to be part of; null where that is not asked.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<MetricPart>> AssignAsync(Viewer viewer, string metric, string? product, MetricPart? seen = null, CancellationToken cancellation = default) =>
        !MayChange(viewer) ? Task.FromResult(ActResult.Forbidden<MetricPart>()) : acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("metric");
            if (await act.Context.Metrics.FirstOrDefaultAsync(m => m.Name == metric, cancellation) is not { } found)
            {
                return ActResult.NotFound<MetricPart>();
            }

            var catalogue = await CatalogueAsync(act.Context, cancellation);
            var stands = Part(found, catalogue);
            if (seen is not null && seen.Product != stands.Product)
            {
                return ActResult.Conflict(stands);
            }

            string? name = null;
            if (!string.IsNullOrWhiteSpace(product))
            {
                if (product.Length > Longest || catalogue.IndexOf(product) is not (>= 0 and var at))
                {
                    return ActResult.Invalid<MetricPart>("product", "not_sold");
                }

                name = catalogue.Products[at].Name;
            }

            if (name == stands.Product)
            {
                return ActResult.Unchanged(stands);
            }

            found.Product = name;
            act.Note(JournalAreas.Metric, "assigned", recordId: metric, changes: new FieldChanges().Note("product", stands.Product, name));
            return ActResult.Done(Part(found, catalogue));
        }, cancellation);

    private static MetricPart Part(Metric metric, ProductCatalogue catalogue) =>
        new(metric.Name, metric.Product, !string.IsNullOrWhiteSpace(metric.Product) && catalogue.IndexOf(metric.Product) >= 0);

    private Task<ProductCatalogue> CatalogueAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        CompanyProducts.CatalogueAsync(context, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1), cancellation);
}
