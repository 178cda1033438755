using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>What one open page of drivers shows.</summary>
public sealed class DriversViewModel(DriversReport report, EffectsQuery effects, CurrentViewer current)
{
    /// <summary>Null until it was read.</summary>
    public DriversOverview? Overview { get; private set; }

    /// <summary>Plays whose effect has been measured, by the reason that they go against; null until they were read.</summary>
    public ILookup<string, PlayEffectRow>? Effects { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    /// <summary>What may come after the first picture.</summary>
    public async Task LoadRestAsync(CancellationToken cancellation) => Effects = MeasuredEffects.ByTheme(await effects.RunAsync(cancellation));

    public async Task LoadAsync(string? segment, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        OwnOnly = viewer.OwnPortfolioOnly;
        Overview = await report.OverviewAsync(viewer, segment, cancellation);
    }
}

/// <summary>What one open list of accounts behind a reason shows.</summary>
public sealed class DriverAccountsViewModel(DriversReport report, CurrentViewer current)
{
    /// <summary>The stretch read last; null until one was.</summary>
    public AccountStretch<DriverAccount>? Page { get; private set; }

    /// <summary>Segments, shapes and the run that the list is of.</summary>
    public DriversOverview? Overview { get; private set; }

    public RunSummary? Run => Overview?.Run;

    public async Task StartAsync(DriverAccountsAsk ask, CancellationToken cancellation)
    {
        Overview = await report.OverviewAsync(await current.GetAsync(), null, cancellation);
        await LoadAsync(ask, 0, 1, cancellation);
    }

    public async Task<AccountStretch<DriverAccount>> LoadAsync(DriverAccountsAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.AccountsAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}

/// <summary>What one open list of followed customers shows.</summary>
public sealed class StaysViewModel(DriversReport report, CurrentViewer current)
{
    public AccountStretch<StayAccount>? Page { get; private set; }

    public DriversOverview? Overview { get; private set; }

    public async Task StartAsync(StayAsk ask, CancellationToken cancellation)
    {
        Overview = await report.OverviewAsync(await current.GetAsync(), null, cancellation);
        await LoadAsync(ask, 0, 1, cancellation);
    }

    public async Task<AccountStretch<StayAccount>> LoadAsync(StayAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.StaysAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
