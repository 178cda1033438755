using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>
/// Sentences whose numbers stand in them with the way to write them: <c>Usage fell {value:change} in 28 days</c>.
/// Ways: <c>n</c> whole, <c>d</c> one decimal, <c>share</c> and <c>change</c> in per cent (a change without its sign), <c>money</c>, <c>text</c>.
/// </summary>
internal static partial class SentenceTemplate
{
    /// <summary>The template with its places filled; a place without a number gets a dash.</summary>
    /// <param name="template">A sentence out of the resources.</param>
    /// <param name="numberOf">The number of a name; null where there is none.</param>
    /// <param name="currency">Of money.</param>
    /// <param name="textOf">The text of a name; null where there is none.</param>
    public static string Fill(string template, Func<string, double?> numberOf, string currency, Func<string, string?>? textOf = null) =>
        Place().Replace(template, match =>
        {
            var (name, way) = (match.Groups["name"].Value, match.Groups["way"].Value);
            return way == "text" ? textOf?.Invoke(name) ?? Format.Missing : Write(numberOf(name), way, currency);
        });

    /// <summary>How the template writes a name's number; null where it does not.</summary>
    public static string? WayOf(string template, string name) =>
        Place().Matches(template).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["way"].Value;

    /// <summary>A number written in one of the ways.</summary>
    public static string Write(double? number, string way, string currency) => way switch
    {
        "share" => Format.Percent(number, 0),
        "change" => Format.Percent(number is { } change ? Math.Abs(change) : null, 0),
        "money" => Format.Money(number, currency),
        "d" => Format.Number(number),
        _ => Format.Number(number is { } n && double.IsFinite(n) ? Math.Round(n, MidpointRounding.AwayFromZero) : null, 0),
    };

    /// <summary>Reads a canonical number; null where the text is none.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\{(?<name>[a-z_0-9]+):(?<way>[a-z]+)\}")]
    private static partial Regex Place();
}
