using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Web.Layout;

namespace CustomerSuccess.Web.Pages.Notices;

/// <summary>How many notices the viewer has not read.</summary>
public sealed class NoticeNavigationCount(NoticeInbox inbox) : INavigationCount
{
    public string Key => "Notifications";

    public IReadOnlyCollection<string> Areas { get; } = [JournalAreas.Notice, JournalAreas.Mention];

    public Task<int> CountAsync(Viewer viewer, CancellationToken cancellation) => inbox.CountUnreadAsync(viewer, cancellation);
}
