using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Imports;

/// <summary>Brings files in, and shows what became of every row.</summary>
public sealed partial class ImportsPage
{
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

    private string? Answer => !IsReady || _unknown ? null
        : View.Run is { } run ? RunAnswer(run)
        : View.Runs is [var latest, ..] ? Text["AnswerList", Format.Count(View.TotalRuns), Format.Instant(latest.Run.StartedAt, View.Settings.TimeZone)].Value
        : Text["AnswerNone"].Value;

    protected override object Subject => (Run, File);

    protected override async Task ReadAsync(CancellationToken cancellation) => _unknown = !await View.LoadAsync(Run, File, cancellation);

    private string RunAnswer(ImportResult run)
    {
        var rejected = run.Files.Sum(file => file.File.Rejected);
        var read = Format.Count(run.Files.Sum(file => file.File.RowsRead));
        return run.FailedAny ? Text["AnswerFailed", Format.Count(run.Files.Count(file => file.File.Status == ImportStatus.Failed)), Format.Count(run.Files.Count)]
            : rejected > 0 ? Text["AnswerRejected", Format.Count(rejected), read]
            : Text["AnswerAllTaken", read];
    }

    private void ShowAsync(int run) => Navigation.NavigateTo($"/imports?run={run.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    private Task MoreRunsAsync() => WorkAsync(() => View.MoreRunsAsync(Leaving));

    private Task MoreRejectedAsync() => WorkAsync(() => View.MoreRejectedAsync(Leaving));
}
