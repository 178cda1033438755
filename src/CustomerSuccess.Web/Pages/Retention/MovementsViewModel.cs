using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>What one open list of movements shows.</summary>
public sealed class MovementsViewModel(RetentionReport report, ColleagueNames people, CurrentViewer current)
{
    public ColleagueNames People { get; } = people;

    /// <summary>The stretch read last, with the sums over the whole list; null until one was.</summary>
    public MovementPage? Page { get; private set; }

    /// <summary>What there is to narrow by.</summary>
    public RetentionOverview? Overview { get; private set; }

    /// <summary>The currency and month for which no rate is known.</summary>
    public MissingRateException? MissingRate { get; private set; }

    public async Task StartAsync(MovementAsk ask, CancellationToken cancellation)
    {
        MissingRate = null;
        await People.LoadAsync(cancellation);
        try
        {
            Overview = await report.OverviewAsync(await current.GetAsync(), RetentionScope.All, PeriodGrain.Month, 12, cancellation);
            await LoadAsync(ask, 0, 1, cancellation);
        }
        catch (MissingRateException missing)
        {
            MissingRate = missing;
        }
    }

    public async Task<MovementPage> LoadAsync(MovementAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.MovementsAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
