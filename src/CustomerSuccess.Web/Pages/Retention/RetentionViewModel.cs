using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>What one open page of retention shows.</summary>
public sealed class RetentionViewModel(RetentionReport report, MonthCloses closes, FollowCloses follow, SettingsStore settings, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read, and where a rate is missing.</summary>
    public RetentionOverview? Overview { get; private set; }

    public IReadOnlyList<RetentionPart> Parts { get; private set; } = [];

    public IReadOnlyList<Cohort> Cohorts { get; private set; } = [];

    public SurvivalView? Survival { get; private set; }

    public IReadOnlyList<ReasonPart> Reasons { get; private set; } = [];

    public RetentionCheck? Check { get; private set; }

    /// <summary>The currency and month for which no rate is known: nothing can be said until it is.</summary>
    public MissingRateException? MissingRate { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    /// <summary>The period that slices, reasons and the check are about.</summary>
    public RetentionPeriod? Window { get; private set; }

    /// <summary>Of the closed months that are shown, the figures that are not: as closed beside today's, or today's beside those as closed. Empty where parts of the company are looked at.</summary>
    public IReadOnlyDictionary<DateOnly, RetentionFigures> Others { get; private set; } = new Dictionary<DateOnly, RetentionFigures>();

    /// <summary>Every month that stands or stood closed, oldest first.</summary>
    public IReadOnlyList<ClosedMonth> Closes { get; private set; } = [];

    /// <summary>What later facts made of closed months, the latest first.</summary>
    public IReadOnlyList<RestatementEntry> Restatements { get; private set; } = [];

    /// <summary>The month that can be closed next; null for readers who may not close, and where there is none.</summary>
    public CloseCheck? NextClose { get; private set; }

    /// <summary>The company's time zone.</summary>
    public string TimeZone { get; private set; } = "UTC";

    public async Task<ActResult<MonthClose>> CloseAsync(CloseDraft draft, CancellationToken cancellation) => await closes.CloseAsync(await current.GetAsync(), draft, cancellation);

    public async Task<ActResult<MonthClose>> ReopenAsync(DateOnly month, string? reason, CancellationToken cancellation) => await closes.ReopenAsync(await current.GetAsync(), month, reason, cancellation);

    public async Task LoadAsync(RetentionView view, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        (OwnOnly, MissingRate) = (viewer.OwnPortfolioOnly, null);
        await people.LoadAsync(cancellation);
        try
        {
            Overview = await report.OverviewAsync(viewer, view.Scope, view.Grain, view.MonthsBack, cancellation);
            if (Overview is not { Last: { } last, Year: { } year })
            {
                return;
            }

            Compare(view, await closes.ListAsync(viewer, cancellation));

            // a link to a period that is not over yet, or not known, shows the last year
            var window = Window = view.Period is { } asked && asked.End <= last ? asked : year.Period;
            switch (view.Part)
            {
                case RetentionTab.Slices:
                    Parts = await report.PartsAsync(viewer, view.Scope, view.Slice, window.Value, cancellation);
                    break;
                case RetentionTab.Cohorts:
                    Cohorts = await report.CohortsAsync(viewer, view.Scope, cancellation);
                    break;
                case RetentionTab.Survival:
                    Survival = await report.SurvivalAsync(viewer, view.Scope, cancellation);
                    break;
                case RetentionTab.Reasons:
                    Reasons = await report.ReasonsAsync(viewer, view.Scope, window.Value, cancellation);
                    break;
                case RetentionTab.Check:
                    Check = await report.CheckAsync(viewer, window.Value, cancellation);
                    break;
                case RetentionTab.Closed:
                    await follow.RunAsync(cancellation);
                    TimeZone = (await settings.ReadAsync(cancellation)).TimeZone;
                    Closes = await closes.ListAsync(viewer, cancellation);
                    Restatements = await closes.RestatementsAsync(viewer, cancellation);
                    NextClose = CloseRules.MayClose(viewer) && await closes.NextAsync(cancellation) is { } next ? await closes.CheckAsync(viewer, next, cancellation) : null;
                    break;
            }
        }
        catch (MissingRateException missing)
        {
            (Overview, MissingRate) = (null, missing);
        }
    }

    /// <summary>Sets closed months beside what they are today; only the whole company's months are closed.</summary>
    private void Compare(RetentionView view, IReadOnlyList<ClosedMonth> months)
    {
        var closed = view.Scope.IsAll && view.Grain == PeriodGrain.Month ? months.Where(month => month.Stands).ToDictionary(month => month.Close.Month, month => month.Figures) : [];
        Closes = months;
        Others = closed;
        if (view.AsClosed && Overview is { } today && closed.Count > 0)
        {
            RetentionFigures As(RetentionFigures period) => closed.GetValueOrDefault(period.Period.End) ?? period;
            Others = today.Periods.Where(period => closed.ContainsKey(period.Period.End)).ToDictionary(period => period.Period.End);
            Overview = today with { Periods = [.. today.Periods.Select(As)], Months = [.. today.Months.Select(As)] };
        }
    }
}
