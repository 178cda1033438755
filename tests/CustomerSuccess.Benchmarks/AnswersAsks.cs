using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Team;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Benchmarks;

/// <summary>What the executives' pages ask of the engine at first, and when somebody goes down to accounts.</summary>
internal static class AnswersAsks
{
    private const int Rows = 50;

    private static readonly DateOnly Month = new(2024, 12, 31), Earlier = new(2024, 8, 31);

    private static readonly Viewer Boss = new("boss", "boss@example.com", new HashSet<string> { Roles.Executive, Roles.CsManager, Roles.Administrator }, false);
    private static readonly Viewer Csm = new("csm7", "csm7@example.com", new HashSet<string> { Roles.Csm }, true);

    public static IEnumerable<(string Name, Func<Task> Ask)> Pages(IServiceProvider provider)
    {
        T Get<T>()
            where T : notnull => provider.GetRequiredService<T>();
        var (retention, nps, lifecycle, service) = (Get<RetentionReport>(), Get<NpsReport>(), Get<LifecycleReport>(), Get<ServiceReport>());
        yield return ("retention, 12 months", () => retention.OverviewAsync(Boss, RetentionScope.All, PeriodGrain.Month, 12));
        yield return ("retention, 36 months", () => retention.OverviewAsync(Boss, RetentionScope.All, PeriodGrain.Month, 36));
        yield return ("retention of a segment, 12 months", () => retention.OverviewAsync(Boss, new RetentionScope(Segment: "mid"), PeriodGrain.Month, 12));
        yield return ("retention of a segment, 36 months", () => retention.OverviewAsync(Boss, new RetentionScope(Segment: "small"), PeriodGrain.Month, 36));
        yield return ("retention of a portfolio, as its CSM", () => retention.OverviewAsync(Csm, RetentionScope.All, PeriodGrain.Month, 12));
        yield return ("retention by segment", () => retention.PartsAsync(Boss, RetentionScope.All, RetentionSlice.Segment, RetentionPeriod.Trailing12(Month)));
        yield return ("cohorts", () => retention.CohortsAsync(Boss, RetentionScope.All));
        yield return ("survival", () => retention.SurvivalAsync(Boss, RetentionScope.All));
        yield return ("reconcile", () => retention.CheckAsync(Boss, RetentionPeriod.Month(Month)));
        yield return ("NPS, 12 months", () => nps.OverviewAsync(Boss, new(NpsScope.All, PeriodGrain.Quarter, 12, null)));
        yield return ("NPS, 36 months", () => nps.OverviewAsync(Boss, new(NpsScope.All, PeriodGrain.Quarter, 36, null)));
        yield return ("NPS of a segment", () => nps.OverviewAsync(Boss, new(new NpsScope("mid"), PeriodGrain.Quarter, 12, null)));
        yield return ("CSAT and CES beside NPS", () => nps.OthersAsync(Boss, NpsScope.All, RetentionPeriod.Trailing12(Month)));
        yield return ("lifecycle, 12 months", () => lifecycle.OverviewAsync(Boss, LifecycleScope.All, 12));
        yield return ("lifecycle, 36 months", () => lifecycle.OverviewAsync(Boss, LifecycleScope.All, 36));
        yield return ("lifecycle of a segment, 36 months", () => lifecycle.OverviewAsync(Boss, new(Segment: "mid"), 36));
        yield return ("R × F table of the last month", () => lifecycle.TableAsync(Boss, LifecycleScope.All, Month));
        yield return ("R × F table of an earlier month", () => lifecycle.TableAsync(Boss, LifecycleScope.All, Earlier));
        yield return ("deciles of an earlier month", () => lifecycle.DecilesAsync(Boss, LifecycleScope.All, Earlier.AddMonths(-3)));
        yield return ("repeats, 90 days", () => lifecycle.RepeatsAsync(Boss, LifecycleScope.All, null, 90));
        yield return ("repeats, 180 days", () => lifecycle.RepeatsAsync(Boss, LifecycleScope.All, null, 180));
        yield return ("repeats, 365 days", () => lifecycle.RepeatsAsync(Boss, LifecycleScope.All, null, 365));
        yield return ("worth winning back", () => lifecycle.WinBackAsync(Boss, LifecycleScope.All));
        yield return ("service, 12 months", () => service.OverviewAsync(Boss, ServiceScope.All, 12));
        yield return ("service, 36 months", () => service.OverviewAsync(Boss, ServiceScope.All, 36));
        yield return ("service of a segment, 36 months", () => service.OverviewAsync(Boss, new(Segment: "mid"), 36));
        yield return ("service and churn", () => service.ChurnAsync(Boss));
        var feedback = Get<FeedbackReport>();
        yield return ("feedback, 3 months", () => feedback.OverviewAsync(Boss, new(FeedbackScope.All, 3, false)));
        yield return ("feedback, 12 months", () => feedback.OverviewAsync(Boss, new(FeedbackScope.All, 12, false)));
        yield return ("feedback, 3 months against a year before", () => feedback.OverviewAsync(Boss, new(FeedbackScope.All, 3, true)));
        yield return ("feedback of a segment", () => feedback.OverviewAsync(Boss, new(new FeedbackScope("mid"), 3, false)));
        yield return ("product requests", () => Get<RequestBook>().ListAsync(Boss));
        yield return ("goals", () => Get<GoalQuery>().ListAsync(Boss));
        foreach (var goal in new[] { "grr", "nps", "response", "backlog", "active", "health" })
        {
            yield return ($"goal: {goal}", () => Get<GoalQuery>().FindAsync(Boss, goal));
        }

        yield return ("team", () => Get<TeamReport>().OverviewAsync(Boss));
        yield return ("team, a CSM's own", () => Get<TeamReport>().OverviewAsync(Csm));
        yield return ("month close: what would be kept", () => Get<MonthCloses>().CheckAsync(Boss, new DateOnly(2024, 10, 31)));
        yield return ("closed months", () => Get<MonthCloses>().ListAsync(Boss));
        yield return ("restatements", () => Get<MonthCloses>().RestatementsAsync(Boss));
        foreach (var (name, report) in Reports())
        {
            yield return ($"report: {name}", () => Get<ReportRunner>().RunAsync(Boss, report));
        }

        yield return ("summary, month", () => Get<SummaryQuery>().RunAsync(Boss, new SummaryAsk()));
        yield return ("summary, quarter", () => Get<SummaryQuery>().RunAsync(Boss, new SummaryAsk(PeriodGrain.Quarter)));
        var forecast = Get<ForecastQuery>();
        yield return ("forecast, months", () => forecast.MonthsAsync());
        yield return ("forecast, the pace before", () => retention.MonthsAsync(Boss, Month.AddMonths(-12), Month));
        yield return ("forecast, what moved", () => forecast.ChangesAsync());
        yield return ("forecast, what saving would change", () => forecast.SavedAsync(Boss, 3, null, 100));
        yield return ("drivers", () => Get<DriversReport>().OverviewAsync(Boss));
        yield return ("drivers of a segment", () => Get<DriversReport>().OverviewAsync(Boss, "small"));
        yield return ("adoption", () => Get<AdoptionReport>().OverviewAsync(Boss));
        yield return ("effects of plays", () => Get<EffectsQuery>().RunAsync());
    }

