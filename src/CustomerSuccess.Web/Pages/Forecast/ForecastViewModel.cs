using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Forecast;

/// <summary>What one open page of the forecast shows.</summary>
public sealed class ForecastViewModel(ForecastQuery forecast, RetentionReport retention, SettingsStore settingsStore, CurrentViewer current, ColleagueNames people, TimeProvider clock)
{
    private Viewer? _viewer;

    public ForecastView View { get; set; } = ForecastView.Parse(ForecastView.Path);

    public CompanySettings Settings { get; private set; } = new();

    public ColleagueNames People => people;

    /// <summary>The newest run; null where nothing has been scored yet.</summary>
    public RunSummary? Run { get; private set; }

    /// <summary>Renewals by month, ascending.</summary>
    public IReadOnlyList<RenewalMonth> Months { get; private set; } = [];

    /// <summary>What moved since an earlier month's forecast; null where there is none, or it was not read yet.</summary>
    public (RunSummary Earlier, IReadOnlyList<ForecastChange> Changes)? Moved { get; private set; }

    /// <summary>How earlier forecasts did; null where none could be checked.</summary>
    public CardForecast? TrackRecord { get; private set; }

    /// <summary>What keeping the renewals with most at risk would be worth; null until it was read.</summary>
    public RenewalsSaved? Saved { get; private set; }

    /// <summary>How customers and MRR moved on average; null where the past is too short.</summary>
    public RevenuePace? Pace { get; private set; }

    /// <summary>The last month end that the pace knows.</summary>
    public DateOnly PaceUntil { get; private set; }

    /// <summary>True once everything beside the months has been read.</summary>
    public bool IsWhole { get; private set; }

    public string Currency => Run?.Currency ?? Settings.Currency;

    /// <summary>Days that the scores lag behind today.</summary>
    public int DaysOld => Run is { } run ? Math.Max(0, Settings.Today(clock).DayNumber - run.AsOf.DayNumber) : 0;

    /// <summary>The next month in which anything is due.</summary>
    public RenewalMonth? Next => Months.FirstOrDefault(month => month.DueMrr > 0 || month.LeavingMrr > 0);

    public async Task LoadAsync(CancellationToken cancellation)
    {
        IsWhole = false;
        _viewer = await current.GetAsync();
        Settings = await settingsStore.ReadAsync(cancellation);
        await people.LoadAsync(cancellation);
        (Run, Months) = await forecast.MonthsAsync(cancellation);
    }

    /// <summary>What may come after the first picture.</summary>
    public async Task LoadRestAsync(CancellationToken cancellation)
    {
        if (Run is not { } run)
        {
            return;
        }

        await LoadSavedAsync(cancellation);
        Moved = await forecast.ChangesAsync(cancellation);
        TrackRecord = await forecast.TrackRecordAsync(run, cancellation);
        var until = MonthEnds.OnOrBefore(run.ContractsUntil ?? run.AsOf);
        var months = await retention.MonthsAsync(_viewer!, until.AddMonths(-12), until, cancellation);
        Pace = RevenuePace.Of(months);
        PaceUntil = months.Count > 0 ? months[^1].Month : until;
        IsWhole = true;
    }

    public async Task LoadSavedAsync(CancellationToken cancellation) =>
        Saved = Run is { IsFallback: false } run ? await forecast.SavedAsync(_viewer!, run.ScoreRunId, View.Renewals.Month, View.Saved, cancellation) : null;

    public async Task<ListStretch<RenewalRow>> RowsAsync(ListRequest request, CancellationToken cancellation)
    {
        if (Run is not { } run)
        {
            return new([], 0);
        }

        var (rows, total) = await forecast.RenewalsAsync(_viewer!, run.ScoreRunId, View.Renewals, request.Offset, request.Limit, cancellation);
        return new(rows, total);
    }
}
