using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Modelling;

/// <summary>A product among the rows of a model of all products: how much of it there is to learn from, and how good the model is within it. That some products are dropped more often than others ranks rows of several products, and says nothing within one.</summary>
/// <param name="Name">As contracts write it; empty for terms that name none.</param>
/// <param name="Rows">Observations.</param>
/// <param name="Outcomes">Distinct outcomes.</param>
/// <param name="TestRows">Of them, in the test; 0 where nothing was fitted.</param>
/// <param name="TestOutcomes">Distinct outcomes in the test.</param>
/// <param name="RocAuc">Area under the curve within the product, on the test; null where a figure has no meaning.</param>
/// <param name="MeanProbability">What was predicted on average in the test; null without it.</param>
/// <param name="ObservedRate">What came.</param>
public sealed record CardProduct(string Name, int Rows, int Outcomes, int TestRows, int TestOutcomes, Estimate? RocAuc, double? MeanProbability, double? ObservedRate)
{
    /// <summary>Most observations first.</summary>
    /// <param name="data">All labelled rows.</param>
    /// <param name="products">By row, its product.</param>
    /// <param name="test">Probabilities of rows that the model had not seen; null where nothing was fitted.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static IReadOnlyList<CardProduct> Of(LabelledTable data, IReadOnlyList<Product> products, TestScores? test, int seed) =>
        [.. Enumerable.Range(0, data.Rows).GroupBy(row => products[row])
            .Select(own => Of(data, own.Key, [.. own], test is null ? [] : [.. Enumerable.Range(0, test.Rows.Length).Where(i => products[test.Rows[i]] == own.Key)], test, seed))
            .OrderByDescending(own => own.Rows).ThenBy(own => own.Name, StringComparer.Ordinal)];

    private static CardProduct Of(LabelledTable data, Product product, int[] rows, int[] tested, TestScores? test, int seed)
    {
        if (tested.Length == 0)
        {
            return new(product.Name, rows.Length, data.OutcomesIn(rows), 0, 0, null, null, null);
        }

        int[] at = [.. tested.Select(i => test!.Rows[i])];
        bool[] labels = [.. at.Select(row => data.Labels[row])];
        double[] scores = [.. tested.Select(i => test!.Model[i])];
        var ranked = new RankedScores(scores, labels, true, [.. at.Select(row => data.Table.AsOf[row].DayNumber)], 1);
        var measured = new Backtest([.. at.Select(row => data.Table.AccountNo[row])], [.. at.Select(row => data.Weights[row])], BacktestReport.Draws, seed).Measure([ranked])[0];
        return new(product.Name, rows.Length, data.OutcomesIn(rows), at.Length, data.OutcomesIn(at), measured.Estimate(values => values.RocAuc), scores.Average(), labels.Count(left => left) / (double)labels.Length);
    }
}
