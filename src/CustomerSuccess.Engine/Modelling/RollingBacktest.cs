using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Fits one plan anew before each of several later periods and judges each fit on its own period.</summary>
internal static class RollingBacktest
{
    /// <summary>Rows that a period's fit sees at most, whole accounts drawn by the plan's seed: the cost of a backtest stays below that of the training.</summary>
    private const int MostTrainRows = 60_000;

    /// <summary>Rows × draws of the bootstrap at most.</summary>
    private const int MostDrawnRows = 50_000_000;

    private const int LeastDraws = 200;

    /// <returns>What stands on the card, and the probabilities of all judged rows, each by a model that had not seen its period.</returns>
    public static (CardBacktest Card, TestScores Scores) Run(LabelledTable data, TrainingTask task, TrainingPlan plan, Action<string> progress, CancellationToken cancellation)
    {
        var days = task.Definition.LeadDays + task.Definition.HorizonDays + task.Definition.GraceDays;
        var possible = RollingPeriod.Of(data.Table.AsOf, days, task.TestFrom);
        var usable = possible.Where(period => !Verdicts.AreTooFew(data.OutcomesIn(period.Train), data.OutcomesIn(period.Test))).ToList();
        var judged = new List<(RollingPeriod Period, int[] Train, TestScores Scores)>();
        foreach (var period in usable)
        {
            progress(FormattableString.Invariant($"Backtest: period {judged.Count + 1} of {usable.Count}"));
            int[] train = [.. AccountSample.AtMost(MostTrainRows, data.Table.AccountNo, period.Train, plan.Seed).Select(p => period.Train[p])];
            judged.Add((period, train, Judge(data, train, period.Test, task, plan, cancellation)));
        }

        var pooled = new TestScores(
            [.. judged.SelectMany(p => p.Scores.Rows)],
            [.. judged.SelectMany(p => p.Scores.Model)],
            [.. judged.SelectMany(p => p.Scores.Regression)],
            [.. judged.SelectMany(p => p.Scores.BaseRate)],
            task.Rules is null ? null : [.. judged.SelectMany(p => p.Scores.Rules!)]);
        var draws = Math.Clamp(MostDrawnRows / Math.Max(1, pooled.Rows.Length), LeastDraws, BacktestReport.Draws);
        return (new CardBacktest
        {
            Periods = [.. judged.Select(p => new CardPeriod(
                p.Period.From,
                p.Period.To,
                p.Train.Max(r => data.Table.AsOf[r]),
                p.Train.Length,
                data.OutcomesIn(p.Train),
                data.Describe(p.Period.Test),
                PeriodMetrics.Of(data, p.Scores, task.Capacity, draws, plan.Seed)))],
            Limit = judged.Count >= CardBacktest.EnoughPeriods ? null : possible.Count < CardBacktest.EnoughPeriods ? BacktestLimit.History : BacktestLimit.Outcomes,
            Rows = judged.Count == 0 ? null : data.Describe(pooled.Rows),
            Pooled = judged.Count == 0 ? null : PeriodMetrics.Of(data, pooled, task.Capacity, draws, plan.Seed),
            Draws = draws,
        }, pooled);
    }

    private static TestScores Judge(LabelledTable data, int[] train, int[] test, TrainingTask task, TrainingPlan plan, CancellationToken cancellation)
    {
        var fitted = Learner.Refit(data, train, plan, task.IsScreened, cancellation);
        var table = data.Table.Take(test);
        var baseRate = new double[test.Length];
        Array.Fill(baseRate, train.Sum(r => data.Labels[r] ? data.Weights[r] : 0) / train.Sum(r => data.Weights[r]));
        return new TestScores(test, fitted.Model.Probabilities(table), fitted.RegressionAlone.Probabilities(table), baseRate, task.Rules?.Invoke(table));
    }
}
