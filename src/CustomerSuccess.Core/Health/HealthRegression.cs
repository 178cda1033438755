using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Health;

/// <summary>
/// A logistic regression of churn on the dimensions of health in which none may raise the risk: log-odds = a − Σ β (x − 50) / 100 with β ≥ 0.
/// A missing dimension takes the value that leaves the weighted mean of the others as it is, which is the same as weighing the others up; since that mean needs the weights, both are found in turn.
/// The penalty ½ λ Σ (β − mean β)² pulls towards equal weights and leaves their common strength free; where there is something to be drawn to, ½ λ Σ (β − its β)².
/// </summary>
internal static class HealthRegression
{
    private const int MostTurns = 12;
    private const int MostSteps = 30;

    private static readonly int Dimensions = HealthWeights.Dimensions.Count;

    public sealed record Solution(double Intercept, double[] Beta);

    /// <summary>Values by row and dimension from −0.5 (healthy) to 0.5 (ill), NaN where missing.</summary>
    public sealed record Rows(double[] Ill, bool[] Churned)
    {
        public int Count => Churned.Length;

        public Rows Take(int[] rows)
        {
            var values = new double[rows.Length * Dimensions];
            for (var i = 0; i < rows.Length; i++)
            {
                Ill.AsSpan(rows[i] * Dimensions, Dimensions).CopyTo(values.AsSpan(i * Dimensions));
            }

            return new(values, [.. rows.Select(r => Churned[r])]);
        }
    }

    /// <summary>Fits weights and what missing dimensions take in turn, until the weights stand.</summary>
    public static Solution Fit(Rows data, Solution? towards, double penalty)
    {
        var churned = data.Churned.Count(y => y);
        var p = Math.Clamp((double)churned / Math.Max(1, data.Count), 1e-6, 1 - 1e-6);
        // what the rows tell of one dimension whose percentiles are spread evenly
        var lambda = penalty * Math.Max(1e-6, data.Count * p * (1 - p) / 12);
        var isWhole = !data.Ill.Any(double.IsNaN);
        var fit = towards ?? new Solution(Math.Log(p / (1 - p)), [.. Enumerable.Repeat(0.5, Dimensions)]);
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
    public static double[] Filled(Rows data, double[] beta)
    {
        var filled = (double[])data.Ill.Clone();
        for (var from = 0; from < filled.Length; from += Dimensions)
        {
            double sum = 0, all = 0, plain = 0;
            var there = 0;
            for (var d = 0; d < Dimensions; d++)
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
            for (var d = 0; d < Dimensions; d++)
            {
                if (double.IsNaN(filled[from + d]))
                {
                    filled[from + d] = mean;
                }
            }
        }

        return filled;
    }

    public static double Eta(double[] x, int row, double intercept, double[] beta)
    {
        var eta = intercept;
        for (var d = 0; d < Dimensions; d++)
        {
            eta += beta[d] * x[(row * Dimensions) + d];
        }

        return eta;
    }

    /// <summary>Newton's method; each step's quadratic is minimised over β ≥ 0 one coordinate after another.</summary>
    private static Solution Newton(double[] x, bool[] churned, Solution start, double[]? towards, double lambda)
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

        return new(theta[Dimensions], theta[..Dimensions]);
    }

    private static double Objective(double[] x, bool[] churned, double[] theta, double[]? towards, double lambda)
    {
        var loss = 0.0;
        for (var r = 0; r < churned.Length; r++)
        {
            var eta = Eta(x, r, theta[Dimensions], theta);
            loss += RidgeRegression.Softplus(eta) - (churned[r] ? eta : 0);
        }

        var mean = theta.Take(Dimensions).Average();
        for (var d = 0; d < Dimensions; d++)
        {
            var off = theta[d] - (towards?[d] ?? mean);
            loss += lambda / 2 * off * off;
        }

        return loss;
    }

    private static (double[] Gradient, double[] Hessian) Derivatives(double[] x, bool[] churned, double[] theta, double[]? towards, double lambda)
    {
        var size = Dimensions + 1;
        var (gradient, hessian) = (new double[size], new double[size * size]);
        Span<double> row = stackalloc double[size];
        row[Dimensions] = 1;
        for (var r = 0; r < churned.Length; r++)
        {
            x.AsSpan(r * Dimensions, Dimensions).CopyTo(row);
            var p = RidgeRegression.Sigmoid(Eta(x, r, theta[Dimensions], theta));
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

        var mean = theta.Take(Dimensions).Average();
        for (var i = 0; i < size; i++)
        {
            hessian[(i * size) + i] += 1e-9;
            for (var j = 0; j < i; j++)
            {
                hessian[(j * size) + i] = hessian[(i * size) + j];
            }
        }

        for (var i = 0; i < Dimensions; i++)
        {
            gradient[i] += lambda * (theta[i] - (towards?[i] ?? mean));
            for (var j = 0; j < Dimensions; j++)
            {
                hessian[(i * size) + j] += lambda * ((i == j ? 1 : 0) - (towards is null ? 1.0 / Dimensions : 0));
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
        for (var set = 0; set < 1 << Dimensions; set++)
        {
            int[] free = [.. Enumerable.Range(0, size).Where(i => i == Dimensions || (set & (1 << i)) == 0)];
            var solved = Solve(hessian, right, free, size);
            var gain = free.Select((i, at) => right[i] * solved[at]).Sum();
            if (gain > most && !free.Where((i, at) => i < Dimensions && solved[at] < 0).Any())
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
