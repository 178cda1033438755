using System.Globalization;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Views;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What a queue shows, as its address says it: filters, order, groups, columns, the saved view and the selected account.</summary>
public sealed record RiskQueueView
{
    public const string SearchKey = "q", OwnerKey = "owner", SegmentKey = "segment", PlanKey = "plan", ProductKey = "product", HealthKey = "health", PlayKey = "play", StateKey = "state", TodayKey = "today", WeekKey = "week", OpenKey = "open", SavedSegmentKey = "segmentId";

    /// <summary>For <see cref="ViewId"/>: the plain list, whatever view opens first.</summary>
    public const string Plain = "-";

    private const string SelectedKey = "selected", GroupKey = "group", ColumnsKey = "columns", ViewKey = "view";

    public RiskQueueFilter Filter { get; init; } = new();

    public QueueSort Sort { get; init; } = QueueSort.Rank;

    public bool Descending { get; init; }

    /// <summary>What the rows stand together by; null for no groups.</summary>
    public QueueGrouping? Group { get; init; }

    /// <summary>Keys of the columns shown beside the name, apart by commas; null for the reader's own choice.</summary>
    public string? Columns { get; init; }

    /// <summary>The saved view that was opened; null for none.</summary>
    public string? ViewId { get; init; }

    /// <summary>The account number of the row that was opened last; null where none was.</summary>
    public int? Selected { get; init; }

    public QueueList List => Filter.List;

    /// <summary>The view without the row that was opened last and the name under which it is saved, as saved views keep it.</summary>
    public string Query => (this with { ViewId = null, Selected = null }).ToAddress() is var address && address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? address[(at + 1)..] : "";

    /// <summary>Reads the query part of an address; what it does not understand is left out.</summary>
    public static RiskQueueView Parse(string query, QueueList list = QueueList.Risk) => Of(ListAddress.Parse(PathOf(list) + query), list);

    /// <summary>What a saved view shows.</summary>
    public static RiskQueueView Of(SavedView view) => Parse("?" + view.Query, view.List) with { ViewId = view.ViewId, Selected = null };

    public static string PathOf(QueueList list) => list == QueueList.Opportunities ? "/opportunities" : "/queue";

    /// <summary>The address of the queue with this view.</summary>
    public string ToAddress() => Address().ToString();

    /// <summary>The view with a filter set or taken away.</summary>
    public RiskQueueView With(FilterChange change) => Of(Address().With(change), List);

    /// <summary>The view sorted by a column: its useful direction first, turned round on the second ask.</summary>
    public RiskQueueView SortedBy(QueueSort sort)
    {
        var first = sort is QueueSort.Mrr or QueueSort.Risk or QueueSort.ExpectedLoss or QueueSort.ValuePerMinute;
        return this with { Sort = sort, Descending = Sort == sort ? !Descending : first };
    }

    private static RiskQueueView Of(ListAddress address, QueueList list) => new()
    {
        Filter = new()
        {
            List = list,
            Search = address[SearchKey],
            Owner = address[OwnerKey],
            Segment = address[SegmentKey],
            SavedSegment = address[SavedSegmentKey],
            Plan = address[PlanKey],
            Product = address[ProductKey],
            Play = address[PlayKey],
            Band = address.Choice<HealthBand>(HealthKey),
            State = address.Choice<ScoreState>(StateKey),
            FitsToday = address[TodayKey] == "1",
            FitsWeek = address[WeekKey] == "1",
            HideHandled = address[OpenKey] == "1",
        },
        Sort = address.Choice<QueueSort>(ListAddress.SortKey) ?? QueueSort.Rank,
        Descending = address[ListAddress.DirectionKey] == "desc",
        Group = address.Choice<QueueGrouping>(GroupKey),
        Columns = address[ColumnsKey],
        ViewId = address[ViewKey],
        Selected = int.TryParse(address[SelectedKey], NumberStyles.None, CultureInfo.InvariantCulture, out var selected) ? selected : null,
    };

    private ListAddress Address() => ListAddress.Parse(PathOf(List))
        .With(SearchKey, Filter.Search)
        .With(OwnerKey, Filter.Owner)
        .With(SegmentKey, Filter.Segment)
        .With(SavedSegmentKey, Filter.SavedSegment)
        .With(PlanKey, Filter.Plan)
        .With(ProductKey, Filter.Product)
        .With(PlayKey, Filter.Play)
        .With(HealthKey, Filter.Band?.ToString().ToLowerInvariant())
        .With(StateKey, Filter.State?.ToString().ToLowerInvariant())
        .With(TodayKey, Filter.FitsToday ? "1" : null)
        .With(WeekKey, Filter.FitsWeek ? "1" : null)
        .With(OpenKey, Filter.HideHandled ? "1" : null)
        .With(ListAddress.SortKey, Sort == QueueSort.Rank ? null : Sort.ToString().ToLowerInvariant())
        .With(ListAddress.DirectionKey, Descending ? "desc" : null)
        .With(GroupKey, Group?.ToString().ToLowerInvariant())
        .With(ColumnsKey, Columns)
        .With(ViewKey, ViewId)
        .With(SelectedKey, Selected?.ToString(CultureInfo.InvariantCulture));
}
