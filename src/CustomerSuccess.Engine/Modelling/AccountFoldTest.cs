using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Tests a learner where the data have one date only: each fold of accounts is scored by a model fitted on the others.</summary>
internal static class AccountFoldTest
{
    /// <returns>Scores of every row, the first fold's plan, and the first fold's model.</returns>
    public static (TestScores Scores, TrainingPlan Plan, ScoringModel First) Run(LabelledTable data, int[] folds, Action<string> progress, CancellationToken cancellation)
    {
        double[] model = new double[data.Rows], regression = new double[data.Rows], baseRate = new double[data.Rows];
        (TrainingPlan, ScoringModel)? first = null;
        var count = folds.Max() + 1;
        for (var fold = 0; fold < count; fold++)
        {
            progress(FormattableString.Invariant($"Fitting fold {fold + 1} of {count}"));
            int[] learn = [.. Enumerable.Range(0, data.Rows).Where(r => folds[r] != fold)], judge = [.. Enumerable.Range(0, data.Rows).Where(r => folds[r] == fold)];
            var plan = TrainingPlan.For(learn.Length, data.OutcomesIn(learn));
            var fitted = ModelFitter.Fit(data, learn, plan, cancellation);
            first ??= (plan, fitted.Model);
            var table = data.Table.Take(judge);
            double[] byModel = fitted.Model.Probabilities(table), byRegression = fitted.RegressionAlone.Probabilities(table);
            var rate = learn.Sum(r => data.Labels[r] ? data.Weights[r] : 0) / learn.Sum(r => data.Weights[r]);
            for (var i = 0; i < judge.Length; i++)
            {
                (model[judge[i]], regression[judge[i]], baseRate[judge[i]]) = (byModel[i], byRegression[i], rate);
            }
        }

        return (new TestScores([.. Enumerable.Range(0, data.Rows)], model, regression, baseRate, null), first!.Value.Item1, first.Value.Item2);
    }
}
