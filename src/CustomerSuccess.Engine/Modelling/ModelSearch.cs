using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Compares the candidates of a plan on training rows alone and puts the winner into the plan.</summary>
internal static class ModelSearch
{
    private const int LaterPeriods = 2;
    private const int LeastDates = 6;
    private const int LeastOutcomes = 60;
    private const double Largest = 30;

    /// <param name="data">The table.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="plan">With its search; without one it is returned as it is.</param>
    /// <param name="embargoDays">Lead + horizon + grace.</param>
    /// <param name="progress">Receives candidate i of n and the lowest log loss so far.</param>
    /// <param name="stop">Ends the search: the best so far is kept.</param>
    /// <param name="cancellation">Ends everything.</param>
    public static (TrainingPlan Plan, SearchReport? Report) Choose(
        LabelledTable data, IReadOnlyList<int> rows, TrainingPlan plan, int embargoDays, Action<string> progress, CancellationToken stop, CancellationToken cancellation)
    {
        if (plan.Search is not { } search)
        {
            return (plan, null);
        }

        int[] drawn = [.. AccountSample.AtMost(search.MostRows, data.Table.AccountNo, rows, plan.Seed).Select(p => rows[p])];
        var (kind, splits) = Splits(data, drawn, plan, embargoDays);
        var parts = new Part[splits.Count];
        Parallel.For(0, splits.Count, new ParallelOptions { CancellationToken = cancellation }, s => parts[s] = Part.Of(data, splits[s].Learn, splits[s].Judge, plan));
        var truth = Truth.Of(data, [.. splits.SelectMany(split => split.Judge)]);
        var (regression, knots, penalty) = BestRegression(parts, truth, plan, search);
        var fitting = plan with { Knots = knots };
        var tried = new Tried?[search.Candidates.Count];
        var left = new int[tried.Length];
        Array.Fill(left, splits.Count);
        var grown = search.Candidates.Select(_ => new double[splits.Count][][]).ToArray();
        var done = 0;
        var best = double.PositiveInfinity;
        var gate = new Lock();

        // one tree grower on each core, in the order of the plan; the first candidate is always finished
        var tasks = tried.Length * splits.Count;
        var next = -1;
        Parallel.For(0, Math.Min(Environment.ProcessorCount, tasks), new ParallelOptions { CancellationToken = cancellation }, _ =>
        {
            for (int task; (task = Interlocked.Increment(ref next)) < tasks;)
            {
                var (c, s) = (task / splits.Count, task % splits.Count);
                cancellation.ThrowIfCancellationRequested();
                if (stop.IsCancellationRequested && c > 0)
                {
                    return;
                }

                grown[c][s] = parts[s].Grow(plan.With(search.Candidates[c]));
                if (Interlocked.Decrement(ref left[c]) > 0)
                {
                    continue;
                }

                var result = Judge(search.Candidates[c], grown[c], c == 0, regression, truth, plan);
                grown[c] = [];
                lock (gate)
                {
                    tried[c] = result;
                    best = Math.Min(best, result.LogLoss);
                    progress(FormattableString.Invariant($"Candidate {++done} of {tried.Length}, best log loss so far {best:0.0000}"));
                }
            }
        });

        Tried[] finished = [.. tried.OfType<Tried>()];
        var chosen = Choose(finished, truth, search);
        return (
            fitting.With(finished[chosen].Candidate) with { Penalties = [.. plan.Penalties] },
            new SearchReport(kind, truth.Labels.Length, truth.Outcomes, knots, [.. finished.Select((t, i) => t.OnCard(finished[0], truth, i == chosen))], finished.Length < tried.Length));
    }

