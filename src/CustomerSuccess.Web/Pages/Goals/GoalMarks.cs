using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Lifecycle;
using CustomerSuccess.Web.Pages.Nps;
using CustomerSuccess.Web.Pages.Reports;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Pages.Service;

namespace CustomerSuccess.Web.Pages.Goals;

/// <summary>Where the accounts, answers or inquiries stand that a goal's figure is counted from: the lists of the page that shows the figure.</summary>
public static class GoalMarks
{
    private const int QuarterMonths = 3;

    /// <summary>The address of what is behind a figure.</summary>
    /// <param name="measure">The figure.</param>
    /// <param name="scope">Which accounts it is counted over.</param>
    /// <param name="month">The month end that it speaks of.</param>
    public static string Behind(GoalMeasure measure, GoalScope scope, DateOnly month)
    {
        var own = new DateOnly(month.Year, month.Month, 1);
        var quarter = own.AddMonths(1 - QuarterMonths);
        string Movements(MovementKind kind, bool ofYear) => MovementView.Of(new(
            ofYear ? RetentionPeriod.Trailing12(month) : new(own.AddDays(-1), month), new RetentionScope(scope.Segment, scope.Plan, scope.Owner))
        { Kind = kind });
        string Inquiries(ServiceListAsk ask) => ServiceListView.Of(ask with { Scope = new ServiceScope(Owner: scope.Owner, Segment: scope.Segment) });
        var asked = new ServiceListAsk(ServiceScope.All) { From = own, To = month };
        var nps = new NpsScope(scope.Segment, scope.Owner);
        return measure switch
        {
            GoalMeasure.Grr or GoalMeasure.Nrr => Movements(MovementKind.Start, true),
            GoalMeasure.LogoRetention => Movements(MovementKind.Churn, true),
            GoalMeasure.ExpansionRate => Movements(MovementKind.Expansion, false),
            GoalMeasure.ChurnedMrr => Movements(MovementKind.Churn, false),
            GoalMeasure.Mrr or GoalMeasure.Arr or GoalMeasure.PayingAccounts => Movements(MovementKind.End, false),
            GoalMeasure.ActiveAccounts => LifecycleAccountsView.Of(new(month, new LifecycleScope(scope.Segment, scope.Owner)) { To = StageChoice.Active }),
            GoalMeasure.Nps => NpsAnswersView.Of(new(nps, quarter, month)),
            GoalMeasure.ResponseRate => NpsAnswersView.Of(new(nps, quarter, month) { Unanswered = true }),
            GoalMeasure.Csat => Inquiries(asked with { Rated = true, Sort = ServiceSort.Satisfaction, Descending = false }),
            GoalMeasure.FirstResponse => Inquiries(asked with { Sort = ServiceSort.FirstResponse }),
            GoalMeasure.Resolution => Inquiries(asked with { Sort = ServiceSort.Resolution }),
            GoalMeasure.Backlog => Inquiries(new ServiceListAsk(ServiceScope.All) { OpenOn = month, Descending = false }),
            GoalMeasure.HealthGood or GoalMeasure.HealthAverage => ReportAccountsView.OfMonth(ReportMeasure.Health, month),
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, null),
        };
    }
}
