using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>Gathers an executive's summary from the reports that the pages show, so that no figure of it has a definition of its own.</summary>
public sealed class SummaryQuery(RetentionReport retention, NpsReport nps, ForecastQuery forecast, RiskQueueQuery queue, DriversReport drivers, EffectsQuery effects, MarkBook marks, Colleagues colleagues, PlayNames plays, SettingsStore settingsStore, TimeProvider clock)
{
    private const int Risks = 5, Month = 1, Year = 12;

    public async Task<SummaryFigures> RunAsync(Viewer viewer, SummaryAsk ask, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var figures = new SummaryFigures(settings.Name, settings.Currency, settings.Today(clock), ask.Grain) { OwnOnly = viewer.OwnPortfolioOnly };

        // none waits for another; all of the retention is asked for, since that is kept computed for its own page
        var periods = retention.OverviewAsync(viewer, RetentionScope.All, ask.Grain, null, cancellation);
        var answers = nps.OverviewAsync(viewer, new NpsAsk(NpsScope.All, PeriodGrain.Month, null, null), cancellation);
        var risks = RisksAsync(viewer, cancellation);
        var reasons = drivers.OverviewAsync(viewer, null, cancellation);
        var measured = viewer.OwnPortfolioOnly ? null : effects.RunAsync(cancellation);
        try
        {
            figures = OfPeriod(figures, ask, await periods);
        }
        catch (MissingRateException missing)
        {
            figures = figures with { MissingRate = missing };
        }

        figures = OfAnswers(figures, ask, await answers);
        if (measured is not null)
        {
            var (_, renewals) = await forecast.MonthsAsync(cancellation);
            figures = figures with { Renewals = renewals, Effects = [.. (await measured).Plays.Where(play => play.IsMeasured && play.Effect.Offered + play.Effect.HeldOut > 0)] };
        }

        var page = await risks;
        var used = page.Rows.Select(row => row.TopPlay).Concat(page.Rows.Select(row => row.Next(QueueList.Risk)?.Play)).Concat(figures.Effects.Select(effect => effect.Entry.Play.Key)).OfType<string>().Distinct();
        figures = figures with
        {
            Run = page.Run,
            Risks = [.. page.Rows.Where(row => row.ExpectedLoss > 0 || row.Probability is null)],
            Owners = (await colleagues.ListAsync(cancellation)).ToDictionary(colleague => colleague.Email, colleague => colleague.Name),
            PlayNames = used.Select(key => (key, Own: plays.Find(key))).Where(play => play.Own is not null).ToDictionary(play => play.key, play => (play.Own!.NameEn, play.Own.NameJa)),
            Drivers = await reasons,
        };
        return figures.Now is not { Period: var period } ? figures : figures with
        {
            Marks = [.. (await marks.ListAsync(cancellation)).Where(mark => mark.Day <= period.End && (mark.Until ?? mark.Day) > period.Start).OrderBy(mark => mark.Day)],
        };
    }

    /// <summary>By expected loss; by the rules' order where there is no model.</summary>
    private async Task<RiskQueuePage> RisksAsync(Viewer viewer, CancellationToken cancellation)
    {
        var page = await queue.PageAsync(viewer, new RiskQueueFilter(), QueueSort.ExpectedLoss, descending: true, 0, Risks, cancellation);
        return page.Run is { IsFallback: true } ? await queue.PageAsync(viewer, new RiskQueueFilter(), QueueSort.Rank, descending: false, 0, Risks, cancellation) : page;
    }

    private static SummaryFigures OfPeriod(SummaryFigures figures, SummaryAsk ask, RetentionOverview overview)
    {
        if (overview.Periods.Count == 0)
        {
            return figures;
        }

        // a period that is still running is offered, but not what a board is shown unasked
        var whole = overview.Periods.Where(period => period.Period.Months == RetentionPeriod.MonthsOf(ask.Grain)).ToList();
        var now = overview.Periods.FirstOrDefault(period => period.Period.End == ask.End) ?? whole.LastOrDefault() ?? overview.Periods[^1];
        var place = overview.Periods.ToList().FindIndex(period => period.Period == now.Period);
        var perYear = Year / RetentionPeriod.MonthsOf(ask.Grain);
        var before = place >= 1 ? overview.Periods[place - 1] : null;
        var yearAgo = place >= perYear ? overview.Periods[place - perYear] : null;
        RetentionRates? Kept(DateOnly? end) => end is { } day ? overview.Months.FirstOrDefault(month => month.Period.End == day)?.Yearly : null;
        return figures with
        {
            Now = now,
            Before = before,
            YearAgo = yearAgo,
            Kept = Kept(now.Period.End),
            KeptBefore = Kept(before?.Period.End),
            KeptYearAgo = Kept(MonthEnds.OnOrAfter(now.Period.End.AddMonths(-Year))),
            Months = [.. overview.Months.Where(month => month.Period.End <= now.Period.End).TakeLast(SummaryAsk.ChartMonths)],
            Periods = [.. overview.Periods.Select(period => period.Period).Reverse()],
        };
    }

    private static SummaryFigures OfAnswers(SummaryFigures figures, SummaryAsk ask, NpsOverview overview)
    {
        if (figures.Now?.Period is not { } period)
        {
            return figures;
        }

        NetPromoter? Within(RetentionPeriod asked) => Sum(overview.Points.Where(point => point.Period.Start >= asked.Start && point.Period.End <= asked.End));
        var back = RetentionPeriod.MonthsOf(ask.Grain);
        RetentionPeriod Earlier(int months) => new(MonthEnds.OnOrAfter(period.Start.AddMonths(-months)), MonthEnds.OnOrAfter(period.End.AddMonths(-months)));
        var width = ask.Grain == PeriodGrain.Month ? Month : 3;
        var course = new List<(RetentionPeriod, NetPromoter)>();
        for (var i = 7; i >= 0; i--)
        {
            var own = new RetentionPeriod(MonthEnds.OnOrAfter(period.End.AddMonths(-width * (i + 1))), MonthEnds.OnOrAfter(period.End.AddMonths(-width * i)));
            if (Within(own) is { } score)
            {
                course.Add((own, score));
            }
        }

        return figures with { Nps = Within(period), NpsBefore = Within(Earlier(back)), NpsYearAgo = back == Year ? null : Within(Earlier(Year)), NpsCourse = course };
    }

    private static NetPromoter? Sum(IEnumerable<NpsPoint> points)
    {
        var scores = points.Select(point => point.Score).OfType<NetPromoter>().ToList();
        return NetPromoter.Of(scores.Sum(score => score.Promoters), scores.Sum(score => score.Passives), scores.Sum(score => score.Detractors));
    }
}
