using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What the queue page knows: the run behind it, what it can be narrowed to, and the stretch on the screen.</summary>
public sealed class RiskQueueViewModel(RiskQueueQuery query, SettingsStore settings, CurrentViewer current, TimeProvider clock)
{
    /// <summary>Days after which facts are called old.</summary>
    public const int StaleAfterDays = 7;

    private Viewer? _viewer;

    public RiskQueueView View { get; set; } = new();

    /// <summary>The run behind the list; null before the first answer, and where nothing has been scored.</summary>
    public RunSummary? Run { get; private set; }

    /// <summary>Accounts that match; null before the first answer.</summary>
    public int? Total { get; private set; }

    public RiskQueueChoices Choices { get; private set; } = new([], [], [], [], []);

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>True where the viewer may mark touches.</summary>
    public bool MayAct { get; private set; }

    /// <summary>How many days the facts behind the run lie back; null where nothing has been scored.</summary>
    public int? DaysOld => Run is null ? null : Settings.Today(clock).DayNumber - Run.AsOf.DayNumber;

    public bool IsStale => DaysOld > StaleAfterDays;

    /// <summary>Reads what stays the same while the filters change.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var viewer = await ViewerAsync();
        Settings = await settings.ReadAsync(cancellation);
        Choices = await query.ChoicesAsync(viewer, cancellation);
        MayAct = viewer.IsIn(PageRoles.WorkTouches);
    }

    /// <summary>A stretch of the list in the view's order.</summary>
    public async Task<IReadOnlyList<RiskQueueRow>> LoadAsync(int offset, int limit, CancellationToken cancellation)
    {
        var page = await query.PageAsync(await ViewerAsync(), View.Filter, View.Sort, View.Descending, offset, Math.Clamp(limit, 0, 1000), cancellation);
        Run = page.Run;
        Total = page.Total;
        return page.Rows;
    }

    private async Task<Viewer> ViewerAsync() => _viewer ??= await current.GetAsync();
}
