using System.Globalization;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>A page with one of the queues: what it shows stands in its address; a plain address opens the view that the reader wants to see first.</summary>
public abstract class QueuePage : DataPage
{
    /// <summary>Changes by colleagues that rows show.</summary>
    public static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Suggestion, JournalAreas.Account, JournalAreas.Score, JournalAreas.Handover, JournalAreas.Capacity, JournalAreas.Import];

    public static readonly IReadOnlyCollection<string> ViewAreas = [JournalAreas.View];

    private QueueRows? _rows;

    [Inject]
    public RiskQueueViewModel Model { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected CurrentViewer Current { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<RiskQueuePage> Text { get; set; } = default!;

    /// <summary>Which queue.</summary>
    public abstract QueueList List { get; }

    public bool IsFallback => Model.Run?.IsFallback ?? false;

    public string Currency => Model.Run?.Currency ?? Model.Settings.Currency;

    protected bool MayImport { get; private set; }

    protected bool MaySeeModels { get; private set; }

    protected bool NothingScored => IsReady && Model is { Run: null, Total: not null };

    /// <summary>The page of an account.</summary>
    public static string Address(RiskQueueRow row) =>
        AccountAddress.Of(row.AccountId, row.Namespace);

    public static string Key(int accountNo) => accountNo.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is shown now, to be kept as a view: with the columns that stand on the screen.</summary>
    public string SavedQuery => (Model.View with { Columns = Model.View.Columns ?? (_rows is { ColumnKeys: { Count: > 0 } keys } ? string.Join(',', keys) : null) }).Query;

    /// <summary>Shows something else.</summary>
    public void Change(RiskQueueView view)
    {
        Model.View = view;
        Navigation.NavigateTo(view.ToAddress(), replace: true);
        StateHasChanged();
    }

    /// <summary>The queue's address with a row selected, so that coming back finds it marked.</summary>
    public string Here(RiskQueueRow row) => (Model.View with { Selected = row.AccountNo }).ToAddress();

    /// <summary>A stretch of rows, and what the page says of all of them.</summary>
    public async Task<ListStretch<RiskQueueRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var before = (Model.Run, Model.Total);
        var rows = await Model.LoadAsync(request.Offset, request.Limit, cancellation);
        if (before != (Model.Run, Model.Total))
        {
            StateHasChanged();
        }

        return new(rows, Model.Total ?? 0);
    }

    /// <summary>The views were changed: by the reader or by a colleague.</summary>
    public async Task ReadViewsAsync()
    {
        await Model.ReadViewsAsync(Leaving);
        StateHasChanged();
    }

    internal void Holds(QueueRows rows) => _rows = rows;

    protected override void OnInitialized()
    {
        Model.View = RiskQueueView.Parse(new Uri(Navigation.Uri).Query, List);
        Navigation.LocationChanged += Follow;
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Follow;
        base.Dispose(disposing);
    }

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        MayImport = viewer.IsIn(PageRoles.Imports.Split(',')) && Web.Layout.Navigation.Leads("/imports");
        MaySeeModels = viewer.IsIn(PageRoles.Models.Split(',')) && Web.Layout.Navigation.Leads("/models");
        await Model.StartAsync(cancellation);
        if (Model.View == new RiskQueueView { Filter = new() { List = List } } && Model.Views.FirstOrDefault(entry => entry.IsDefault) is { } first)
        {
            Change(RiskQueueView.Of(first.View));
        }
    }

    protected override Task ReadRestAsync(CancellationToken cancellation) => ReadLoadAsync();

    /// <summary>What colleagues did, and what the reader did: rows and minutes are read anew where they stand.</summary>
    protected async Task FollowAsync()
    {
        Model.Forget();
        await (_rows?.ReloadAsync() ?? Task.CompletedTask);
        await ReadLoadAsync();
    }

    protected string FallbackText(RunSummary run) => run.FallbackReason switch
    {
        "too_few_outcomes" => Text["FallbackTooFew", Format.Count(run.FallbackOutcomes ?? 0)],
        "no_skill" => Text["FallbackNoSkill"],
        "damaged_model" => Text["FallbackDamaged"],
        "no_better_than_rules" => Text["FallbackRules"],
        _ => Text["FallbackNoModel"],
    };

    private async Task ReadLoadAsync()
    {
        if (List == QueueList.Risk)
        {
            await Model.ReadLoadAsync(Leaving);
            StateHasChanged();
        }
    }

    /// <summary>A link led to another view of this list, or the reader went back to one.</summary>
    private void Follow(object? sender, LocationChangedEventArgs moved)
    {
        var uri = new Uri(moved.Location);
        if (uri.AbsolutePath == RiskQueueView.PathOf(List) && RiskQueueView.Parse(uri.Query, List) is var view && view != Model.View)
        {
            Model.View = view;
            _ = InvokeAsync(StateHasChanged);
        }
    }
}
