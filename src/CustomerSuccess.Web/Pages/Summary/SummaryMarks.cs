using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Forecast;
using CustomerSuccess.Web.Pages.Nps;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Shared.Charts;

namespace CustomerSuccess.Web.Pages.Summary;

/// <summary>Where the accounts and answers stand that a mark of the summary's charts is counted from.</summary>
public static class SummaryMarks
{
    /// <summary>Which line of the retention chart is the share of accounts.</summary>
    private const int Logo = 2;

    /// <summary>The address of what is behind a mark.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="point">The mark.</param>
    /// <param name="period">The period that the summary covers; null without contracts.</param>
    /// <returns>Null for a chart whose marks have nothing behind them.</returns>
    public static string? Behind(ChartBlock chart, ChartPoint point, RetentionPeriod? period)
    {
        var key = chart.Keys[point.Index];
        return chart.Key switch
        {
            "bridge" when period is { } whole && Enum.TryParse<MovementKind>(key, out var kind) => Movements(whole, kind),
            "mrr" when RetentionView.PeriodOf(key) is { } of => Movements(of, MovementKind.End),
            "retention" when RetentionView.PeriodOf(key) is { } of => Movements(RetentionPeriod.Trailing12(of.End), point.Series == Logo ? MovementKind.Churn : MovementKind.Start),
            "nps" when RetentionView.PeriodOf(key) is { } of => NpsAnswersView.Of(new(NpsScope.All, of.Start.AddDays(1), of.End)),
            "forecast" when RetentionView.Month(key) is { } month => new ForecastView(new RenewalView(month), ForecastView.UsualSaved, new RevenueLevers()).ToAddress(),
            _ => null,
        };
    }

    private static string Movements(RetentionPeriod period, MovementKind kind) => MovementView.Of(new(period, RetentionScope.All) { Kind = kind });
}