    /// <summary>Folds of accounts where the data have few dates or outcomes; else later periods, each learned from what was known before it began.</summary>
    private static (SearchRows Kind, List<(int[] Learn, int[] Judge)> Splits) Splits(LabelledTable data, int[] rows, TrainingPlan plan, int embargoDays)
    {
        DateOnly[] dates = [.. rows.Select(r => data.Table.AsOf[r]).Distinct().Order()];
        if (dates.Length >= LeastDates)
        {
            var later = new List<(int[] Learn, int[] Judge)>();
            for (var period = LaterPeriods; period > 0; period--)
            {
                var from = dates[dates.Length - (dates.Length * period / (2 * LaterPeriods))];
                var to = period == 1 ? DateOnly.MaxValue : dates[dates.Length - (dates.Length * (period - 1) / (2 * LaterPeriods))];
                int[] learn = [.. rows.Where(r => data.Table.AsOf[r].DayNumber + embargoDays <= from.DayNumber)];
                int[] judge = [.. rows.Where(r => data.Table.AsOf[r] >= from && data.Table.AsOf[r] < to)];
                if (data.OutcomesIn(learn) >= LeastOutcomes && data.OutcomesIn(judge) > 0)
                {
                    later.Add((learn, judge));
                }
            }

            if (data.OutcomesIn(later.SelectMany(split => split.Judge)) >= LeastOutcomes)
            {
                return (SearchRows.LaterPeriods, later);
            }
        }

        var folds = AccountFolds.Of(data.Table.AccountNo, rows, data.Labels, plan.Folds, plan.Seed);
        var count = plan.CalibrationRows == CalibrationRows.HeldOut ? 1 : plan.Folds;
        return (SearchRows.AccountFolds, [.. Enumerable.Range(0, count).Select(k => (rows.Where(r => folds[r] != k).ToArray(), rows.Where(r => folds[r] == k).ToArray()))]);
    }

    /// <summary>The knots and the penalty of the logistic regression with the lowest log loss, and its log-odds.</summary>
    private static (double[] LogOdds, int Knots, double Penalty) BestRegression(Part[] parts, Truth truth, TrainingPlan plan, SearchPlan search)
    {
        (double[] LogOdds, int Knots, double Penalty)? best = null;
        var lowest = double.PositiveInfinity;
        foreach (var knots in search.Knots)
        {
            var byPart = parts.Select(part => part.Regressions(plan with { Knots = knots })).ToArray();
            for (var p = 0; p < plan.Penalties.Count; p++)
            {
                double[] logOdds = [.. byPart.SelectMany(part => part[p])];
                var loss = truth.Losses(logOdds, new Calibrator(1, 0)).Sum();
                if (loss < lowest)
                {
                    (lowest, best) = (loss, (logOdds, knots, plan.Penalties[p]));
                }
            }
        }

        return best!.Value;
    }

    /// <summary>The candidate's best number of trees, unless all are to be taken, and weight in the blend.</summary>
    private static Tried Judge(TreeCandidate candidate, double[][][] grown, bool allTrees, double[] regression, Truth truth, TrainingPlan plan)
    {
        Tried? best = null;
        var steps = grown.Min(part => part.Length);
        for (var step = allTrees ? steps - 1 : 0; step < steps; step++)
        {
            double[] trees = [.. grown.SelectMany(part => part[step])];
            foreach (var weight in plan.TreeWeights)
            {
                var blend = new double[trees.Length];
                for (var i = 0; i < blend.Length; i++)
                {
                    blend[i] = (weight * trees[i]) + ((1 - weight) * regression[i]);
                }

                var losses = truth.Losses(blend, Calibrator.Fit(blend, truth.Labels, truth.Weights));
                var loss = losses.Sum() / truth.Weight;
                if (best is null || loss < best.LogLoss)
                {
                    best = new Tried(candidate with { Trees = Math.Min(candidate.Trees, (step + 1) * SearchPlan.TreeStep) }, weight, loss, losses);
                }
            }
        }

        return best!;
    }

    /// <summary>The lowest log loss; where outcomes are few, the first candidate unless another is better by more than one standard error of the difference.</summary>
    private static int Choose(Tried[] tried, Truth truth, SearchPlan search)
    {
        var lowest = Enumerable.Range(0, tried.Length).MinBy(i => tried[i].LogLoss);
        return truth.Outcomes >= search.ManyOutcomes || tried[lowest].OnCard(tried[0], truth, false) is var shown && -shown.Difference > shown.StandardError ? lowest : 0;
    }

    private sealed record Tried(TreeCandidate Candidate, double TreeWeight, double LogLoss, double[] Losses)
    {
        public TriedCandidate OnCard(Tried first, Truth truth, bool chosen)
        {
            var byAccount = new double[truth.Accounts];
            for (var i = 0; i < Losses.Length; i++)
            {
                byAccount[truth.Account[i]] += Losses[i] - first.Losses[i];
            }

            var mean = byAccount.Average();
            var error = Math.Sqrt(byAccount.Sum(x => (x - mean) * (x - mean))) / truth.Weight;
            return new TriedCandidate(Candidate, TreeWeight, LogLoss, LogLoss - first.LogLoss, error, chosen);
        }
    }

