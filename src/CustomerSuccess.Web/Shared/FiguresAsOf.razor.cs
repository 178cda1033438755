using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Pages;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared;

/// <summary>
/// Says of which moment a page's figures are where facts came since, and has the page read anew, in sight, once these are in them; a list, in which somebody reads on, is left to its reader.
/// Where figures are those of now it draws nothing.
/// </summary>
public sealed partial class FiguresAsOf : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private readonly ReaderLanguage _language = new();
    private IDisposable? _listening;
    private FiguresState? _state;
    private bool _isRead, _isReady;

    /// <summary>The page that shows the figures.</summary>
    [Parameter, EditorRequired]
    public DataPage Page { get; set; } = default!;

    /// <summary>True where the page is read anew by itself.</summary>
    [Parameter]
    public bool Follows { get; set; } = true;

    [Inject]
    private CompanyBooks Books { get; set; } = default!;

    public void Dispose()
    {
        _listening?.Dispose();
        if (!_life.IsCancellationRequested)
        {
            _life.Cancel();
            _life.Dispose();
        }
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _listening = Books.Listen(() => _ = FollowAsync());
        }
    }

    /// <summary>What was read last is asked about once, when the page has it.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        if (Page.Loading)
        {
            _isRead = false;
        }
        else if (!_isRead)
        {
            (_isRead, _isReady) = (true, false);
            await AskAsync();
        }
    }

    private async Task AskAsync()
    {
        if (_life.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _state = await Books.StateAsync(_life.Token);
        }
        catch (OperationCanceledException)
        {
            // the reader has left
        }
    }

    /// <summary>Other figures stand: a page whose own were behind, or are still being read, reads anew.</summary>
    private Task FollowAsync() => _life.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(() => _language.RunAsync(async () =>
    {
        if (_life.IsCancellationRequested || !(Page.Loading || _state is { IsBehind: true }))
        {
            return;
        }

        if (Page.Loading)
        {
            _state = null;
            await Page.LoadAsync();
        }
        else if (Follows)
        {
            // what somebody looks at is not taken out of sight for figures that hardly differ
            await Page.ReadInSightAsync();
            await AskAsync();
            StateHasChanged();
        }
        else
        {
            _isReady = true;
            StateHasChanged();
        }
    }));
}
