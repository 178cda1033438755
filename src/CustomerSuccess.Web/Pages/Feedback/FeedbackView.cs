using System.Globalization;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What the page shows, as its address says it.</summary>
public sealed record FeedbackView
{
    public const string Path = "/feedback", MonthsKey = "months", AgainstKey = "against", SegmentKey = "segment", OwnerKey = "owner", LanguageKey = "language", SourceKey = "source";

    private const int DefaultMonths = 3;

    /// <summary>Months that can be looked at.</summary>
    public static readonly IReadOnlyList<int> Spans = [1, 3, 6, 12];

    public FeedbackScope Scope { get; init; } = FeedbackScope.All;

    /// <summary>Months that are looked at: 1, 3, 6 or 12.</summary>
    public int Months { get; init; } = DefaultMonths;

    /// <summary>True to compare with a year before.</summary>
    public bool AgainstYear { get; init; }

    public FeedbackAsk Ask => new(Scope, Months, AgainstYear);

    public static FeedbackView Parse(ListAddress address) => new()
    {
        Scope = ScopeOf(address),
        Months = address[MonthsKey] switch { "1" => 1, "6" => 6, "12" => 12, _ => DefaultMonths },
        AgainstYear = address[AgainstKey] == "year",
    };

    public static FeedbackScope ScopeOf(ListAddress address) => new(address[SegmentKey], address[OwnerKey], address[LanguageKey] is "ja" or "en" ? address[LanguageKey] : null, address.Choice<FeedbackSource>(SourceKey));

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path) => With(
        ListAddress.Parse(path).With(MonthsKey, Months == DefaultMonths ? null : Months.ToString(CultureInfo.InvariantCulture)).With(AgainstKey, AgainstYear ? "year" : null), Scope);

    /// <summary>An address with a scope.</summary>
    public static ListAddress With(ListAddress address, FeedbackScope scope) => address
        .With(SegmentKey, scope.Segment).With(OwnerKey, scope.Owner).With(LanguageKey, scope.Language).With(SourceKey, scope.Source?.ToString().ToLowerInvariant());
}

/// <summary>Which texts, or whose, are listed, as the address says it.</summary>
public sealed record FeedbackListView(FeedbackListAsk Ask)
{
    public const string TextsPath = "/feedback/texts", AccountsPath = "/feedback/accounts", ThemeKey = "theme", FromKey = "from", ToKey = "to", DisagreesKey = "disagrees";

    private const string Day = "yyyy-MM-dd";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static FeedbackListView Parse(ListAddress address) => new(new FeedbackListAsk(FeedbackView.ScopeOf(address), address[ThemeKey])
    {
        From = DayOf(address[FromKey]),
        To = DayOf(address[ToKey]),
        Disagreement = address[DisagreesKey] switch { "high" => Disagreement.HighButUnhappy, "low" => Disagreement.LowButHappy, _ => null },
        Sort = address.Choice<FeedbackSort>(ListAddress.SortKey) ?? (address.Path.StartsWith(AccountsPath, StringComparison.Ordinal) ? FeedbackSort.Mrr : FeedbackSort.Day),
        Descending = address[ListAddress.SortKey] is null || address[ListAddress.DirectionKey] == "desc",
    });

    public static string Texts(FeedbackListAsk ask) => Address(ask, TextsPath).ToString();

    public static string Accounts(FeedbackListAsk ask) => Address(ask, AccountsPath).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(FeedbackListAsk ask, string path)
    {
        var usual = path.StartsWith(AccountsPath, StringComparison.Ordinal) ? FeedbackSort.Mrr : FeedbackSort.Day;
        return FeedbackView.With(
            ListAddress.Parse(path)
                .With(ThemeKey, ask.ThemeId)
                .With(FromKey, ask.From?.ToString(Day, Invariant))
                .With(ToKey, ask.To?.ToString(Day, Invariant))
                .With(DisagreesKey, ask.Disagreement switch { Disagreement.HighButUnhappy => "high", Disagreement.LowButHappy => "low", _ => null })
                .With(ask.Descending && ask.Sort == usual ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), ask.Descending)),
            ask.Scope);
    }

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, Day, Invariant, DateTimeStyles.None, out var day) ? day : null;
}
