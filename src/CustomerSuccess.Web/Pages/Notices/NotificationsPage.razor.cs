using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Notices;

/// <summary>Everything that the reader was told, newest first.</summary>
public sealed partial class NotificationsPage
{
    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Notice, JournalAreas.Mention];

    private Viewer? _viewer;
    private int _unread;
    private int _round;
    private string _zone = "Etc/UTC";

    [Inject]
    private NoticeInbox Inbox { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    private ListAddress View { get; set; } = ListAddress.Parse(NoticeAddress.List);

    private NoticeFilter Filter => new(View["kind"], View["unread"] == "1");

    private IReadOnlyList<Filter> Filters =>
    [
        new ToggleFilter("unread", Text["Unread"], View["unread"] == "1"),
        new ChoiceFilter("kind", Text["Kind"], [.. NoticeKinds.All.Where(kind => _viewer is null || kind.Concerns(_viewer)).Select(kind => new FilterChoice(kind.Key, NoticeWords.Kind(kind.Key)))], View["kind"]),
    ];

    private string Answer => _unread == 0 ? Text["AnswerNone"] : Text["Answer", Format.Count(_unread)];

    protected override void OnInitialized() => View = ListAddress.Parse(Navigation.Uri);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _viewer = await Current.GetAsync();
        _zone = (await Settings.ReadAsync(cancellation)).TimeZone;
        _unread = await Inbox.CountUnreadAsync(_viewer, cancellation);
    }

    private async Task<ListStretch<NoticeRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Inbox.PageAsync(_viewer!, Filter, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private string Counted(int total) => Text["Count", Format.Count(total)];

    private Task ToggleAsync(NoticeRow row) => WorkAsync(async () =>
    {
        await Inbox.MarkAsync(_viewer!, [row.NoticeId], row.ReadAt is null, Leaving);
        await FollowAsync();
    });

    private Task ReadAllAsync() => WorkAsync(async () =>
    {
        var marked = await Inbox.MarkAllReadAsync(_viewer!, View["kind"], Leaving);
        Toasts.Tell(Text["AllRead", Format.Count(marked)]);
        await FollowAsync();
    });

    private async Task FollowAsync()
    {
        if (IsReady)
        {
            _unread = await Inbox.CountUnreadAsync(_viewer!, Leaving);
            _round++;
            StateHasChanged();
        }
    }

    private void Show(ListAddress view)
    {
        View = view;
        Navigation.NavigateTo(view.ToString(), replace: true);
        StateHasChanged();
    }
}
