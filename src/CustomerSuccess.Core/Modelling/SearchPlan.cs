namespace CustomerSuccess.Core.Modelling;

/// <summary>What will be tried, fixed by the budget and the size of the data before anything is fitted. Stands in the card.</summary>
public sealed record SearchPlan
{
    /// <summary>A candidate is judged by every so many trees.</summary>
    public const int TreeStep = 50;

    private const double LargestTask = 1.2e9;

    public required Budget Budget { get; init; }

    /// <summary>In the order in which they are tried; the first, with all its trees, is what is fitted without a search.</summary>
    public required IReadOnlyList<TreeCandidate> Candidates { get; init; }

    /// <summary>Knots of the logistic regression that are tried.</summary>
    public required IReadOnlyList<int> Knots { get; init; }

    /// <summary>Most rows on which candidates are compared; beyond, whole accounts are drawn.</summary>
    public required int MostRows { get; init; }

    /// <summary>Distinct outcomes from which the lowest log loss wins; below, a later candidate must be better by more than one standard error of the difference.</summary>
    public required int ManyOutcomes { get; init; }

    /// <summary>The search for a table of this size; null where the budget is quick, or the outcomes too few to compare by.</summary>
    /// <param name="budget">How much is tried.</param>
    /// <param name="plan">What is fitted without a search.</param>
    /// <param name="rows">Rows to fit on.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <param name="outcomes">Distinct outcomes among the rows.</param>
    /// <param name="hasLightGbm">True where LightGBM runs on this machine.</param>
    public static SearchPlan? For(Budget budget, TrainingPlan plan, int rows, int columns, int outcomes, bool hasLightGbm)
    {
        const int fewestOutcomes = 60, many = 1_000;
        if (budget == Budget.Quick || outcomes < fewestOutcomes)
        {
            return null;
        }

        var mostRows = budget == Budget.Normal ? 20_000 : 60_000;
        var perLeaf = plan.RowsPerLeaf;
        TreeCandidate Fast(int leaves, double rate, int trees, double fraction = 0.5, int rowsPerLeaf = 0) =>
            new(TreeLearner.FastTree, trees, leaves, rate, rowsPerLeaf == 0 ? perLeaf : rowsPerLeaf, fraction);
        TreeCandidate Light(int leaves, double rate, int trees, double fraction = 0.5, int rowsPerLeaf = 0) =>
            Fast(leaves, rate, trees, fraction, rowsPerLeaf) with { Learner = TreeLearner.LightGbm };
        List<TreeCandidate> all =
        [
            new(plan.Learner, plan.Trees, plan.Leaves, plan.LearningRate, plan.RowsPerLeaf, plan.FeatureFraction),
            Fast(4, 0.05, 400),
            Fast(8, 0.05, 400),
            Light(8, 0.05, 300),
            Light(16, 0.03, 300),
            Fast(16, 0.03, 300, 0.3),
            Light(4, 0.05, 400),
            Light(8, 0.03, 500, 0.3, Math.Max(5, perLeaf / 2)),
            Light(31, 0.03, 300, 0.3),
        ];
        if (budget == Budget.Thorough)
        {
            all.AddRange([Fast(2, 0.05, 600), Fast(4, 0.03, 600, 0.3), Fast(8, 0.03, 500, 0.3), Fast(8, 0.03, 500, 0.8), Fast(31, 0.03, 300, 0.3)]);
            foreach (var leaves in new[] { 4, 8, 16, 31, 63 })
            {
                foreach (var fraction in new[] { 0.3, 0.8 })
                {
                    all.Add(Light(leaves, 0.02, leaves < 16 ? 800 : 500, fraction));
                }

                all.Add(Light(leaves, 0.02, leaves < 16 ? 800 : 500, 0.5, perLeaf * 2));
            }
        }

        // the work of a tree grows with cells; what a normal budget cannot carry is left out from the end
        var cells = (double)Math.Min(rows, mostRows) * Math.Max(1, columns);
        var most = budget == Budget.Normal ? LargestTask * 8 : double.PositiveInfinity;
        var work = 0.0;
        return new SearchPlan
        {
            Budget = budget,
            Candidates = [.. all.Where(c => hasLightGbm || c.Learner != TreeLearner.LightGbm).Distinct().Where((c, i) => (work += cells * c.Trees) <= most || i < 2)],
            Knots = cells > 1_000_000 ? [plan.Knots] : [.. new[] { plan.Knots, 0, 4, 8 }.Where(k => k == plan.Knots || outcomes >= many).Distinct()],
            MostRows = mostRows,
            ManyOutcomes = many,
        };
    }
}
