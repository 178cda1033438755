using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>What one open page of retention shows.</summary>
public sealed class RetentionViewModel(RetentionReport report, ColleagueNames people, CurrentViewer current)
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
            }
        }
        catch (MissingRateException missing)
        {
            (Overview, MissingRate) = (null, missing);
        }
    }
}
