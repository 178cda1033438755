using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Forecast;

/// <summary>Which accounts are listed, as the address says it: those that moved what is expected of a month, or the renewals of a past month as they were due on an earlier day.</summary>
/// <param name="Month">The month's last day; null where the address names none.</param>
/// <param name="Move">Why they moved it; null for every reason.</param>
/// <param name="From">The day that a past month is looked at from; null for changes.</param>
public sealed record ForecastAccountsView(DateOnly? Month, ForecastMove? Move = null, DateOnly? From = null)
{
    public const string Path = "/forecast/accounts";

    private const string MonthKey = "month", MoveKey = "move", FromKey = "from", Day = "yyyy-MM-dd";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static ForecastAccountsView Parse(ListAddress address) => new(
        DateOnly.TryParseExact(address[MonthKey] + "-01", Day, Invariant, DateTimeStyles.None, out var first) ? MonthEnds.OnOrAfter(first) : null,
        address.Choice<ForecastMove>(MoveKey),
        DateOnly.TryParseExact(address[FromKey], Day, Invariant, DateTimeStyles.None, out var day) ? day : null);

    public static string Moved(DateOnly month, ForecastMove? move = null) => new ForecastAccountsView(month, move).Address(Path).ToString();

    public static string Past(DateOnly from, DateOnly month) => new ForecastAccountsView(month, From: from).Address(Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public ListAddress Address(string path) => ListAddress.Parse(path)
        .With(FromKey, From?.ToString(Day, Invariant))
        .With(MonthKey, Month?.ToString("yyyy-MM", Invariant))
        .With(MoveKey, Move?.ToString().ToLowerInvariant());
}
