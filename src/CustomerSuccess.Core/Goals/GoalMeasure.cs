namespace CustomerSuccess.Core.Goals;

/// <summary>A figure that goals can be set for.</summary>
public enum GoalMeasure
{
    Grr,
    Nrr,
    LogoRetention,
    ExpansionRate,
    Mrr,
    Arr,
    ChurnedMrr,
    PayingAccounts,
    ActiveAccounts,
    Nps,
    ResponseRate,
    Csat,
    FirstResponse,
    Resolution,
    Backlog,
    HealthGood,
    HealthAverage,
}

/// <summary>How a figure is written.</summary>
public enum MeasureUnit
{
    /// <summary>A share of 1, written in per cent.</summary>
    Share,

    /// <summary>In the reporting currency.</summary>
    Money,
    Count,

    /// <summary>NPS, −100 to 100.</summary>
    Nps,

    /// <summary>0–100.</summary>
    Score,

    /// <summary>Answers of 1–5.</summary>
    Stars,
    Hours,
}

/// <summary>What a value of a month speaks of.</summary>
public enum MeasureTime
{
    /// <summary>The month's last day.</summary>
    MonthEnd,

    /// <summary>The month itself.</summary>
    Month,

    /// <summary>The three months that end with it.</summary>
    Quarter,

    /// <summary>The twelve months that end with it.</summary>
    Year,
}

/// <summary>By what a goal may be narrowed to some accounts.</summary>
[Flags]
public enum MeasureScopes
{
    None = 0,
    Segment = 1,
    Owner = 2,
    Plan = 4,
}

/// <summary>What a measure is.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Unit">How it is written.</param>
/// <param name="MoreIsBetter">True where a higher value is the better one.</param>
/// <param name="Time">What a value of a month speaks of.</param>
/// <param name="Scopes">By what a goal may be narrowed.</param>
/// <param name="IsSampled">True where chance decides who answers or which inquiries come: such a value has an interval. The others are counted over everybody.</param>
/// <param name="Least">The least value there can be; null for none.</param>
/// <param name="Most">The greatest one.</param>
public sealed record MeasureDefinition(GoalMeasure Measure, MeasureUnit Unit, bool MoreIsBetter, MeasureTime Time, MeasureScopes Scopes, bool IsSampled, decimal? Least, decimal? Most);

/// <summary>Every measure that goals can be set for, in the order in which they are offered.</summary>
public static class MeasureCatalogue
{
    private const MeasureScopes ByContract = MeasureScopes.Segment | MeasureScopes.Owner | MeasureScopes.Plan, ByAccount = MeasureScopes.Segment | MeasureScopes.Owner;

    /// <summary>Greater than any figure of a company; also what a stored value can hold.</summary>
    private const decimal MostMoney = 100_000_000_000_000m;

    private const decimal MostCount = 1_000_000_000m;

    public static IReadOnlyList<MeasureDefinition> All { get; } =
    [
        new(GoalMeasure.Grr, MeasureUnit.Share, true, MeasureTime.Year, ByContract, false, 0, 1),
        new(GoalMeasure.Nrr, MeasureUnit.Share, true, MeasureTime.Year, ByContract, false, 0, 10),
        new(GoalMeasure.LogoRetention, MeasureUnit.Share, true, MeasureTime.Year, ByContract, false, 0, 1),
        new(GoalMeasure.ExpansionRate, MeasureUnit.Share, true, MeasureTime.Month, ByContract, false, 0, 10),
        new(GoalMeasure.Mrr, MeasureUnit.Money, true, MeasureTime.MonthEnd, ByContract, false, 0, MostMoney),
        new(GoalMeasure.Arr, MeasureUnit.Money, true, MeasureTime.MonthEnd, ByContract, false, 0, MostMoney),
        new(GoalMeasure.ChurnedMrr, MeasureUnit.Money, false, MeasureTime.Month, ByContract, false, 0, MostMoney),
        new(GoalMeasure.PayingAccounts, MeasureUnit.Count, true, MeasureTime.MonthEnd, ByContract, false, 0, MostCount),
        new(GoalMeasure.ActiveAccounts, MeasureUnit.Count, true, MeasureTime.MonthEnd, ByAccount, false, 0, MostCount),
        new(GoalMeasure.Nps, MeasureUnit.Nps, true, MeasureTime.Quarter, ByAccount, true, -100, 100),
        new(GoalMeasure.ResponseRate, MeasureUnit.Share, true, MeasureTime.Quarter, ByAccount, true, 0, 1),
        new(GoalMeasure.Csat, MeasureUnit.Stars, true, MeasureTime.Month, ByAccount, true, 1, 5),
        new(GoalMeasure.FirstResponse, MeasureUnit.Hours, false, MeasureTime.Month, ByAccount, true, 0, 100_000),
        new(GoalMeasure.Resolution, MeasureUnit.Hours, false, MeasureTime.Month, ByAccount, true, 0, 100_000),
        new(GoalMeasure.Backlog, MeasureUnit.Count, false, MeasureTime.MonthEnd, ByAccount, false, 0, MostCount),
        new(GoalMeasure.HealthGood, MeasureUnit.Share, true, MeasureTime.MonthEnd, MeasureScopes.None, false, 0, 1),
        new(GoalMeasure.HealthAverage, MeasureUnit.Score, true, MeasureTime.MonthEnd, MeasureScopes.None, false, 0, 100),
    ];

    public static MeasureDefinition Of(GoalMeasure measure) => All.First(definition => definition.Measure == measure);
}

/// <summary>A measure's value.</summary>
/// <param name="Month">The month end that it is of.</param>
/// <param name="Value">In the measure's unit.</param>
/// <param name="Lower">Lower end of the 95 % interval; null for what is counted over everybody.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="N">How many accounts, answers or inquiries it rests on.</param>
public sealed record MeasurePoint(DateOnly Month, double Value, double? Lower, double? Upper, int N);
