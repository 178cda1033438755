using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Imports;

/// <summary>What was imported: the list of runs, and the one that is looked at.</summary>
public sealed class ImportsViewModel(ImportsQuery query, ScoreAccounts scoring, SettingsStore settingsStore, CurrentViewer current)
{
    private const int RunsAtOnce = 20;
    private const int RowsAtOnce = 50;

    public CompanySettings Settings { get; private set; } = new();

    public Viewer? Viewer { get; private set; }

    /// <summary>Latest first.</summary>
    public IReadOnlyList<ImportResult> Runs { get; private set; } = [];

    public int TotalRuns { get; private set; }

    /// <summary>How far each source's records reach.</summary>
    public IReadOnlyList<(string Source, SourceReach Reach)> Reaches { get; private set; } = [];

    /// <summary>The run that is looked at; null for the list.</summary>
    public ImportResult? Run { get; private set; }

    /// <summary>The file whose rejected rows are listed.</summary>
    public ImportFileResult? File { get; private set; }

    public IReadOnlyList<RejectedRow> Rejected { get; private set; } = [];

    public int TotalRejected { get; private set; }

    /// <summary>Fetches the list, or the run of a number.</summary>
    /// <returns>False where there is no such run.</returns>
    public async Task<bool> LoadAsync(int? runId, int? fileId, CancellationToken cancellation)
    {
        Viewer = await current.GetAsync();
        Settings = await settingsStore.ReadAsync(cancellation);
        (Run, File, Rejected, TotalRejected) = (null, null, [], 0);
        if (runId is not { } id)
        {
            var page = await query.ListAsync(Viewer, 0, RunsAtOnce, cancellation);
            (Runs, TotalRuns) = (page.Rows, page.Total);
            Reaches = await query.ReachesAsync(cancellation);
            return true;
        }

        Run = await query.FindAsync(Viewer, id, cancellation);
        File = Run?.Files.FirstOrDefault(file => file.File.ImportFileId == fileId) ?? Run?.Files.FirstOrDefault(file => file.File.Rejected > 0);
        await MoreRejectedAsync(cancellation);
        return Run is not null;
    }

    public async Task MoreRunsAsync(CancellationToken cancellation)
    {
        var page = await query.ListAsync(Viewer!, Runs.Count, RunsAtOnce, cancellation);
        (Runs, TotalRuns) = ([.. Runs, .. page.Rows], page.Total);
    }

    public async Task MoreRejectedAsync(CancellationToken cancellation)
    {
        if (File is { File.ImportFileId: var id })
        {
            var page = await query.RejectedAsync(Viewer!, id, Rejected.Count, RowsAtOnce, cancellation);
            (Rejected, TotalRejected) = ([.. Rejected, .. page.Rows], page.Total);
        }
    }

    /// <summary>Scores all accounts anew over what is imported now.</summary>
    /// <returns>How many accounts got a score.</returns>
    public async Task<int> ScoreAgainAsync(CancellationToken cancellation) =>
        (await Task.Run(() => scoring.RunAsync(cancellation: cancellation), cancellation)).Scored;
}
