using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Lifecycle;

/// <summary>Which accounts are listed, as the address says it.</summary>
public sealed record LifecycleAccountsView(LifecycleAccountAsk Ask)
{
    public const string Path = "/lifecycle/accounts", ToKey = "stage", FromKey = "from", RKey = "r", FKey = "f", DecileKey = "decile", EnteredKey = "entered", ListKey = "list", FateKey = "fate", GoneFromKey = "gone", GoneToKey = "below", LeastKey = "bought", MostKey = "most", FirstKey = "first", WithinKey = "within";

    private const string Next = "next", WinBack = "winback";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Null where the address names no month: there is nothing to list.</summary>
    public static LifecycleAccountsView? Parse(ListAddress address)
    {
        if (RetentionView.Month(address[LifecycleView.MonthKey]) is not { } month)
        {
            return null;
        }

        var sort = address[ListAddress.SortKey] is null ? null : address.Choice<LifecycleSort>(ListAddress.SortKey);
        return new(new LifecycleAccountAsk(month, LifecycleView.ScopeOf(address))
        {
            To = address.Choice<StageChoice>(ToKey),
            From = address.Choice<StageChoice>(FromKey),
            R = Number(address[RKey], 5),
            F = Number(address[FKey], 5),
            Decile = Number(address[DecileKey], 10),
            Entered = address[EnteredKey] switch { "1" => true, "0" => false, _ => null },
            Next = address[ListKey] == Next,
            Fate = address.Choice<NextFate>(FateKey) is { } fate and not NextFate.Unknown ? fate : null,
            WinBack = address[ListKey] == WinBack,
            GoneFrom = Number(address[GoneFromKey], 100_000),
            GoneTo = Number(address[GoneToKey], 100_000),
            LeastPurchases = Number(address[LeastKey], 100_000),
            MostPurchases = Number(address[MostKey], 100_000),
            FirstBought = RetentionView.Month(address[FirstKey]),
            RepeatedWithin = Number(address[WithinKey], 100_000),
            Sort = sort ?? Usual(address[ListKey] == WinBack),
            Descending = sort is null || address[ListAddress.DirectionKey] == "desc",
        });
    }

    /// <summary>By what a list is ordered where nobody asks.</summary>
    public static LifecycleSort Usual(bool winBack) => winBack ? LifecycleSort.Worth : LifecycleSort.Money;

    public static string Of(LifecycleAccountAsk ask) => Address(ask, Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(LifecycleAccountAsk ask, string path) => LifecycleView.With(
        ListAddress.Parse(path)
            .With(LifecycleView.MonthKey, ask.Month.ToString("yyyy-MM", Invariant))
            .With(ToKey, ask.To?.ToString().ToLowerInvariant())
            .With(FromKey, ask.From?.ToString().ToLowerInvariant())
            .With(RKey, ask.R?.ToString(Invariant))
            .With(FKey, ask.F?.ToString(Invariant))
            .With(DecileKey, ask.Decile?.ToString(Invariant))
            .With(EnteredKey, ask.Entered switch { true => "1", false => "0", _ => null })
            .With(ListKey, ask.Next ? Next : ask.WinBack ? WinBack : null)
            .With(FateKey, ask.Fate?.ToString().ToLowerInvariant())
            .With(GoneFromKey, ask.GoneFrom?.ToString(Invariant))
            .With(GoneToKey, ask.GoneTo?.ToString(Invariant))
            .With(LeastKey, ask.LeastPurchases?.ToString(Invariant))
            .With(MostKey, ask.MostPurchases?.ToString(Invariant))
            .With(FirstKey, ask.FirstBought?.ToString("yyyy-MM", Invariant))
            .With(WithinKey, ask.RepeatedWithin?.ToString(Invariant))
            .With(ask.Sort == Usual(ask.WinBack) && ask.Descending ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), ask.Descending)),
        ask.Scope);

    private static int? Number(string? text, int most) => int.TryParse(text, NumberStyles.None, Invariant, out var number) && number <= most ? number : null;
}
