using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>What one open page of service shows.</summary>
public sealed class ServiceViewModel(ServiceReport report, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read.</summary>
    public ServiceOverview? Overview { get; private set; }

    /// <summary>What there is to narrow by: all inquiries.</summary>
    public ServiceOverview? Whole { get; private set; }

    public ServiceChurn? Churn { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    public async Task LoadAsync(ServiceView view, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        OwnOnly = viewer.OwnPortfolioOnly;
        await people.LoadAsync(cancellation);
        Overview = await report.OverviewAsync(viewer, view.Scope, view.Months, view.InBusinessTime, cancellation);
        Whole = view.Scope == ServiceScope.All ? Overview : await report.OverviewAsync(viewer, ServiceScope.All, view.Months, cancellation);
        Churn = await report.ChurnAsync(viewer, cancellation);
    }
}

/// <summary>What one open list of inquiries shows.</summary>
public sealed class ServiceListViewModel(ServiceReport report, ColleagueNames people, CurrentViewer current)
{
    /// <summary>The stretch read last; null until one was.</summary>
    public ServiceList? Page { get; private set; }

    /// <summary>What there is to narrow by.</summary>
    public ServiceOverview? Whole { get; private set; }

    public async Task StartAsync(ServiceListAsk ask, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        Whole = await report.OverviewAsync(await current.GetAsync(), ServiceScope.All, new ServiceView().Months, cancellation);
        await LoadAsync(ask, 0, 1, cancellation);
    }

    public async Task<ServiceList> LoadAsync(ServiceListAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.InquiriesAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}

/// <summary>What one open list of customers shows.</summary>
public sealed class ServiceAccountsViewModel(ServiceReport report, ColleagueNames people, CurrentViewer current)
{
    public ColleagueNames People { get; } = people;

    /// <summary>The stretch read last; null until one was.</summary>
    public ServiceAccountList? Page { get; private set; }

    public MissingRateException? MissingRate { get; private set; }

    public async Task StartAsync(ServiceAccountAsk ask, CancellationToken cancellation)
    {
        MissingRate = null;
        await People.LoadAsync(cancellation);
        try
        {
            await LoadAsync(ask, 0, 1, cancellation);
        }
        catch (MissingRateException missing)
        {
            MissingRate = missing;
        }
    }

    public async Task<ServiceAccountList> LoadAsync(ServiceAccountAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.AccountsAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
