using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>What makes customers leave, by what it puts at stake; in which shape, where and since when; and who stays.</summary>
public sealed partial class DriversPage
{
    [Inject]
    private DriversViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private DriversView View { get; set; } = new();

    protected override object? Subject => View.Segment ?? "";

    private string? Answer => !IsReady ? null
        : Model.Overview is not { Run: { } run, Part: { } part } overview ? Text["AnswerNone"].Value
        : run.IsFallback ? Text["AnswerFallback"].Value
        : overview.Ranked is not [{ } first, ..] ? Text["AnswerNothing"].Value
        : Text["Answer", Words.Theme(first.Theme), Format.Money(first.AtStake, run.Currency), Format.Count(run.HorizonDays), Format.Count(first.Raised), Format.Count(part.Accounts)].Value;

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(
            DriversView.SegmentKey, Text["Segment"],
            [.. (Model.Overview?.Segments ?? []).Select(part => new FilterChoice(part.Segment ?? RetentionScope.Unknown, Words.Segment(part.Segment), part.Accounts))],
            View.Segment),
    ];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = DriversView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View.Segment, cancellation);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    // a value alone that changes in the address is no parameter of the page
    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == DriversView.Path && DriversView.Parse(address) != View)
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }
    }

    private string Count(int accounts) => Text["Customers", Format.Count(accounts)];

    private void Go(string address) => Navigation.NavigateTo(address);
}
