using System.Globalization;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Effects;

/// <summary>Which of the accounts drawn for a play are listed, as the address says it.</summary>
public sealed record DrawnView(DrawnAsk Ask)
{
    public const string Path = "/plays/effects/accounts", PlayKey = "play", ArmKey = "arm", KnownKey = "known", HappenedKey = "happened", UntilKey = "until";

    private const string Offered = "offered", HeldOut = "held_out", Day = "yyyy-MM-dd";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static DrawnView Parse(ListAddress address) => new(new DrawnAsk(address[PlayKey] ?? "")
    {
        Offered = address[ArmKey] switch { Offered => true, HeldOut => false, _ => null },
        Known = address[KnownKey] == "1",
        Happened = address[HappenedKey] == "1",
        Until = DateOnly.TryParseExact(address[UntilKey], Day, Invariant, DateTimeStyles.None, out var day) ? day : null,
    });

    public static string Of(DrawnAsk ask) => Address(ask, Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(DrawnAsk ask, string path) => ListAddress.Parse(path)
        .With(PlayKey, ask.Play)
        .With(ArmKey, ask.Offered switch { true => Offered, false => HeldOut, _ => null })
        .With(KnownKey, ask.Known ? "1" : null)
        .With(HappenedKey, ask.Happened ? "1" : null)
        .With(UntilKey, ask.Until?.ToString(Day, Invariant));
}
