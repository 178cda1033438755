using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Products;

/// <summary>How well a model of all products tells those dropped from those kept of the same product. That some products are dropped more often than others is no skill of that kind.</summary>
/// <param name="RocAuc">Chance that of two rows of one product the one that was dropped scored above the one that was kept, ties half: Σ over products of pairs × AUC / Σ of pairs.</param>
/// <param name="RuleScoreAuc">The rule score's on the same pairs.</param>
public sealed record WithinProducts(Estimate? RocAuc, Estimate? RuleScoreAuc)
{
    /// <summary>Rows × draws of the bootstrap at most.</summary>
    private const int MostDrawnRows = 50_000_000;

    private const int LeastDraws = 200;

    /// <summary>The honest verdict, over pairs of the same product.</summary>
    public Verdict Verdict => Verdicts.Over(RocAuc, RuleScoreAuc?.Value);

    /// <param name="data">Outcomes of all labelled rows.</param>
    /// <param name="products">By row, its product.</param>
    /// <param name="test">Scores of rows that the model had not seen.</param>
    /// <param name="seed">Of the bootstrap over accounts.</param>
    public static WithinProducts Of(LabelledTable data, IReadOnlyList<Product> products, TestScores test, int seed)
    {
        var groups = Enumerable.Range(0, test.Rows.Length).GroupBy(i => products[test.Rows[i]]).Select(group => group.ToArray()).ToArray();
        var accounts = test.Rows.Select(row => data.Table.AccountNo[row]).Distinct().Order().Select((account, i) => (account, i)).ToDictionary(pair => pair.account, pair => pair.i);
        int[] account = [.. test.Rows.Select(row => accounts[data.Table.AccountNo[row]])];
        double[] weights = [.. test.Rows.Select(row => data.Weights[row])];
        var draws = Math.Clamp(MostDrawnRows / Math.Max(1, test.Rows.Length), LeastDraws, BacktestReport.Draws);
        return new(Estimate(test.Model), test.Rules is null ? null : Estimate(test.Rules));

        Estimate? Estimate(double[] scores)
        {
            var ranked = groups.Select(rows => new RankedScores([.. rows.Select(i => scores[i])], [.. rows.Select(i => data.Labels[test.Rows[i]])], false, new int[rows.Length], 1)).ToArray();
            var drawn = new double[draws];
            Parallel.For(0, draws, draw =>
            {
                var random = SeededRandom.Of(seed, draw);
                var times = new int[accounts.Count];
                for (var i = 0; i < times.Length; i++)
                {
                    times[random.Next(times.Length)]++;
                }

                drawn[draw] = Auc(ranked, i => weights[i] * times[account[i]]);
            });
            return Backtest.Of(Auc(ranked, i => weights[i]), drawn);
        }

        double Auc(RankedScores[] ranked, Func<int, double> weight)
        {
            var (concordant, pairs) = (0.0, 0.0);
            for (var g = 0; g < groups.Length; g++)
            {
                double[] own = [.. groups[g].Select(weight)];
                var (dropped, kept) = (0.0, 0.0);
                for (var i = 0; i < own.Length; i++)
                {
                    if (data.Labels[test.Rows[groups[g][i]]])
                    {
                        dropped += own[i];
                    }
                    else
                    {
                        kept += own[i];
                    }
                }

                if (dropped > 0 && kept > 0)
                {
                    concordant += dropped * kept * ranked[g].Measure(own).RocAuc;
                    pairs += dropped * kept;
                }
            }

            return pairs > 0 ? concordant / pairs : double.NaN;
        }
    }
}
