using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Health;

namespace CustomerSuccess.Engine.Goals;

/// <summary>What goals measure, month by month: the figures of the executives' pages, so that a goal never has a figure of its own.</summary>
/// <remarks>A goal is the company's: its figure is that of every account, whoever looks at it.</remarks>
public sealed class MeasureSeries(CompanyBooks books, SurveyBooks surveys, RetentionReport retention, NpsReport nps, ServiceReport service, LifecycleReport lifecycle, HealthQuery health)
{
    private const int QuarterMonths = 3, AllMonths = 240, StageMonths = 60;

    /// <summary>Figures of a measure by month end, oldest first; months without one are left out.</summary>
    /// <param name="measure">Which measure.</param>
    /// <param name="scope">Which accounts; what the measure cannot be narrowed by is not looked at.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <exception cref="MissingRateException">A rate to the reporting currency is missing.</exception>
    public async Task<IReadOnlyList<MeasurePoint>> ReadAsync(GoalMeasure measure, GoalScope scope, CancellationToken cancellation = default) => measure switch
    {
        GoalMeasure.Nps => await NpsAsync(scope, cancellation),
        GoalMeasure.ResponseRate => await ResponsesAsync(scope, cancellation),
        GoalMeasure.Csat or GoalMeasure.FirstResponse or GoalMeasure.Resolution or GoalMeasure.Backlog => await ServiceAsync(measure, scope, cancellation),
        GoalMeasure.HealthGood or GoalMeasure.HealthAverage => await HealthAsync(measure, cancellation),
        GoalMeasure.ActiveAccounts => await ActiveAsync(scope, cancellation),
        _ => await RetentionAsync(measure, scope, cancellation),
    };

    private async Task<IReadOnlyList<MeasurePoint>> RetentionAsync(GoalMeasure measure, GoalScope scope, CancellationToken cancellation)
    {
        var overview = await retention.OverviewAsync(Viewer.System, new RetentionScope(scope.Segment, scope.Plan, scope.Owner), PeriodGrain.Month, null, cancellation);
        return
        [
            .. from month in overview.Months
               let value = measure switch
               {
                   GoalMeasure.Grr => month.Yearly?.Gross,
                   GoalMeasure.Nrr => month.Yearly?.Net,
                   GoalMeasure.LogoRetention => month.Yearly?.Logo,
                   GoalMeasure.ExpansionRate => month.Bridge is { Start: > 0 } bridge ? (double)(bridge.Expansion / bridge.Start) : null,
                   GoalMeasure.Mrr => (double)month.Mrr,
                   GoalMeasure.Arr => (double)(month.Mrr * 12),
                   GoalMeasure.ChurnedMrr => (double?)month.Bridge?.Churn,
                   _ => month.Accounts,
               }
               where value is not null
               select new MeasurePoint(month.Period.End, value.Value, null, null, measure is GoalMeasure.Grr or GoalMeasure.Nrr or GoalMeasure.LogoRetention ? month.AccountsYearBefore : measure is GoalMeasure.ExpansionRate or GoalMeasure.ChurnedMrr ? month.AccountsAtStart : month.Accounts),
        ];
    }

    /// <summary>Answers of three months at a time.</summary>
    private async Task<IReadOnlyList<MeasurePoint>> NpsAsync(GoalScope scope, CancellationToken cancellation)
    {
        var overview = await nps.OverviewAsync(Viewer.System, new NpsAsk(new NpsScope(scope.Segment, scope.Owner), PeriodGrain.Month, null, null), cancellation);
        var points = new List<MeasurePoint>();
        for (var i = 0; i < overview.Points.Count; i++)
        {
            var some = overview.Points.Skip(Math.Max(0, i - QuarterMonths + 1)).Take(Math.Min(i + 1, QuarterMonths)).Select(point => point.Score).OfType<NetPromoter>().ToList();
            if (NetPromoter.Of(some.Sum(score => score.Promoters), some.Sum(score => score.Passives), some.Sum(score => score.Detractors)) is { } score)
            {
                points.Add(new(overview.Points[i].Period.End, score.Score, score.Lower, score.Upper, score.Answers));
            }
        }

        return points;
    }

