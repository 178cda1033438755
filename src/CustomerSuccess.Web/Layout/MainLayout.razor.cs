using CustomerSuccess.Web.Shared.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace CustomerSuccess.Web.Layout;

/// <summary>Navigation beside the page.</summary>
public sealed partial class MainLayout : IDisposable
{
    private readonly MudTheme _theme = Theme.Create();
    private ErrorBoundary? _boundary;
    private bool _dark;

    [CascadingParameter]
    private Appearance? Appearance { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private CommandDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string SkipHref => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0] + "#content";

    protected override void OnInitialized()
    {
        _dark = Appearance?.IsDark ?? false;
        Desk.AppearanceAsked += ToggleThemeAsync;
    }

    public void Dispose() => Desk.AppearanceAsked -= ToggleThemeAsync;

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // what the reader did before the circuit stood is repeated now
            await Script.InvokeVoidAsync("shell.interactive");
        }
    }

    private void Recover() => _boundary?.Recover();

    private async Task ToggleThemeAsync()
    {
        _dark = !_dark;
        await InvokeAsync(StateHasChanged);
        await Script.InvokeVoidAsync("shell.setTheme", _dark ? "dark" : "light");
    }
}
