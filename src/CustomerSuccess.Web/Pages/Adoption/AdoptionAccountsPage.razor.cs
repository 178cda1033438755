using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Adoption;

/// <summary>The customers behind a mark of the adoption page.</summary>
public sealed partial class AdoptionAccountsPage
{
    [Inject]
    private AdoptionAccountsViewModel Model { get; set; } = default!;

    protected override string Path => AdoptionAccountsView.Path;

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

    protected override AdoptionAccountsView Parse(ListAddress address) => AdoptionAccountsView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, cancellation);

    private async Task<ListStretch<AdoptionAccount>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Clear() => Navigation.NavigateTo(AdoptionAccountsView.Of(View.Ask with { Group = AdoptionGroup.Using }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(AdoptionAccountsView.Of(View.Ask with { Sort = sort is null ? default : Enum.Parse<AdoptionSort>(sort.Key, ignoreCase: true), Ascending = sort is { Descending: false } }), replace: true);

    private string Count(int rows) => Text["CountOf", Format.Count(rows)];
}
