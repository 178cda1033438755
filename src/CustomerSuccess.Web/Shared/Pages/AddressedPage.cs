using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Shared.Pages;

/// <summary>A page whose view stands in its address: another address on the same path shows another view, and the address of a view shows the same again.</summary>
/// <typeparam name="TView">What the page shows, compared by value.</typeparam>
public abstract class AddressedPage<TView> : DataPage
    where TView : class
{
    private TView? _view;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>What the address asks for.</summary>
    protected TView View => _view ??= Parse(ListAddress.Parse(Navigation.Uri));

    protected override object? Subject => View;

    /// <summary>Where the page lies.</summary>
    protected abstract string Path { get; }

    /// <summary>Reads a view out of an address; what the address says wrongly is left out.</summary>
    protected abstract TView Parse(ListAddress address);

    /// <summary>Shows another view.</summary>
    protected void Go(string address) => Navigation.NavigateTo(address);

    /// <summary>Narrows what is shown, or widens it, in the view's place in the browser's history.</summary>
    protected void Change(FilterChange change) => Navigation.NavigateTo(ListAddress.Parse(Navigation.Uri).With(change).ToString(), replace: true);

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        _view = Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

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
        if (address.Path == Path && !Parse(address).Equals(_view))
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }
    }
}
