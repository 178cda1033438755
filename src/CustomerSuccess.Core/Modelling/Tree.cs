namespace CustomerSuccess.Core.Modelling;

/// <summary>A binary tree. A row goes left where its input is at most the threshold; a child below 0 is the leaf ~child.</summary>
public sealed record Tree(int[] Input, float[] Threshold, int[] Left, int[] Right, double[] Leaf, double[] LeafCover)
{
    /// <summary>The index of the leaf into which a row falls.</summary>
    public int LeafOf(ReadOnlySpan<float> row)
    {
        if (Input.Length == 0)
        {
            return 0;
        }

        var node = 0;
        do
        {
            node = row[Input[node]] <= Threshold[node] ? Left[node] : Right[node];
        }
        while (node >= 0);
        return ~node;
    }
}

/// <summary>A sum of trees: log-odds = Scale × Σ leaves.</summary>
public sealed class TreeEnsemble
{
    public TreeEnsemble(IReadOnlyList<Tree> trees, double scale)
    {
        Trees = [.. trees];
        Scale = scale;
        Base = scale * Trees.Sum(tree => tree.LeafCover.Sum() is var all && all > 0
            ? tree.Leaf.Zip(tree.LeafCover, (leaf, cover) => leaf * cover).Sum() / all
            : tree.Leaf.Average());
    }

    public Tree[] Trees { get; }

    public double Scale { get; }

    /// <summary>The log-odds averaged over the training rows.</summary>
    public double Base { get; }

    /// <summary>Σ of the leaves, before <see cref="Scale"/>.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var tree in Trees)
        {
            sum += tree.Leaf[tree.LeafOf(row)];
        }

        return sum;
    }

    public double LogOdds(ReadOnlySpan<float> row) => Scale * Score(row);

    /// <summary>The same trees with the covers that the given rows make.</summary>
    public TreeEnsemble WithCovers(float[] rows, int width, double[]? weights = null)
    {
        var count = width == 0 ? 0 : rows.Length / width;
        var trees = new Tree[Trees.Length];
        Parallel.For(0, Trees.Length, t =>
        {
            var covers = new double[Trees[t].Leaf.Length];
            for (var i = 0; i < count; i++)
            {
                covers[Trees[t].LeafOf(rows.AsSpan(i * width, width))] += weights?[i] ?? 1;
            }

            trees[t] = Trees[t] with { LeafCover = covers };
        });
        return new TreeEnsemble(trees, Scale);
    }
}
