using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Products;

/// <summary>
/// Health of products, by the rule of <see cref="HealthScore"/>: percentiles among the accounts that pay for the same product on the same day, weighed as the account's segment is.
/// With fewer than <see cref="LeastAccounts"/> of them a percentile says little, and health is missing.
/// </summary>
public static class ProductHealth
{
    /// <summary>Accounts that pay for a product, below which it has no health.</summary>
    public const int LeastAccounts = 10;

    /// <summary>A point for every row, in their order, and how many accounts pay for the row's product on its day.</summary>
    /// <param name="table">Each account at most once a day and product.</param>
    /// <param name="weights">The weights of a row.</param>
    public static (HealthPoint[] Points, int[] Payers) Of(ProductTable table, Func<int, HealthWeights> weights)
    {
        var (points, payers) = (new HealthPoint[table.Rows], new int[table.Rows]);
        // percentiles need what enters a dimension, and nothing else
        var columns = table.Table with { Columns = [.. table.Table.Columns.Where(column => FeatureCatalogue.Describe(column.Name) is { Dimension: not null })] };
        foreach (var rows in Enumerable.Range(0, table.Rows).GroupBy(row => table.Product[row]).Select(group => group.ToArray()))
        {
            var among = HealthScore.Of(columns.Take(rows), row => weights(rows[row]));
            var counts = rows.GroupBy(row => table.Table.AsOf[row]).ToDictionary(day => day.Key, day => day.Count());
            for (var i = 0; i < rows.Length; i++)
            {
                payers[rows[i]] = counts[table.Table.AsOf[rows[i]]];
                points[rows[i]] = payers[rows[i]] < LeastAccounts ? new HealthPoint { AccountNo = among[i].AccountNo, AsOf = among[i].AsOf } : among[i];
            }
        }

        return (points, payers);
    }
}
