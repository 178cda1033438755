using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>The accounts behind a mark of the drivers' page.</summary>
public sealed partial class DriverAccountsPage
{
    [Inject]
    private DriverAccountsViewModel Model { get; set; } = default!;

    protected override string Path => DriverAccountsView.Path;

    protected override object? Subject => View.Ask with { Sort = default, Ascending = false };

    private bool IsFallback => Model.Run?.IsFallback == true;

    private string Currency => Model.Run?.Currency ?? "";

    private string Back => new DriversView(View.Ask.Segment, View.Ask.Theme).ToAddress();

    private string Title => View.Ask.Theme is not { } theme ? Text["ListAll"]
        : Text[View.Ask.Feature is not null ? "ListOf" : View.Ask.Lowered ? "ListLowered" : "ListRaised", Words.Theme(theme)];

    private string? Answer => !IsReady || Model.Page is not { } page ? null
        : Narrowed + (page.AtStake is { } stake ? Text["ListAnswerStake", Format.Count(page.Total), Format.Money(page.Mrr, Currency), Format.Money(stake, Currency)] : Text["ListAnswer", Format.Count(page.Total), Format.Money(page.Mrr, Currency)])
            + (View.Ask.AsOf is { } day ? Text["ListAsOf", Format.Day(day)].Value : "");

    private string Narrowed => View.Ask is { Feature: { } feature, Place: { } place } && Shape is { } shape ? Text["ListWhere", Words.Feature(feature), Words.Interval(shape, place, Currency)]
        : View.Ask is { Feature: { } dense, Bar: { } bar } && Shape is { } drawn ? Text["ListWhere", Words.Feature(dense), Words.Bar(drawn, bar, Currency)] : "";

    private FeatureShape? Shape => Model.Overview?.Shapes.FirstOrDefault(shape => shape.Feature == View.Ask.Feature);

    private string ValueTitle => View.Ask.Feature is { } feature ? Words.Feature(feature) : Text["Value"];

    private ListSort? Sort => View.Ask is { Sort: DriverSort.Stake, Ascending: false } ? null : new(View.Ask.Sort.ToString().ToLowerInvariant(), !View.Ask.Ascending);

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(DriversView.SegmentKey, Text["Segment"], [.. (Model.Overview?.Segments ?? []).Select(part => new FilterChoice(part.Segment ?? RetentionScope.Unknown, Words.Segment(part.Segment)))], View.Ask.Segment),
    ];

    protected override DriverAccountsView Parse(ListAddress address) => DriverAccountsView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, cancellation);

    private async Task<ListStretch<DriverAccount>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Clear() => Navigation.NavigateTo(DriverAccountsView.Of(View.Ask with { Segment = null }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(DriverAccountsView.Of(View.Ask with { Sort = sort is null ? default : Enum.Parse<DriverSort>(sort.Key, ignoreCase: true), Ascending = sort is { Descending: false } }), replace: true);

    private string Count(int rows) => Text["Customers", Format.Count(rows)];
}