    private sealed record Truth(bool[] Labels, double[] Weights, double Weight, int[] Account, int Accounts, int Outcomes)
    {
        public static Truth Of(LabelledTable data, int[] rows)
        {
            var numbers = new Dictionary<int, int>();
            int[] accounts = [.. rows.Select(r => numbers.TryGetValue(data.Table.AccountNo[r], out var n) ? n : numbers[data.Table.AccountNo[r]] = numbers.Count)];
            double[] weights = [.. rows.Select(r => data.Weights[r])];
            return new Truth([.. rows.Select(r => data.Labels[r])], weights, weights.Sum(), accounts, numbers.Count, data.OutcomesIn(rows));
        }

        public double[] Losses(double[] logOdds, Calibrator calibrator)
        {
            var losses = new double[logOdds.Length];
            for (var i = 0; i < losses.Length; i++)
            {
                var s = Math.Clamp((calibrator.Slope * logOdds[i]) + calibrator.Offset, -Largest, Largest);
                losses[i] = Weights[i] * Math.Log(1 + Math.Exp(Labels[i] ? -s : s));
            }

            return losses;
        }
    }

    /// <summary>One split, encoded once for all candidates.</summary>
    private sealed record Part(LabelledTable Data, int[] Learn, int[] Judge, int[] Folds, bool[] Labels, double[] Weights, float[] Inputs, float[] JudgeInputs, int Width)
    {
        public static Part Of(LabelledTable data, int[] learn, int[] judge, TrainingPlan plan)
        {
            var folds = AccountFolds.Of(data.Table.AccountNo, learn, data.Labels, plan.Folds, plan.Seed);
            bool[] labels = [.. learn.Select(r => data.Labels[r])];
            double[] weights = [.. learn.Select(r => data.Weights[r])];
            var fit = EncoderFit.Of(data.Table, learn, data.Labels, data.Weights, folds, plan);
            return new Part(data, learn, judge, folds, labels, weights, fit.TreeInputs(data.Table, learn), fit.Encoder.TreeInputs(data.Table, judge), fit.Encoder.TreeColumn.Length);
        }

        /// <summary>Log-odds of the judged rows by every <see cref="SearchPlan.TreeStep"/> trees.</summary>
        public double[][] Grow(TrainingPlan plan)
        {
            var ensemble = ModelFitter.Grow(Inputs, Width, Labels, Weights, plan, 1);
            var steps = Math.Max(1, (plan.Trees + SearchPlan.TreeStep - 1) / SearchPlan.TreeStep);
            var result = Enumerable.Range(0, steps).Select(_ => new double[Judge.Length]).ToArray();
            for (var i = 0; i < Judge.Length; i++)
            {
                var row = JudgeInputs.AsSpan(i * Width, Width);
                var sum = 0.0;
                for (var t = 0; t < steps * SearchPlan.TreeStep; t++)
                {
                    if (t < ensemble.Trees.Length)
                    {
                        var tree = ensemble.Trees[t];
                        sum += tree.Leaf[tree.LeafOf(row)];
                    }

                    if ((t + 1) % SearchPlan.TreeStep == 0)
                    {
                        result[t / SearchPlan.TreeStep][i] = ensemble.Scale * sum;
                    }
                }
            }

            return result;
        }

        /// <summary>Log-odds of the judged rows by each penalty.</summary>
        public double[][] Regressions(TrainingPlan plan)
        {
            var fit = EncoderFit.Of(Data.Table, Learn, Data.Labels, Data.Weights, Folds, plan);
            var positions = AccountSample.AtMost(plan.LinearRows, Data.Table.AccountNo, Learn, plan.Seed);
            var regression = new RidgeRegression(fit.LinearInputs(Data.Table, Learn, positions), [.. positions.Select(p => Labels[p])], [.. positions.Select(p => Weights[p])]);
            var inputs = fit.Encoder.LinearInputs(Data.Table, Judge);
            return [.. plan.Penalties.Select(penalty =>
            {
                var model = regression.Fit(penalty);
                var result = new double[Judge.Length];
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = model.LogOdds(inputs, i);
                }

                return result;
            })];
        }
    }
}
