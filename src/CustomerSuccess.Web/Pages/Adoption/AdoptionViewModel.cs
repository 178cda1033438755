using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Adoption;

/// <summary>What one open page of adoption shows.</summary>
public sealed class AdoptionViewModel(AdoptionReport report, CurrentViewer current)
{
    /// <summary>Null until it was read.</summary>
    public AdoptionOverview? Overview { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    public async Task LoadAsync(CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        OwnOnly = viewer.OwnPortfolioOnly;
        Overview = await report.OverviewAsync(viewer, cancellation);
    }
}

/// <summary>What one open list of a feature's customers shows.</summary>
public sealed class AdoptionAccountsViewModel(AdoptionReport report, CurrentViewer current)
{
    /// <summary>The stretch read last; null until one was.</summary>
    public AccountStretch<AdoptionAccount>? Page { get; private set; }

    public AdoptionOverview? Overview { get; private set; }

    public async Task StartAsync(AdoptionAsk ask, CancellationToken cancellation)
    {
        Overview = await report.OverviewAsync(await current.GetAsync(), cancellation);
        await LoadAsync(ask, 0, 1, cancellation);
    }

    public async Task<AccountStretch<AdoptionAccount>> LoadAsync(AdoptionAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.AccountsAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
