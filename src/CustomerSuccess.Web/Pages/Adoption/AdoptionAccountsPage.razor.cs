using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Adoption;

/// <summary>The customers behind a mark of the adoption page.</summary>
public sealed partial class AdoptionAccountsPage
{
    [Inject]
    private AdoptionAccountsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private AdoptionAccountsView View { get; set; } = new(new AdoptionAsk(""));

    protected override object? Subject => View.Ask with { Sort = default, Ascending = false };

    private string Back => new AdoptionView(View.Ask.Metric).ToAddress();

    private string Title =>
        View.Ask.MonthsAgo is { } months && Model.Overview?.Head is { } head ? Text["ListMonth", View.Ask.Metric, Format.Month(head.AsOf.AddMonths(-months))]
        : View.Ask.With is { } other ? Text["ListWith", View.Ask.Metric, other]
        : Text["List_" + View.Ask.Group, View.Ask.Metric];

    private string? Answer => !IsReady || Model.Page is not { } page ? null : Text["ListAnswer", Format.Count(page.Total), Format.Money(page.Mrr, Model.Overview?.Currency ?? "")].Value;

    private ListSort? Sort => View.Ask is { Sort: AdoptionSort.Uses, Ascending: false } ? null : new(View.Ask.Sort.ToString().ToLowerInvariant(), !View.Ask.Ascending);

    private IReadOnlyList<Filter> Filters => View.Ask.MonthsAgo is not null ? [] :
    [
        new ChoiceFilter(AdoptionAccountsView.GroupKey, Text["Group"], [.. Enum.GetValues<AdoptionGroup>().Select(group => new FilterChoice(group.ToString().ToLowerInvariant(), Text["Group_" + group]))], View.Ask.Group == AdoptionGroup.Using ? null : View.Ask.Group.ToString().ToLowerInvariant()),
    ];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = AdoptionAccountsView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, cancellation);

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
        if (address.Path == AdoptionAccountsView.Path && AdoptionAccountsView.Parse(address) != View)
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }
    }

    private async Task<ListStretch<AdoptionAccount>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Change(FilterChange change) => Navigation.NavigateTo(ListAddress.Parse(Navigation.Uri).With(change).ToString(), replace: true);

    private void Clear() => Navigation.NavigateTo(AdoptionAccountsView.Of(View.Ask with { Group = AdoptionGroup.Using }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(AdoptionAccountsView.Of(View.Ask with { Sort = sort is null ? default : Enum.Parse<AdoptionSort>(sort.Key, ignoreCase: true), Ascending = sort is { Descending: false } }), replace: true);

    private string Count(int rows) => Text["CountOf", Format.Count(rows)];
}
