namespace CustomerSuccess.Core.Modelling;

/// <summary>Probabilities and scores of the same test rows, made by models that had not seen them.</summary>
/// <param name="Rows">Positions of the rows in the labelled table.</param>
/// <param name="Model">The model's probabilities.</param>
/// <param name="Regression">The logistic regression's.</param>
/// <param name="BaseRate">The training rows' rate of outcomes.</param>
/// <param name="Rules">The rule score; null where no rule speaks of the target.</param>
public sealed record TestScores(int[] Rows, double[] Model, double[] Regression, double[] BaseRate, double[]? Rules);

/// <summary>The figures of a backtest.</summary>
public sealed record BacktestReport(Verdict Verdict, CardMetrics Metrics, CardDifferences Differences, IReadOnlyList<ReliabilityBin> Reliability, IReadOnlyList<LiftPoint> LiftCurve)
{
    /// <summary>Draws of accounts behind each interval.</summary>
    public const int Draws = 1_000;

    /// <param name="data">Outcomes of the rows.</param>
    /// <param name="test">What is judged.</param>
    /// <param name="capacity">Rows of each as-of date that can be acted on.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static BacktestReport Of(LabelledTable data, TestScores test, double capacity, int seed)
    {
        bool[] labels = [.. test.Rows.Select(r => data.Labels[r])];
        int[] dates = [.. test.Rows.Select(r => data.Table.AsOf[r].DayNumber)];
        RankedScores Ranked(double[] scores, bool areProbabilities) => new(scores, labels, areProbabilities, dates, capacity);
        var rankings = new List<RankedScores> { Ranked(test.Model, true), Ranked(test.BaseRate, true), Ranked(test.Regression, true) };
        if (test.Rules is { } rules)
        {
            rankings.Add(Ranked(rules, false));
        }

        var measured = new Backtest([.. test.Rows.Select(r => data.Table.AccountNo[r])], [.. test.Rows.Select(r => data.Weights[r])], Draws, seed).Measure(rankings);
        Measured model = measured[0], baseRate = measured[1], regression = measured[2];
        var rule = test.Rules is null ? null : measured[3];
        return new BacktestReport(
            Verdicts.Over(model.Estimate(m => m.RocAuc), rule?.Values.RocAuc),
            new CardMetrics(MetricEstimates.Of(model), MetricEstimates.Of(baseRate), MetricEstimates.Of(regression), rule is null ? null : MetricEstimates.Of(rule)),
            new CardDifferences(CardDifference.Of(model, baseRate), CardDifference.Of(model, regression), rule is null ? null : CardDifference.Of(model, rule)),
            TestCurves.Reliability(test.Model, labels),
            TestCurves.Lift(test.Model, labels));
    }
}
