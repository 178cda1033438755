using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>Why a column is taken for a leak.</summary>
public enum LeakReason
{
    /// <summary>Whether it is filled in goes with the outcome: most likely somebody fills it in, or clears it, when the outcome comes.</summary>
    FilledByOutcome,

    /// <summary>Some of its values occur with the outcome alone, and they cover many outcomes.</summary>
    ValuesAreOutcome,

    /// <summary>It alone ranks rows that it was not read on as well as nothing known beforehand does.</summary>
    RanksTooWell,

    /// <summary>It alone ranks far better than all other columns together.</summary>
    FarAboveOthers,
}

/// <summary>A column that gives the outcome away, most likely because it was filled in after it.</summary>
/// <param name="Column">Its name.</param>
/// <param name="RocAuc">How well it alone ranks rows it was not read on.</param>
/// <param name="Reason">What gave it away.</param>
public sealed record Leak(string Column, double RocAuc, LeakReason Reason)
{
    /// <summary>True where it was learned from all the same, because an administrator allowed it.</summary>
    public bool Kept { get; init; }
}

/// <summary>
/// Finds columns that know the outcome. Features computed as of a date from dated facts see nothing later; attributes and the columns of a
/// flat table come as somebody filled them in, so they are also read by account: one that is filled in for all who will leave gives itself away there.
/// </summary>
public static class LeakGuard
{
    /// <summary>ROC-AUC of one column at or above which it is taken for a leak.</summary>
    public const double Threshold = 0.9;

    /// <summary>The same for features that are computed as of a date.</summary>
    public const double FeatureThreshold = 0.97;

    /// <summary>ROC-AUC from which a column is compared with all others together.</summary>
    public const double JumpThreshold = 0.85;

    private const double LargestShareOfError = 0.4;
    private const double PureShare = 0.95;
    private const int LeastPure = 15;
    private const double ChanceOfPure = 1e-6;
    private const double LeastFilledOutcomes = 0.1;
    private const double LeastValueOutcomes = 0.2;
    private const int MostValues = 20;
    private const int NumberBins = 20;
    private const double Prior = 5;

    /// <param name="data">The table; only rows of training belong here.</param>
    /// <param name="folds">By row: a column's rates are read on the other folds.</param>
    /// <param name="isFeature">True for columns that are computed as of a date from dated facts; null where none is.</param>
    public static IReadOnlyList<Leak> Find(LabelledTable data, int[] folds, Func<string, bool>? isFeature = null)
    {
        var views = new List<View> { new(data.Table, data.Labels, data.Weights, folds) };
        if (data.Table.AccountNo.Distinct().Count() < data.Rows)
        {
            views.Add(ByAccount(data, folds));
        }

        var seen = new (double RocAuc, LeakReason? Reason)[data.Table.Columns.Count];
        Parallel.For(0, seen.Length, c =>
        {
            var computed = isFeature?.Invoke(data.Table.Columns[c].Name) == true;
            foreach (var view in computed ? views.Take(1) : views)
            {
                var column = view.Table.Columns[c];
                var auc = view.RocAuc(Bins(column, NumberBins));
                var reason = computed
                    ? auc >= FeatureThreshold ? LeakReason.RanksTooWell : (LeakReason?)null
                    : view.FilledByOutcome(column) ? LeakReason.FilledByOutcome
                    : view.ValuesAreOutcome(column) ? LeakReason.ValuesAreOutcome
                    : auc >= Threshold ? LeakReason.RanksTooWell : null;
                seen[c] = (Math.Max(seen[c].RocAuc, auc), seen[c].Reason ?? reason);
            }
        });
        for (var c = 0; c < seen.Length; c++)
        {
            if (seen[c] is { Reason: null, RocAuc: >= JumpThreshold } && isFeature?.Invoke(data.Table.Columns[c].Name) != true)
            {
                int[] others = [.. Enumerable.Range(0, seen.Length).Where(o => o != c && seen[o].Reason is null)];
                if (1 - seen[c].RocAuc <= LargestShareOfError * (1 - views[^1].RocAucOfAll(others)))
                {
                    seen[c].Reason = LeakReason.FarAboveOthers;
                }
            }
        }

        return [.. seen
            .Select((s, c) => s.Reason is { } reason ? new Leak(data.Table.Columns[c].Name, s.RocAuc, reason) : null)
            .OfType<Leak>()
            .OrderByDescending(leak => leak.RocAuc).ThenBy(leak => leak.Column, StringComparer.Ordinal)];
    }