    /// <summary>Of those asked within three months, the share that answered, whenever.</summary>
    private async Task<IReadOnlyList<MeasurePoint>> ResponsesAsync(GoalScope scope, CancellationToken cancellation)
    {
        var book = await books.ForReadersAsync(cancellation);
        var invitations = await surveys.InvitationsAsync(book, cancellation);
        return await Task.Run(() => invitations.Figures.List($"responses|{scope}", () => Responses(book, invitations, scope)), cancellation);
    }

    private static IReadOnlyList<MeasurePoint> Responses(CompanyBook book, InvitationBook invitations, GoalScope scope)
    {
        var months = new SortedDictionary<DateOnly, (int Asked, int Answered)>();
        foreach (var one in invitations.Rows)
        {
            if (book.Entries.TryGetValue(one.AccountNo, out var entry) && (scope.Segment is null || entry.Segment.On(one.Day) == scope.Segment) && (scope.Owner is null || entry.Owner.On(one.Day) == scope.Owner))
            {
                var month = MonthEnds.OnOrAfter(one.Day);
                var known = months.GetValueOrDefault(month);
                months[month] = (known.Asked + 1, known.Answered + (one.IsAnswered ? 1 : 0));
            }
        }

        return months.Count == 0 ? [] :
        [
            .. from month in MonthEnds.Between(months.Keys.First(), months.Keys.Last())
               let some = Enumerable.Range(0, QuarterMonths).Select(back => months.GetValueOrDefault(MonthEnds.OnOrAfter(month.AddMonths(-back)))).ToList()
               let asked = some.Sum(one => one.Asked)
               where asked > 0
               let answered = some.Sum(one => one.Answered)
               let interval = TestCurves.Wilson(answered, asked)
               select new MeasurePoint(month, (double)answered / asked, interval.Lower, interval.Upper, asked),
        ];
    }

    private async Task<IReadOnlyList<MeasurePoint>> ServiceAsync(GoalMeasure measure, GoalScope scope, CancellationToken cancellation)
    {
        const double MinutesPerHour = 60;
        var overview = await service.OverviewAsync(Viewer.System, new ServiceScope(Owner: scope.Owner, Segment: scope.Segment), AllMonths, cancellation);
        return
        [
            .. overview.Months.Select(month => measure switch
            {
                GoalMeasure.FirstResponse => Point(month.Month, month.Figures.FirstResponseMedian / MinutesPerHour, month.Figures.FirstResponseLower / MinutesPerHour, month.Figures.FirstResponseUpper / MinutesPerHour, month.Figures.Inquiries),
                GoalMeasure.Resolution => Point(month.Month, month.Figures.ResolutionMedian, month.Figures.ResolutionLower, month.Figures.ResolutionUpper, month.Figures.Inquiries),
                GoalMeasure.Csat => Point(month.Month, month.Figures.Satisfaction, month.Figures.SatisfactionLower, month.Figures.SatisfactionUpper, month.Figures.SatisfactionAnswers),
                _ => Point(month.Month, month.Backlog, null, null, month.Backlog),
            }).OfType<MeasurePoint>(),
        ];
    }

    private async Task<IReadOnlyList<MeasurePoint>> ActiveAsync(GoalScope scope, CancellationToken cancellation)
    {
        var overview = await lifecycle.OverviewAsync(Viewer.System, new LifecycleScope(scope.Segment, scope.Owner), StageMonths, cancellation);
        return [.. overview.Months.SkipWhile(month => month.Active == 0).Select(month => new MeasurePoint(month.End, month.Active, null, null, month.Active))];
    }

    private async Task<IReadOnlyList<MeasurePoint>> HealthAsync(GoalMeasure measure, CancellationToken cancellation) =>
    [
        .. (await health.PortfolioAsync(Viewer.System, cancellation)).Where(day => day.AsOf == MonthEnds.OnOrAfter(day.AsOf))
            .Select(day => Point(day.AsOf, measure == GoalMeasure.HealthAverage ? day.Average : day.Accounts == 0 ? null : (double)day.Good / day.Accounts, null, null, day.Accounts)).OfType<MeasurePoint>(),
    ];

    private static MeasurePoint? Point(DateOnly month, double? value, double? lower, double? upper, int n) => value is { } known ? new(month, known, lower, upper, n) : null;
}
