using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

/// <summary>
/// The product's values by another way: Lundberg et al. 2020, "From local explanations to global understanding", Algorithm 2, leaf by leaf and row by row,
/// with the polynomial in the coalition's size that grows by each input met and is divided by it again.
/// </summary>
internal sealed class TextbookTreeShap
{
    private readonly record struct Step(int Input, float Above, float UpTo, double Share);

    private readonly record struct Path(Step[] Steps, double Value);

    private readonly Path[] _paths;
    private readonly double[][] _weights;
    private readonly int _longest;

    public TextbookTreeShap(TreeEnsemble ensemble)
    {
        var paths = new List<Path>();
        foreach (var tree in ensemble.Trees)
        {
            AddPaths(tree, ensemble.Scale, paths);
        }

        _paths = [.. paths];
        _longest = _paths.Length == 0 ? 0 : _paths.Max(path => path.Steps.Length);
        _weights = [.. Enumerable.Range(0, _longest + 1).Select(CoalitionWeights)];
    }

    /// <summary>Adds each input's contribution in log-odds: Σ over inputs = log-odds − base.</summary>
    public void Add(ReadOnlySpan<float> row, Span<double> byInput)
    {
        Span<double> polynomial = stackalloc double[_longest + 1];
        foreach (var (steps, value) in _paths)
        {
            // the shares of inputs that the row does not meet only multiply; those it meets make a polynomial in the coalition's size
            polynomial[0] = 1;
            var met = 0;
            var unmet = 1.0;
            foreach (var step in steps)
            {
                if (Meets(row, step))
                {
                    polynomial[met + 1] = polynomial[met];
                    for (var k = met; k > 0; k--)
                    {
                        polynomial[k] = (polynomial[k] * step.Share) + polynomial[k - 1];
                    }

                    polynomial[0] *= step.Share;
                    met++;
                }
                else
                {
                    unmet *= step.Share;
                }
            }

            if (unmet == 0)
            {
                continue;
            }

            var weights = _weights[steps.Length];
            var scaled = value * unmet;
            var absent = 0.0;
            for (var k = 0; k <= met && k < weights.Length; k++)
            {
                absent += polynomial[k] * weights[k];
            }

            foreach (var step in steps)
            {
                byInput[step.Input] += Meets(row, step)
                    ? scaled * (1 - step.Share) * Without(polynomial[..(met + 1)], step.Share, weights)
                    : -scaled * absent;
            }
        }
    }

    /// <summary>Σ over coalition sizes of weight × coefficient of the polynomial divided by (share + t).</summary>
    private static double Without(ReadOnlySpan<double> polynomial, double share, double[] weights)
    {
        var sum = 0.0;
        var coefficient = 0.0;
        for (var k = polynomial.Length - 1; k > 0; k--)
        {
            coefficient = polynomial[k] - (share * coefficient);
            sum += coefficient * weights[k - 1];
        }

        return sum;
    }

    private static bool Meets(ReadOnlySpan<float> row, in Step step) => row[step.Input] > step.Above && row[step.Input] <= step.UpTo;

    /// <summary>|S|! (m − |S| − 1)! / m! by |S|.</summary>
    private static double[] CoalitionWeights(int m)
    {
        var weights = new double[m];
        for (var s = 0; s < m; s++)
        {
            // 1 / (m × C(m − 1, s))
            var choose = 1.0;
            for (var i = 1; i <= s; i++)
            {
                choose = choose * (m - i) / i;
            }

            weights[s] = 1 / (m * choose);
        }

        return weights;
    }

    private static void AddPaths(Tree tree, double scale, List<Path> paths)
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

    private static void Descend(Tree tree, int node, Step[] steps, double[] covers, double scale, List<Path> paths)
    {
        if (node < 0)
        {
            paths.Add(new Path(steps, scale * tree.Leaf[~node]));
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
