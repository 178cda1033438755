using System.Globalization;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>Whom to contact today, and why: accounts by what a minute spent on them is worth.</summary>
public sealed partial class RiskQueuePage
{
    private DataList<RiskQueueRow>? _list;
    private bool _mayImport;
    private bool _maySeeModels;

    [Inject]
    private RiskQueueViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

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

    private async Task<ListStretch<RiskQueueRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var before = (Model.Run, Model.Total);
        var rows = await Model.LoadAsync(request.Offset, request.Limit, cancellation);
        if (before != (Model.Run, Model.Total))
        {
            StateHasChanged();
        }

        return new(rows, Model.Total ?? 0);
    }

    private ListSort? Sort => Model.View is { Sort: QueueSort.Rank, Descending: false } ? null : new(Model.View.Sort.ToString().ToLowerInvariant(), Model.View.Descending);

    private static string Key(int accountNo) => accountNo.ToString(CultureInfo.InvariantCulture);

    private void Order(ListSort? sort) => Change(sort is null
        ? Model.View with { Sort = QueueSort.Rank, Descending = false }
        : Model.View with { Sort = Enum.Parse<QueueSort>(sort.Key, ignoreCase: true), Descending = sort.Descending });

    private void Clear() => Change(Model.View with { Filter = new() });

    private void Change(RiskQueueView view)
    {
        Model.View = view;
        Navigation.NavigateTo(view.ToAddress(), replace: true);
    }

    private Task ReloadAsync() => _list?.ReloadAsync() ?? Task.CompletedTask;

    /// <summary>The queue's address with a row selected, so that coming back finds it marked.</summary>
    private string Here(RiskQueueRow row) => (Model.View with { Selected = row.AccountNo }).ToAddress();

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
