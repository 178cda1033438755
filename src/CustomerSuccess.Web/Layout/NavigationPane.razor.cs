using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Web.Shared.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Layout;

/// <summary>One column of links by question with what waits behind them, the way to the command menu, the reader's own menu; on a phone a bar for the thumb.</summary>
public sealed partial class NavigationPane : IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private readonly Dictionary<string, int> _counts = [];
    private IReadOnlyList<NavigationGroup> _groups = [];
    private IReadOnlyCollection<string> _areas = [];
    private Viewer? _viewer;
    private string _name = "";

    [Parameter]
    public bool IsDark { get; set; }

    private static string Other => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "en" : "ja";

    private int Unread => _counts.GetValueOrDefault("Notifications");

    private string LanguageHref => $"/language?culture={Other}&to={Uri.EscapeDataString("/" + Here.ToBaseRelativePath(Here.Uri))}";

    private string Initial => _name.Length == 0 ? "" : StringInfo.GetNextTextElement(_name).ToUpper(CultureInfo.CurrentCulture);

    private IReadOnlyList<KeyHint> GoLinks => [.. _groups.SelectMany(group => group.Links).Where(link => link.Go is not null).Select(link => new KeyHint($"g {link.Go}", Text[link.Key]))];

    protected override async Task OnInitializedAsync()
    {
        _viewer = await Current.FindAsync();
        _name = await Current.NameAsync();
        _groups = _viewer is null ? [] : [.. Navigation.For(_viewer)];
        _areas = [.. Counting.SelectMany(counting => counting.Areas).Distinct()];
        Here.LocationChanged += LocationChanged;
        if (RendererInfo.IsInteractive)
        {
            await CountAsync();
        }
    }

    public void Dispose()
    {
        Here.LocationChanged -= LocationChanged;
        _life.Cancel();
        _life.Dispose();
    }

    private async Task CountAsync()
    {
        if (_viewer is null)
        {
            return;
        }

        foreach (var counting in Counting.Where(counting => _groups.Any(group => group.Links.Any(link => link.Key == counting.Key))))
        {
            try
            {
                _counts[counting.Key] = await counting.CountAsync(_viewer, _life.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // a number that is missing is no reason to lose the navigation
                Log.LogError(error, "What waits behind {Link} could not be counted", counting.Key);
            }
        }
    }

    // the language link carries the page's address with its filters
    private void LocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(StateHasChanged);
}
