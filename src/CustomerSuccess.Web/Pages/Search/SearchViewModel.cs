using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Search;

/// <summary>What the search page shows.</summary>
public sealed class SearchViewModel(SearchQuery query, SettingsStore settings, CurrentViewer current)
{
    /// <summary>What was found last; null before the first answer and where nothing is looked for.</summary>
    public SearchResult? Result { get; private set; }

    public string TimeZone { get; private set; } = "UTC";

    public async Task ReadAsync(SearchRequest request, int rows, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        TimeZone = (await settings.ReadAsync(cancellation)).TimeZone;
        var found = string.IsNullOrWhiteSpace(request.Words) ? null : await query.FindAsync(viewer, request, rows, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Result = found;
    }
}
