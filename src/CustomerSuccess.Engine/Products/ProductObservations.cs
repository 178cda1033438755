using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Products;

/// <summary>The products that accounts paid for at as-of dates, with what became of them.</summary>
internal static class ProductObservations
{
    /// <summary>By account, then by day, then by product; none where contracts name fewer than two products.</summary>
    /// <param name="database">Whose contracts are read.</param>
    /// <param name="settings">Reporting currency.</param>
    /// <param name="accounts">Accounts at days, with their labels where known.</param>
    /// <param name="rule">What the labels count.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public static async Task<IReadOnlyList<ProductObservation>> OfAsync(Database database, CompanySettings settings, IReadOnlyList<Observation> accounts, LabelRule rule, CancellationToken cancellation)
    {
        if (accounts.Count == 0)
        {
            return [];
        }

        await using var context = database.OpenContext();
        if (!(await CompanyProducts.CatalogueAsync(context, accounts.Max(account => account.AsOf), cancellation)).IsSplit)
        {
            return [];
        }

        var days = accounts.OrderBy(account => account.AsOf).ToLookup(account => account.AccountNo);
        List<ProductObservation> products = [];
        await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
        {
            if (days.Contains(account))
            {
                var history = new ProductHistory(terms, rule);
                foreach (var day in days[account])
                {
                    products.AddRange(history.At(day, currency => rates.KnownOn(currency, day.AsOf)));
                }
            }
        }, cancellation);
        return products;
    }
}
