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

        if (Change(driver, currency) is { } change)
        {
            return change;
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

    /// <summary>What a theme of features is called, such as <c>Active users</c>.</summary>
    public string Theme(string theme) =>
        theme.StartsWith(FeatureThemes.Metric, StringComparison.Ordinal) ? SentenceTemplate.Fill(text["theme.metric"], _ => null, "", _ => theme[FeatureThemes.Metric.Length..])
        : text["theme." + theme] is { ResourceNotFound: false } name ? name.Value
        : Name(theme);

    /// <summary>What would have to happen, such as <c>If the 2 urgent inquiries were resolved</c>.</summary>
    public string If(Relief relief)
    {
        var key = "relief." + relief.Change;
        var template = relief.Count is 1 && text[key + ".one"] is { ResourceNotFound: false } one ? one : text[key];
        return template.ResourceNotFound ? relief.Change : SentenceTemplate.Fill(template, _ => relief.Count, "");
    }

    /// <summary>A driver's points with what they are points of.</summary>
    public string Points(Driver driver, bool isFallback) => text[isFallback ? "rulePoints" : "points", Format.Points(driver.Points)];

    // what changed is told by its numbers before and now, unless both read the same
    private string? Change(Driver driver, string currency)
    {
        if (driver is not { From: { } from, To: { } to } || ChangeKey(driver.Feature) is not { } key)
        {
            return null;
        }

        var template = text[$"change.{key}.{(to < from ? "fell" : "rose")}"];
        var way = SentenceTemplate.WayOf(template, "from") ?? "n";
        return SentenceTemplate.Write(from, way, currency) == SentenceTemplate.Write(to, way, currency)
            ? null
            : SentenceTemplate.Fill(template, name => name == "from" ? from : to, currency);
    }

    private static string? ChangeKey(string feature) => feature switch
    {
        FeatureNames.Usage28 or FeatureNames.UsageTrend28 => "usage",
        FeatureNames.UsageTrend91 => "usage_91d",
        FeatureNames.Users28 or FeatureNames.UsersBefore28 or FeatureNames.UsersTrend28 => "users",
        FeatureNames.Breadth28 or FeatureNames.BreadthChange28 => "breadth",
        FeatureNames.NpsLast or FeatureNames.NpsChange => "nps",
        FeatureNames.MrrChange91 => "mrr_91d",
        FeatureNames.MrrChange365 => "mrr_365d",
        FeatureNames.SeatsChange91 => "seats_91d",
        _ => null,
    };

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
