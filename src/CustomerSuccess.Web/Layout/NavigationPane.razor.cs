using System.Globalization;
using CustomerSuccess.Core.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Layout;

/// <summary>One column of links by question, then appearance, language and sign-out.</summary>
public sealed partial class NavigationPane : IDisposable
{
    private IReadOnlyList<NavigationGroup> _groups = [];
    private Viewer? _viewer;
    private string _name = "";

    [Parameter]
    public bool IsDark { get; set; }

    [Parameter]
    public EventCallback ThemeToggled { get; set; }

    private static string Other => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "en" : "ja";

    private string LanguageHref => $"/language?culture={Other}&to={Uri.EscapeDataString("/" + Here.ToBaseRelativePath(Here.Uri))}";

    private string Initial => _name.Length == 0 ? "" : StringInfo.GetNextTextElement(_name).ToUpper(CultureInfo.CurrentCulture);

    protected override async Task OnInitializedAsync()
    {
        _viewer = await Current.FindAsync();
        _name = await Current.NameAsync();
        _groups = _viewer is null ? [] : [.. Navigation.For(_viewer)];
        Here.LocationChanged += LocationChanged;
    }

    public void Dispose() => Here.LocationChanged -= LocationChanged;

    // the language link carries the page's address with its filters
    private void LocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(StateHasChanged);
}
