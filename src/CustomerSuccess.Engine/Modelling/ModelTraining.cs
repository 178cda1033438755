using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>What a training is about, beside its data.</summary>
/// <param name="Target">What is predicted.</param>
/// <param name="Version">The version it will have.</param>
/// <param name="KnownUntil">The day up to which facts were known.</param>
/// <param name="Definition">What an outcome is.</param>
/// <param name="TestFrom">First day of the test; null for the last third of the dates.</param>
/// <param name="Capacity">Accounts that the CSMs can contact at each as-of date.</param>
/// <param name="Rules">The rule score; null where no rule speaks of the target.</param>
/// <param name="ShuffledSeed">Set where the labels were shuffled.</param>
/// <param name="CreatedAt">Now, UTC.</param>
internal sealed record TrainingTask(Target Target, string Version, DateOnly KnownUntil, CardDefinition Definition, DateOnly? TestFrom, double Capacity, Func<FeatureTable, double[]>? Rules, int? ShuffledSeed, DateTime CreatedAt)
{
    /// <summary>How much is tried before fitting.</summary>
    public Budget Budget { get; init; }

    /// <summary>True for columns that may be learned from although they give the outcome away.</summary>
    public Func<string, bool> MayKeepLeak { get; init; } = _ => false;

    /// <summary>True for columns that must show evidence of their own where outcomes are few.</summary>
    public Func<string, bool> IsScreened { get; init; } = FeatureCatalogue.IsOwn;

    /// <summary>Ends the search; the best so far is fitted, tested and registered.</summary>
    public CancellationToken StopSearch { get; init; }
}

/// <summary>A trained model; the models are null where nothing was fitted, the served one also where the verdict forbids it.</summary>
internal sealed record TrainedModel(ModelCard Card, ScoringModel? Tested, ScoringModel? Served, TestScores? Scores)
{
    /// <summary>Probabilities of the rolling backtest's rows, each by a model that had not seen its period; null without one.</summary>
    public TestScores? Rolling { get; init; }

    /// <summary>Accounts of past months that are kept with the model.</summary>
    public IReadOnlyList<BacktestRow> PastRows { get; init; } = [];
}

/// <summary>Splits by time, fits, judges on the later rows, and refits the tested plan on all of them.</summary>
internal static class ModelTraining
{
    private const int TestFolds = 5;
    private const int RowsForImportance = 2_000;
    private const string TimeSplitName = "time";

    public static TrainedModel Run(LabelledTable data, TrainingTask task, Action<string> progress, CancellationToken cancellation = default)
    {
        var trained = Test(data, task, progress, cancellation);
        if (trained is not { Card: { Plan: { } plan } card, Tested: { } tested, Scores: { } scores })
        {
            return trained;
        }

        data = LeakFilter.Without(data, card.Leaks);
        TestScores? rolling = null;
        if (card.Split == TimeSplitName && task.ShuffledSeed is null)
        {
            (var backtest, rolling) = RollingBacktest.Run(data, task, plan, progress, cancellation);
            card = card with { Backtest = backtest };
        }

        if (card.Verdict != Verdict.Skilled || task.ShuffledSeed is not null)
        {
            return new TrainedModel(card, tested, null, scores) { Rolling = rolling };
        }

        progress("Fitting on every labelled date");
        var (served, _, calibration) = ModelFitter.Fit(data, [.. Enumerable.Range(0, data.Rows)], plan, cancellation);
        card = card with
        {
            ServedHash = served.Hash,
            Distributions = Stability.Of(data.Table, served.Encoder.Columns.Select(column => column.Name)),
            Calibration = calibration,
            Columns = Importance(served, data.Table.Take(Sample(scores.Rows))),
        };
        return new TrainedModel(card, tested, served, scores) { Rolling = rolling };
    }

