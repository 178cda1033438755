using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>The customers behind an association between service and leaving.</summary>
public sealed partial class ServiceAccountsPage
{
    [Inject]
    private ServiceAccountsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ServiceAccountsView? View { get; set; }

    protected override object? Subject => View;

    private string Title => View?.Ask is not { } ask ? Text["Title"] : Text[ask.Had ? "ListHad" : "ListHadNot", Text["Experience_" + ask.Experience]];

    private string? Answer => !IsReady || Model.Page is not { } page ? null : Text["AccountsAnswer", Format.Count(page.Total), Format.Count(page.Accounts)].Value;

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(ServiceAccountsView.LeftKey, Text["HasLeft"], [new("1", Text["LeftState"]), new("0", Text["StayedState"])], View!.Ask.Left switch { true => "1", false => "0", _ => null }),
    ];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = ServiceAccountsView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => View is { } view ? Model.StartAsync(view.Ask, cancellation) : Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    private static string KeyOf(ServiceAccountRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.Day:O}");

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == ServiceAccountsView.Path && ServiceAccountsView.Parse(address) != View)
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }
    }

    private async Task<ListStretch<ServiceAccountRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View!.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Change(FilterChange change) => Navigation.NavigateTo(ListAddress.Parse(Navigation.Uri).With(change).ToString(), replace: true);

    private void Clear() => Navigation.NavigateTo(ServiceAccountsView.Of(View!.Ask with { Left = null }), replace: true);

    private string Count(int rows) => Text["RowsCount", Format.Count(rows)];

    private string File => ServiceAccountsView.Address(View!.Ask, ServiceAccountsView.Path + "/export.csv").ToString();
}
