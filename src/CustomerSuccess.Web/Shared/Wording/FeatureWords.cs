using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Features and drivers in words, with the numbers that matter.</summary>
public sealed class FeatureWords(IStringLocalizer<FeatureWords> text)
{
    private static readonly string[] Prefixes = [FeatureNames.MetricShare, "usage_28d:", FeatureNames.Attribute];

    /// <summary>What a feature is called, such as <c>Usage over 28 days</c>.</summary>
    public string Name(string feature)
    {
        var (key, argument) = Split(feature);
        var name = text[key];
        return name.ResourceNotFound ? feature : SentenceTemplate.Fill(name, _ => null, "", _ => Metric(key, argument));
    }

    /// <summary>A driver as a sentence, such as <c>Usage fell 42% in 28 days (typical: 3%)</c>.</summary>
    public string Sentence(Driver driver, string currency)
    {
        var (key, argument) = Split(driver.Feature);
        if (driver.Text is { } category)
        {
            return text["category", Name(driver.Feature), category];
        }

        if (driver.Value is not { } value || !double.IsFinite(value))
        {
            var missing = text[key + ".missing"];
            return missing.ResourceNotFound ? text["missing", Name(driver.Feature)] : missing.Value;
        }

        var template = Template(key, value);
        if (template is null)
        {
            return text["plain", Name(driver.Feature), Format.Number(value, 2)];
        }

        var sentence = SentenceTemplate.Fill(template, _ => value, currency, _ => Metric(key, argument));
        return driver.Reference is { } reference && double.IsFinite(reference) && SentenceTemplate.WayOf(text[key + ".value"], "value") is { } way && Typical(way, reference, currency) is { } typical
            && typical != Typical(way, value, currency)
            ? text["typical", sentence, typical]
            : sentence;
    }

    /// <summary>A driver's points with what they are points of.</summary>
    public string Points(Driver driver, bool isFallback) => text[isFallback ? "rulePoints" : "points", Format.Points(driver.Points)];

    // a change is written with its sign where the sentence does not say its direction
    private static string? Typical(string way, double number, string currency) => way == "change" && Math.Abs(number) >= 0.005
        ? (number < 0 ? "−" : "+") + SentenceTemplate.Write(number, way, currency)
        : SentenceTemplate.Write(number, way, currency);

    private string? Template(string key, double value)
    {
        string[] forms = value switch
        {
            < 0 => [".negative", ".value"],
            0 => [".zero", ".value"],
            1 => [".one", ".value"],
            _ => [".value"],
        };
        foreach (var form in forms)
        {
            if (text[key + form] is { ResourceNotFound: false } found)
            {
                return found;
            }
        }

        return null;
    }

    // an attribute of the contract has a name of its own; a metric is called what the company calls it
    private string? Metric(string key, string? argument) =>
        key == "attribute" && argument is not null && text["column." + argument] is { ResourceNotFound: false } column ? column.Value : argument;

    private static (string Key, string? Argument) Split(string feature)
    {
        foreach (var prefix in Prefixes)
        {
            if (feature.StartsWith(prefix, StringComparison.Ordinal))
            {
                return (prefix == "usage_28d:" ? "metric_usage_28d" : prefix.TrimEnd(':'), feature[prefix.Length..]);
            }
        }

        return (feature, null);
    }
}
