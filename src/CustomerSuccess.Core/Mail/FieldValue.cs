using System.Globalization;

namespace CustomerSuccess.Core.Mail;

/// <summary>What a field of a template stands for; written as the recipient's culture writes it.</summary>
public abstract record FieldValue
{
    /// <summary>True for a trusted piece of markup, such as score buttons: it is not escaped.</summary>
    public virtual bool IsMarkup => false;

    /// <summary>Formats that a template may ask for behind a colon, the first being the default.</summary>
    public abstract IReadOnlyList<string> Formats { get; }

    /// <summary>The value in words.</summary>
    /// <param name="format">One of <see cref="Formats"/>; null for the default.</param>
    /// <param name="culture">The recipient's.</param>
    public abstract string Write(string? format, CultureInfo culture);

    public static FieldValue? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : new TextField(text.Trim());

    public static FieldValue? Of(double? number) => number is { } value && double.IsFinite(value) ? new NumberField(value) : null;

    public static FieldValue? Of(DateOnly? day) => day is { } value ? new DayField(value) : null;

    public static FieldValue Of(bool flag) => new FlagField(flag);

    public static FieldValue? Of(decimal? amount, string currency) => amount is { } value ? new MoneyField(value, currency) : null;

    protected static bool IsJapanese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "ja";
}

/// <summary>Words.</summary>
public sealed record TextField(string Text) : FieldValue
{
    public override IReadOnlyList<string> Formats { get; } = ["text"];

    public override string Write(string? format, CultureInfo culture) => Text;
}

/// <summary>A piece of markup that the product itself made.</summary>
public sealed record MarkupField(string Markup) : FieldValue
{
    public override bool IsMarkup => true;

    public override IReadOnlyList<string> Formats { get; } = ["markup"];

    public override string Write(string? format, CultureInfo culture) => Markup;
}

/// <summary>A number: <c>number</c> with at most two decimals, <c>percent</c> of a share of 1.</summary>
public sealed record NumberField(double Number) : FieldValue
{
    public override IReadOnlyList<string> Formats { get; } = ["number", "percent"];

    public override string Write(string? format, CultureInfo culture) => format == "percent"
        ? (Number * 100).ToString("#,##0.#", culture) + (IsJapanese(culture) ? "％" : "%")
        : Number.ToString("#,##0.##", culture);
}

/// <summary>Money with its currency.</summary>
public sealed record MoneyField(decimal Amount, string Currency) : FieldValue
{
    public override IReadOnlyList<string> Formats { get; } = ["money"];

    public override string Write(string? format, CultureInfo culture)
    {
        var whole = Currency is "JPY" or "KRW" or "VND" || Amount == decimal.Truncate(Amount);
        var digits = Math.Abs(Amount).ToString(whole ? "N0" : "N2", culture);
        var sign = Amount < 0 ? "−" : "";
        return Currency switch
        {
            "JPY" => IsJapanese(culture) ? $"{sign}{digits}円" : $"{sign}¥{digits}",
            "USD" => $"{sign}${digits}",
            "EUR" => $"{sign}€{digits}",
            "GBP" => $"{sign}£{digits}",
            _ => $"{sign}{Currency}\u00a0{digits}",
        };
    }
}

/// <summary>A day: <c>long</c> as letters write it, <c>short</c> in figures, <c>weekday</c> with the day of the week.</summary>
public sealed record DayField(DateOnly Day) : FieldValue
{
    public override IReadOnlyList<string> Formats { get; } = ["long", "short", "weekday"];

    public override string Write(string? format, CultureInfo culture) => Day.ToString((format, IsJapanese(culture)) switch
    {
        ("short", true) => "yyyy'/'MM'/'dd",
        ("weekday", true) => "yyyy'年'M'月'd'日（'ddd'）'",
        (_, true) => "yyyy'年'M'月'd'日'",
        ("short", false) => culture.Name == "en-US" || culture.IsNeutralCulture ? "MMM d, yyyy" : "d MMM yyyy",
        ("weekday", false) => culture.Name == "en-US" || culture.IsNeutralCulture ? "dddd, MMMM d, yyyy" : "dddd, d MMMM yyyy",
        (_, false) => culture.Name == "en-US" || culture.IsNeutralCulture ? "MMMM d, yyyy" : "d MMMM yyyy",
    }, culture);
}

/// <summary>Yes or no.</summary>
public sealed record FlagField(bool Flag) : FieldValue
{
    public override IReadOnlyList<string> Formats { get; } = ["yesno"];

    public override string Write(string? format, CultureInfo culture) => (Flag, IsJapanese(culture)) switch
    {
        (true, true) => "はい",
        (false, true) => "いいえ",
        (true, false) => "yes",
        _ => "no",
    };
}
