namespace CustomerSuccess.Core.Modelling;

/// <summary>How the calibrator gets predictions of rows that its model was not fitted on.</summary>
public enum CalibrationRows
{
    /// <summary>Out-of-fold predictions over accounts; the model itself is then fitted on every row.</summary>
    CrossFitted,

    /// <summary>One fold of accounts is kept from the fit and used for the calibrator alone.</summary>
    HeldOut,
}

/// <summary>What will be fitted and how, fixed by the size of the data before anything is fitted. Stands in the card.</summary>
public sealed record TrainingPlan
{
    /// <summary>Below this, finer choices would be read from noise.</summary>
    private const int ManyOutcomes = 1_000;

    private const int ManyRows = 20_000;

    public int Seed { get; init; } = 20240229;

    public CalibrationRows CalibrationRows { get; init; }

    /// <summary>Folds of accounts.</summary>
    public int Folds { get; init; } = 5;

    public TreeLearner Learner { get; init; }

    public int Trees { get; init; } = 200;

    public int Leaves { get; init; } = 8;

    public double LearningRate { get; init; } = 0.05;

    public int RowsPerLeaf { get; init; } = 50;

    /// <summary>Share of the columns that each tree sees.</summary>
    public double FeatureFraction { get; init; } = 0.5;

    /// <summary>Knots of the piecewise linear terms of each number in the logistic regression, at equal-mass quantiles.</summary>
    public int Knots { get; init; }

    /// <summary>Ridge penalties tried for the logistic regression, by out-of-fold log loss.</summary>
    public IReadOnlyList<double> Penalties { get; init; } = [1000, 300, 100, 30, 10, 3, 1];

    /// <summary>The logistic regression is fitted on at most so many rows, whole accounts drawn by the seed.</summary>
    public int LinearRows { get; init; } = 20_000;

    /// <summary>Categories with more levels than this become a cross-fitted rate of outcomes, the rest one column for each level.</summary>
    public int OneHotLevels { get; init; } = 12;

    /// <summary>Rows that the overall rate weighs in the rate of a level.</summary>
    public double RatePrior { get; init; } = 20;

    /// <summary>Weights of the trees in the blend of log-odds that are tried, by log loss of rows not fitted on; the logistic regression has the rest.</summary>
    public IReadOnlyList<double> TreeWeights { get; init; } = [0.5];

    /// <summary>True where the columns that only this company has must show evidence of their own first: with few outcomes a learner reads meaning into any column.</summary>
    public bool Screens { get; init; }

    /// <summary>Columns that showed none, and that nothing is learned from.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What is tried first; null for nothing.</summary>
    public SearchPlan? Search { get; init; }

    /// <summary>The same plan with the candidate's trees.</summary>
    public TrainingPlan With(TreeCandidate trees) => this with
    {
        Learner = trees.Learner,
        Trees = trees.Trees,
        Leaves = trees.Leaves,
        LearningRate = trees.LearningRate,
        RowsPerLeaf = trees.RowsPerLeaf,
        FeatureFraction = trees.FeatureFraction,
    };

    /// <summary>The plan for a table of this size.</summary>
    /// <param name="rows">Rows to fit on.</param>
    /// <param name="outcomes">Distinct outcomes among them.</param>
    public static TrainingPlan For(int rows, int outcomes)
    {
        var plan = new TrainingPlan
        {
            RowsPerLeaf = rows >= 2_000 ? 50 : Math.Max(5, rows / 40),
            Screens = outcomes < ManyOutcomes,
            Knots = outcomes >= ManyOutcomes ? 4 : 0,
            TreeWeights = outcomes >= ManyOutcomes ? [0.5, 0.75, 1, 0.25, 0] : [0.5],
        };
        // with many rows one fold says as much as all of them, and the penalty hardly matters
        return rows > ManyRows ? plan with { CalibrationRows = CalibrationRows.HeldOut, LinearRows = 12_000, Penalties = [300, 30, 3] } : plan;
    }
}
