using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>Whom to contact today, and why: accounts by what a minute spent on them is worth.</summary>
public sealed partial class RiskQueuePage
{
    private MudDataGrid<RiskQueueRow>? _grid;
    private bool _mayImport;
    private bool _maySeeModels;

    [Inject]
    private RiskQueueViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private bool IsFallback => Model.Run?.IsFallback ?? false;

    private string Currency => Model.Run?.Currency ?? Model.Settings.Currency;

    private string? Answer => Model.Run is { } run
        ? Text[run.Leaving > 0 ? "AnswerWithLeaving" : "Answer", Format.Count(run.Scored), Format.Day(run.AsOf), Format.Count(run.Leaving)].Value
        : null;

    /// <summary>The page of an account.</summary>
    public static string Address(RiskQueueRow row) =>
        $"/accounts/{Uri.EscapeDataString(row.AccountId)}" + (row.Namespace.Length > 0 ? $"?ns={Uri.EscapeDataString(row.Namespace)}" : "");

    protected override void OnInitialized() => Model.View = RiskQueueView.Parse(new Uri(Navigation.Uri).Query);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        _mayImport = viewer.IsIn(PageRoles.Imports.Split(',')) && Web.Layout.Navigation.Leads("/imports");
        _maySeeModels = viewer.IsIn(PageRoles.Models.Split(',')) && Web.Layout.Navigation.Leads("/models");
        await Model.StartAsync(cancellation);
    }

    private async Task<GridData<RiskQueueRow>> LoadAsync(GridStateVirtualize<RiskQueueRow> state, CancellationToken cancellation)
    {
        try
        {
            var before = (Model.Run, Model.Total);
            var rows = await Model.LoadAsync(state.StartIndex, state.Count, cancellation);
            if (before != (Model.Run, Model.Total))
            {
                StateHasChanged();
            }

            return new GridData<RiskQueueRow> { Items = rows, TotalItems = Model.Total ?? 0 };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Fail(error);
            return new GridData<RiskQueueRow> { Items = [], TotalItems = 0 };
        }
    }

    private Task SortAsync(QueueSort sort) => ChangeAsync(Model.View.SortedBy(sort));

    private Task ClearAsync() => ChangeAsync(Model.View with { Filter = new() });

    private async Task ChangeAsync(RiskQueueView view)
    {
        Model.View = view;
        Navigation.NavigateTo(view.ToAddress(), replace: true);
        await ReloadAsync();
    }

    private Task ReloadAsync() => _grid?.ReloadServerData() ?? Task.CompletedTask;

    private async Task OpenAsync(DataGridRowClickEventArgs<RiskQueueRow> click)
    {
        await Script.InvokeVoidAsync("shell.replaceAddress", Here(click.Item));
        Navigation.NavigateTo(Address(click.Item));
    }

    /// <summary>The queue's address with a row selected, so that coming back finds it marked. The browser itself puts it there: a navigation of ours would race the link's.</summary>
    private string Here(RiskQueueRow row) => (Model.View with { Selected = row.AccountNo }).ToAddress();

    private string RowClass(RiskQueueRow row, int index) => row.AccountNo == Model.View.Selected ? "queue-row selected" : "queue-row";

    private string TopReason(RiskQueueRow row) =>
        row.Drivers.FirstOrDefault(driver => driver.Points > 0) is { } driver ? Drivers.Sentence(driver, Currency) : Text["NoReason"];

    private string FallbackText(RunSummary run) => run.FallbackReason switch
    {
        "too_few_outcomes" => Text["FallbackTooFew", Format.Count(run.FallbackOutcomes ?? 0)],
        "no_skill" => Text["FallbackNoSkill"],
        "damaged_model" => Text["FallbackDamaged"],
        "no_better_than_rules" => Text["FallbackRules"],
        _ => Text["FallbackNoModel"],
    };
}
