using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Adoption;

/// <summary>What the page shows, as its address says it.</summary>
/// <param name="Metric">The feature whose months are shown; null for the one that most customers use.</param>
public sealed record AdoptionView(string? Metric = null)
{
    public const string Path = "/adoption", MetricKey = "feature";

    public static AdoptionView Parse(ListAddress address) => new(address[MetricKey]);

    public string ToAddress() => ListAddress.Parse(Path).With(MetricKey, Metric).ToString();
}

/// <summary>Which customers of a feature are listed, as the address says it.</summary>
public sealed record AdoptionAccountsView(AdoptionAsk Ask)
{
    public const string Path = "/adoption/accounts", GroupKey = "group", WithKey = "with", MonthKey = "ago";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static AdoptionAccountsView Parse(ListAddress address) => new(new AdoptionAsk(address[AdoptionView.MetricKey] ?? "", address.Choice<AdoptionGroup>(GroupKey) ?? AdoptionGroup.Using)
    {
        With = address[WithKey],
        MonthsAgo = int.TryParse(address[MonthKey], NumberStyles.None, Invariant, out var months) && months < AdoptionSheet.Months ? months : null,
        Sort = address.Choice<AdoptionSort>(ListAddress.SortKey) ?? AdoptionSort.Uses,
        Ascending = address[ListAddress.SortKey] is not null && address[ListAddress.DirectionKey] != "desc",
    });

    /// <summary>The address of the list as a file.</summary>
    public static string File(AdoptionAsk ask) => Address(ask, Path + "/export.csv").ToString();

    public static string Of(AdoptionAsk ask) => Address(ask, Path).ToString();

    private static ListAddress Address(AdoptionAsk ask, string path) => ListAddress.Parse(path)
        .With(AdoptionView.MetricKey, ask.Metric)
        .With(GroupKey, ask.Group == AdoptionGroup.Using ? null : ask.Group.ToString().ToLowerInvariant())
        .With(WithKey, ask.With)
        .With(MonthKey, ask.MonthsAgo?.ToString(Invariant))
        .With(ask is { Sort: AdoptionSort.Uses, Ascending: false } ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), !ask.Ascending));
}
