using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Reports;

/// <summary>Any measure by any dimension, under a name where somebody wants to see it again.</summary>
public sealed partial class ReportsPage
{
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private bool _saving, _shared;
    private string? _name;

    /// <summary>The number of a saved report, where a link names it alone.</summary>
    [Parameter]
    public int? No { get; set; }

    [Inject]
    private ReportsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ReportView View { get; set; } = new(ReportDefinition.Usual);

    protected override object? Subject => (View, No);

    private ReportEntry? Entry => View.Saved is { } no ? Model.Saved.FirstOrDefault(entry => entry.Report.ReportNo == no) : null;

    private bool IsChanged => Entry is { } entry && entry.Report.Definition != View.Definition;

    private string? Answer => !IsReady || Model.Table is not { Lack: null } table ? null
        : table.Whole is { } whole && whole.Value is not null ? Text["Answer", Words.Measure(table.Definition.Measure), Words.Written(table.Definition.Facts, whole, table.Currency), Words.Period(table.Period), Words.Hint(table.Definition.Facts, whole)].Value
        : Text["AnswerRows", Words.Title(table.Definition), Format.Count(table.Rows.Count), Words.Period(table.Period)].Value;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = ReportView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        if (No is { } no && await Model.FindAsync(no, cancellation) is { } entry)
        {
            Navigation.NavigateTo(new ReportView(entry.Report.Definition, no).ToAddress(), replace: true);
            return;
        }

        await Model.LoadAsync(View, cancellation);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == ReportView.Path && ReportView.Parse(address) != View)
        {
            No = null;
            _ = InvokeAsync(OnParametersSetAsync);
        }
    }

    private void Go(string address) => Navigation.NavigateTo(address);

    private void Ask() => (_saving, _name, _shared, _problems) = (true, Entry is null ? Words.Title(View.Definition) : null, false, new Dictionary<string, string>());

    private async Task SaveAsync(Submission sent)
    {
        var result = await Model.SaveAsync(new(null, 0, _name, View.Definition, _shared), Leaving);
        _problems = result.Problems;
        if (Teller.Tell(result, Text["Saved", _name ?? ""]))
        {
            _saving = false;
            sent.Saved();
            Go((View with { Saved = result.Value!.ReportNo }).ToAddress());
        }
    }

    private Task UpdateAsync() => WorkAsync(async () =>
    {
        var entry = Entry!;
        Teller.TellAll(await Model.SaveAsync(new(entry.Report.ReportNo, entry.Report.Version, entry.Report.Name, View.Definition, entry.Report.IsShared), Leaving), Text["Saved", entry.Report.Name]);
        await LoadAsync();
    });

    private Task DeleteAsync(ReportEntry entry) => WorkAsync(async () =>
    {
        Teller.TellAll(await Model.SetDeletedAsync(entry.Report.ReportNo, true, Leaving), Text["Deleted", entry.Report.Name], async () =>
        {
            await Model.SetDeletedAsync(entry.Report.ReportNo, false, CancellationToken.None);
            await LoadAsync();
        });
        await LoadAsync();
    });
}