    /// <summary>Each account's last row, with whether it ever had the outcome.</summary>
    private static View ByAccount(LabelledTable data, int[] folds)
    {
        var last = new Dictionary<int, int>();
        var ever = new HashSet<int>();
        for (var r = 0; r < data.Rows; r++)
        {
            var account = data.Table.AccountNo[r];
            last[account] = last.TryGetValue(account, out var before) && data.Table.AsOf[before] > data.Table.AsOf[r] ? before : r;
            if (data.Labels[r])
            {
                ever.Add(account);
            }
        }

        int[] rows = [.. last.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        return new View(data.Table.Take(rows), [.. rows.Select(r => ever.Contains(data.Table.AccountNo[r]))], [.. rows.Select(r => data.Weights[r])], [.. rows.Select(r => folds[r])]);
    }

    /// <summary>By row the bin of its value, missing being one.</summary>
    private static int[] Bins(FeatureColumn column, int most)
    {
        if (column.Codes is { } codes)
        {
            return [.. codes.Select(code => code + 1)];
        }

        var numbers = column.Numbers!;
        var sorted = numbers.Where(double.IsFinite).Order().ToArray();
        double[] cuts = sorted.Length == 0 ? [] : [.. Enumerable.Range(1, most - 1).Select(k => sorted[(int)((long)k * sorted.Length / most)]).Distinct()];
        return [.. numbers.Select(x => !double.IsFinite(x) ? 0 : 1 + (Array.BinarySearch(cuts, x) is var at && at >= 0 ? at + 1 : ~at))];
    }

    private sealed class View(FeatureTable table, bool[] labels, double[] weights, int[] folds)
    {
        private readonly int _positive = labels.Count(label => label);

        public FeatureTable Table => table;

        private double Rate => (double)_positive / Math.Max(1, labels.Length);

        public bool FilledByOutcome(FeatureColumn column)
        {
            int filled = 0, filledPositive = 0;
            for (var r = 0; r < labels.Length; r++)
            {
                if (column.Codes is { } codes ? codes[r] >= 0 : double.IsFinite(column.Numbers![r]))
                {
                    filled++;
                    filledPositive += labels[r] ? 1 : 0;
                }
            }

            if (filled == 0 || filled == labels.Length || _positive == 0 || _positive == labels.Length)
            {
                return false;
            }

            // ROC-AUC of a yes or no: (1 + true positives − false positives) / 2
            var auc = (1 + ((double)filledPositive / _positive) - ((double)(filled - filledPositive) / (labels.Length - _positive))) / 2;
            return Math.Max(auc, 1 - auc) >= Threshold
                || (IsPure(filledPositive, filled) && filledPositive >= LeastFilledOutcomes * _positive)
                || (IsPure(_positive - filledPositive, labels.Length - filled) && _positive - filledPositive >= LeastFilledOutcomes * _positive);
        }

        public bool ValuesAreOutcome(FeatureColumn column)
        {
            var values = new Dictionary<double, (int Positive, int All)>();
            for (var r = 0; r < labels.Length; r++)
            {
                var value = column.Codes is { } codes ? codes[r] : column.Numbers![r];
                if (column.IsCategory ? value < 0 : !double.IsFinite(value))
                {
                    continue;
                }

                var (positive, all) = values.GetValueOrDefault(value);
                values[value] = (positive + (labels[r] ? 1 : 0), all + 1);
                if (!column.IsCategory && values.Count > MostValues)
                {
                    return false;
                }
            }

            return values.Values.Where(v => IsPure(v.Positive, v.All)).Sum(v => v.Positive) >= LeastValueOutcomes * Math.Max(1, _positive);
        }

        public double RocAuc(int[] bins)
        {
            int binCount = bins.DefaultIfEmpty().Max() + 1, foldCount = folds.DefaultIfEmpty().Max() + 1;
            var positive = new double[binCount, foldCount];
            var total = new double[binCount, foldCount];
            for (var i = 0; i < bins.Length; i++)
            {
                total[bins[i], folds[i]]++;
                positive[bins[i], folds[i]] += labels[i] ? 1 : 0;
            }

            var scores = new double[bins.Length];
            for (var i = 0; i < bins.Length; i++)
            {
                double p = Prior * Rate, n = Prior;
                for (var f = 0; f < foldCount; f++)
                {
                    if (f != folds[i])
                    {
                        p += positive[bins[i], f];
                        n += total[bins[i], f];
                    }
                }

                scores[i] = p / n;
            }

            return Rank(scores);
        }

        /// <summary>How well a ridge regression on the columns ranks rows that it was not fitted on.</summary>
        public double RocAucOfAll(int[] columns)
        {
            var plan = new TrainingPlan();
            var chosen = table with { Columns = [.. columns.Select(c => table.Columns[c])] };
            var scores = new double[labels.Length];
            var halves = folds.Select(f => f % 2).ToArray();
            foreach (var half in new[] { 0, 1 })
            {
                int[] learn = [.. Enumerable.Range(0, labels.Length).Where(r => halves[r] != half)], judge = [.. Enumerable.Range(0, labels.Length).Where(r => halves[r] == half)];
                if (learn.Length == 0 || judge.Length == 0)
                {
                    return 0.5;
                }

                var fit = EncoderFit.Of(chosen, learn, labels, weights, folds, plan);
                var regression = new RidgeRegression(fit.LinearInputs(chosen, learn, [.. Enumerable.Range(0, learn.Length)]), [.. learn.Select(r => labels[r])], [.. learn.Select(r => weights[r])]).Fit(30);
                var inputs = fit.Encoder.LinearInputs(chosen, judge);
                for (var i = 0; i < judge.Length; i++)
                {
                    scores[judge[i]] = regression.LogOdds(inputs, i);
                }
            }

            return Math.Max(0.5, Rank(scores));
        }

        /// <summary>True where nearly all have the outcome, which chance does not explain.</summary>
        private bool IsPure(int positive, int all) =>
            all >= LeastPure && positive >= Math.Max(PureShare, 1 - ((1 - Rate) / 4)) * all && Math.Pow(Rate, positive) < ChanceOfPure;

        private double Rank(double[] scores) => new RankedScores(scores, labels, false, new int[scores.Length], 1).Measure(weights).RocAuc;
    }
}
