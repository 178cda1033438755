using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>How likely chance alone ties a column to the outcome as closely, beyond what the other columns say.</summary>
/// <param name="Column">Its name.</param>
/// <param name="PValue">0–1.</param>
/// <param name="Kept">True where it is learned from.</param>
public sealed record ColumnEvidence(string Column, double PValue, bool Kept);

/// <summary>What the screen found on training rows.</summary>
/// <param name="Level">Expected share of columns without meaning among those kept, at most.</param>
/// <param name="Shuffles">How often the columns were dealt out anew among accounts.</param>
/// <param name="Columns">The strongest evidence first.</param>
public sealed record ScreenReport(double Level, int Shuffles, IReadOnlyList<ColumnEvidence> Columns)
{
    /// <summary>Columns that are not learned from.</summary>
    public IReadOnlyList<string> LeftOut => [.. Columns.Where(column => !column.Kept).Select(column => column.Column).Order(StringComparer.Ordinal)];
}

/// <summary>
/// Asks of each column that only this company has whether it says anything of the outcome by itself. With few outcomes a learner reads meaning into any
/// column (some of many are tied to the outcome by chance), and people then read it as a reason.
/// <list type="bullet">
/// <item>What is left to explain: outcome − probability, by a ridge regression on all other columns that was not fitted on the row's account.</item>
/// <item>How much of it a column takes up: Σ over its values (numbers by fifths) of (Σ left)² / (Σ p(1 − p) + 2), and for numbers the same of their ranks: a score test of random effects (Lin 1997).</item>
/// <item>What chance does: the same with whole accounts' columns dealt out anew among accounts, each at the nearest date, so that an account's many rows count as the one account they are.
/// The cube root of such sums is nearly normal (Wilson and Hilferty 1931), which gives the tail.</item>
/// <item>Kept by Benjamini and Hochberg's rule (1995): the more columns mean something, the more is let in.</item>
/// </list>
/// </summary>
public static class EvidenceScreen
{
    /// <summary>Expected share of columns without meaning among those kept, at most.</summary>
    public const double Level = 0.05;

    private const int MostShuffles = 400;
    private const int FewestShuffles = 100;
    private const double MostCells = 4e8;
    private const int Fifths = 5;
    private const double PriorVariance = 2;

    // streams of folds and draws of rows are others
    private const int FirstStream = 10_000;

    /// <param name="data">The table.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="isOwn">True for columns that are screened: those that only this company has.</param>
    /// <param name="plan">Whose folds, penalties and seed are used.</param>
    /// <returns>Null where no column is to be screened.</returns>
    public static ScreenReport? Run(LabelledTable data, IReadOnlyList<int> rows, Func<string, bool> isOwn, TrainingPlan plan)
    {
        FeatureColumn[] own = [.. data.Table.Columns.Where(column => isOwn(column.Name))];
        if (own.Length == 0 || rows.Count == 0)
        {
            return null;
        }

        var left = Unexplained.Of(data, rows, isOwn, plan);
        var dealt = new AccountRows(data.Table, rows);
        Cells[] cells = [.. own.Select(column => Cells.Of(column, rows))];
        int[] itself = [.. Enumerable.Range(0, rows.Count)];
        double[] found = [.. cells.Select(column => column.TakenUp(left, itself))];
        var byChance = new double[(int)Math.Clamp(MostCells / ((double)rows.Count * own.Length), FewestShuffles, MostShuffles)][];
        Parallel.For(0, byChance.Length, s =>
        {
            var from = dealt.Deal(SeededRandom.Of(plan.Seed, FirstStream + s));
            byChance[s] = [.. cells.Select(column => column.TakenUp(left, from))];
        });
        var byName = own.Select((column, c) => (column.Name, PValue: Tail(found[c], byChance, c))).OrderBy(x => x.PValue).ThenBy(x => x.Name, StringComparer.Ordinal).ToArray();
        var kept = byName.Length;
        while (kept > 0 && byName[kept - 1].PValue > Level * kept / byName.Length)
        {
            kept--;
        }

        return new ScreenReport(Level, byChance.Length, [.. byName.Select((x, i) => new ColumnEvidence(x.Name, x.PValue, i < kept))]);
    }

