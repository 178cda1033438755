using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Nps;

/// <summary>What one open page of NPS shows.</summary>
public sealed class NpsViewModel(NpsReport report, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read.</summary>
    public NpsOverview? Overview { get; private set; }

    /// <summary>What there is to narrow by: the parts of all answers.</summary>
    public NpsOverview? Whole { get; private set; }

    /// <summary>Satisfaction and effort in the same time.</summary>
    public IReadOnlyList<OtherScore> Others { get; private set; } = [];

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    public async Task LoadAsync(NpsView view, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        OwnOnly = viewer.OwnPortfolioOnly;
        await people.LoadAsync(cancellation);
        Overview = await report.OverviewAsync(viewer, view.Ask, cancellation);
        Others = Overview.Period is { } period ? await report.OthersAsync(viewer, view.Scope, period, cancellation) : [];
        Whole = view.Scope == NpsScope.All ? Overview : await report.OverviewAsync(viewer, view.Ask with { Scope = NpsScope.All }, cancellation);
    }
}

/// <summary>What one open list of answers shows.</summary>
public sealed class NpsAnswersViewModel(NpsReport report, ColleagueNames people, CurrentViewer current)
{
    public ColleagueNames People { get; } = people;

    /// <summary>The stretch read last; null until one was.</summary>
    public NpsAnswerPage? Page { get; private set; }

    /// <summary>What there is to narrow by.</summary>
    public NpsOverview? Whole { get; private set; }

    public async Task StartAsync(NpsAnswerAsk ask, CancellationToken cancellation)
    {
        await People.LoadAsync(cancellation);
        Whole = await report.OverviewAsync(await current.GetAsync(), new NpsView().Ask, cancellation);
        await LoadAsync(ask, 0, 1, cancellation);
    }

    public async Task<NpsAnswerPage> LoadAsync(NpsAnswerAsk ask, int offset, int limit, CancellationToken cancellation) =>
        Page = await report.AnswersAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
