using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Reports;

/// <summary>What one open page of reports shows.</summary>
public sealed class ReportsViewModel(ReportRunner runner, SavedReports saved, SegmentQuery segments, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read, and where a rate is missing.</summary>
    public ReportTable? Table { get; private set; }

    /// <summary>Saved reports that the reader sees, by name.</summary>
    public IReadOnlyList<ReportEntry> Saved { get; private set; } = [];

    /// <summary>Saved segments to which a report can be narrowed, by name.</summary>
    public IReadOnlyList<(string Id, string Name)> Segments { get; private set; } = [];

    /// <summary>The currency and month for which no rate is known.</summary>
    public MissingRateException? MissingRate { get; private set; }

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly { get; private set; }

    public async Task LoadAsync(ReportView view, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        (OwnOnly, MissingRate) = (viewer.OwnPortfolioOnly, null);
        await people.LoadAsync(cancellation);
        Saved = await saved.ListAsync(viewer, cancellation);
        Segments = [.. (await segments.ListAsync(cancellation)).Select(row => (row.Segment.SegmentId, row.Segment.Name))];
        try
        {
            Table = await runner.RunAsync(viewer, view.Definition, cancellation);
        }
        catch (MissingRateException missing)
        {
            (Table, MissingRate) = (null, missing);
        }
    }

    /// <summary>A saved report; null where there is none that the reader sees.</summary>
    public async Task<ReportEntry?> FindAsync(int reportNo, CancellationToken cancellation) => await saved.FindAsync(await current.GetAsync(), reportNo, cancellation);

    public async Task<ActResult<SavedReport>> SaveAsync(ReportDraft draft, CancellationToken cancellation) => await saved.SaveAsync(await current.GetAsync(), draft, cancellation);

    public async Task<ActResult<SavedReport>> SetDeletedAsync(int reportNo, bool isDeleted, CancellationToken cancellation) => await saved.SetDeletedAsync(await current.GetAsync(), reportNo, isDeleted, cancellation);
}

/// <summary>What one open list of customers behind a cell shows.</summary>
public sealed class ReportAccountsViewModel(ReportRunner runner, ColleagueNames people, CurrentViewer current)
{
    public ColleagueNames People { get; } = people;

    /// <summary>The stretch read last; null until one was.</summary>
    public ReportAccounts? Page { get; private set; }

    public MissingRateException? MissingRate { get; private set; }

    public async Task StartAsync(ReportAccountsView view, CancellationToken cancellation)
    {
        MissingRate = null;
        await People.LoadAsync(cancellation);
        try
        {
            await LoadAsync(view, 0, 1, cancellation);
        }
        catch (MissingRateException missing)
        {
            MissingRate = missing;
        }
    }

    public async Task<ReportAccounts> LoadAsync(ReportAccountsView view, int offset, int limit, CancellationToken cancellation) =>
        Page = await runner.AccountsAsync(await current.GetAsync(), view.Report.Definition, view.Row, view.Column, offset, limit, cancellation);
}
