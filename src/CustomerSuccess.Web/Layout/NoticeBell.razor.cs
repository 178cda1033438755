using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Notices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Layout;

/// <summary>The bell: how much is unread, and behind it the newest, those of a kind that came together as one line.</summary>
public sealed partial class NoticeBell
{
    private const int Most = 60;

    /// <summary>More than these are not told apart.</summary>
    private const int MostCounted = 99;

    private readonly CancellationTokenSource _life = new();
    private IReadOnlyList<IReadOnlyList<NoticeRow>> _groups = [];
    private string _zone = "Etc/UTC";
    private bool _open;
    private int _shown = -1;

    /// <summary>How many are unread.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = default!;

    /// <summary>The reader has read some.</summary>
    [Parameter]
    public EventCallback Marked { get; set; }

    protected override void OnInitialized() => Here.LocationChanged += LocationChanged;

    protected override async Task OnParametersSetAsync()
    {
        if (_open && _shown != Count)
        {
            await ReadAsync();
        }
    }

    public void Dispose()
    {
        Here.LocationChanged -= LocationChanged;
        _life.Cancel();
        _life.Dispose();
    }

    private async Task OpenAsync()
    {
        await ReadAsync();
        _open = true;
    }

    private async Task ReadAsync()
    {
        _shown = Count;
        _zone = (await Settings.ReadAsync(_life.Token)).TimeZone;
        var page = await Inbox.PageAsync(Viewer, new(), 0, Most, _life.Token);
        _groups = NoticeFold.Fold(page.Rows, row => (row.Kind, IsRead: row.ReadAt is not null), row => row.At);
    }

    private Task ReadAsync(IReadOnlyList<NoticeRow> group) => MarkAsync(() => Inbox.MarkAsync(Viewer, [.. group.Select(row => row.NoticeId)], isRead: true, _life.Token));

    private Task ReadAllAsync() => MarkAsync(() => Inbox.MarkAllReadAsync(Viewer, null, _life.Token));

    private async Task MarkAsync(Func<Task<int>> mark)
    {
        await mark();
        await Marked.InvokeAsync();
        await ReadAsync();
    }

    // whoever has followed a line has left the panel
    private void LocationChanged(object? sender, LocationChangedEventArgs e)
    {
        _open = false;
        InvokeAsync(StateHasChanged);
    }
}
