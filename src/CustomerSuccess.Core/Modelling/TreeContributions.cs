using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerSuccess.Core.Modelling;

/// <summary>
/// Exact Shapley values of a sum of trees, path-dependent (Lundberg et al. 2020, "From local explanations to global understanding").
/// On a leaf's path each input is an interval that the row meets (z = 1) or not (z = 0), and a share p of the cover that would pass where the input
/// is unknown. That is a product game, whose Shapley values are φ = value × (z − p) ∫₀¹ Π over the other inputs of (t z + (1 − t) p) dt: a polynomial,
/// which Gauss–Legendre points integrate exactly, half as many as the path has inputs. All terms are positive, so nothing cancels.
/// An input that is not met gets −value ∫₀¹ Π / (1 − t) dt, the same for all of them. Leaf by leaf, several rows in one instruction. Safe for many threads.
/// </summary>
public sealed class TreeContributions
{
    /// <summary>Points that one walk over a leaf's path takes; a longer path takes several walks, whose sums add up.</summary>
    private const int Points = 4;

    /// <summary>Rows whose inputs and sums stay near the processor while the leaves go by.</summary>
    private const int BlockRows = 64;

    private readonly record struct Step(int Input, float Above, float UpTo, double Share);

    /// <summary>A step as one walk reads it: factor = Unmet + (met ? t : 0), and by point the weight of the product in the input's own value.</summary>
    private readonly record struct WalkStep(int Input, double Above, double UpTo, Four Unmet, Four WeightIfMet);

    private readonly record struct Four(double A, double B, double C, double D);

    /// <param name="From">First of its steps.</param>
    /// <param name="Steps">How many.</param>
    /// <param name="At">The points t.</param>
    /// <param name="WeightIfUnmet">By point the weight of the product in the value of every input that is not met.</param>
    private readonly record struct Walk(int From, int Steps, Four At, Four WeightIfUnmet);

    private readonly Walk[] _walks;
    private readonly WalkStep[] _steps;
    private readonly int _longest;

    public TreeContributions(TreeEnsemble ensemble)
    {
        var paths = new List<(Step[] Steps, double Value)>();
        foreach (var tree in ensemble.Trees)
        {
            AddPaths(tree, ensemble.Scale, paths);
        }

        _longest = paths.Count == 0 ? 0 : paths.Max(path => path.Steps.Length);
        (double T, double Weight)[][] rules = [.. Enumerable.Range(0, _longest + 1).Select(m => GaussLegendre((m + 1) / 2))];
        var (walks, all) = (new List<Walk>(paths.Count), new List<WalkStep>());
        foreach (var (steps, value) in paths)
        {
            foreach (var points in rules[steps.Length].Chunk(Points))
            {
                walks.Add(new Walk(all.Count, steps.Length, Each(points, p => p.T), Each(points, p => -value * p.Weight / (1 - p.T))));
                all.AddRange(steps.Select(step => new WalkStep(
                    step.Input,
                    step.Above,
                    step.UpTo,
                    Each(points, p => (1 - p.T) * step.Share),
                    Each(points, p => value * (1 - step.Share) * p.Weight / (p.T + ((1 - p.T) * step.Share))))));
            }
        }

        (_walks, _steps) = ([.. walks], [.. all]);
    }

    /// <summary>Adds each input's contribution in log-odds: Σ over inputs = log-odds − base.</summary>
    public void Add(ReadOnlySpan<float> row, Span<double> byInput) => Add(row, 1, byInput);

