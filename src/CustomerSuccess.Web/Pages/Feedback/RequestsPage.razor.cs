using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What customers ask of the product, with who is behind it.</summary>
public sealed partial class RequestsPage
{
    public const string Path = "/feedback/requests";

    private static readonly string[] Areas = [JournalAreas.ProductRequest];

    private IReadOnlyList<RequestLine> _requests = [];
    private ThemeSet _themes = new([]);
    private CompanySettings _settings = new();
    private RequestDraft? _dialog;
    private bool _mayWrite;

    [Inject]
    private RequestBook Book { get; set; } = default!;

    [Inject]
    private ThemeBook Themes { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Answer
    {
        get
        {
            var open = _requests.Where(line => line.Request.Status is not (RequestStatus.Shipped or RequestStatus.Declined)).ToList();
            return open.Count == 0 ? Text["RequestsNone"] : open[0].Accounts == 0 ? Text["RequestsAnswerNobody", Format.Count(open.Count)] : Text["RequestsAnswer", Format.Count(open.Count), open[0].Request.Title, Format.Count(open[0].Accounts), Format.Money(open[0].Mrr, _settings.Currency)];
        }
    }

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        _mayWrite = ThemeBook.MayWrite(viewer);
        _settings = await Settings.ReadAsync(cancellation);
        _themes = await Themes.ReadAsync(cancellation);
        _requests = await Book.ListAsync(viewer, cancellation);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _requests = await Book.ListAsync(await Current.GetAsync(), Leaving);
            StateHasChanged();
        }
    }

    private void Leave(ProductRequest request)
    {
        _dialog = null;
        Navigation.NavigateTo(RequestPage.Of(request.RequestId));
    }
}