    private static double Tail(double found, double[][] byChance, int column)
    {
        var mean = byChance.Average(shuffle => shuffle[column]);
        var deviation = Math.Sqrt(byChance.Average(shuffle => (shuffle[column] - mean) * (shuffle[column] - mean)));
        return deviation > 1e-12 * Math.Abs(mean) ? 1 - NormalDistribution.Cumulative((found - mean) / deviation) : 1;
    }

    /// <summary>By training row: outcome less probability, and the probability's variance, both by weight.</summary>
    private sealed record Unexplained(double[] Residual, double[] Variance)
    {
        public static Unexplained Of(LabelledTable data, IReadOnlyList<int> rows, Func<string, bool> isOwn, TrainingPlan plan)
        {
            var known = data.Without([.. data.Table.Columns.Select(column => column.Name).Where(isOwn)]);
            var probability = known.Table.Columns.Count > 0 ? CrossFitted(known, rows, plan) : Constant(data, rows);
            return new Unexplained(
                [.. rows.Select((r, i) => data.Weights[r] * ((data.Labels[r] ? 1 : 0) - probability[i]))],
                [.. rows.Select((r, i) => data.Weights[r] * probability[i] * (1 - probability[i]))]);
        }

        private static double[] Constant(LabelledTable data, IReadOnlyList<int> rows)
        {
            var rate = rows.Sum(r => data.Labels[r] ? data.Weights[r] : 0) / rows.Sum(r => data.Weights[r]);
            return [.. rows.Select(_ => rate)];
        }

        /// <summary>By the penalty with the lowest log loss over all folds.</summary>
        private static double[] CrossFitted(LabelledTable data, IReadOnlyList<int> rows, TrainingPlan plan)
        {
            var folds = AccountFolds.Of(data.Table.AccountNo, rows, data.Labels, plan.Folds, plan.Seed);
            var position = rows.Select((row, i) => (row, i)).ToDictionary(x => x.row, x => x.i);
            var probabilities = plan.Penalties.Select(_ => new double[rows.Count]).ToArray();
            for (var fold = 0; fold < plan.Folds; fold++)
            {
                int[] learn = [.. rows.Where(r => folds[r] != fold)], judge = [.. rows.Where(r => folds[r] == fold)];
                var fit = EncoderFit.Of(data.Table, learn, data.Labels, data.Weights, folds, plan);
                var positions = AccountSample.AtMost(plan.LinearRows, data.Table.AccountNo, learn, plan.Seed);
                var regression = new RidgeRegression(fit.LinearInputs(data.Table, learn, positions), [.. positions.Select(p => data.Labels[learn[p]])], [.. positions.Select(p => data.Weights[learn[p]])]);
                var inputs = fit.Encoder.LinearInputs(data.Table, judge);
                for (var p = 0; p < plan.Penalties.Count; p++)
                {
                    var model = regression.Fit(plan.Penalties[p]);
                    for (var i = 0; i < judge.Length; i++)
                    {
                        probabilities[p][position[judge[i]]] = RidgeRegression.Sigmoid(model.LogOdds(inputs, i));
                    }
                }
            }

            return probabilities.MinBy(tried => rows.Select((r, i) => -data.Weights[r] * Math.Log(Math.Max(1e-15, data.Labels[r] ? tried[i] : 1 - tried[i]))).Sum())!;
        }
    }

    /// <summary>Rows by account in the order of their dates.</summary>
    private sealed class AccountRows
    {
        private readonly int[][] _accounts;
        private readonly int[] _days;

