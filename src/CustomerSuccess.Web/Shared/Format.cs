using System.Globalization;

namespace CustomerSuccess.Web.Shared;

/// <summary>Numbers, money and dates as the reader's culture writes them.</summary>
public static class Format
{
    /// <summary>Stands where there is no value.</summary>
    public const string Missing = "–";

    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    private static bool IsJapanese => Culture.TwoLetterISOLanguageName == "ja";

    /// <summary>Money in whole units with the currency's sign, such as <c>¥120,000</c>.</summary>
    public static string Money(decimal? amount, string currency) => amount is { } value
        ? (value < 0 ? "−" : "") + Sign(currency) + Math.Abs(value).ToString("N0", Culture)
        : Missing;

    /// <inheritdoc cref="Money(decimal?, string)"/>
    public static string Money(double? amount, string currency) => amount is { } value && double.IsFinite(value)
        ? Money((decimal)Math.Clamp(value, -1e15, 1e15), currency)
        : Missing;

    /// <summary>Money to the cent, such as <c>$1,234.50</c>; yen without decimals where there are none.</summary>
    public static string ExactMoney(decimal amount, string currency) =>
        (amount < 0 ? "−" : "") + Sign(currency) + Math.Abs(amount).ToString(currency == "JPY" && decimal.Truncate(amount) == amount ? "N0" : "N2", Culture);

    /// <summary>The sign before an amount: <c>¥</c>, <c>$</c>, <c>€</c>, <c>£</c>, else the code and a blank.</summary>
    public static string Sign(string currency) => currency switch
    {
        "JPY" => "¥",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        _ => currency + "\u00a0",
    };

    /// <summary>A share of 1 in per cent, such as <c>12.3%</c>.</summary>
    public static string Percent(double? share, int decimals = 1) => share is { } value && double.IsFinite(value)
        ? (value * 100).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture) + "%"
        : Missing;

    /// <summary>Probability points with their sign, such as <c>+4.2</c>.</summary>
    public static string Points(double share) => (share < 0 ? "−" : "+") + Math.Abs(share * 100).ToString("N1", Culture);

    /// <summary>A score of 0–100 without decimals.</summary>
    public static string Score(double? score) => score is { } value && double.IsFinite(value) ? Math.Round(value).ToString("N0", Culture) : Missing;

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", Culture);

    /// <summary>A number with at most so many decimals.</summary>
    public static string Number(double? number, int decimals = 1) => number is { } value && double.IsFinite(value)
        ? value.ToString(decimals == 0 ? "#,##0" : "#,##0." + new string('#', decimals), Culture)
        : Missing;

    /// <summary>A number with just so many decimals, as in a column of figures that are compared.</summary>
    public static string Fixed(double? number, int decimals = 1) => number is { } value && double.IsFinite(value)
        ? value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture)
        : Missing;

    /// <summary>A day: <c>Sep 30, 2026</c> or <c>2026/09/30</c>.</summary>
    public static string Day(DateOnly? day) => day is { } value ? value.ToString(IsJapanese ? "yyyy'/'MM'/'dd" : "MMM d, yyyy", Culture) : Missing;

    /// <summary>A day without its year, where there is little room: <c>Sep 30</c> or <c>9/30</c>.</summary>
    public static string ShortDay(DateOnly day) => day.ToString(IsJapanese ? "M'/'d" : "MMM d", Culture);

    /// <summary>A month where there is little room: <c>Sep 26</c> or <c>26/9</c>.</summary>
    public static string ShortMonth(DateOnly month) => month.ToString(IsJapanese ? "yy'/'M" : "MMM yy", Culture);

    /// <summary>A month: <c>Sep 2026</c> or <c>2026年9月</c>.</summary>
    public static string Month(DateOnly month) => month.ToString(IsJapanese ? "yyyy'年'M'月'" : "MMM yyyy", Culture);

    /// <summary>A point in time in the company's zone, to the minute.</summary>
    public static string Instant(DateTime? utc, string timeZone) => utc is { } value
        ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(value, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(timeZone))
            .ToString(IsJapanese ? "yyyy'/'MM'/'dd H':'mm" : "MMM d, yyyy, h:mm tt", Culture)
        : Missing;
}
