using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Says who else has the record open, and who writes; tells others that this reader does.</summary>
public sealed partial class PresenceBar
{
    /// <summary>How often it is looked who else is there.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly ReaderLanguage _language = new();
    private readonly CancellationTokenSource _life = new();
    private readonly string _page = Guid.NewGuid().ToString("N");
    private IReadOnlyList<PresentReader> _others = [];
    private PresenceAt? _at;
    private IDisposable? _listening;
    private DateTimeOffset _told;
    private DateTimeOffset _typed = DateTimeOffset.MinValue;
    private bool _toldTyping;

    [Parameter, EditorRequired]
    public PresenceAt At { get; set; } = default!;

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = default!;

    /// <summary>As colleagues know the viewer.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Inject]
    private PresenceBoard Board { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<PresenceBar> Log { get; set; } = default!;

    /// <summary>The reader types. Called often; the others hear of it once.</summary>
    public void Typed()
    {
        _typed = Clock.GetUtcNow();
        if (!_toldTyping)
        {
            _ = InvokeAsync(TellAsync);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_at == At || !RendererInfo.IsInteractive)
        {
            return;
        }

        var first = _at is null;
        await LeaveAsync();
        _at = At;
        _listening = Board.Listen(At, _page, () => _ = InvokeAsync(() => _language.RunAsync(LookAsync)));
        await TellAsync();
        await LookAsync();
        if (first)
        {
            _ = KeepUpAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_life.IsCancellationRequested)
        {
            return;
        }

        await _life.CancelAsync();
        await LeaveAsync();
        _life.Dispose();
    }

    private bool IsTyping => Clock.GetUtcNow() - _typed < PresenceBoard.TypingExpiry;

    private async Task KeepUpAsync()
    {
        using var timer = new PeriodicTimer(Look, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_life.Token))
            {
                await InvokeAsync(async () =>
                {
                    if (Clock.GetUtcNow() - _told >= PresenceBoard.Beat || IsTyping != _toldTyping || (IsTyping && Clock.GetUtcNow() - _told >= PresenceBoard.TypingExpiry / 2))
                    {
                        await TellAsync();
                    }

                    await LookAsync();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // the reader has left
        }
    }

    private Task TellAsync() => TryAsync(async () =>
    {
        (_told, _toldTyping) = (Clock.GetUtcNow(), IsTyping);
        await Board.SeeAsync(Viewer, _at!, _page, Name, _toldTyping, _life.Token);
    });

    private Task LookAsync() => TryAsync(async () =>
    {
        var others = await Board.OthersAsync(Viewer, _at!, _life.Token);
        if (!others.SequenceEqual(_others))
        {
            _others = others;
            StateHasChanged();
        }
    });

    private async Task LeaveAsync()
    {
        _listening?.Dispose();
        if (_at is { } at)
        {
            await TryAsync(() => Board.LeaveAsync(at, _page, CancellationToken.None), always: true);
        }
    }

    /// <summary>Who sees whom is a courtesy: where it fails the page goes on.</summary>
    private async Task TryAsync(Func<Task> work, bool always = false)
    {
        if (_life.IsCancellationRequested && !always)
        {
            return;
        }

        try
        {
            await work();
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Log.LogDebug(error, "Presence could not be kept up");
        }
    }
}
