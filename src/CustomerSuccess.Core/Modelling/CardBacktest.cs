namespace CustomerSuccess.Core.Modelling;

/// <summary>Why there are fewer periods than a rolling-origin backtest should have.</summary>
public enum BacktestLimit
{
    /// <summary>The history is too short for more.</summary>
    History,

    /// <summary>Further periods had too few outcomes, before them or in them.</summary>
    Outcomes,
}

/// <summary>The plan fitted anew before each of several later periods, and how good it was in each: evidence that does not hang on one lucky stretch of time.</summary>
public sealed record CardBacktest
{
    /// <summary>Periods from which on the figures speak for more than one time.</summary>
    public const int EnoughPeriods = 3;

    /// <summary>Earliest first.</summary>
    public IReadOnlyList<CardPeriod> Periods { get; init; } = [];

    /// <summary>Set where there are fewer than <see cref="EnoughPeriods"/>.</summary>
    public BacktestLimit? Limit { get; init; }

    /// <summary>All rows that are judged, each by the model that had not seen its period.</summary>
    public CardPart? Rows { get; init; }

    /// <summary>Figures over all these rows.</summary>
    public PeriodMetrics? Pooled { get; init; }

    /// <summary>Draws of accounts behind each interval.</summary>
    public int Draws { get; init; }
}

/// <param name="From">First as-of date judged.</param>
/// <param name="To">Last as-of date judged.</param>
/// <param name="TrainTo">Last as-of date learned from; its outcomes were all known at <paramref name="From"/>.</param>
/// <param name="TrainRows">Observations learned from.</param>
/// <param name="TrainOutcomes">Distinct outcomes among them.</param>
/// <param name="Test">What was judged.</param>
/// <param name="Metrics">How good it was.</param>
public sealed record CardPeriod(DateOnly From, DateOnly To, DateOnly TrainTo, int TrainRows, int TrainOutcomes, CardPart Test, PeriodMetrics Metrics);

/// <summary>Figures of a period with 95 % bootstrap intervals over accounts; null where a figure has no meaning. See <see cref="MetricValues"/>.</summary>
/// <param name="RocAuc">Area under the curve.</param>
/// <param name="LogLoss">Natural logarithm.</param>
/// <param name="BaseRateLogLoss">What the training rows' rate of outcomes alone would have had.</param>
/// <param name="Ece">Expected calibration error, ten bins of equal mass.</param>
/// <param name="LiftAtCapacity">In the accounts that the CSMs can contact at each as-of date.</param>
/// <param name="PrecisionAtCapacity">Rate of outcomes among them.</param>
/// <param name="RuleScoreAuc">The rule score's on the same rows; null where no rule speaks of the target.</param>
/// <param name="MeanProbability">What was predicted on average.</param>
/// <param name="ObservedRate">What came.</param>
public sealed record PeriodMetrics(Estimate? RocAuc, Estimate? LogLoss, double? BaseRateLogLoss, Estimate? Ece, Estimate? LiftAtCapacity, Estimate? PrecisionAtCapacity, Estimate? RuleScoreAuc, double MeanProbability, double ObservedRate)
{
    /// <param name="data">Outcomes of the rows.</param>
    /// <param name="test">What is judged.</param>
    /// <param name="capacity">Rows of each as-of date that can be acted on.</param>
    /// <param name="draws">Of the bootstrap.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static PeriodMetrics Of(LabelledTable data, TestScores test, double capacity, int draws, int seed)
    {
        bool[] labels = [.. test.Rows.Select(r => data.Labels[r])];
        double[] weights = [.. test.Rows.Select(r => data.Weights[r])];
        int[] dates = [.. test.Rows.Select(r => data.Table.AsOf[r].DayNumber)];
        var rankings = new List<RankedScores> { new(test.Model, labels, true, dates, capacity) };
        if (test.Rules is { } rules)
        {
            rankings.Add(new RankedScores(rules, labels, false, dates, capacity));
        }

        var measured = new Backtest([.. test.Rows.Select(r => data.Table.AccountNo[r])], weights, draws, seed).Measure(rankings);
        var baseRate = new RankedScores(test.BaseRate, labels, true, dates, capacity).Measure(weights).LogLoss;
        var all = weights.Sum();
        return new PeriodMetrics(
            measured[0].Estimate(m => m.RocAuc),
            measured[0].Estimate(m => m.LogLoss),
            double.IsFinite(baseRate) ? baseRate : null,
            measured[0].Estimate(m => m.Ece),
            measured[0].Estimate(m => m.LiftAtCapacity),
            measured[0].Estimate(m => m.PrecisionAtCapacity),
            test.Rules is null ? null : measured[1].Estimate(m => m.RocAuc),
            test.Model.Zip(weights, (p, w) => p * w).Sum() / all,
            labels.Zip(weights, (y, w) => y ? w : 0).Sum() / all);
    }
}
