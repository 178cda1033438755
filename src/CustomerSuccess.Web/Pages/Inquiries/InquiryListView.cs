using System.Globalization;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>A way of looking at the desk: what a tab shows before any filter.</summary>
public enum DeskTab
{
    /// <summary>Mine that are to be done.</summary>
    Mine,

    /// <summary>Nobody's.</summary>
    Unassigned,

    /// <summary>All that are to be done.</summary>
    Team,

    /// <summary>Those whose running target was missed.</summary>
    Overdue,

    /// <summary>Those that were put before somebody.</summary>
    Escalated,

    /// <summary>Those whose notes call me.</summary>
    Calls,

    /// <summary>Settled ones too.</summary>
    All,
}

/// <summary>What the desk's list shows, as its address says it.</summary>
public sealed record InquiryListView
{
    public const string TabKey = "view", SearchKey = "q", StateKey = "status", PriorityKey = "priority", AssigneeKey = "owner", CategoryKey = "category", ProductKey = "product", TagKey = "tag",
        ChannelKey = "channel", LanguageKey = "language", AccountKey = "account", SinceKey = "since";

    private const string SelectedKey = "selected";

    public DeskTab Tab { get; init; }

    public string? Search { get; init; }

    public InquiryState? State { get; init; }

    public InquiryPriority? Priority { get; init; }

    public string? Assignee { get; init; }

    public string? Category { get; init; }

    public string? Product { get; init; }

    public string? Tag { get; init; }

    public string? Channel { get; init; }

    public string? Language { get; init; }

    /// <summary>An account's internal number.</summary>
    public int? Account { get; init; }

    /// <summary>Opened within so many days.</summary>
    public int? Since { get; init; }

    public InquirySort? Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>Key of the row that was opened last.</summary>
    public string? Selected { get; init; }

    /// <summary>The order that holds: what is due first, or the newest where settled ones are shown.</summary>
    public (InquirySort Sort, bool Descending) Order => Sort is { } sort ? (sort, Descending) : Tab == DeskTab.All ? (InquirySort.Opened, true) : (InquirySort.Due, false);

    /// <summary>Reads the query part of an address; what it does not understand is left out.</summary>
    public static InquiryListView Parse(string query) => Of(ListAddress.Parse(InquiryAddress.List + query));

    public string ToAddress() => Address().ToString();

    /// <summary>The view with a filter set or taken away.</summary>
    public InquiryListView With(FilterChange change) => Of(Address().With(change));

    /// <summary>The view without filters.</summary>
    public InquiryListView Cleared() => new() { Tab = Tab, Sort = Sort, Descending = Descending };

    /// <summary>What to ask for.</summary>
    /// <param name="today">The company's day.</param>
    public InquiryFilter Filter(DateOnly today) => new()
    {
        Settled = Tab == DeskTab.All,
        Assignee = Tab switch { DeskTab.Mine => InquiryFilter.Me, DeskTab.Unassigned => InquiryFilter.Nobody, _ => Assignee },
        Overdue = Tab == DeskTab.Overdue,
        Escalated = Tab == DeskTab.Escalated,
        CallsMe = Tab == DeskTab.Calls,
        State = State,
        Priority = Priority,
        Category = Category,
        Product = Product,
        Tag = Tag,
        Channel = Channel,
        Language = Language,
        AccountNo = Account,
        Text = Search,
        OpenedFrom = Since is { } days ? today.AddDays(-days) : null,
    };

    private static InquiryListView Of(ListAddress address) => new()
    {
        Tab = address.Choice<DeskTab>(TabKey) ?? DeskTab.Mine,
        Search = address[SearchKey],
        State = address.Choice<InquiryState>(StateKey),
        Priority = address.Choice<InquiryPriority>(PriorityKey),
        Assignee = address[AssigneeKey],
        Category = address[CategoryKey],
        Product = address[ProductKey],
        Tag = address[TagKey],
        Channel = address[ChannelKey],
        Language = address[LanguageKey],
        Account = Number(address[AccountKey]),
        Since = Number(address[SinceKey]) is { } days and > 0 and <= 3650 ? days : null,
        Sort = address.Choice<InquirySort>(ListAddress.SortKey),
        Descending = address[ListAddress.DirectionKey] == "desc",
        Selected = address[SelectedKey],
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private ListAddress Address() => ListAddress.Parse(InquiryAddress.List)
        .With(TabKey, Tab == DeskTab.Mine ? null : Tab.ToString().ToLowerInvariant())
        .With(SearchKey, Search)
        .With(StateKey, State?.ToString().ToLowerInvariant())
        .With(PriorityKey, Priority?.ToString().ToLowerInvariant())
        .With(AssigneeKey, Assignee)
        .With(CategoryKey, Category)
        .With(ProductKey, Product)
        .With(TagKey, Tag)
        .With(ChannelKey, Channel)
        .With(LanguageKey, Language)
        .With(AccountKey, Account?.ToString(CultureInfo.InvariantCulture))
        .With(SinceKey, Since?.ToString(CultureInfo.InvariantCulture))
        .With(ListAddress.SortKey, Sort?.ToString().ToLowerInvariant())
        .With(ListAddress.DirectionKey, Descending ? "desc" : null)
        .With(SelectedKey, Selected);
}
