using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <param name="Budget">How much is tried.</param>
/// <param name="EmbargoDays">Lead + horizon + grace.</param>
/// <param name="StopSearch">Ends searching; the best so far is fitted.</param>
internal sealed record LearnerEffort(Budget Budget, int EmbargoDays, CancellationToken StopSearch);

/// <param name="Plan">What was fitted, the search's winner in it.</param>
/// <param name="Search">What the search found; null where nothing was searched.</param>
/// <param name="Fitted">The model.</param>
internal sealed record Learned(TrainingPlan Plan, SearchReport? Search, FittedModel Fitted);

/// <summary>The one learner for churn, upsell and flat tables: plans, searches and fits, all on the rows it is given.</summary>
internal static class Learner
{
    public static Learned Learn(LabelledTable data, IReadOnlyList<int> rows, LearnerEffort effort, Action<string> progress, CancellationToken cancellation)
    {
        var outcomes = data.OutcomesIn(rows);
        var plan = TrainingPlan.For(rows.Count, outcomes);
        plan = plan with { Search = SearchPlan.For(effort.Budget, plan, rows.Count, data.Table.Columns.Count, outcomes, LightGbmTrainer.IsAvailable) };
        var (chosen, search) = ModelSearch.Choose(data, rows, plan, effort.EmbargoDays, progress, effort.StopSearch, cancellation);
        return new Learned(chosen, search, ModelFitter.Fit(data, rows, chosen, cancellation));
    }
}
