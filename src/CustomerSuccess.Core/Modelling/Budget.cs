namespace CustomerSuccess.Core.Modelling;

/// <summary>How much is tried before a model is fitted. With the size of the data it fixes the list of candidates beforehand.</summary>
public enum Budget
{
    /// <summary>One set of trees, known to do well on most data.</summary>
    Quick,

    /// <summary>A handful of candidates: about a minute for 50,000 rows of 200 columns on two cores.</summary>
    Normal,

    /// <summary>Some thirty candidates: several minutes.</summary>
    Thorough,
}

/// <summary>Who grows the trees.</summary>
public enum TreeLearner
{
    FastTree,
    LightGbm,
}

/// <summary>Settings of boosted trees that are tried. Fewer trees than <see cref="Trees"/> are tried along the way.</summary>
/// <param name="Learner">Who grows them.</param>
/// <param name="Trees">Most trees.</param>
/// <param name="Leaves">Leaves of a tree.</param>
/// <param name="LearningRate">Share of each tree's correction that is taken.</param>
/// <param name="RowsPerLeaf">Least rows of a leaf.</param>
/// <param name="FeatureFraction">Share of the columns that each tree sees.</param>
public sealed record TreeCandidate(TreeLearner Learner, int Trees, int Leaves, double LearningRate, int RowsPerLeaf, double FeatureFraction);
