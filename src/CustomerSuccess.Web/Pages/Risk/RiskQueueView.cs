using System.Globalization;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What the queue shows, as its address says it: filters, order and the selected account.</summary>
public sealed record RiskQueueView
{
    public const string SearchKey = "q", OwnerKey = "owner", SegmentKey = "segment", PlanKey = "plan", ProductKey = "product", HealthKey = "health", PlayKey = "play", StateKey = "state", TodayKey = "today", OpenKey = "open";

    private const string Path = "/queue", SelectedKey = "selected";

    public RiskQueueFilter Filter { get; init; } = new();

    public QueueSort Sort { get; init; } = QueueSort.Rank;

    public bool Descending { get; init; }

    /// <summary>The account number of the row that was opened last; null where none was.</summary>
    public int? Selected { get; init; }

    /// <summary>Reads the query part of an address; what it does not understand is left out.</summary>
    public static RiskQueueView Parse(string query) => Of(ListAddress.Parse(Path + query));

    /// <summary>The address of the queue with this view.</summary>
    public string ToAddress() => Address().ToString();

    /// <summary>The view with a filter set or taken away.</summary>
    public RiskQueueView With(FilterChange change) => Of(Address().With(change));

    /// <summary>The view sorted by a column: its useful direction first, turned round on the second ask.</summary>
    public RiskQueueView SortedBy(QueueSort sort)
    {
        var first = sort is QueueSort.Mrr or QueueSort.Risk or QueueSort.ExpectedLoss or QueueSort.ValuePerMinute;
        return this with { Sort = sort, Descending = Sort == sort ? !Descending : first };
    }

    private static RiskQueueView Of(ListAddress address) => new()
    {
        Filter = new()
        {
            Search = address[SearchKey],
            Owner = address[OwnerKey],
            Segment = address[SegmentKey],
            Plan = address[PlanKey],
            Product = address[ProductKey],
            Play = address[PlayKey],
            Band = address.Choice<HealthBand>(HealthKey),
            State = address.Choice<ScoreState>(StateKey),
            FitsToday = address[TodayKey] == "1",
            HideHandled = address[OpenKey] == "1",
        },
        Sort = address.Choice<QueueSort>(ListAddress.SortKey) ?? QueueSort.Rank,
        Descending = address[ListAddress.DirectionKey] == "desc",
        Selected = int.TryParse(address[SelectedKey], NumberStyles.None, CultureInfo.InvariantCulture, out var selected) ? selected : null,
    };

    private ListAddress Address() => ListAddress.Parse(Path)
        .With(SearchKey, Filter.Search)
        .With(OwnerKey, Filter.Owner)
        .With(SegmentKey, Filter.Segment)
        .With(PlanKey, Filter.Plan)
        .With(ProductKey, Filter.Product)
        .With(PlayKey, Filter.Play)
        .With(HealthKey, Filter.Band?.ToString().ToLowerInvariant())
        .With(StateKey, Filter.State?.ToString().ToLowerInvariant())
        .With(TodayKey, Filter.FitsToday ? "1" : null)
        .With(OpenKey, Filter.HideHandled ? "1" : null)
        .With(ListAddress.SortKey, Sort == QueueSort.Rank ? null : Sort.ToString().ToLowerInvariant())
        .With(ListAddress.DirectionKey, Descending ? "desc" : null)
        .With(SelectedKey, Selected?.ToString(CultureInfo.InvariantCulture));
}
