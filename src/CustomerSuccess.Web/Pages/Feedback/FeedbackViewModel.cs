using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What one open page of feedback shows.</summary>
public sealed class FeedbackViewModel(FeedbackReport report, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read.</summary>
    public FeedbackOverview? Overview { get; private set; }

    public MissingRateException? MissingRate { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    public bool MayWrite { get; private set; }

    public async Task LoadAsync(FeedbackView view, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        (OwnOnly, MayWrite, MissingRate) = (viewer.OwnPortfolioOnly, ThemeBook.MayWrite(viewer), null);
        await people.LoadAsync(cancellation);
        try
        {
            Overview = await report.OverviewAsync(viewer, view.Ask, cancellation);
        }
        catch (MissingRateException missing)
        {
            (Overview, MissingRate) = (null, missing);
        }
    }
}

/// <summary>What one open list of texts, or of customers behind them, shows.</summary>
public sealed class FeedbackListViewModel(FeedbackReport report, ThemeBook themes, RequestBook requests, ColleagueNames people, CurrentViewer current)
{
    /// <summary>The stretch read last; null until one was.</summary>
    public FeedbackTexts? Texts { get; private set; }

    /// <inheritdoc cref="Texts"/>
    public FeedbackAccounts? Accounts { get; private set; }

    /// <summary>What there is to narrow by.</summary>
    public FeedbackOverview? Whole { get; private set; }

    public MissingRateException? MissingRate { get; private set; }

    /// <summary>Themes, for the filter.</summary>
    public Core.Feedback.ThemeSet? Themes { get; private set; }

    /// <summary>Requests to which customers can be added; empty where the reader may not.</summary>
    public IReadOnlyList<RequestLine> Requests { get; private set; } = [];

    public async Task StartAsync(FeedbackListAsk ask, bool ofAccounts, CancellationToken cancellation)
    {
        MissingRate = null;
        var viewer = await current.GetAsync();
        await people.LoadAsync(cancellation);
        Themes = await themes.ReadAsync(cancellation);
        try
        {
            Whole = await report.OverviewAsync(viewer, new FeedbackView().Ask, cancellation);
            Requests = viewer.MayWork || ThemeBook.MayWrite(viewer) ? await requests.ListAsync(viewer, cancellation) : [];
            if (ofAccounts)
            {
                await LoadAccountsAsync(ask, 0, 1, cancellation);
            }
            else
            {
                await LoadTextsAsync(ask, 0, 1, cancellation);
            }
        }
        catch (MissingRateException missing)
        {
            MissingRate = missing;
        }
    }

    public async Task<FeedbackTexts> LoadTextsAsync(FeedbackListAsk ask, int offset, int limit, CancellationToken cancellation) => Texts = await report.TextsAsync(await current.GetAsync(), ask, offset, limit, cancellation);

    public async Task<FeedbackAccounts> LoadAccountsAsync(FeedbackListAsk ask, int offset, int limit, CancellationToken cancellation) => Accounts = await report.AccountsAsync(await current.GetAsync(), ask, offset, limit, cancellation);
}
