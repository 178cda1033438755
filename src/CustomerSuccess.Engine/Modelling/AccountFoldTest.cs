using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Tests a learner where the data have one date only: each fold of accounts is scored by a model fitted on the others.</summary>
internal static class AccountFoldTest
{
    /// <returns>Scores of every row, and what was learned for each fold.</returns>
    public static (TestScores Scores, IReadOnlyList<Learned> Folds) Run(LabelledTable data, int[] folds, LearnerEffort effort, Action<string> progress, CancellationToken cancellation)
    {
        double[] model = new double[data.Rows], regression = new double[data.Rows], baseRate = new double[data.Rows];
        var learned = new List<Learned>();
        var count = folds.Max() + 1;
        for (var fold = 0; fold < count; fold++)
        {
            var title = FormattableString.Invariant($"Fold {fold + 1} of {count}");
            progress(title);
            int[] learn = [.. Enumerable.Range(0, data.Rows).Where(r => folds[r] != fold)], judge = [.. Enumerable.Range(0, data.Rows).Where(r => folds[r] == fold)];
            learned.Add(Learner.Learn(data, learn, effort, text => progress($"{title}: {text}"), cancellation));
            var fitted = learned[^1].Fitted;
            var table = data.Table.Take(judge);
            double[] byModel = fitted.Model.Probabilities(table), byRegression = fitted.RegressionAlone.Probabilities(table);
            var rate = learn.Sum(r => data.Labels[r] ? data.Weights[r] : 0) / learn.Sum(r => data.Weights[r]);
            for (var i = 0; i < judge.Length; i++)
            {
                (model[judge[i]], regression[judge[i]], baseRate[judge[i]]) = (byModel[i], byRegression[i], rate);
            }
        }

        return (new TestScores([.. Enumerable.Range(0, data.Rows)], model, regression, baseRate, null), learned);
    }
}
