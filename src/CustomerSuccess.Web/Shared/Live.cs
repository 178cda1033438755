using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Journal;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared;

/// <summary>
/// Draws nothing: tells the page that holds it that somebody changed what it shows, so that it reads that again.
/// Changes that follow each other closely are told once. What the viewer may see is decided by the query that reads.
/// </summary>
public sealed class Live : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private IDisposable? _listening;
    private int _waiting;
    private bool _ended;

    /// <summary>The kinds of record to hear of, of <see cref="JournalAreas"/>.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyCollection<string> Areas { get; set; } = [];

    /// <summary>The account to hear of; null for all.</summary>
    [Parameter]
    public int? AccountNo { get; set; }

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    [Inject]
    private LiveChanges Changes { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _listening = Changes.Listen(Heard);
        }
    }

    public void Dispose()
    {
        _ended = true;
        _listening?.Dispose();
    }

    private void Heard(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Any(entry => Areas.Contains(entry.Area) && (AccountNo is null || entry.AccountNo == 0 || entry.AccountNo == AccountNo)) && Interlocked.Exchange(ref _waiting, 1) == 0)
        {
            _ = TellAsync();
        }
    }

    private async Task TellAsync()
    {
        await Task.Delay(Pause, Clock);
        Interlocked.Exchange(ref _waiting, 0);
        if (!_ended)
        {
            await InvokeAsync(() => _ended ? Task.CompletedTask : Changed.InvokeAsync());
        }
    }
}
