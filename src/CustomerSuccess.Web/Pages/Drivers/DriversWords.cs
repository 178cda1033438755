using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>Reasons, features and their values in the reader's words.</summary>
public sealed class DriversWords(IStringLocalizer<DriversPage> text, FeatureWords features)
{
    /// <summary>A curve that moves probabilities by less than a quarter of a point is flat.</summary>
    private const double Flat = 0.0025;

    public string Theme(string theme) => features.Theme(theme);

    public string Feature(string feature) => features.Name(feature);

    public string Segment(string? segment) => segment is null or RetentionScope.Unknown ? text["Unknown"] : segment;

    /// <summary>A feature's value in its unit.</summary>
    public static string Value(string feature, double value, string currency) => FeatureCatalogue.Describe(feature)?.Unit switch
    {
        FeatureUnit.Share or FeatureUnit.Change => Format.Percent(value, 0),
        FeatureUnit.Money => Format.Money(value, currency),
        FeatureUnit.Count or FeatureUnit.Days => Format.Number(value, value == Math.Round(value) ? 0 : 1),
        _ => Format.Number(value, value == Math.Round(value) ? 0 : 2),
    };

    /// <summary>An interval of a curve, which ends with its upper edge.</summary>
    public string Interval(FeatureShape shape, int place, string currency)
    {
        if (place < 0)
        {
            return text["NoValue"];
        }

        if (shape.Curve is not { } curve)
        {
            return place < shape.Levels.Count ? Level(shape.Levels[place].Level) : Format.Missing;
        }

        if (place + 1 >= curve.Edges.Count)
        {
            return Format.Missing;
        }

        var (from, to) = (Value(shape.Feature, curve.Edges[place], currency), Value(shape.Feature, curve.Edges[place + 1], currency));
        return from == to ? to : text[place == 0 ? "FirstInterval" : "Interval", from, to];
    }

    /// <summary>A bar of a density.</summary>
    public string Bar(FeatureShape shape, int bar, string currency)
    {
        var (from, to) = shape.Bar(bar);
        return text["Bar", Value(shape.Feature, Rounded(shape, from), currency), Value(shape.Feature, Rounded(shape, to), currency)];
    }

    public string Level(string? level) => level switch { null => text["NoValue"], "true" => text["Yes"], "false" => text["No"], _ => level };

    /// <summary>Wide ranges are told in whole numbers.</summary>
    private static double Rounded(FeatureShape shape, double value) => shape.Curve is { } curve && curve.Edges[^1] - curve.Edges[0] >= 24 ? Math.Round(value) : value;

    /// <summary>Which way the risk goes as the feature grows.</summary>
    public string Direction(FeatureShape shape) => shape.Curve is not { } curve ? text["ByValue"] : text["Direction_" + curve.Direction(Flat)];

    /// <summary>A share of stayers with its interval.</summary>
    public string Rate(StayPart part) => text["RateWith", Format.Percent(part.Rate, 0), Format.Percent(part.Lower, 0), Format.Percent(part.Upper, 0)];
}
