using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Team;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Reads the books, and computes what the executives' pages show at first of the whole company, after each start and after facts changed, so that no reader waits for it.
/// Of a large company, readers are given the state before until that is done (<see cref="CompanyBooks.ForReadersAsync"/>).
/// </summary>
public sealed class KeepBooks(
    CompanyBooks books, RetentionReport retention, NpsReport nps, LifecycleReport lifecycle, ServiceReport service, FeedbackReport feedback, GoalQuery goals, TeamReport team, EffectsQuery effects, ReportRunner reports, ForecastQuery forecast, FollowCloses closes, FirstLists lists,
    TimeProvider clock, ILogger<KeepBooks> log) : BackgroundService
{
    /// <summary>How long nothing is computed ahead after it was. Where many work all day, something changes all the time.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Likewise of a large company, whose readers are given the state before meanwhile: as long as computing took, within these, so that readers have a processor in between and a fact shows within a minute.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Spans over which the pages show periods of a length; null is all there are.</summary>
    private static readonly (PeriodGrain Grain, int? Months)[] Spans =
        [(PeriodGrain.Month, 12), (PeriodGrain.Month, 24), (PeriodGrain.Month, 36), (PeriodGrain.Month, null), (PeriodGrain.Quarter, 24), (PeriodGrain.Quarter, null), (PeriodGrain.Year, null)];

    /// <summary>What the pages of the lifecycle, of service and of feedback show where nobody asks for more.</summary>
    private const int LifecycleMonths = 12, ServiceMonths = 12, FeedbackMonths = 3, PaceMonths = 12;

    /// <summary>What readers ask for next, and would wait for.</summary>
    private static readonly int[] MoreLifecycleMonths = [24, 36], MoreServiceMonths = [36, 24, 6, 3], MoreFeedbackMonths = [12, 6, 1], Horizons = [90, 180, 365];

    private CompanyBook? _kept;

    /// <summary>Computes what is missing; false where nothing changed.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation = default)
    {
        var book = await books.OpenAsync(cancellation);
        books.TellOf(book);
        if (ReferenceEquals(book, _kept))
        {
            // what is open grows older by itself
            if (service.Begin())
            {
                await ServiceAsync(cancellation);
                await goals.ListAsync(Viewer.System, cancellation);
                service.Stand();
            }

            return false;
        }

        service.Begin();

        // first of all: what an import restated is told by the import, and the next one may come soon
        await closes.RunAsync(cancellation);
        foreach (var (grain, months) in Spans)
        {
            await retention.OverviewAsync(Viewer.System, RetentionScope.All, grain, months, cancellation);
        }

        await retention.CohortsAsync(Viewer.System, RetentionScope.All, cancellation);
        await retention.SurvivalAsync(Viewer.System, RetentionScope.All, cancellation);
        if (book.ContractsUntil is { } until)
        {
            // of the forecast
            var month = MonthEnds.OnOrBefore(until);
            await retention.MonthsAsync(Viewer.System, month.AddMonths(-PaceMonths), month, cancellation);
        }

        if ((await nps.OverviewAsync(Viewer.System, new NpsAsk(NpsScope.All, PeriodGrain.Quarter, 12, null), cancellation)).Period is { } period)
        {
            await nps.OthersAsync(Viewer.System, NpsScope.All, period, cancellation);
        }

        await nps.OverviewAsync(Viewer.System, new NpsAsk(NpsScope.All, PeriodGrain.Month, null, null), cancellation);
        if ((await lifecycle.OverviewAsync(Viewer.System, LifecycleScope.All, LifecycleMonths, cancellation)).Last is { } last)
        {
            await lifecycle.TableAsync(Viewer.System, LifecycleScope.All, last, cancellation);
            await lifecycle.DecilesAsync(Viewer.System, LifecycleScope.All, last, cancellation);
            await lifecycle.WinBackAsync(Viewer.System, LifecycleScope.All, cancellation);
            foreach (var horizon in Horizons)
            {
                await lifecycle.RepeatsAsync(Viewer.System, LifecycleScope.All, null, horizon, cancellation);
            }
        }

        await ServiceAsync(cancellation);
        await service.ChurnAsync(Viewer.System, cancellation);
        foreach (var months in MoreLifecycleMonths)
        {
            await lifecycle.OverviewAsync(Viewer.System, LifecycleScope.All, months, cancellation);
        }

        await goals.ListAsync(Viewer.System, cancellation);
        await team.OverviewAsync(Viewer.System, cancellation);
        await effects.RunAsync(cancellation);
        await feedback.LearnAsync(cancellation);
        await feedback.OverviewAsync(Viewer.System, new FeedbackAsk(FeedbackScope.All, FeedbackMonths, false), cancellation);
        await feedback.OverviewAsync(Viewer.System, new FeedbackAsk(FeedbackScope.All, FeedbackMonths, true), cancellation);
        foreach (var months in MoreFeedbackMonths)
        {
            await feedback.OverviewAsync(Viewer.System, new FeedbackAsk(FeedbackScope.All, months, false), cancellation);
        }

        // what readers ask for is told of one state throughout, so that nothing may be read first at another one
        await reports.RunAsync(Viewer.System, ReportDefinition.Usual, cancellation);
        await reports.RunAsync(Viewer.System, new ReportDefinition(ReportMeasure.Touches, ReportDimension.Month), cancellation);
        foreach (var again in books.Lately)
        {
            try
            {
                await again(cancellation);
            }
            catch (MissingRateException)
            {
                // whoever asks for it is told so
            }
        }

        await forecast.ChangesAsync(cancellation);
        var isFirst = _kept is null;
        _kept = book;
        books.TellOf(null);
        service.Stand();
        books.Stand(book);
        if (isFirst)
        {
            books.TellOf(book);
            await lists.AskAsync(book, cancellation);
        }

        return true;
    }

    private async Task ServiceAsync(CancellationToken cancellation)
    {
        await service.OverviewAsync(Viewer.System, ServiceScope.All, ServiceMonths, cancellation);
        foreach (var months in MoreServiceMonths)
        {
            await service.OverviewAsync(Viewer.System, ServiceScope.All, months, cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var began = clock.GetTimestamp();
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException)
            {
                // such as a schema that is being made, or a rate that is missing: the page says which
                log.LogDebug(error, "Figures were not computed ahead; it is tried again");
            }

            await Task.Delay(_kept is { } kept && kept.Accounts.Count >= books.StandsFrom ? Pause(clock.GetElapsedTime(began)) : Interval, clock, stoppingToken);
        }
    }

    private static TimeSpan Pause(TimeSpan took) => took < ShortestPause ? ShortestPause : took > LongestPause ? LongestPause : took;
}