    /// <summary>Fits on the earlier rows and judges on the later ones: all that the verdict needs. Nothing is served.</summary>
    public static TrainedModel Test(LabelledTable data, TrainingTask task, Action<string> progress, CancellationToken cancellation = default)
    {
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        var oneDate = data.Rows > 0 && Array.TrueForAll(data.Table.AsOf, day => day == data.Table.AsOf[0]);
        var seed = new TrainingPlan().Seed;
        var folds = oneDate ? AccountFolds.Of(data.Table.AccountNo, all, data.Labels, TestFolds, seed) : [];
        var days = task.Definition.LeadDays + task.Definition.HorizonDays + task.Definition.GraceDays;
        var split = oneDate ? new TimeSplit([.. all.Where(r => folds[r] != 0)], all) : TimeSplit.Of(data.Table.AsOf, days, task.TestFrom);
        var card = new ModelCard
        {
            Target = task.Target,
            Version = task.Version,
            CreatedAt = task.CreatedAt,
            KnownUntil = task.KnownUntil,
            Verdict = Verdict.TooFewOutcomes,
            Definition = task.Definition,
            Data = data.Describe(all),
            Split = oneDate ? "account_folds" : TimeSplitName,
            Train = data.Describe(split.Train),
            Test = data.Describe(split.Test),
            ShuffledSeed = task.ShuffledSeed,
        };
        if (Verdicts.AreTooFew(card.Train.Outcomes, card.Test.Outcomes))
        {
            return new TrainedModel(card, null, null, null);
        }

        progress("Looking for columns that know the outcome");
        card = card with { Leaks = LeakFilter.Find(data, split.Train, task.MayKeepLeak) };
        data = LeakFilter.Without(data, card.Leaks);
        var effort = new LearnerEffort(task.Budget, days, task.IsScreened, task.StopSearch);
        var (scores, learned) = oneDate ? AccountFoldTest.Run(data, folds, effort, progress, cancellation) : LaterRows(data, split, effort, progress, cancellation);
        var (plan, search, tested) = (learned[0].Plan, learned[0].Search, learned[0].Fitted.Model);
        scores = scores with { Rules = task.Rules?.Invoke(data.Table.Take(scores.Rows)) };
        progress("Measuring on the later rows");
        var report = BacktestReport.Of(data, scores, task.Capacity, seed);
        card = card with
        {
            Verdict = report.Verdict,
            Screen = learned[0].Screen,
            Plan = plan,
            Search = search,
            Calibration = learned[0].Fitted.Calibration,
            TestedHash = tested.Hash,
            Metrics = report.Metrics,
            Differences = report.Differences,
            Reliability = report.Reliability,
            LiftCurve = report.LiftCurve,
            CapacityPerDate = task.Capacity,
            Drivers = DriverStrength.Of(tested, data, oneDate ? [.. all.Where(r => folds[r] == 0)] : split.Test, seed),
            Columns = Importance(tested, data.Table.Take(Sample(scores.Rows))),
        };
        return new TrainedModel(card, tested, null, scores);
    }

    private static (TestScores, IReadOnlyList<Learned>) LaterRows(LabelledTable data, TimeSplit split, LearnerEffort effort, Action<string> progress, CancellationToken cancellation)
    {
        progress("Fitting on the earlier rows");
        var learned = Learner.Learn(data, split.Train, effort, progress, cancellation);
        var fitted = learned.Fitted;
        var table = data.Table.Take(split.Test);
        var rate = split.Train.Sum(r => data.Labels[r] ? data.Weights[r] : 0) / split.Train.Sum(r => data.Weights[r]);
        var baseRate = new double[split.Test.Length];
        Array.Fill(baseRate, rate);
        return (new TestScores(split.Test, fitted.Model.Probabilities(table), fitted.RegressionAlone.Probabilities(table), baseRate, null), [learned]);
    }

    /// <summary>Rows evenly spread, so that explaining them stays quick.</summary>
    private static int[] Sample(int[] rows) => [.. rows.Where((_, i) => i % ((rows.Length / RowsForImportance) + 1) == 0)];

    private static CardColumn[] Importance(ScoringModel model, FeatureTable table)
    {
        var sums = new double[table.Columns.Count];
        foreach (var prediction in model.Predict(table))
        {
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] += Math.Abs(prediction.Points[c]);
            }
        }

        var position = table.Columns.Select((column, c) => (column.Name, c)).ToDictionary(x => x.Name, x => x.c, StringComparer.Ordinal);
        return [.. model.Encoder.Columns
            .Select(column => new CardColumn(column.Name, ModelText.KindName(column.Kind), sums[position[column.Name]] / Math.Max(1, table.Rows)))
            .OrderByDescending(column => column.MeanPoints).ThenBy(column => column.Name, StringComparer.Ordinal)];
    }
}