    public static IEnumerable<(string Name, Func<Task> Ask)> Drills(IServiceProvider provider)
    {
        T Get<T>()
            where T : notnull => provider.GetRequiredService<T>();
        var (retention, nps, lifecycle, service, feedback) = (Get<RetentionReport>(), Get<NpsReport>(), Get<LifecycleReport>(), Get<ServiceReport>(), Get<FeedbackReport>());
        yield return ("who left in a month", () => retention.MovementsAsync(Boss, new(RetentionPeriod.Month(Month), RetentionScope.All) { Kind = MovementKind.Churn }, 0, Rows));
        yield return ("everybody who pays", () => retention.MovementsAsync(Boss, new(RetentionPeriod.Trailing12(Month), RetentionScope.All) { Kind = MovementKind.End }, 0, Rows));
        yield return ("everybody who pays, the last page by name", () => retention.MovementsAsync(Boss, new(RetentionPeriod.Trailing12(Month), RetentionScope.All) { Kind = MovementKind.End, Sort = MovementSort.Name }, 60_000, Rows));
        yield return ("promoters who left", () => nps.AnswersAsync(Boss, new(NpsScope.All, null, null) { Group = NpsGroup.Promoter, Fate = NpsFate.Left }, 0, Rows));
        yield return ("all answers", () => nps.AnswersAsync(Boss, new(NpsScope.All, null, null), 0, Rows));
        yield return ("who was asked and did not answer", () => nps.AnswersAsync(Boss, new(NpsScope.All, new(2024, 1, 1), Month) { Unanswered = true }, 0, Rows));
        yield return ("accounts of an R × F cell", () => lifecycle.AccountsAsync(Boss, new(Month, LifecycleScope.All) { R = 5, F = 5 }, 0, Rows));
        yield return ("accounts of an earlier cell", () => lifecycle.AccountsAsync(Boss, new(Earlier.AddMonths(-1), LifecycleScope.All) { R = 1, F = 1 }, 0, Rows));
        yield return ("accounts of a stage", () => lifecycle.AccountsAsync(Boss, new(Month, LifecycleScope.All) { To = StageChoice.Regular }, 0, Rows));
        yield return ("inquiries of a month", () => service.InquiriesAsync(Boss, new(ServiceScope.All) { From = new(2024, 11, 1), To = new(2024, 11, 30) }, 0, Rows));
        yield return ("inquiries of three years", () => service.InquiriesAsync(Boss, new(ServiceScope.All), 0, Rows));
        yield return ("inquiries of three years, the last page by resolution", () => service.InquiriesAsync(Boss, new(ServiceScope.All) { Sort = ServiceSort.Resolution }, 490_000, Rows));
        yield return ("texts of a theme, 3 months", () => feedback.TextsAsync(Boss, new(FeedbackScope.All, "export") { From = new(2024, 10, 1), To = Month }, 0, Rows));
        yield return ("all texts of three years", () => feedback.TextsAsync(Boss, new(FeedbackScope.All, null), 0, Rows));
        yield return ("accounts of a theme, 3 months", () => feedback.AccountsAsync(Boss, new(FeedbackScope.All, "export") { From = new(2024, 10, 1), To = Month, Sort = FeedbackSort.Mrr }, 0, Rows));
        yield return ("accounts of all texts", () => feedback.AccountsAsync(Boss, new(FeedbackScope.All, null) { Sort = FeedbackSort.Mrr }, 0, Rows));
        yield return ("customers behind a request", () => Get<RequestBook>().FindAsync(Boss, "request-7"));
        yield return ("a CSM's accounts with a prediction", () => Get<TeamReport>().AccountsAsync(Boss, new("csm7@example.com", TeamListKind.Predicted), 0, Rows));
        yield return ("a CSM's losses", () => Get<TeamReport>().AccountsAsync(Boss, new("csm7@example.com", TeamListKind.Lost), 0, Rows));
        yield return ("a CSM's touched accounts", () => Get<TeamReport>().AccountsAsync(Boss, new("csm7@example.com", TeamListKind.Touched), 0, Rows));
        foreach (var (name, report) in Reports())
        {
            yield return ($"customers behind the report's whole: {name}", () => Get<ReportRunner>().AccountsAsync(Boss, report, null, null, 0, Rows));
        }

        yield return ("customers behind a cell: NRR by month", () => Get<ReportRunner>().AccountsAsync(Boss, new(ReportMeasure.Nrr, ReportDimension.Month), "2024-11_2024-12", null, 0, Rows));
        yield return ("renewals of the year", () => Get<ForecastQuery>().RenewalsAsync(Boss, 3, new RenewalView(), 0, Rows));
        yield return ("renewals of a month, by name", () => Get<ForecastQuery>().RenewalsAsync(Boss, 3, new RenewalView(new DateOnly(2025, 3, 31), RenewalSort.Name, false), 0, Rows));
        yield return ("accounts of a reason", () => Get<DriversReport>().AccountsAsync(Boss, new("theme 3"), 0, Rows));
        yield return ("accounts of a reason at an earlier month end", () => Get<DriversReport>().AccountsAsync(Boss, new("theme 3", new(2024, 6, 30)), 0, Rows));
        yield return ("customers of a value", () => Get<DriversReport>().StaysAsync(Boss, new("attribute:a1", "v2", false), 0, Rows));
        yield return ("customers of a feature", () => Get<AdoptionReport>().AccountsAsync(Boss, new("metric 1"), 0, Rows));
    }

