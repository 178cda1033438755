using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Web.Pages.Start;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CustomerSuccess.Web.Pages.Imports;

/// <summary>Choose files, look at their first rows, import them.</summary>
public sealed partial class UploadCard : IDisposable
{
    /// <summary>An import came to its end; its run's number.</summary>
    [Parameter]
    public EventCallback<int> Imported { get; set; }

    [Inject]
    private UploadViewModel View { get; set; } = default!;

    [Inject]
    private DemoMark Demo { get; set; } = default!;

    [Inject]
    private LeaveDemo LeaveDemo { get; set; } = default!;

    private bool _askDemo;
    private bool _mayDiscard;

    private bool IsBusy => View.State is UploadState.Receiving or UploadState.Looking or UploadState.Importing;

    private string? Detail => View.Progress is { File: { } file } progress
        ? Text[progress.Phase == ImportPhase.Applying ? "RowsApplied" : "RowsRead", file, Format.Count(progress.Phase == ImportPhase.Applying ? progress.RowsApplied : progress.RowsRead)].Value
        : null;

    protected override void OnInitialized() => View.Changed += Redraw;

    public void Dispose()
    {
        View.Changed -= Redraw;
        View.Dispose();
    }

    private void Redraw() => InvokeAsync(StateHasChanged);

    private Task ReceiveAsync(InputFileChangeEventArgs e) => View.ReceiveAsync(e.GetMultipleFiles(UploadViewModel.MostFiles));

    /// <summary>Real data beside the demo's would be learned from together: the reader decides first.</summary>
    private async Task ImportAsync()
    {
        if (await Demo.ReadAsync() != DemoState.Present)
        {
            await ImportNowAsync();
            return;
        }

        _mayDiscard = await LeaveDemo.MayAsync();
        _askDemo = true;
    }

    private async Task DiscardThenImportAsync()
    {
        _askDemo = false;
        if (await LeaveDemo.DiscardAsync())
        {
            await ImportNowAsync();
        }
    }

    private async Task ImportNowAsync()
    {
        _askDemo = false;
        if (await View.ImportAsync() is { } run)
        {
            await Imported.InvokeAsync(run);
        }
    }
}
