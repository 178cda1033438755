using System.Numerics;
using System.Runtime.InteropServices;

namespace CustomerSuccess.Core.Modelling;

/// <summary>
/// Ridge logistic regression: minimises Σ w × log loss + penalty / 2 × Σ β² over standardised inputs, the intercept free,
/// by Newton's method whose second derivatives are renewed only when it slows down. Sums run in a fixed order: the same result for any number of threads.
/// </summary>
public sealed class RidgeRegression
{
    private const int MostSteps = 100;
    private const int RowsAtOnce = 1024;
    private const int RowsInCache = 256;
    private const int InputsAtOnce = 16;

    private readonly double[][] _x;
    private readonly double[] _y;
    private readonly double[] _w;
    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly int[] _kept;

    // β of the kept inputs, then the intercept
    private readonly double[] _beta;
    private double[]? _hessian;

    public RidgeRegression(double[][] inputs, bool[] labels, double[] weights)
    {
        var n = labels.Length;
        _y = [.. labels.Select(label => label ? 1.0 : 0.0)];
        _w = weights;
        _mean = new double[inputs.Length];
        _deviation = new double[inputs.Length];
        var standard = new double[inputs.Length][];
        var all = weights.Sum();
        Parallel.For(0, inputs.Length, j =>
        {
            double sum = 0, squares = 0;
            for (var i = 0; i < n; i++)
            {
                sum += weights[i] * inputs[j][i];
            }

            var mean = sum / all;
            for (var i = 0; i < n; i++)
            {
                var d = inputs[j][i] - mean;
                squares += weights[i] * d * d;
            }

            _mean[j] = mean;
            _deviation[j] = Math.Sqrt(squares / all);
            if (_deviation[j] > 1e-9 * (1 + Math.Abs(mean)))
            {
                var deviation = _deviation[j];
                standard[j] = [.. inputs[j].Select(x => (x - mean) / deviation)];
            }
        });
        _kept = [.. Enumerable.Range(0, inputs.Length).Where(j => standard[j] is not null)];
        var ones = new double[n];
        Array.Fill(ones, 1);
        _x = [.. _kept.Select(j => standard[j]), ones];
        _beta = new double[_x.Length];
        var positive = _y.Zip(weights, (y, w) => y * w).Sum();
        _beta[^1] = Math.Log((positive + 0.5) / (all - positive + 0.5));
    }

    /// <summary>Fits with a penalty, starting from the last fit.</summary>
    public LinearModel Fit(double penalty)
    {
        var n = _y.Length;
        var p = _beta.Length;
        var eta = Predict(_beta);
        var loss = Loss(eta, _beta, penalty);
        var gradient = new double[p];
        var tolerance = 1e-7 * _w.Sum();
        var last = double.PositiveInfinity;
        for (var step = 0; step < MostSteps; step++)
        {
            var curvature = new double[n];
            var residual = new double[n];
            for (var i = 0; i < n; i++)
            {
                var probability = Sigmoid(eta[i]);
                residual[i] = _w[i] * (probability - _y[i]);
                curvature[i] = Math.Max(_w[i] * probability * (1 - probability), 1e-12);
            }

            Parallel.For(0, p, j => gradient[j] = Dot(_x[j], residual) + (j < p - 1 ? penalty * _beta[j] : 0));
            var size = gradient.Max(Math.Abs);
            if (size <= tolerance)
            {
                break;
            }

            if (_hessian is null || size > 0.2 * last)
            {
                _hessian = Hessian(curvature);
            }

            last = size;
            var direction = Solve(_hessian, penalty, gradient);
            var moved = false;
            for (var length = 1.0; length > 1e-6; length /= 2)
            {
                var candidate = new double[p];
                for (var j = 0; j < p; j++)
                {
                    candidate[j] = _beta[j] - (length * direction[j]);
                }

                var candidateEta = Predict(candidate);
                var candidateLoss = Loss(candidateEta, candidate, penalty);
                if (candidateLoss < loss)
                {
                    candidate.CopyTo(_beta, 0);
                    eta = candidateEta;
                    moved = loss - candidateLoss > 1e-12 * Math.Abs(loss);
                    loss = candidateLoss;
                    break;
                }
            }

            if (!moved)
            {
                break;
            }
        }

        var weight = new double[_mean.Length];
        for (var k = 0; k < _kept.Length; k++)
        {
            weight[_kept[k]] = _beta[k];
        }

        return new LinearModel(_beta[^1], weight, _mean, _deviation, penalty);
    }