    private static IEnumerable<(string Name, ReportDefinition Report)> Reports() =>
    [
        ("NRR by month", new(ReportMeasure.Nrr, ReportDimension.Month)),
        ("NRR by plan and month, 36 months", new(ReportMeasure.Nrr, ReportDimension.Plan) { Columns = ReportDimension.Month, Months = 36 }),
        ("MRR by product and month, 36 months", new(ReportMeasure.ClosingMrr, ReportDimension.Product) { Columns = ReportDimension.Month, Months = 36 }),
        ("customers by stage and month", new(ReportMeasure.Customers, ReportDimension.Stage) { Columns = ReportDimension.Month }),
        ("NPS by owner", new(ReportMeasure.Nps, ReportDimension.Owner)),
        ("CSAT by month and segment, 36 months", new(ReportMeasure.Csat, ReportDimension.Month) { Columns = ReportDimension.Segment, Months = 36 }),
        ("inquiries by month and region, 36 months", new(ReportMeasure.Inquiries, ReportDimension.Month) { Columns = ReportDimension.Region, Months = 36 }),
        ("first response by owner, 36 months", new(ReportMeasure.FirstResponse, ReportDimension.Owner) { Months = 36 }),
        ("health by saved segment", new(ReportMeasure.Health, ReportDimension.SavedSegment)),
        ("touches by owner and month", new(ReportMeasure.Touches, ReportDimension.Owner) { Columns = ReportDimension.Month }),
    ];
}
