using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>The customers behind a share of stayers.</summary>
public sealed partial class StaysPage
{
    [Inject]
    private StaysViewModel Model { get; set; } = default!;

    protected override string Path => StaysView.Path;

    private string Currency => Model.Overview?.Run?.Currency ?? "";

    private string Back => new DriversView(Attribute: View.Ask.Attribute).ToAddress();

    private string Title => Text[View.Ask.Stayed switch { true => "StaysListStayed", false => "StaysListLeft", _ => "StaysList" }, Words.Feature(View.Ask.Attribute), Words.Level(View.Ask.Value)];

    private string? Answer => !IsReady || Model.Page is not { } page || Model.Overview is not { StaysFrom: { } from, StaysTo: { } to } ? null
        : Text["StaysListAnswer", Format.Count(page.Total), Format.Money(page.Mrr, Currency), Format.Day(from), Format.Day(to)].Value;

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(StaysView.FateKey, Text["Fate"], [new("stayed", Text["Fate_Stayed"]), new("left", Text["Fate_Left"])], View.Ask.Stayed switch { true => "stayed", false => "left", _ => null }),
    ];

    protected override StaysView Parse(ListAddress address) => StaysView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, cancellation);

    private async Task<ListStretch<StayAccount>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Clear() => Navigation.NavigateTo(StaysView.Of(View.Ask with { Stayed = null }), replace: true);

    private string Count(int rows) => Text["Customers", Format.Count(rows)];
}