        public AccountRows(FeatureTable table, IReadOnlyList<int> rows)
        {
            _days = [.. rows.Select(row => table.AsOf[row].DayNumber)];
            _accounts = [.. Enumerable.Range(0, rows.Count).GroupBy(i => table.AccountNo[rows[i]]).OrderBy(account => account.Key).Select(account => account.OrderBy(i => _days[i]).ToArray())];
        }

        /// <summary>By row, the row of another account (each account has one other) whose columns it gets: the one of the nearest date.</summary>
        public int[] Deal(SeededRandom random)
        {
            int[] order = [.. Enumerable.Range(0, _accounts.Length)];
            random.Shuffle(order.AsSpan());
            var from = new int[_days.Length];
            for (var a = 0; a < order.Length; a++)
            {
                var other = _accounts[order[a]];
                var k = 0;
                foreach (var i in _accounts[a])
                {
                    while (k + 1 < other.Length && Math.Abs(_days[other[k + 1]] - _days[i]) <= Math.Abs(_days[other[k]] - _days[i]))
                    {
                        k++;
                    }

                    from[i] = other[k];
                }
            }

            return from;
        }
    }

    /// <summary>A column as the screen reads it: by row a group of values, and for numbers a rank from −0.5 to 0.5.</summary>
    private sealed record Cells(int[] Group, int Groups, double[]? Rank)
    {
        public static Cells Of(FeatureColumn column, IReadOnlyList<int> rows)
        {
            if (column.Codes is { } codes)
            {
                return new Cells([.. rows.Select(row => codes[row] + 1)], column.Levels.Count + 1, null);
            }

            var numbers = column.Numbers!;
            double[] sorted = [.. rows.Select(row => numbers[row]).Where(double.IsFinite).Order()];
            double[] cuts = sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Fifths - 1).Select(k => sorted[(int)((long)k * sorted.Length / Fifths)]).Distinct()];
            return new Cells(
                [.. rows.Select(row => !double.IsFinite(numbers[row]) ? 0 : 1 + (Array.BinarySearch(cuts, numbers[row]) is var at && at >= 0 ? at + 1 : ~at))],
                Fifths + 1,
                [.. rows.Select(row => double.IsFinite(numbers[row]) ? Middle(sorted, numbers[row]) : 0)]);
        }

        /// <summary>The cube root of what the column takes up of what is left.</summary>
        public double TakenUp(Unexplained left, int[] from)
        {
            Span<double> residual = Groups <= 256 ? stackalloc double[Groups] : new double[Groups], variance = Groups <= 256 ? stackalloc double[Groups] : new double[Groups];
            double trend = 0, trendVariance = 0;
            for (var i = 0; i < from.Length; i++)
            {
                var group = Group[from[i]];
                residual[group] += left.Residual[i];
                variance[group] += left.Variance[i];
                if (Rank is not null)
                {
                    var rank = Rank[from[i]];
                    trend += rank * left.Residual[i];
                    trendVariance += rank * rank * left.Variance[i];
                }
            }

            double allResidual = 0, allVariance = 0;
            for (var g = 0; g < Groups; g++)
            {
                allResidual += residual[g];
                allVariance += variance[g];
            }

            var sum = trendVariance > 0 ? trend * trend / (trendVariance + PriorVariance) : 0;
            for (var g = 0; g < Groups; g++)
            {
                var own = residual[g] - (allVariance > 0 ? allResidual * variance[g] / allVariance : 0);
                sum += own * own / (variance[g] + PriorVariance);
            }

            return Math.Cbrt(sum);
        }

        /// <summary>The middle of a value's ranks among the sorted, −0.5 to 0.5.</summary>
        private static double Middle(double[] sorted, double value)
        {
            int First(Func<double, bool> isBeyond)
            {
                int low = 0, high = sorted.Length;
                while (low < high)
                {
                    var middle = (low + high) / 2;
                    (low, high) = isBeyond(sorted[middle]) ? (low, middle) : (middle + 1, high);
                }

                return low;
            }

            return ((First(x => x >= value) + First(x => x > value)) / 2.0 / sorted.Length) - 0.5;
        }
    }
}
