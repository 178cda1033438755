using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>What the page shows, as its address says it.</summary>
/// <param name="Segment">Whose reasons; null for all.</param>
/// <param name="Theme">The reason whose shape is shown; null for the first.</param>
/// <param name="Attribute">By what it is told who stays; null for the first.</param>
public sealed record DriversView(string? Segment = null, string? Theme = null, string? Attribute = null)
{
    public const string Path = "/drivers", SegmentKey = "segment", ThemeKey = "reason", AttributeKey = "by";

    public static DriversView Parse(ListAddress address) => new(address[SegmentKey], address[ThemeKey], address[AttributeKey]);

    public string ToAddress() => ListAddress.Parse(Path).With(SegmentKey, Segment).With(ThemeKey, Theme).With(AttributeKey, Attribute).ToString();
}

/// <summary>Which accounts of a reason are listed, as the address says it.</summary>
public sealed record DriverAccountsView(DriverAccountsAsk Ask)
{
    public const string Path = "/drivers/accounts", FeatureKey = "feature", PlaceKey = "place", BarKey = "bar", AsOfKey = "on", EffectKey = "effect";

    private const string Day = "yyyy-MM-dd", Raised = "raised", Lowered = "lowered";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static DriverAccountsView Parse(ListAddress address) => new(new DriverAccountsAsk(
        address[DriversView.ThemeKey], DateOnly.TryParseExact(address[AsOfKey], Day, Invariant, DateTimeStyles.None, out var day) ? day : null)
    {
        Segment = address[DriversView.SegmentKey],
        Feature = address[FeatureKey],
        Place = int.TryParse(address[PlaceKey], NumberStyles.AllowLeadingSign, Invariant, out var place) && place is >= -1 and < 1000 ? place : null,
        Bar = int.TryParse(address[BarKey], NumberStyles.None, Invariant, out var bar) && bar < FeatureShape.Bars ? bar : null,
        RaisedOnly = address[EffectKey] == Raised,
        Lowered = address[EffectKey] == Lowered,
        Sort = address.Choice<DriverSort>(ListAddress.SortKey) ?? DriverSort.Stake,
        Ascending = address[ListAddress.SortKey] is not null && address[ListAddress.DirectionKey] != "desc",
    });

    /// <summary>The address of the list as a file.</summary>
    public static string File(DriverAccountsAsk ask) => Address(ask, Path + "/export.csv").ToString();

    public static string Of(DriverAccountsAsk ask) => Address(ask, Path).ToString();

    private static ListAddress Address(DriverAccountsAsk ask, string path) => ListAddress.Parse(path)
        .With(DriversView.ThemeKey, ask.Theme)
        .With(AsOfKey, ask.AsOf?.ToString(Day, Invariant))
        .With(DriversView.SegmentKey, ask.Segment)
        .With(FeatureKey, ask.Feature)
        .With(PlaceKey, ask.Place?.ToString(Invariant))
        .With(BarKey, ask.Bar?.ToString(Invariant))
        .With(EffectKey, ask.RaisedOnly ? Raised : ask.Lowered ? Lowered : null)
        .With(ask is { Sort: DriverSort.Stake, Ascending: false } ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), !ask.Ascending));
}

/// <summary>Which of the followed customers are listed, as the address says it.</summary>
public sealed record StaysView(StayAsk Ask)
{
    public const string Path = "/drivers/stays", ValueKey = "value", FateKey = "fate";

    private const string Left = "left", Stayed = "stayed";

    public static StaysView Parse(ListAddress address) => new(new StayAsk(
        address[DriversView.AttributeKey] ?? "", address[ValueKey], address[FateKey] switch { Left => false, Stayed => true, _ => null }));

    /// <summary>The address of the list as a file.</summary>
    public static string File(StayAsk ask) => Address(ask, Path + "/export.csv").ToString();

    public static string Of(StayAsk ask) => Address(ask, Path).ToString();

    private static ListAddress Address(StayAsk ask, string path) => ListAddress.Parse(path)
        .With(DriversView.AttributeKey, ask.Attribute)
        .With(ValueKey, ask.Value)
        .With(FateKey, ask.Stayed switch { true => Stayed, false => Left, _ => null });
}
