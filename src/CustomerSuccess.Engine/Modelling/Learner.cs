using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <param name="Budget">How much is tried.</param>
/// <param name="EmbargoDays">Lead + horizon + grace.</param>
/// <param name="IsScreened">True for columns that must show evidence of their own where outcomes are few.</param>
/// <param name="StopSearch">Ends searching; the best so far is fitted.</param>
internal sealed record LearnerEffort(Budget Budget, int EmbargoDays, Func<string, bool> IsScreened, CancellationToken StopSearch);

/// <param name="Plan">What was fitted, the search's winner in it.</param>
/// <param name="Screen">Which columns showed evidence of their own; null where none was screened.</param>
/// <param name="Search">What the search found; null where nothing was searched.</param>
/// <param name="Fitted">The model.</param>
internal sealed record Learned(TrainingPlan Plan, ScreenReport? Screen, SearchReport? Search, FittedModel Fitted);

/// <summary>The one learner for churn, upsell and flat tables: plans, screens, searches and fits, all on the rows it is given.</summary>
internal static class Learner
{
    public static Learned Learn(LabelledTable data, IReadOnlyList<int> rows, LearnerEffort effort, Action<string> progress, CancellationToken cancellation)
    {
        var outcomes = data.OutcomesIn(rows);
        var (plan, screen) = Screen(data, rows, TrainingPlan.For(rows.Count, outcomes), effort.IsScreened);
        var columns = data.Table.Columns.Count - plan.LeftOut.Count;
        plan = plan with { Search = SearchPlan.For(effort.Budget, plan, rows.Count, columns, outcomes, LightGbmTrainer.IsAvailable) };
        var (chosen, search) = ModelSearch.Choose(data.Without(plan.LeftOut), rows, plan, effort.EmbargoDays, progress, effort.StopSearch, cancellation);
        return new Learned(chosen, screen, search, ModelFitter.Fit(data, rows, chosen, cancellation));
    }

    /// <summary>Fits a plan that was chosen elsewhere on rows of their own, which say anew which columns show evidence.</summary>
    public static FittedModel Refit(LabelledTable data, IReadOnlyList<int> rows, TrainingPlan plan, Func<string, bool> isScreened, CancellationToken cancellation) =>
        ModelFitter.Fit(data, rows, Screen(data, rows, plan, isScreened).Plan, cancellation);

    private static (TrainingPlan Plan, ScreenReport? Report) Screen(LabelledTable data, IReadOnlyList<int> rows, TrainingPlan plan, Func<string, bool> isScreened) =>
        plan.Screens && EvidenceScreen.Run(data, rows, isScreened, plan) is { } report ? (plan with { LeftOut = report.LeftOut }, report) : (plan, null);
}
