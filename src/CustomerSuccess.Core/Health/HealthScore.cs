using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Health;

/// <summary>
/// Health 0–100, 100 is good. At each as-of date every feature of a dimension becomes its percentile (mid-rank) among the accounts of that date,
/// turned so that 100 is good; a dimension is the percentile of the mean of its features' percentiles; the total is the mean of the dimensions by their weights.
/// What is missing is left out: a feature of its dimension, a dimension of the total.
/// </summary>
public static class HealthScore
{
    private static readonly HealthDimension[] Dimensions = Enum.GetValues<HealthDimension>();

    /// <summary>A point for every row, in their order, by equal weights. Rows of one as-of date are compared with each other.</summary>
    public static HealthPoint[] Of(FeatureTable table) => Of(table, static _ => HealthWeights.Equal);

    /// <summary>A point for every row, in their order. Rows of one as-of date are compared with each other.</summary>
    /// <param name="table">The features.</param>
    /// <param name="weights">The weights of a row.</param>
    public static HealthPoint[] Of(FeatureTable table, Func<int, HealthWeights> weights)
    {
        var points = new HealthPoint[table.Rows];
        foreach (var rows in Enumerable.Range(0, table.Rows).GroupBy(row => table.AsOf[row]).Select(group => group.ToArray()))
        {
            var dimensions = Array.ConvertAll(Dimensions, dimension => Dimension(table, rows, dimension));
            for (var i = 0; i < rows.Length; i++)
            {
                var point = Point(table.AccountNo[rows[i]], table.AsOf[rows[i]], dimensions, i);
                point.Total = weights(rows[i]).Total(point);
                points[rows[i]] = point;
            }
        }

        return points;
    }

    /// <summary>The value of a dimension; null where it is missing.</summary>
    public static double? Of(HealthPoint point, HealthDimension dimension) => dimension switch
    {
        HealthDimension.Adoption => point.Adoption,
        HealthDimension.Engagement => point.Engagement,
        HealthDimension.Support => point.Support,
        HealthDimension.Sentiment => point.Sentiment,
        HealthDimension.Commercial => point.Commercial,
        _ => point.Relationship,
    };

    private static double[] Dimension(FeatureTable table, int[] rows, HealthDimension dimension)
    {
        var (sums, counts) = (new double[rows.Length], new int[rows.Length]);
        var values = new double[rows.Length];
        foreach (var column in table.Columns)
        {
            if (column.Numbers is not { } numbers || FeatureCatalogue.Describe(column.Name) is not { } feature || feature.Dimension != dimension || feature.Direction == FeatureDirection.None)
            {
                continue;
            }

            for (var i = 0; i < rows.Length; i++)
            {
                values[i] = feature.Direction == FeatureDirection.HigherIsBetter ? numbers[rows[i]] : -numbers[rows[i]];
            }

            var percentiles = MidRank.Percentiles(values);
            for (var i = 0; i < rows.Length; i++)
            {
                if (!double.IsNaN(percentiles[i]))
                {
                    sums[i] += percentiles[i];
                    counts[i]++;
                }
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            values[i] = counts[i] == 0 ? double.NaN : sums[i] / counts[i];
        }

        return MidRank.Percentiles(values);
    }

    private static HealthPoint Point(int account, DateOnly asOf, double[][] dimensions, int i)
    {
        double? Value(HealthDimension dimension) => double.IsNaN(dimensions[(int)dimension][i]) ? null : dimensions[(int)dimension][i];
        return new HealthPoint
        {
            AccountNo = account,
            AsOf = asOf,
            Adoption = Value(HealthDimension.Adoption),
            Engagement = Value(HealthDimension.Engagement),
            Support = Value(HealthDimension.Support),
            Sentiment = Value(HealthDimension.Sentiment),
            Commercial = Value(HealthDimension.Commercial),
            Relationship = Value(HealthDimension.Relationship),
        };
    }
}
