using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <param name="Model">Trees and regression, blended and calibrated.</param>
/// <param name="RegressionAlone">The logistic regression on the same columns, a peer to be compared with.</param>
/// <param name="Calibration">How the calibration was chosen.</param>
internal sealed record FittedModel(ScoringModel Model, ScoringModel RegressionAlone, CalibrationReport Calibration);

/// <summary>Fits a plan on rows: encodings, trees and regression on the rows they learn from, penalty and calibrator on others.</summary>
internal static class ModelFitter
{
    public static FittedModel Fit(LabelledTable data, IReadOnlyList<int> rows, TrainingPlan plan, CancellationToken cancellation = default)
    {
        data = data.Without(plan.LeftOut);
        var folds = AccountFolds.Of(data.Table.AccountNo, rows, data.Labels, plan.Folds, plan.Seed);
        var unseen = new Unseen(plan.Penalties.Count);
        Part? part = null;
        var fitted = plan.CalibrationRows == CalibrationRows.HeldOut ? 1 : plan.Folds;
        for (var fold = 0; fold < fitted; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] learn = [.. rows.Where(r => folds[r] != fold)], judge = [.. rows.Where(r => folds[r] == fold)];
            part = FitPart(data, learn, folds, plan, plan.Penalties);
            unseen.Add(data, judge, part);
        }

        var chosen = unseen.BestPenalty();
        var (treeWeight, calibrator, calibration) = unseen.BestBlend(chosen, plan);
        cancellation.ThrowIfCancellationRequested();
        var (encoder, trees, regressions) = plan.CalibrationRows == CalibrationRows.HeldOut
            ? part!
            : FitPart(data, rows, folds, plan, [.. plan.Penalties.Take(chosen + 1)]);
        var linear = regressions[chosen];
        return new FittedModel(
            new ScoringModel(encoder, trees, linear, treeWeight, calibrator),
            new ScoringModel(encoder, new TreeEnsemble([], trees.Scale), linear, 0, new Calibrator(1, 0)),
            calibration);
    }

    private sealed record Part(Encoder Encoder, TreeEnsemble Trees, LinearModel[] Regressions);

    private static Part FitPart(LabelledTable data, IReadOnlyList<int> rows, int[] folds, TrainingPlan plan, IReadOnlyList<double> penalties)
    {
        var fit = EncoderFit.Of(data.Table, rows, data.Labels, data.Weights, folds, plan);
        bool[] labels = [.. rows.Select(r => data.Labels[r])];
        double[] weights = [.. rows.Select(r => data.Weights[r])];
        var trees = Grow(fit.TreeInputs(data.Table, rows), fit.Encoder.TreeColumn.Length, labels, weights, plan);
        var positions = AccountSample.AtMost(plan.LinearRows, data.Table.AccountNo, rows, plan.Seed);
        var regression = new RidgeRegression(
            fit.LinearInputs(data.Table, rows, positions),
            [.. positions.Select(p => labels[p])],
            [.. positions.Select(p => weights[p])]);
        return new Part(fit.Encoder, trees, [.. penalties.Select(regression.Fit)]);
    }

    /// <summary>The plan's trees by the learner it names.</summary>
    internal static TreeEnsemble Grow(float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan, int? threads = null) =>
        plan.Learner == TreeLearner.LightGbm
            ? LightGbmTrainer.Fit(inputs, width, labels, weights, plan)
            : FastTreeTrainer.Fit(inputs, width, labels, weights, plan, threads);

    /// <summary>Log-odds of rows that their model had not been fitted on.</summary>
    private sealed class Unseen(int penalties)
    {
        private readonly List<double> _trees = [];
        private readonly List<double>[] _regression = [.. Enumerable.Range(0, penalties).Select(_ => new List<double>())];
        private readonly List<bool> _labels = [];
        private readonly List<double> _weights = [];
        private readonly List<int> _accounts = [];

        public void Add(LabelledTable data, int[] rows, Part part)
        {
            var width = part.Encoder.TreeColumn.Length;
            var tree = part.Encoder.TreeInputs(data.Table, rows);
            var linear = part.Encoder.LinearInputs(data.Table, rows);
            for (var i = 0; i < rows.Length; i++)
            {
                _trees.Add(part.Trees.LogOdds(tree.AsSpan(i * width, width)));
                for (var p = 0; p < part.Regressions.Length; p++)
                {
                    _regression[p].Add(part.Regressions[p].LogOdds(linear, i));
                }

                _labels.Add(data.Labels[rows[i]]);
                _weights.Add(data.Weights[rows[i]]);
                _accounts.Add(data.Table.AccountNo[rows[i]]);
            }
        }

        /// <summary>The position of the penalty with the lowest log loss.</summary>
        public int BestPenalty() => Enumerable.Range(0, _regression.Length).MinBy(p => LogLoss(_regression[p], new Calibrator(1, 0)));

        /// <summary>The weight of the trees with the lowest log loss, and the blend's calibrator, its shape chosen on merit.</summary>
        public (double TreeWeight, Calibrator Calibrator, CalibrationReport Report) BestBlend(int penalty, TrainingPlan plan)
        {
            double[] Blend(double weight) => [.. _trees.Zip(_regression[penalty], (t, l) => (weight * t) + ((1 - weight) * l))];
            var best = plan.TreeWeights.MinBy(weight => Blend(weight) is var blend ? LogLoss(blend, Calibrator.Fit(blend, [.. _labels], [.. _weights])) : 0);
            var (calibrator, report) = CalibrationChoice.Fit(Blend(best), [.. _labels], [.. _weights], [.. _accounts], plan.Seed);
            return (best, calibrator, report);
        }

        private double LogLoss(IReadOnlyList<double> logOdds, Calibrator calibrator)
        {
            var sum = 0.0;
            for (var i = 0; i < logOdds.Count; i++)
            {
                var p = calibrator.Probability(logOdds[i]);
                sum -= _weights[i] * Math.Log(Math.Max(_labels[i] ? p : 1 - p, 1e-15));
            }

            return sum;
        }
    }
}
