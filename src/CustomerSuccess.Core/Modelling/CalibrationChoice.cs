namespace CustomerSuccess.Core.Modelling;

/// <summary>How well each shape of calibration did on accounts that it was not fitted on.</summary>
/// <param name="Kind">The chosen shape.</param>
/// <param name="Rows">Rows of unseen predictions that the calibrations were fitted and compared on.</param>
/// <param name="Tried">Log losses by shape; Platt's alone where outcomes are few.</param>
public sealed record CalibrationReport(CalibrationKind Kind, int Rows, IReadOnlyList<TriedCalibration> Tried);

/// <param name="Kind">The shape.</param>
/// <param name="LogLoss">Cross-fitted mean log loss.</param>
/// <param name="Difference">That less Platt's.</param>
/// <param name="StandardError">Of the difference, over accounts.</param>
public sealed record TriedCalibration(CalibrationKind Kind, double LogLoss, double Difference, double StandardError);

/// <summary>Chooses the shape of a calibration on merit, by log loss on accounts kept from fitting it; Platt's unless another is better by more than one standard error.</summary>
public static class CalibrationChoice
{
    /// <summary>Outcomes below which a straight line is all that they can bear.</summary>
    public const int LeastOutcomes = 300;

    private const int MostKnots = 12;
    private const int LeastOfEach = 20;
    private const double PlattRows = 20;

    /// <param name="logOdds">Predictions of rows that their model was not fitted on.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row.</param>
    /// <param name="accounts">By row: an account's rows stay together.</param>
    /// <param name="seed">Of the folds.</param>
    public static (Calibrator Calibrator, CalibrationReport Report) Fit(double[] logOdds, bool[] labels, double[] weights, int[] accounts, int seed)
    {
        const int folds = 5;
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var fold = AccountFolds.Of(accounts, all, labels, folds, seed);
        CalibrationKind[] kinds = labels.Count(label => label) < LeastOutcomes || labels.Count(label => !label) < LeastOutcomes
            ? [CalibrationKind.Platt]
            : [CalibrationKind.Platt, CalibrationKind.Beta, CalibrationKind.Isotonic];
        var losses = kinds.Select(_ => new double[labels.Length]).ToArray();
        Parallel.For(0, folds, f =>
        {
            int[] learn = [.. all.Where(i => fold[i] != f)], judge = [.. all.Where(i => fold[i] == f)];
            double[] s = [.. learn.Select(i => logOdds[i])], w = [.. learn.Select(i => weights[i])];
            bool[] y = [.. learn.Select(i => labels[i])];
            for (var k = 0; k < kinds.Length; k++)
            {
                var calibrator = Of(kinds[k], s, y, w);
                foreach (var i in judge)
                {
                    var calibrated = calibrator.LogOdds(logOdds[i]);
                    losses[k][i] = weights[i] * RidgeRegression.Softplus(labels[i] ? -calibrated : calibrated);
                }
            }
        });
        var total = weights.Sum();
        var tried = kinds.Select((kind, k) =>
        {
            var byAccount = all.GroupBy(i => accounts[i]).Select(rows => rows.Sum(i => losses[k][i] - losses[0][i])).ToArray();
            var mean = byAccount.Average();
            return new TriedCalibration(kind, losses[k].Sum() / total, (losses[k].Sum() - losses[0].Sum()) / total, Math.Sqrt(byAccount.Sum(d => (d - mean) * (d - mean))) / total);
        }).ToArray();
        var best = tried.MinBy(t => t.LogLoss)!;
        var chosen = -best.Difference > best.StandardError ? best.Kind : CalibrationKind.Platt;
        return (Of(chosen, logOdds, labels, weights), new CalibrationReport(chosen, labels.Length, tried));
    }

    /// <summary>A calibration of the given shape; Platt's where the shape cannot be fitted increasing.</summary>
    public static Calibrator Of(CalibrationKind kind, double[] logOdds, bool[] labels, double[] weights)
    {
        var platt = Calibrator.Fit(logOdds, labels, weights);
        return kind switch
        {
            CalibrationKind.Beta => Beta(logOdds, labels, weights, platt) ?? platt,
            CalibrationKind.Isotonic => Isotonic(logOdds, labels, weights, platt) ?? platt,
            _ => platt,
        };
    }

