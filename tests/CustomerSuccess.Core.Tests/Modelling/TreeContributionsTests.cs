using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class TreeContributionsTests
{
    private const int Inputs = 6;

    [Fact]
    public void Contributions_are_the_shapley_values_that_every_coalition_gives()
    {
        var random = new SeededRandom(7);
        for (var run = 0; run < 60; run++)
        {
            // deep trees over few inputs: most paths ask the same input several times
            var trees = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => RandomTree(ref random, 1 + random.Next(10))).ToArray();
            var ensemble = new TreeEnsemble(trees, 0.1);
            var row = RandomRow(ref random);
            var found = new double[Inputs];
            new TreeContributions(ensemble).Add(row, found);
            var expected = BruteForce(ensemble, row);
            for (var j = 0; j < Inputs; j++)
            {
                found[j].Should().BeApproximately(expected[j], 1e-12, "run {0}, input {1}", run, j);
            }
        }
    }

    [Fact]
    public void Contributions_add_up_to_the_log_odds()
    {
        var random = new SeededRandom(8);
        var trees = new Tree[100];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = RandomTree(ref random, 7);
        }

        var ensemble = new TreeEnsemble(trees, 0.1);
        var contributions = new TreeContributions(ensemble);
        for (var i = 0; i < 50; i++)
        {
            var row = RandomRow(ref random);
            var found = new double[Inputs];
            contributions.Add(row, found);
            (ensemble.Base + found.Sum()).Should().BeApproximately(ensemble.LogOdds(row), 1e-11);
        }
    }

    [Fact]
    public void Long_paths_give_what_the_textbook_gives_for_any_number_of_rows()
    {
        const int width = 40;
        var random = new SeededRandom(9);
        for (var run = 0; run < 8; run++)
        {
            // grown at one end, so that paths ask up to forty inputs
            var trees = Enumerable.Range(0, 20).Select(_ => RandomTree(ref random, 1 + random.Next(120), width, deep: true)).ToArray();
            var ensemble = new TreeEnsemble(trees, 0.1);
            var rows = new float[(1 + (37 * run)) * width];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = random.Next(4) == 0 ? -2 : random.Next(9) / 3f - 1.5f;
            }

            var count = rows.Length / width;
            var found = new double[rows.Length];
            new TreeContributions(ensemble).Add(rows, count, found);
            var expected = new double[rows.Length];
            var textbook = new TextbookTreeShap(ensemble);
            for (var i = 0; i < count; i++)
            {
                textbook.Add(rows.AsSpan(i * width, width), expected.AsSpan(i * width, width));
                (ensemble.Base + found.AsSpan(i * width, width).ToArray().Sum()).Should().BeApproximately(ensemble.LogOdds(rows.AsSpan(i * width, width)), 1e-10);
            }

            found.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-9);
        }
    }

    [Fact]
    public void An_input_that_no_split_asks_has_no_part()
    {
        var tree = new Tree([0], [0.5f], [~0], [~1], [-1, 3], [30, 10]);
        var found = new double[2];
        new TreeContributions(new TreeEnsemble([tree], 1)).Add([1, 1], found);
        found.Should().Equal(3, 0);
    }

    /// <summary>A leaf with a cover of zero is among them now and then, and −2 stands for missing.</summary>
    private static Tree RandomTree(ref SeededRandom random, int splits, int inputs = Inputs, bool deep = false)
    {
        int[] input = new int[splits], left = new int[splits], right = new int[splits];
        var threshold = new float[splits];
        var open = new List<(int Node, bool Left)>();
        for (var node = 0; node < splits; node++)
        {
            if (node > 0)
            {
                var at = deep && random.Next(4) > 0 ? open.Count - 1 : random.Next(open.Count);
                var (parent, isLeft) = open[at];
                open.RemoveAt(at);
                (isLeft ? left : right)[parent] = node;
            }

            (input[node], threshold[node]) = (random.Next(inputs - 1), random.Next(7) / 2f - 1.5f);
            open.Add((node, true));
            open.Add((node, false));
        }

        for (var leaf = 0; leaf < open.Count; leaf++)
        {
            (open[leaf].Left ? left : right)[open[leaf].Node] = ~leaf;
        }

        double[] values = new double[open.Count], covers = new double[open.Count];
        for (var leaf = 0; leaf < values.Length; leaf++)
        {
            (values[leaf], covers[leaf]) = (random.Next(1000) / 100.0 - 5, random.Next(8) == 0 ? 0 : 1 + random.Next(50));
        }

        covers[0]++;
        return new Tree(input, threshold, left, right, values, covers);
    }

    private static float[] RandomRow(ref SeededRandom random)
    {
        var row = new float[Inputs];
        for (var j = 0; j < Inputs; j++)
        {
            row[j] = random.Next(4) == 0 ? -2 : random.Next(9) / 3f - 1.5f;
        }

        return row;
    }

    private static double[] BruteForce(TreeEnsemble ensemble, float[] row)
    {
        var phi = new double[Inputs];
        for (var j = 0; j < Inputs; j++)
        {
            for (var coalition = 0; coalition < 1 << Inputs; coalition++)
            {
                if ((coalition >> j & 1) == 0)
                {
                    var size = System.Numerics.BitOperations.PopCount((uint)coalition);
                    var weight = Factorial(size) * Factorial(Inputs - size - 1) / Factorial(Inputs);
                    phi[j] += weight * (Expected(ensemble, row, coalition | 1 << j) - Expected(ensemble, row, coalition));
                }
            }
        }

        return phi;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static double Expected(TreeEnsemble ensemble, float[] row, int known) => ensemble.Scale * ensemble.Trees.Sum(tree => Expected(tree, 0, row, known));

    private static double Expected(Tree tree, int node, float[] row, int known)
    {
        if (node < 0)
        {
            return tree.Leaf[~node];
        }

        if ((known >> tree.Input[node] & 1) == 1)
        {
            return Expected(tree, row[tree.Input[node]] <= tree.Threshold[node] ? tree.Left[node] : tree.Right[node], row, known);
        }

        double left = Cover(tree, tree.Left[node]), all = left + Cover(tree, tree.Right[node]);
        var share = all > 0 ? left / all : 0.5;
        return (share * Expected(tree, tree.Left[node], row, known)) + ((1 - share) * Expected(tree, tree.Right[node], row, known));
    }

    private static double Cover(Tree tree, int node) => node < 0 ? tree.LeafCover[~node] : Cover(tree, tree.Left[node]) + Cover(tree, tree.Right[node]);
}
