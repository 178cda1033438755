using CustomerSuccess.Core.Goals;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Web.Shared.Charts;

/// <summary>Names the measure that a page's line draws, out of what the page is narrowed to; null where no goal can be narrowed like it.</summary>
public static class GoalsOf
{
    /// <summary>Of all accounts.</summary>
    public static ChartMeasure Measure(GoalMeasure measure) => new(measure, GoalScope.All);

    public static ChartMeasure? Measure(GoalMeasure measure, RetentionScope scope, double factor = 1) =>
        scope.Region is not null || scope.Start is not null ? null : Narrowed(measure, new(scope.Segment, scope.Owner, scope.Plan), factor);

    public static ChartMeasure? Measure(GoalMeasure measure, NpsScope scope) => scope.Stage is not null ? null : Narrowed(measure, new(scope.Segment, scope.Owner));

    public static ChartMeasure? Measure(GoalMeasure measure, ServiceScope scope) => scope.Category is not null || scope.Assignee is not null || scope.Priority is not null ? null : Narrowed(measure, new(scope.Segment, scope.Owner));

    public static ChartMeasure? Measure(GoalMeasure measure, LifecycleScope scope) => scope.Region is not null ? null : Narrowed(measure, new(scope.Segment, scope.Owner));

    private static ChartMeasure? Narrowed(GoalMeasure measure, GoalScope scope, double factor = 1) => (scope.Used & ~MeasureCatalogue.Of(measure).Scopes) == 0 ? new(measure, scope, factor) : null;
}
