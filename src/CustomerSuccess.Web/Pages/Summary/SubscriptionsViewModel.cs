using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Summary;

/// <summary>Who gets the summary by mail: what the page shows and does.</summary>
public sealed class SubscriptionsViewModel(SummarySubscriptions subscriptions, SendSummaries sender, SettingsStore settingsStore, CurrentViewer current)
{
    public Viewer? Viewer { get; private set; }

    public CompanySettings Settings { get; private set; } = new();

    public IReadOnlyList<SubscriptionRow> Rows { get; private set; } = [];

    /// <summary>For whom the viewer may decide.</summary>
    public IReadOnlyList<SubscriptionChoice> Readers { get; private set; } = [];

    public bool MayManage => Viewer is { } viewer && SummarySubscriptions.MayManage(viewer);

    public async Task LoadAsync(CancellationToken cancellation)
    {
        Viewer = await current.GetAsync();
        Settings = await settingsStore.ReadAsync(cancellation);
        (Rows, Readers) = (await subscriptions.ListAsync(Viewer, cancellation), await subscriptions.ChoicesAsync(Viewer, cancellation));
    }

    public Task<ActResult<SummarySubscription>> SaveAsync(SubscriptionDraft draft, CancellationToken cancellation) => subscriptions.SaveAsync(Viewer!, draft, cancellation);

    public Task<ActResult<SummarySubscription>> SetDeletedAsync(string id, bool isDeleted) => subscriptions.SetDeletedAsync(Viewer!, id, isDeleted);

    public Task<ActResult<SummarySending>> SendNowAsync(string id) => sender.SendNowAsync(Viewer!, id);
}