    /// <summary>The same for several rows, one behind the other in both spans.</summary>
    public void Add(ReadOnlySpan<float> rows, int count, Span<double> byInput)
    {
        if (count == 0 || _walks.Length == 0)
        {
            return;
        }

        // columns of rows, filled up to whole vectors
        var width = rows.Length / count;
        var lanes = Vector<double>.Count;
        var blockRows = Math.Min(BlockRows, count);
        var stride = (blockRows + lanes - 1) / lanes * lanes;
        var inputs = new double[width * stride];
        var sums = new double[width * stride];
        for (var from = 0; from < count; from += blockRows)
        {
            var some = Math.Min(blockRows, count - from);
            for (var i = 0; i < some; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    inputs[(j * stride) + i] = rows[((from + i) * width) + j];
                }
            }

            Array.Clear(sums);
            AddBlock(MemoryMarshal.Cast<double, Vector<double>>(inputs.AsSpan()), MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan()), stride / lanes, (some + lanes - 1) / lanes);
            for (var i = 0; i < some; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    byInput[((from + i) * width) + j] += sums[(j * stride) + i];
                }
            }
        }
    }

    private void AddBlock(ReadOnlySpan<Vector<double>> inputs, Span<Vector<double>> sums, int stride, int vectors)
    {
        Span<Vector<double>> met = stackalloc Vector<double>[_longest];
        foreach (ref readonly var walk in _walks.AsSpan())
        {
            var steps = _steps.AsSpan(walk.From, walk.Steps);
            Vector<double> ta = new(walk.At.A), tb = new(walk.At.B), tc = new(walk.At.C), td = new(walk.At.D);
            for (var v = 0; v < vectors; v++)
            {
                Vector<double> a = Vector<double>.One, b = a, c = a, d = a;
                for (var s = 0; s < steps.Length; s++)
                {
                    ref readonly var step = ref steps[s];
                    var x = inputs[(step.Input * stride) + v];
                    var meets = Vector.AsVectorDouble(Vector.GreaterThan(x, new Vector<double>(step.Above)) & Vector.LessThanOrEqual(x, new Vector<double>(step.UpTo)));
                    met[s] = meets;
                    a *= new Vector<double>(step.Unmet.A) + (meets & ta);
                    b *= new Vector<double>(step.Unmet.B) + (meets & tb);
                    c *= new Vector<double>(step.Unmet.C) + (meets & tc);
                    d *= new Vector<double>(step.Unmet.D) + (meets & td);
                }

                var unmet = Sum(a, b, c, d, walk.WeightIfUnmet);
                for (var s = 0; s < steps.Length; s++)
                {
                    ref readonly var step = ref steps[s];
                    sums[(step.Input * stride) + v] += Vector.ConditionalSelect(Vector.AsVectorInt64(met[s]), Sum(a, b, c, d, step.WeightIfMet), unmet);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Sum(Vector<double> a, Vector<double> b, Vector<double> c, Vector<double> d, in Four weights) =>
        ((a * new Vector<double>(weights.A)) + (b * new Vector<double>(weights.B))) + ((c * new Vector<double>(weights.C)) + (d * new Vector<double>(weights.D)));

    /// <summary>A value by point; 0 where a walk has fewer.</summary>
    private static Four Each((double T, double Weight)[] points, Func<(double T, double Weight), double> value)
    {
        double At(int i) => i < points.Length ? value(points[i]) : 0;
        return new Four(At(0), At(1), At(2), At(3));
    }

    /// <summary>Points and weights on 0–1 that integrate polynomials of degree 2n − 1 exactly, by Newton's method on the Legendre polynomial.</summary>
    private static (double T, double Weight)[] GaussLegendre(int n)
    {
        var points = new (double, double)[n];
        for (var i = 0; i < n; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
            var slope = 0.0;
            for (var round = 0; round < 20; round++)
            {
                double value = 1, before = 0;
                for (var k = 1; k <= n; k++)
                {
                    (value, before) = ((((2 * k) - 1) * x * value / k) - ((k - 1) * before / k), value);
                }

                slope = n * ((x * value) - before) / ((x * x) - 1);
                x -= value / slope;
            }

            points[i] = ((1 + x) / 2, 1 / ((1 - (x * x)) * slope * slope));
        }

        return points;
    }

    private static void AddPaths(Tree tree, double scale, List<(Step[], double)> paths)
    {
        if (tree.Input.Length == 0)
        {
            return;
        }

        var covers = new double[tree.Input.Length];
        NodeCover(tree, 0, covers);
        Descend(tree, 0, [], covers, scale, paths);
    }

    private static double NodeCover(Tree tree, int node, double[] covers) =>
        node < 0 ? tree.LeafCover[~node] : covers[node] = NodeCover(tree, tree.Left[node], covers) + NodeCover(tree, tree.Right[node], covers);

    private static void Descend(Tree tree, int node, Step[] steps, double[] covers, double scale, List<(Step[], double)> paths)
    {
        if (node < 0)
        {
            paths.Add((steps, scale * tree.Leaf[~node]));
            return;
        }

        double Cover(int child) => child < 0 ? tree.LeafCover[~child] : covers[child];
        var all = covers[node];
        var left = all > 0 ? Cover(tree.Left[node]) / all : 0.5;
        Descend(tree, tree.Left[node], With(steps, new Step(tree.Input[node], float.NegativeInfinity, tree.Threshold[node], left)), covers, scale, paths);
        Descend(tree, tree.Right[node], With(steps, new Step(tree.Input[node], tree.Threshold[node], float.PositiveInfinity, 1 - left)), covers, scale, paths);
    }

    private static Step[] With(Step[] steps, Step next)
    {
        var at = Array.FindIndex(steps, step => step.Input == next.Input);
        if (at < 0)
        {
            return [.. steps, next];
        }

        var merged = (Step[])steps.Clone();
        merged[at] = new Step(next.Input, Math.Max(steps[at].Above, next.Above), Math.Min(steps[at].UpTo, next.UpTo), steps[at].Share * next.Share);
        return merged;
    }
}