    internal static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) is var e ? e / (1 + e) : 0;

    /// <summary>log(1 + e^x) without overflow.</summary>
    internal static double Softplus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));

    private double Loss(double[] eta, double[] beta, double penalty)
    {
        var sum = 0.0;
        for (var i = 0; i < eta.Length; i++)
        {
            sum += _w[i] * (Softplus(eta[i]) - (_y[i] * eta[i]));
        }

        for (var j = 0; j < beta.Length - 1; j++)
        {
            sum += penalty / 2 * beta[j] * beta[j];
        }

        return sum;
    }

    private double[] Predict(double[] beta)
    {
        var eta = new double[_y.Length];
        Parallel.For(0, (_y.Length + RowsAtOnce - 1) / RowsAtOnce, block =>
        {
            var from = block * RowsAtOnce;
            var part = eta.AsSpan(from, Math.Min(RowsAtOnce, eta.Length - from));
            for (var j = 0; j < beta.Length; j++)
            {
                if (beta[j] != 0)
                {
                    AddScaled(part, _x[j].AsSpan(from, part.Length), beta[j]);
                }
            }
        });
        return eta;
    }

    /// <summary>X' diag(curvature) X, lower triangle, row by row.</summary>
    private double[] Hessian(double[] curvature)
    {
        var p = _x.Length;
        var scaled = new double[p][];
        Parallel.For(0, p, j =>
        {
            scaled[j] = new double[curvature.Length];
            for (var i = 0; i < curvature.Length; i++)
            {
                scaled[j][i] = _x[j][i] * curvature[i];
            }
        });
        // blocks of rows stay in the cache while a group of inputs is multiplied with all others
        var hessian = new double[p * p];
        Parallel.For(0, (p + InputsAtOnce - 1) / InputsAtOnce, group =>
        {
            var last = Math.Min(p, (group + 1) * InputsAtOnce);
            for (var from = 0; from < curvature.Length; from += RowsInCache)
            {
                var count = Math.Min(RowsInCache, curvature.Length - from);
                for (var j = group * InputsAtOnce; j < last; j++)
                {
                    var left = scaled[j].AsSpan(from, count);
                    for (var k = 0; k <= j; k++)
                    {
                        hessian[(j * p) + k] += Dot(left, _x[k].AsSpan(from, count));
                    }
                }
            }
        });
        return hessian;
    }

    private static double[] Solve(double[] hessian, double penalty, double[] gradient)
    {
        var p = gradient.Length;
        var l = (double[])hessian.Clone();
        for (var j = 0; j < p; j++)
        {
            l[(j * p) + j] += j < p - 1 ? penalty : 1e-9;
        }

        // Cholesky
        for (var j = 0; j < p; j++)
        {
            var rowJ = l.AsSpan(j * p, j);
            var pivot = l[(j * p) + j] - Dot(rowJ, rowJ);
            var root = Math.Sqrt(Math.Max(pivot, 1e-12));
            l[(j * p) + j] = root;
            for (var i = j + 1; i < p; i++)
            {
                l[(i * p) + j] = (l[(i * p) + j] - Dot(l.AsSpan(i * p, j), l.AsSpan(j * p, j))) / root;
            }
        }

        var x = (double[])gradient.Clone();
        for (var i = 0; i < p; i++)
        {
            x[i] = (x[i] - Dot(l.AsSpan(i * p, i), x.AsSpan(0, i))) / l[(i * p) + i];
        }

        for (var i = p - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < p; k++)
            {
                x[i] -= l[(k * p) + i] * x[k];
            }

            x[i] /= l[(i * p) + i];
        }

        return x;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var first = Vector<double>.Zero;
        var second = Vector<double>.Zero;
        var i = 0;
        for (; i + 1 < va.Length; i += 2)
        {
            first += va[i] * vb[i];
            second += va[i + 1] * vb[i + 1];
        }

        if (i < va.Length)
        {
            first += va[i] * vb[i];
        }

        var sum = Vector.Sum(first + second);
        for (i = va.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled(Span<double> to, ReadOnlySpan<double> x, double factor)
    {
        var vto = MemoryMarshal.Cast<double, Vector<double>>(to);
        var vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (var i = 0; i < vto.Length; i++)
        {
            vto[i] += vx[i] * factor;
        }

        for (var i = vto.Length * Vector<double>.Count; i < to.Length; i++)
        {
            to[i] += x[i] * factor;
        }
    }
}