    /// <summary>Maximum likelihood by a regression on the two bent log-odds, with priors of the weight of one outcome that both slopes are Platt's.</summary>
    private static Calibrator? Beta(double[] logOdds, bool[] labels, double[] weights, Calibrator platt)
    {
        double[] at = [platt.Slope, platt.Slope, platt.Offset];
        double[] low = [.. logOdds.Select(s => -RidgeRegression.Softplus(-s))], high = [.. logOdds.Select(RidgeRegression.Softplus)];
        double Loss(double[] b)
        {
            var sum = (((b[0] - platt.Slope) * (b[0] - platt.Slope)) + ((b[1] - platt.Slope) * (b[1] - platt.Slope))) / 2;
            for (var i = 0; i < low.Length; i++)
            {
                var s = (b[0] * low[i]) + (b[1] * high[i]) + b[2];
                sum += weights[i] * RidgeRegression.Softplus(labels[i] ? -s : s);
            }

            return sum;
        }

        var loss = Loss(at);
        for (var step = 0; step < 50; step++)
        {
            double[] g = [at[0] - platt.Slope, at[1] - platt.Slope, 0];
            var h = new double[3, 3] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1e-9 } };
            for (var i = 0; i < low.Length; i++)
            {
                double[] x = [low[i], high[i], 1];
                var p = RidgeRegression.Sigmoid((at[0] * x[0]) + (at[1] * x[1]) + at[2]);
                double residual = weights[i] * (p - (labels[i] ? 1 : 0)), curvature = weights[i] * p * (1 - p);
                for (var j = 0; j < 3; j++)
                {
                    g[j] += residual * x[j];
                    for (var k = 0; k < 3; k++)
                    {
                        h[j, k] += curvature * x[j] * x[k];
                    }
                }
            }

            var direction = Solve(h, g);
            var before = loss;
            for (var length = 1.0; length > 1e-6; length /= 2)
            {
                double[] candidate = [at[0] - (length * direction[0]), at[1] - (length * direction[1]), at[2] - (length * direction[2])];
                if (Loss(candidate) is var smaller && smaller < loss)
                {
                    (at, loss) = (candidate, smaller);
                    break;
                }
            }

            if (before - loss <= 1e-12 * Math.Abs(before))
            {
                break;
            }
        }

        return at[0] >= Calibrator.LeastSlope && at[1] >= Calibrator.LeastSlope ? new Calibrator(at[0], at[2]) { UpperSlope = at[1] } : null;
    }

    /// <summary>Gauss on a positive definite 3 × 3 system.</summary>
    private static double[] Solve(double[,] h, double[] g)
    {
        var x = (double[])g.Clone();
        for (var p = 0; p < 3; p++)
        {
            for (var r = p + 1; r < 3; r++)
            {
                var factor = h[r, p] / h[p, p];
                for (var c = p; c < 3; c++)
                {
                    h[r, c] -= factor * h[p, c];
                }

                x[r] -= factor * x[p];
            }
        }

        for (var r = 2; r >= 0; r--)
        {
            for (var c = r + 1; c < 3; c++)
            {
                x[r] -= h[r, c] * x[c];
            }

            x[r] /= h[r, r];
        }

        return x;
    }

    /// <summary>Blocks of pooled rows with rising rates (pool adjacent violators), each leaning on Platt's rate by the weight of some rows.</summary>
    private static Calibrator? Isotonic(double[] logOdds, bool[] labels, double[] weights, Calibrator platt)
    {
        var order = Enumerable.Range(0, labels.Length).OrderBy(i => logOdds[i]).ThenBy(i => i).ToArray();
        var least = weights.Sum() / MostKnots;
        var blocks = new List<Block>();
        var open = default(Block);
        for (var o = 0; o < order.Length; o++)
        {
            var i = order[o];
            open = open.With(new Block(weights[i], labels[i] ? weights[i] : 0, weights[i] * logOdds[i], weights[i] * platt.Probability(logOdds[i])));
            // equal predictions are not parted
            if (open.Weight >= least && Math.Min(open.Positive, open.Weight - open.Positive) >= LeastOfEach && o + 1 < order.Length && logOdds[order[o + 1]] > logOdds[i])
            {
                blocks.Add(open);
                open = default;
            }
        }

        if (open.Weight > 0)
        {
            if (blocks.Count > 0 && Math.Min(open.Positive, open.Weight - open.Positive) < LeastOfEach)
            {
                blocks[^1] = blocks[^1].With(open);
            }
            else
            {
                blocks.Add(open);
            }
        }

        var pooled = new List<Block>();
        foreach (var block in blocks)
        {
            pooled.Add(block);
            while (pooled.Count > 1 && pooled[^1].Rate <= pooled[^2].Rate + 1e-6)
            {
                var last = pooled[^1];
                pooled.RemoveAt(pooled.Count - 1);
                pooled[^1] = pooled[^1].With(last);
            }
        }

        return pooled.Count < 3 ? null : platt with
        {
            Knots = [.. pooled.Select(block => block.LogOdds / block.Weight)],
            Values = [.. pooled.Select(block => Math.Log(block.Rate / (1 - block.Rate)))],
        };
    }

    private readonly record struct Block(double Weight, double Positive, double LogOdds, double Platt)
    {
        public double Rate => (Positive + (PlattRows * Platt / Weight)) / (Weight + PlattRows);

        public Block With(Block other) => new(Weight + other.Weight, Positive + other.Positive, LogOdds + other.LogOdds, Platt + other.Platt);
    }
}
