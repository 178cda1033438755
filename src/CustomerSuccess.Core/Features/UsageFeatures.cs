namespace CustomerSuccess.Core.Features;

/// <summary>What usage says of an account at a day; NaN = missing. <see cref="FeatureNames"/> says what each is.</summary>
public readonly record struct UsageFeatures
{
    public double Usage7 { get; init; }

    public double Usage28 { get; init; }

    public double Usage91 { get; init; }

    public double Trend28 { get; init; }

    public double Trend91 { get; init; }

    public double ActiveDays7 { get; init; }

    public double ActiveDays28 { get; init; }

    public double ActiveDays91 { get; init; }

    public double DaysSinceUse { get; init; }

    public double SilenceRatio { get; init; }

    public double Breadth28 { get; init; }

    public double BreadthChange28 { get; init; }

    public double Users28 { get; init; }

    public double UsersBefore28 { get; init; }

    public double UsersTrend28 { get; init; }
}
