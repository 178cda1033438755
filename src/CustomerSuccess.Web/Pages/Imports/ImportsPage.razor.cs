using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Imports;

/// <summary>Brings files in, and shows what became of every row.</summary>
public sealed partial class ImportsPage : IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private (int? Run, int? File)? _shown;
    private bool _loading = true;
    private bool _failed;
    private bool _unknown;

    /// <summary>The run that is looked at; absent for the list.</summary>
    [SupplyParameterFromQuery(Name = "run")]
    public int? Run { get; set; }

    /// <summary>The file whose rejected rows are listed.</summary>
    [SupplyParameterFromQuery(Name = "file")]
    public int? File { get; set; }

    [Inject]
    private ImportsViewModel View { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ILogger<ImportsPage> Log { get; set; } = default!;

    private string? Answer => _loading || _failed || _unknown ? null
        : View.Run is { } run ? RunAnswer(run)
        : View.Runs is [var latest, ..] ? Text["AnswerList", Format.Count(View.TotalRuns), Format.Instant(latest.Run.StartedAt, View.Settings.TimeZone)].Value
        : Text["AnswerNone"].Value;

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && _shown != (Run, File))
        {
            _shown = (Run, File);
            await LoadAsync();
        }
    }

    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    private string RunAnswer(ImportResult run)
    {
        var rejected = run.Files.Sum(file => file.File.Rejected);
        var read = Format.Count(run.Files.Sum(file => file.File.RowsRead));
        return run.FailedAny ? Text["AnswerFailed", Format.Count(run.Files.Count(file => file.File.Status == ImportStatus.Failed)), Format.Count(run.Files.Count)]
            : rejected > 0 ? Text["AnswerRejected", Format.Count(rejected), read]
            : Text["AnswerAllTaken", read];
    }

    private async Task LoadAsync()
    {
        _failed = false;
        try
        {
            _unknown = !await View.LoadAsync(Run, File, _life.Token);
            _loading = false;
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Log.LogError(error, "The imports could not be read");
            (_loading, _failed) = (false, true);
        }
    }

    private void ShowAsync(int run) => Navigation.NavigateTo($"/imports?run={run.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    private Task MoreRunsAsync() => View.MoreRunsAsync(_life.Token);

    private Task MoreRejectedAsync() => View.MoreRejectedAsync(_life.Token);
}
