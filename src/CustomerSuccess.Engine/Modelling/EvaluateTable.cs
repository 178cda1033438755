using System.Globalization;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>What to evaluate on.</summary>
/// <param name="Path">A CSV file.</param>
/// <param name="Columns">What its columns are for.</param>
/// <param name="FoldsPath">A file of folds; null to deal five by id.</param>
/// <param name="KeepLeaks">True to learn from columns that give the outcome away.</param>
/// <param name="OutPath">Receives row_id, fold and the out-of-fold probability; null for none.</param>
public sealed record EvaluateRequest(string Path, FlatTableColumns Columns, string? FoldsPath, bool KeepLeaks, string? OutPath)
{
    /// <summary>Columns that are learned from without evidence of their own.</summary>
    public IReadOnlyList<string> KeptColumns { get; init; } = [];

    /// <summary>How much is tried for each fold, on its training rows alone.</summary>
    public Budget Budget { get; init; } = Budget.Normal;

    /// <summary>Ends the search; the best so far is fitted and judged.</summary>
    public CancellationToken StopSearch { get; init; }
}

/// <summary>Cross-validates the product's own learner on a flat table: each fold is judged by a model fitted on the others.</summary>
public static class EvaluateTable
{
    private const double CapacityShare = 0.1;

    /// <exception cref="FormatException">A file is not what it should be.</exception>
    public static EvaluationReport Run(EvaluateRequest request, Action<string> progress, CancellationToken cancellation = default)
    {
        progress("Reading the table");
        var data = FlatTable.Read(request.Path, request.Columns);
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        var seed = new TrainingPlan().Seed;
        var folds = request.FoldsPath is null
            ? AccountFolds.Of(data.Table.AccountNo, all, data.Labels, 5, seed)
            : FlatTable.ReadFolds(request.FoldsPath, data.Rows);
        var foldCount = folds.Max() + 1;
        Leak[] leaks = [.. LeakGuard.Find(data, folds).Select(leak => leak with { Kept = request.KeepLeaks })];
        data = LeakFilter.Without(data, leaks);

        var report = new EvaluationReport
        {
            Rows = data.Rows,
            Positives = data.Labels.Count(label => label),
            Folds = foldCount,
            Verdict = Verdict.TooFewOutcomes,
            Columns = [.. data.Table.Columns.Select(c => c.Name)],
            Leaks = leaks,
            LeaksKept = leaks.Any(leak => leak.Kept),
        };
        if (Enumerable.Range(0, foldCount).Any(k => Verdicts.AreTooFew(data.OutcomesIn(all.Where(r => folds[r] != k)), data.OutcomesIn(all))))
        {
            return report;
        }

        var (scores, learned) = AccountFoldTest.Run(data, folds, new LearnerEffort(request.Budget, 0, name => !request.KeptColumns.Contains(name), request.StopSearch), progress, cancellation);
        progress("Measuring");
        var result = BacktestReport.Of(data, scores, CapacityShare * data.Rows, seed);
        if (request.OutPath is { } path)
        {
            File.WriteAllLines(path, ["row_id,fold,probability", .. all.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r},{folds[r]},{scores.Model[r]:R}"))]);
        }

        return report with
        {
            Verdict = result.Verdict,
            Screens = [.. learned.Select(fold => fold.Screen).OfType<ScreenReport>()],
            Plan = learned[0].Plan,
            Searches = [.. learned.Select(fold => fold.Search).OfType<SearchReport>()],
            Calibrations = [.. learned.Select(fold => fold.Fitted.Calibration)],
            ModelHashes = [.. learned.Select(fold => fold.Fitted.Model.Hash)],
            Metrics = result.Metrics,
            Differences = result.Differences,
            Reliability = result.Reliability,
            LiftCurve = result.LiftCurve,
        };
    }
}
