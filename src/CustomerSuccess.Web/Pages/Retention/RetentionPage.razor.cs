using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>Whether customers and revenue are kept, by the definitions that finance has too.</summary>
public sealed partial class RetentionPage
{
    [Inject]
    private RetentionViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private RetentionView View { get; set; } = new();

    protected override object? Subject => View;

    private string? Answer => !IsReady ? null
        : Model.Overview?.Year is not { } year ? Text["AnswerNone"].Value
        : year is { Yearly: { } kept } ? Text["Answer", Format.Percent(kept.Net), Format.Percent(kept.Gross), Format.Percent(kept.Logo), Format.Count(year.AccountsYearBefore), Format.Day(year.Period.End)].Value
        : Text["AnswerYoung", Format.Count(year.Accounts), Format.Day(year.Period.End)].Value;

    private IReadOnlyList<LinkTabs.Tab> Tabs => [.. Enum.GetValues<RetentionTab>().Select(part => new LinkTabs.Tab(part.ToString().ToLowerInvariant(), Text["Part_" + part], (View with { Part = part }).ToAddress()))];

    protected override Task OnParametersSetAsync()
    {
        View = RetentionView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    // a value alone that changes in the address is no parameter of the page
    private void Moved(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == RetentionView.Path && RetentionView.Parse(address) != View)
        {
            _ = InvokeAsync(OnParametersSetAsync);
        }
    }

    private string Count(int accounts) => Text["Paying", Format.Count(accounts)];

    private string File => View.Address(RetentionView.Path + "/export.csv").ToString();

    private void Go(string address) => Navigation.NavigateTo(address);
}
