using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Health;

/// <summary>Weights that outcomes teach.</summary>
/// <param name="Company">Whole per cent.</param>
/// <param name="Segments">Segments with outcomes enough to differ, whole per cent; only those that do.</param>
/// <param name="Penalty">Pull towards equal weights, chosen by cross-validation: a multiple of what one dimension tells.</param>
/// <param name="SegmentPenalty">Pull of segments towards the company's weights, likewise.</param>
public sealed record LearnedWeights(HealthWeights Company, IReadOnlyDictionary<string, HealthWeights> Segments, double Penalty, double SegmentPenalty);

/// <summary>
/// Learns weights from outcomes: a logistic regression of churn on the dimensions in which none may raise the risk, so that
/// log-odds = a − Σ β (x − 50) / 100 with β ≥ 0, and a weight is β's share. A missing dimension takes the value that leaves the weighted mean of the others
/// as it is, which is the same as weighing the others up; since that mean needs the weights, both are found in turn.
/// The penalty ½ λ Σ (β − mean β)² pulls towards equal weights and leaves their common strength free; in a segment ½ λ Σ (β − company's β)² pulls towards the company's.
/// λ is chosen by log loss over folds of accounts, the strongest within a standard error of the best. The result depends on nothing but the rows.
/// </summary>
public static class HealthLearner
{
    /// <summary>Distinct outcomes from which on a segment may differ from the company.</summary>
    public const int LeastSegmentOutcomes = 10;

    /// <summary>The strongest pull first.</summary>
    private static readonly double[] Penalties = [1e6, 30, 10, 3, 1, 0.3, 0.1, 0.03];

    private const int Folds = 5;
    private const int Seed = 7;
    private const int MostTurns = 12;
    private const int MostSteps = 30;

    private static readonly int Count = HealthWeights.Dimensions.Count;

    private sealed record Fit(double Intercept, double[] Beta);

    /// <summary>Values by row and dimension from −0.5 (healthy) to 0.5 (ill), NaN where missing.</summary>
    private sealed record Data(double[] Ill, bool[] Churned)
    {
        public int Rows => Churned.Length;

        public Data Take(int[] rows)
        {
            var values = new double[rows.Length * Count];
            for (var i = 0; i < rows.Length; i++)
            {
                Ill.AsSpan(rows[i] * Count, Count).CopyTo(values.AsSpan(i * Count));
            }

            return new(values, [.. rows.Select(r => Churned[r])]);
        }
    }

    /// <summary>Learns; null where the outcomes are too few or all alike.</summary>
    public static LearnedWeights? Learn(IReadOnlyList<HealthRow> rows, CancellationToken cancellation = default)
    {
        HealthRow[] known = [.. rows.Where(row => HealthWeights.Equal.Total(row.Point) is not null)];
        if (HealthRow.Outcomes(known) < Verdicts.LeastTrainOutcomes || known.All(row => row.Churned))
        {
            return null;
        }

        var data = new Data(
            [.. known.SelectMany(row => HealthWeights.Dimensions.Select(d => HealthScore.Of(row.Point, d) is { } x ? (50 - x) / 100 : double.NaN))],
            [.. known.Select(row => row.Churned)]);
        var accounts = known.Select(row => row.Point.AccountNo).ToArray();
        var folds = AccountFolds.Of(accounts, [.. Enumerable.Range(0, known.Length)], data.Churned, Folds, Seed);
        var (penalty, fits) = CompanyPenalty(data, accounts, folds, cancellation);
        var company = FitTo(data, null, penalty);
        var segments = known.Select((row, i) => (row, i)).Where(x => x.row.Segment is not null).GroupBy(x => x.row.Segment!, StringComparer.Ordinal)
            .Where(own => HealthRow.Outcomes(own.Select(x => x.row)) >= LeastSegmentOutcomes && own.Any(x => !x.row.Churned))
            .OrderBy(own => own.Key, StringComparer.Ordinal)
            .ToDictionary(own => own.Key, own => own.Select(x => x.i).ToArray());
        var segmentPenalty = SegmentPenalty(data, accounts, folds, fits, segments.Values, cancellation);
        var weights = WeightsOf(company);
        return new(
            weights,
            segments.Select(own => (own.Key, Weights: WeightsOf(FitTo(data.Take(own.Value), company, segmentPenalty))))
                .Where(own => !own.Weights.SameAs(weights)).ToDictionary(own => own.Key, own => own.Weights, StringComparer.Ordinal),
            penalty,
            segmentPenalty);
    }

    /// <summary>Whole per cent; where that differs from equal weights by rounding alone, these.</summary>
    private static HealthWeights WeightsOf(Fit fit)
    {
        var weights = fit.Beta.Sum() > 0 ? new HealthWeights(fit.Beta).Rounded() : HealthWeights.Equal;
        return weights.Values.All(weight => Math.Abs(weight - (100.0 / Count)) < 1) ? HealthWeights.Equal : weights;
    }

