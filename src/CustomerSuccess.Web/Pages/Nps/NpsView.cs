using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Nps;

/// <summary>What the page shows, as its address says it.</summary>
public sealed record NpsView
{
    public const string Path = "/nps", GrainKey = "by", MonthsKey = "months", WithinKey = "within";

    private const string All = "all";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public NpsScope Scope { get; init; } = NpsScope.All;

    /// <summary>True for months, false for quarters.</summary>
    public bool ByMonth { get; init; }

    /// <summary>Months that the figures beside the trend cover, as the address says it; null for twelve.</summary>
    public string? Months { get; init; }

    /// <summary>Days after an answer in which leaving is looked for; null for the horizon of predictions.</summary>
    public int? Within { get; init; }

    public NpsAsk Ask => new(Scope, ByMonth ? PeriodGrain.Month : PeriodGrain.Quarter, Months switch { null => 12, All => null, { } text => int.Parse(text, Invariant) }, Within);

    public static NpsView Parse(ListAddress address) => new()
    {
        Scope = ScopeOf(address),
        ByMonth = address.Choice<PeriodGrain>(GrainKey) == PeriodGrain.Month,
        Months = address[MonthsKey] is "6" or "24" or All ? address[MonthsKey] : null,
        Within = WithinOf(address),
    };

    /// <summary>Whose answers an address asks for.</summary>
    public static NpsScope ScopeOf(ListAddress address) => Enum.GetValues<NpsSlice>().Aggregate(NpsScope.All, (scope, slice) => scope.With(slice, address[Key(slice)]));

    public static int? WithinOf(ListAddress address) => address[WithinKey] is "90" or "180" or "365" ? int.Parse(address[WithinKey]!, Invariant) : null;

    /// <summary>A slice's key in addresses.</summary>
    public static string Key(NpsSlice slice) => slice.ToString().ToLowerInvariant();

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path) => With(
        ListAddress.Parse(path).With(GrainKey, ByMonth ? "month" : null).With(MonthsKey, Months).With(WithinKey, Within?.ToString(Invariant)), Scope);

    /// <summary>An address with a scope.</summary>
    public static ListAddress With(ListAddress address, NpsScope scope) => Enum.GetValues<NpsSlice>().Aggregate(address, (so, slice) => so.With(Key(slice), scope[slice]));
}

/// <summary>Which answers are listed, as the address says it.</summary>
public sealed record NpsAnswersView(NpsAnswerAsk Ask)
{
    public const string Path = "/nps/answers", FromKey = "from", ToKey = "to", GroupKey = "group", ScoreKey = "score", FateKey = "fate", SilentKey = "silent", UnansweredKey = "unanswered";

    private const string Day = "yyyy-MM-dd";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static NpsAnswersView Parse(ListAddress address) => new(new NpsAnswerAsk(NpsView.ScopeOf(address), DayOf(address[FromKey]), DayOf(address[ToKey]))
    {
        Group = address.Choice<NpsGroup>(GroupKey),
        Score = int.TryParse(address[ScoreKey], NumberStyles.None, Invariant, out var score) && score <= 10 ? score : null,
        Fate = address.Choice<NpsFate>(FateKey),
        Within = NpsView.WithinOf(address),
        Silent = address[SilentKey] == "1",
        Unanswered = address[UnansweredKey] == "1",
        Sort = address.Choice<NpsSort>(ListAddress.SortKey) ?? NpsSort.Day,
        Descending = address[ListAddress.SortKey] is null || address[ListAddress.DirectionKey] == "desc",
    });

    public static string Of(NpsAnswerAsk ask) => Address(ask, Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(NpsAnswerAsk ask, string path) => NpsView.With(
        ListAddress.Parse(path)
            .With(FromKey, ask.From?.ToString(Day, Invariant))
            .With(ToKey, ask.To?.ToString(Day, Invariant))
            .With(GroupKey, ask.Group?.ToString().ToLowerInvariant())
            .With(ScoreKey, ask.Score?.ToString(Invariant))
            .With(FateKey, ask.Fate?.ToString().ToLowerInvariant())
            .With(NpsView.WithinKey, ask.Within?.ToString(Invariant))
            .With(SilentKey, ask.Silent ? "1" : null)
            .With(UnansweredKey, ask.Unanswered ? "1" : null)
            .With(ask is { Sort: NpsSort.Day, Descending: true } ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), ask.Descending)),
        ask.Scope);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, Day, Invariant, DateTimeStyles.None, out var day) ? day : null;
}
