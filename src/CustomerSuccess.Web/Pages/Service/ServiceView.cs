using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>What the page shows, as its address says it.</summary>
public sealed record ServiceView
{
    public const string Path = "/service", MonthsKey = "months", SliceKey = "slice", HoursKey = "hours", Business = "business";

    private const int DefaultMonths = 12;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public ServiceScope Scope { get; init; } = ServiceScope.All;

    /// <summary>Months that are looked at: 3, 6, 12 or 24.</summary>
    public int Months { get; init; } = DefaultMonths;

    public ServiceSlice Slice { get; init; }

    /// <summary>True where times are those in which the desk is open, false for clock hours.</summary>
    public bool InBusinessTime { get; init; }

    /// <summary>The inquiries that are shown, with times counted alike.</summary>
    public ServiceListAsk Listed => new(Scope) { InBusinessTime = InBusinessTime };

    public static ServiceView Parse(ListAddress address) => new()
    {
        Scope = ScopeOf(address),
        Months = address[MonthsKey] switch { "3" => 3, "6" => 6, "24" => 24, _ => DefaultMonths },
        Slice = address.Choice<ServiceSlice>(SliceKey) ?? ServiceSlice.Category,
        InBusinessTime = address[HoursKey] == Business,
    };

    /// <summary>The inquiries that an address asks for.</summary>
    public static ServiceScope ScopeOf(ListAddress address) => Enum.GetValues<ServiceSlice>().Aggregate(ServiceScope.All, (scope, slice) => scope.With(slice, address[Key(slice)]));

    /// <summary>A slice's key in addresses.</summary>
    public static string Key(ServiceSlice slice) => slice.ToString().ToLowerInvariant();

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path) => With(
        ListAddress.Parse(path).With(MonthsKey, Months == DefaultMonths ? null : Months.ToString(Invariant)).With(SliceKey, Slice == ServiceSlice.Category ? null : Key(Slice)).With(HoursKey, InBusinessTime ? Business : null), Scope);

    /// <summary>An address with a scope.</summary>
    public static ListAddress With(ListAddress address, ServiceScope scope) => Enum.GetValues<ServiceSlice>().Aggregate(address, (so, slice) => so.With(Key(slice), scope[slice]));
}

/// <summary>Which inquiries are listed, as the address says it.</summary>
public sealed record ServiceListView(ServiceListAsk Ask)
{
    public const string Path = "/service/inquiries", FromKey = "from", ToKey = "to", OpenKey = "open", AgeFromKey = "age", AgeToKey = "below", EscalatedKey = "escalated", RatedKey = "rated";

    private const string Day = "yyyy-MM-dd";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static ServiceListView Parse(ListAddress address) => new(new ServiceListAsk(ServiceView.ScopeOf(address))
    {
        From = DayOf(address[FromKey]),
        To = DayOf(address[ToKey]),
        OpenOn = DayOf(address[OpenKey]),
        AgeFrom = Number(address[AgeFromKey]),
        AgeTo = Number(address[AgeToKey]),
        Escalated = address[EscalatedKey] == "1",
        Rated = address[RatedKey] == "1",
        InBusinessTime = address[ServiceView.HoursKey] == ServiceView.Business,
        Sort = address.Choice<ServiceSort>(ListAddress.SortKey) ?? ServiceSort.Opened,
        Descending = address[ListAddress.SortKey] is null || address[ListAddress.DirectionKey] == "desc",
    });

    public static string Of(ServiceListAsk ask) => Address(ask, Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(ServiceListAsk ask, string path) => ServiceView.With(
        ListAddress.Parse(path)
            .With(FromKey, ask.From?.ToString(Day, Invariant))
            .With(ToKey, ask.To?.ToString(Day, Invariant))
            .With(OpenKey, ask.OpenOn?.ToString(Day, Invariant))
            .With(AgeFromKey, ask.AgeFrom?.ToString(Invariant))
            .With(AgeToKey, ask.AgeTo?.ToString(Invariant))
            .With(EscalatedKey, ask.Escalated ? "1" : null)
            .With(RatedKey, ask.Rated ? "1" : null)
            .With(ServiceView.HoursKey, ask.InBusinessTime ? ServiceView.Business : null)
            .With(ask is { Sort: ServiceSort.Opened, Descending: true } ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), ask.Descending)),
        ask.Scope);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, Day, Invariant, DateTimeStyles.None, out var day) ? day : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, Invariant, out var number) && number <= 100_000 ? number : null;
}

/// <summary>Which customers are listed, as the address says it.</summary>
public sealed record ServiceAccountsView(ServiceAccountAsk Ask)
{
    public const string Path = "/service/accounts", ExperienceKey = "experience", HadKey = "had", LeftKey = "left";

    /// <summary>Null where the address names no experience: there is nothing to list.</summary>
    public static ServiceAccountsView? Parse(ListAddress address) => address.Choice<ServiceExperience>(ExperienceKey) is { } experience
        ? new(new ServiceAccountAsk(experience, address[HadKey] != "0", address[LeftKey] switch { "1" => true, "0" => false, _ => null }))
        : null;

    public static string Of(ServiceAccountAsk ask) => Address(ask, Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(ServiceAccountAsk ask, string path) => ListAddress.Parse(path)
        .With(ExperienceKey, ask.Experience.ToString().ToLowerInvariant())
        .With(HadKey, ask.Had ? null : "0")
        .With(LeftKey, ask.Left switch { true => "1", false => "0", _ => null });
}
