using System.Globalization;

namespace CustomerSuccess.Core.Documents;

/// <summary>Numbers, money and dates as a culture writes them.</summary>
public sealed class Written(CultureInfo culture)
{
    /// <summary>Stands where there is no value.</summary>
    public const string Missing = "–";

    /// <summary>The culture of a language: <c>ja</c> or <c>en</c>.</summary>
    public static Written In(string language) => new(CultureInfo.GetCultureInfo(language == "ja" ? "ja-JP" : "en-US"));

    public CultureInfo Culture => culture;

    public bool IsJapanese => culture.TwoLetterISOLanguageName == "ja";

    /// <summary>Money in whole units with the currency's sign, such as <c>¥120,000</c>.</summary>
    public string Money(decimal? amount, string currency) => amount is { } value ? (value < 0 ? "−" : "") + Sign(currency) + Math.Abs(value).ToString("N0", culture) : Missing;

    /// <summary>Money with its sign, <c>+</c> or <c>−</c>.</summary>
    public string SignedMoney(decimal amount, string currency) => (amount > 0 ? "+" : "") + Money(amount, currency);

    /// <summary>The sign before an amount: <c>¥</c>, <c>$</c>, <c>€</c>, <c>£</c>, else the code and a blank.</summary>
    public static string Sign(string currency) => currency switch { "JPY" => "¥", "USD" => "$", "EUR" => "€", "GBP" => "£", _ => currency + "\u00a0" };

    /// <summary>A share of 1 in per cent, such as <c>12.3%</c>.</summary>
    public string Percent(double? share, int decimals = 1) => share is { } value && double.IsFinite(value) ? (value * 100).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), culture) + "%" : Missing;

    /// <summary>Per cent points with their sign, such as <c>+4.2</c>.</summary>
    public string Points(double share) => (share < 0 ? "−" : "+") + Math.Abs(share * 100).ToString("N1", culture);

    /// <summary>A score of −100 to 100 with its sign.</summary>
    public string Score(double? score) => score is { } value ? (Math.Round(value) < 0 ? "−" : Math.Round(value) > 0 ? "+" : "") + Math.Abs(Math.Round(value)).ToString("N0", culture) : Missing;

    public string Count(double count) => Math.Round(count).ToString("N0", culture);

    /// <summary>A number with at most so many decimals.</summary>
    public string Number(double? number, int decimals = 1) => number is { } value && double.IsFinite(value) ? value.ToString(decimals == 0 ? "#,##0" : "#,##0." + new string('#', decimals), culture) : Missing;

    /// <summary>A day: <c>Sep 30, 2026</c> or <c>2026年9月30日</c>.</summary>
    public string Day(DateOnly? day) => day is { } value ? value.ToString(IsJapanese ? "yyyy'年'M'月'd'日'" : "MMM d, yyyy", culture) : Missing;

    /// <summary>A month: <c>Sep 2026</c> or <c>2026年9月</c>.</summary>
    public string Month(DateOnly month) => month.ToString(IsJapanese ? "yyyy'年'M'月'" : "MMM yyyy", culture);

    /// <summary>A month where there is little room: <c>Sep 26</c> or <c>26/9</c>.</summary>
    public string ShortMonth(DateOnly month) => month.ToString(IsJapanese ? "yy'/'M" : "MMM yy", culture);

    /// <summary>A number for an axis: <c>12K</c>, <c>1.2M</c>, <c>1.2万</c>, <c>3億</c>.</summary>
    public string Compact(double number)
    {
        var size = Math.Abs(number);
        var (unit, sign) = IsJapanese
            ? size >= 1e8 ? (1e8, "億") : size >= 1e4 ? (1e4, "万") : (1.0, "")
            : size >= 1e9 ? (1e9, "B") : size >= 1e6 ? (1e6, "M") : size >= 1e3 ? (1e3, "K") : (1.0, "");
        return (number < 0 ? "−" : "") + (size / unit).ToString("#,##0.#", culture) + sign;
    }
}
