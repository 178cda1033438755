using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Views;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Views;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What a queue's page knows: the run behind it, what it can be narrowed to, its groups, the viewer's views and day, and the stretch on the screen.</summary>
public sealed class RiskQueueViewModel(RiskQueueQuery query, SavedViews savedViews, CapacityQuery capacity, SettingsStore settings, ColleagueNames names, CurrentViewer current, TimeProvider clock)
{
    /// <summary>Days after which facts are called old.</summary>
    public const int StaleAfterDays = 7;

    private Viewer? _viewer;
    private (RiskQueueFilter Filter, QueueGrouping Group)? _grouped;

    public RiskQueueView View { get; set; } = new();

    /// <summary>The run behind the list; null before the first answer, and where nothing has been scored.</summary>
    public RunSummary? Run { get; private set; }

    /// <summary>Accounts that match; null before the first answer.</summary>
    public int? Total { get; private set; }

    public RiskQueueChoices Choices { get; private set; } = new([], [], [], [], []);

    /// <summary>The views that the viewer sees of this list.</summary>
    public IReadOnlyList<ViewEntry> Views { get; private set; } = [];

    /// <summary>The groups of the list in their order; empty where there are none.</summary>
    public IReadOnlyList<QueueGroup> Groups { get; private set; } = [];

    /// <summary>The viewer's own day; null for a viewer who owns no account.</summary>
    public CsmLoad? Load { get; private set; }

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>True where the viewer may mark touches.</summary>
    public bool MayAct { get; private set; }

    /// <summary>True where the viewer may share views with everybody.</summary>
    public bool MayShare { get; private set; }

    /// <summary>When what stands on the screen was read, UTC.</summary>
    public DateTime ReadAt { get; private set; }

    public DateOnly Today => Settings.Today(clock);

    /// <summary>How many days the facts behind the run lie back; null where nothing has been scored.</summary>
    public int? DaysOld => Run is null ? null : Today.DayNumber - Run.AsOf.DayNumber;

    public bool IsStale => DaysOld > StaleAfterDays;

    /// <summary>The saved view that is open; null for the plain list.</summary>
    public ViewEntry? Opened => Views.FirstOrDefault(entry => entry.View.ViewId == View.ViewId);

    /// <summary>Reads what stays the same while the filters change.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var viewer = await ViewerAsync();
        Settings = await settings.ReadAsync(cancellation);
        await names.LoadAsync(cancellation);
        Choices = await query.ChoicesAsync(viewer, View.List, cancellation);
        MayAct = viewer.IsIn(PageRoles.WorkTouches);
        MayShare = viewer.MayWork;
        await ReadViewsAsync(cancellation);
    }

    public async Task ReadViewsAsync(CancellationToken cancellation) => Views = await savedViews.ListAsync(await ViewerAsync(), View.List, cancellation);

    /// <summary>Reads how the viewer's day stands.</summary>
    public async Task ReadLoadAsync(CancellationToken cancellation) => Load = await capacity.OwnAsync(await ViewerAsync(), cancellation);

    /// <summary>What was grouped is grouped anew at the next reading.</summary>
    public void Forget() => _grouped = null;

    /// <summary>A stretch of the list in the view's order.</summary>
    public async Task<IReadOnlyList<RiskQueueRow>> LoadAsync(int offset, int limit, CancellationToken cancellation)
    {
        var viewer = await ViewerAsync();
        var (view, most) = (View, Math.Clamp(limit, 0, 1000));
        ReadAt = clock.GetUtcNow().UtcDateTime;
        Core.Risk.RiskQueuePage page;
        if (view.Group is { } group)
        {
            if (_grouped != (view.Filter, group))
            {
                Groups = await query.GroupsAsync(viewer, view.Filter, group, cancellation);
                _grouped = (view.Filter, group);
            }

            page = await query.GroupedPageAsync(viewer, view.Filter, group, Groups, view.Sort, view.Descending, offset, most, cancellation);
        }
        else
        {
            page = await query.PageAsync(viewer, view.Filter, view.Sort, view.Descending, offset, most, cancellation);
        }

        (Run, Total) = (page.Run, page.Total);
        return page.Rows;
    }

    /// <summary>The accounts of a selection, at most so many.</summary>
    public async Task<IReadOnlyList<int>> AccountsAsync(ListSelection selection, int most, CancellationToken cancellation)
    {
        int[] named = [.. selection.Keys.Select(key => int.Parse(key, CultureInfo.InvariantCulture))];
        return selection.All ? await query.AccountsAsync(await ViewerAsync(), View.Filter, named, most, cancellation) : named;
    }

    private async Task<Viewer> ViewerAsync() => _viewer ??= await current.GetAsync();
}
