using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Lifecycle;

/// <summary>What one open page of the lifecycle shows.</summary>
public sealed class LifecycleViewModel(LifecycleReport report, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read, and where a rate is missing.</summary>
    public LifecycleOverview? Overview { get; private set; }

    public RfmTable? Table { get; private set; }

    public IReadOnlyList<Decile> Deciles { get; private set; } = [];

    public RepeatView? Repeats { get; private set; }

    public WinBackView? WinBack { get; private set; }

    /// <summary>The lapsed customers that are worth most.</summary>
    public LifecycleList? Worth { get; private set; }

    /// <summary>The currency and month for which no rate is known: nothing can be said until it is.</summary>
    public MissingRateException? MissingRate { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    /// <summary>The month end that the table and the deciles are about.</summary>
    public DateOnly Month { get; private set; }

    public async Task LoadAsync(LifecycleView view, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        (OwnOnly, MissingRate) = (viewer.OwnPortfolioOnly, null);
        await people.LoadAsync(cancellation);
        try
        {
            Overview = await report.OverviewAsync(viewer, view.Scope, view.Months, cancellation);
            if (Overview.Last is not { } last)
            {
                return;
            }

            // a link to a month that is not over yet, or not known, shows the last one
            Month = view.Month is { } asked && asked <= last ? asked : last;
            switch (view.Part)
            {
                case LifecycleTab.Table:
                    Table = await report.TableAsync(viewer, view.Scope, Month, cancellation);
                    break;
                case LifecycleTab.Deciles:
                    Deciles = await report.DecilesAsync(viewer, view.Scope, Month, cancellation);
                    break;
                case LifecycleTab.Repeats:
                    Repeats = await report.RepeatsAsync(viewer, view.Scope, null, view.Horizon, cancellation);
                    break;
                case LifecycleTab.WinBack:
                    WinBack = await report.WinBackAsync(viewer, view.Scope, cancellation);
                    Worth = await report.AccountsAsync(viewer, new LifecycleAccountAsk(last, view.Scope) { WinBack = true, Sort = LifecycleSort.Worth }, 0, 10, cancellation);
                    break;
            }
        }
        catch (MissingRateException missing)
        {
            (Overview, MissingRate) = (null, missing);
        }
    }
}

/// <summary>What one open list of accounts shows.</summary>
public sealed class LifecycleAccountsViewModel(LifecycleReport report, ColleagueNames people, CurrentViewer current)
{
    public ColleagueNames People { get; } = people;

    /// <summary>The stretch read last; null until one was.</summary>
    public LifecycleList? Page { get; private set; }

    /// <summary>What there is to narrow by.</summary>
    public LifecycleOverview? Overview { get; private set; }

    public MissingRateException? MissingRate { get; private set; }

    public async Task StartAsync(LifecycleAccountAsk ask, CancellationToken cancellation)
    {
        MissingRate = null;
        await People.LoadAsync(cancellation);
        try
        {
            Overview = await report.OverviewAsync(await current.GetAsync(), LifecycleScope.All, new LifecycleView().Months, cancellation);
            await LoadAsync(ask, 0, 1, cancellation);
        }
        catch (MissingRateException missing)
        {
            MissingRate = missing;
        }
    }

    public async Task<LifecycleList> LoadAsync(LifecycleAccountAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.AccountsAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