    /// <summary>The pull, and the fit without each fold that it gives.</summary>
    private static (double Penalty, Fit[] Fits) CompanyPenalty(Data data, int[] accounts, int[] folds, CancellationToken cancellation)
    {
        var fits = new Fit[Penalties.Length][];
        var losses = new double[Penalties.Length][];
        for (var i = 0; i < Penalties.Length; i++)
        {
            fits[i] = new Fit[Folds];
            losses[i] = new double[data.Rows];
            for (var fold = 0; fold < Folds; fold++)
            {
                cancellation.ThrowIfCancellationRequested();
                fits[i][fold] = FitTo(data.Take([.. Rows(folds, f => f != fold)]), null, Penalties[i]);
                AddLosses(losses[i], data, [.. Rows(folds, f => f == fold)], fits[i][fold]);
            }
        }

        var chosen = Chosen(losses, accounts);
        return (Penalties[chosen], fits[chosen]);
    }

    private static double SegmentPenalty(Data data, int[] accounts, int[] folds, Fit[] company, IReadOnlyCollection<int[]> segments, CancellationToken cancellation)
    {
        var losses = new double[Penalties.Length][];
        for (var i = 0; i < Penalties.Length; i++)
        {
            losses[i] = new double[data.Rows];
            foreach (var rows in segments)
            {
                for (var fold = 0; fold < Folds; fold++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var fit = FitTo(data.Take([.. rows.Where(r => folds[r] != fold)]), company[fold], Penalties[i]);
                    AddLosses(losses[i], data, [.. rows.Where(r => folds[r] == fold)], fit);
                }
            }
        }

        return Penalties[Chosen(losses, accounts)];
    }

    /// <summary>The strongest pull whose loss is within a standard error, over accounts, of the least (Breiman et al. 1984): weights leave equality only on evidence.</summary>
    private static int Chosen(double[][] losses, int[] accounts)
    {
        var least = Enumerable.Range(0, losses.Length).MinBy(i => losses[i].Sum());
        for (var i = 0; i < least; i++)
        {
            var byAccount = new Dictionary<int, double>();
            for (var r = 0; r < accounts.Length; r++)
            {
                byAccount[accounts[r]] = byAccount.GetValueOrDefault(accounts[r]) + losses[i][r] - losses[least][r];
            }

            var mean = byAccount.Values.Average();
            if (byAccount.Values.Sum() <= Math.Sqrt(byAccount.Values.Sum(d => (d - mean) * (d - mean))))
            {
                return i;
            }
        }

        return least;
    }

    private static IEnumerable<int> Rows(int[] folds, Func<int, bool> of) => Enumerable.Range(0, folds.Length).Where(r => of(folds[r]));

    private static void AddLosses(double[] losses, Data data, int[] rows, Fit fit)
    {
        var part = data.Take(rows);
        var filled = Filled(part, fit.Beta);
        for (var r = 0; r < rows.Length; r++)
        {
            var eta = Eta(filled, r, fit.Intercept, fit.Beta);
            losses[rows[r]] += RidgeRegression.Softplus(eta) - (part.Churned[r] ? eta : 0);
        }
    }

    /// <summary>Fits weights and what missing dimensions take in turn, until the weights stand.</summary>
    private static Fit FitTo(Data data, Fit? towards, double penalty)
    {
        var churned = data.Churned.Count(y => y);
        var p = Math.Clamp((double)churned / Math.Max(1, data.Rows), 1e-6, 1 - 1e-6);
        // what the rows tell of one dimension whose percentiles are spread evenly
        var lambda = penalty * Math.Max(1e-6, data.Rows * p * (1 - p) / 12);
        var isWhole = !data.Ill.Any(double.IsNaN);
        var fit = towards ?? new Fit(Math.Log(p / (1 - p)), [.. Enumerable.Repeat(0.5, Count)]);
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var before = fit.Beta;
            fit = Newton(Filled(data, before), data.Churned, fit, towards?.Beta, lambda);
            if (isWhole || before.Zip(fit.Beta, (a, b) => Math.Abs(a - b)).Max() < 1e-3)
            {
                break;
            }
        }

        return fit;
    }

    /// <summary>Missing dimensions take the weighted mean of those that are there; the plain mean where none of these counts.</summary>
    private static double[] Filled(Data data, double[] beta)
    {
        var filled = (double[])data.Ill.Clone();
        for (var from = 0; from < filled.Length; from += Count)
        {
            double sum = 0, all = 0, plain = 0;
            var there = 0;
            for (var d = 0; d < Count; d++)
            {
                if (!double.IsNaN(filled[from + d]))
                {
                    sum += beta[d] * filled[from + d];
                    all += beta[d];
                    plain += filled[from + d];
                    there++;
                }
            }

            var mean = all > 0 ? sum / all : plain / there;
            for (var d = 0; d < Count; d++)
            {
                if (double.IsNaN(filled[from + d]))
                {
                    filled[from + d] = mean;
                }
            }
        }

        return filled;
    }

    private static double Eta(double[] x, int row, double intercept, double[] beta)
    {
        var eta = intercept;
        for (var d = 0; d < Count; d++)
        {
            eta += beta[d] * x[(row * Count) + d];
        }

        return eta;
    }

    /// <summary>Newton's method; each step's quadratic is minimised over β ≥ 0 one coordinate after another.</summary>
    private static Fit Newton(double[] x, bool[] churned, Fit start, double[]? towards, double lambda)
    {
        var theta = (double[])[.. start.Beta, start.Intercept];
        var loss = Objective(x, churned, theta, towards, lambda);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, hessian) = Derivatives(x, churned, theta, towards, lambda);
            var next = Minimise(theta, gradient, hessian);
            var moved = false;
            for (var length = 1.0; length > 1e-4; length /= 2)
            {
                var candidate = theta.Zip(next, (a, b) => a + (length * (b - a))).ToArray();
                var reached = Objective(x, churned, candidate, towards, lambda);
                if (reached < loss)
                {
                    moved = loss - reached > 1e-9 * Math.Abs(loss);
                    (theta, loss) = (candidate, reached);
                    break;
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return new(theta[Count], theta[..Count]);
    }

    private static double Objective(double[] x, bool[] churned, double[] theta, double[]? towards, double lambda)
    {
        var loss = 0.0;
        for (var r = 0; r < churned.Length; r++)
        {
            var eta = Eta(x, r, theta[Count], theta);
            loss += RidgeRegression.Softplus(eta) - (churned[r] ? eta : 0);
        }

        var mean = theta.Take(Count).Average();
        for (var d = 0; d < Count; d++)
        {
            var off = theta[d] - (towards?[d] ?? mean);
            loss += lambda / 2 * off * off;
        }

        return loss;
    }

    private static (double[] Gradient, double[] Hessian) Derivatives(double[] x, bool[] churned, double[] theta, double[]? towards, double lambda)
    {
        var size = Count + 1;
        var (gradient, hessian) = (new double[size], new double[size * size]);
        Span<double> row = stackalloc double[size];
        row[Count] = 1;
        for (var r = 0; r < churned.Length; r++)
        {
            x.AsSpan(r * Count, Count).CopyTo(row);
            var p = RidgeRegression.Sigmoid(Eta(x, r, theta[Count], theta));
            var (residual, curvature) = (p - (churned[r] ? 1 : 0), p * (1 - p));
            for (var i = 0; i < size; i++)
            {
                gradient[i] += residual * row[i];
                for (var j = 0; j <= i; j++)
                {
                    hessian[(i * size) + j] += curvature * row[i] * row[j];
                }
            }
        }

        var mean = theta.Take(Count).Average();
        for (var i = 0; i < size; i++)
        {
            hessian[(i * size) + i] += 1e-9;
            for (var j = 0; j < i; j++)
            {
                hessian[(j * size) + i] = hessian[(i * size) + j];
            }
        }

        for (var i = 0; i < Count; i++)
        {
            gradient[i] += lambda * (theta[i] - (towards?[i] ?? mean));
            for (var j = 0; j < Count; j++)
            {
                hessian[(i * size) + j] += lambda * ((i == j ? 1 : 0) - (towards is null ? 1.0 / Count : 0));
            }
        }

        return (gradient, hessian);
    }

    /// <summary>
    /// The least of the quadratic about a point, with all but the last coordinate at 0 or above: of the solutions with each set of coordinates at 0,
    /// the best that keeps the others there. Sets are few, and the answer is exact.
    /// </summary>
    private static double[] Minimise(double[] about, double[] gradient, double[] hessian)
    {
        var size = about.Length;
        var right = new double[size];
        for (var i = 0; i < size; i++)
        {
            right[i] = -gradient[i];
            for (var j = 0; j < size; j++)
            {
                right[i] += hessian[(i * size) + j] * about[j];
            }
        }

        var (best, most) = (about, double.NegativeInfinity);
        for (var set = 0; set < 1 << Count; set++)
        {
            int[] free = [.. Enumerable.Range(0, size).Where(i => i == Count || (set & (1 << i)) == 0)];
            var solved = Solve(hessian, right, free, size);
            var gain = free.Select((i, at) => right[i] * solved[at]).Sum();
            if (gain > most && !free.Where((i, at) => i < Count && solved[at] < 0).Any())
            {
                best = new double[size];
                for (var at = 0; at < free.Length; at++)
                {
                    best[free[at]] = solved[at];
                }

                most = gain;
            }
        }

        return best;
    }

    /// <summary>Cholesky's solution in the free coordinates.</summary>
    private static double[] Solve(double[] hessian, double[] right, int[] free, int size)
    {
        var n = free.Length;
        var l = new double[n * n];
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = hessian[(free[i] * size) + free[j]];
                for (var k = 0; k < j; k++)
                {
                    sum -= l[(i * n) + k] * l[(j * n) + k];
                }

                l[(i * n) + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / l[(j * n) + j];
            }

            x[i] = right[free[i]];
            for (var k = 0; k < i; k++)
            {
                x[i] -= l[(i * n) + k] * x[k];
            }

            x[i] /= l[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= l[(k * n) + i] * x[k];
            }

            x[i] /= l[(i * n) + i];
        }

        return x;
    }
}
