namespace CustomerSuccess.Core.Reports;

/// <summary>What a report counts.</summary>
public enum ReportMeasure
{
    /// <summary>MRR at the periods' start.</summary>
    OpeningMrr,
    NewMrr,
    ReactivationMrr,
    ExpansionMrr,
    ContractionMrr,
    ChurnMrr,
    FxMrr,

    /// <summary>MRR at the periods' end.</summary>
    ClosingMrr,
    Nrr,
    Grr,
    LogoRetention,

    /// <summary>Customers who pay at the end.</summary>
    Customers,
    NewCustomers,
    ChurnedCustomers,
    Nps,
    NpsAnswers,
    Csat,
    Ces,
    Inquiries,
    FirstResponse,
    Resolution,
    Escalated,

    /// <summary>Customers who used the product on at least one day.</summary>
    ActiveCustomers,

    /// <summary>Days of use of a paying customer, in the mean.</summary>
    ActiveDays,

    /// <summary>Health of a scored customer, in the mean.</summary>
    Health,
    InDanger,
    ExpectedLoss,
    Touches,
}

/// <summary>Groups of measures, as they are listed.</summary>
public enum ReportTopic
{
    Retention,
    Voice,
    Service,
    Usage,
    Risk,
    Work,
}

/// <summary>How values of a measure go together.</summary>
public enum MeasureKind
{
    /// <summary>Happens within a period: every slice and every period sum to the whole.</summary>
    Flow,

    /// <summary>Stands at a day: slices sum to the whole, periods do not.</summary>
    Stock,

    /// <summary>A rate, a score, a mean or a median: nothing sums; the whole is computed over everybody.</summary>
    Rate,
}

/// <summary>What a measure's values are.</summary>
public enum MeasureUnit
{
    /// <summary>The reporting currency.</summary>
    Money,
    Count,

    /// <summary>0–1; of net revenue more.</summary>
    Share,

    /// <summary>−100 to 100.</summary>
    Score,

    /// <summary>0–100.</summary>
    Health,
    Minutes,
    Hours,
    Days,
}

/// <summary>What is known of each measure.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Topic">Where it is listed.</param>
/// <param name="Kind">How its values go together.</param>
/// <param name="Unit">What they are.</param>
public sealed record MeasureFacts(ReportMeasure Measure, ReportTopic Topic, MeasureKind Kind, MeasureUnit Unit)
{
    /// <summary>Every measure, in the order of the list.</summary>
    public static IReadOnlyList<MeasureFacts> All { get; } =
    [
        new(ReportMeasure.OpeningMrr, ReportTopic.Retention, MeasureKind.Stock, MeasureUnit.Money),
        new(ReportMeasure.NewMrr, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Money),
        new(ReportMeasure.ReactivationMrr, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Money),
        new(ReportMeasure.ExpansionMrr, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Money),
        new(ReportMeasure.ContractionMrr, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Money),
        new(ReportMeasure.ChurnMrr, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Money),
        new(ReportMeasure.FxMrr, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Money),
        new(ReportMeasure.ClosingMrr, ReportTopic.Retention, MeasureKind.Stock, MeasureUnit.Money),
        new(ReportMeasure.Nrr, ReportTopic.Retention, MeasureKind.Rate, MeasureUnit.Share),
        new(ReportMeasure.Grr, ReportTopic.Retention, MeasureKind.Rate, MeasureUnit.Share),
        new(ReportMeasure.LogoRetention, ReportTopic.Retention, MeasureKind.Rate, MeasureUnit.Share),
        new(ReportMeasure.Customers, ReportTopic.Retention, MeasureKind.Stock, MeasureUnit.Count),
        new(ReportMeasure.NewCustomers, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Count),
        new(ReportMeasure.ChurnedCustomers, ReportTopic.Retention, MeasureKind.Flow, MeasureUnit.Count),
        new(ReportMeasure.Nps, ReportTopic.Voice, MeasureKind.Rate, MeasureUnit.Score),
        new(ReportMeasure.NpsAnswers, ReportTopic.Voice, MeasureKind.Flow, MeasureUnit.Count),
        new(ReportMeasure.Csat, ReportTopic.Voice, MeasureKind.Rate, MeasureUnit.Share),
        new(ReportMeasure.Ces, ReportTopic.Voice, MeasureKind.Rate, MeasureUnit.Share),
        new(ReportMeasure.Inquiries, ReportTopic.Service, MeasureKind.Flow, MeasureUnit.Count),
        new(ReportMeasure.FirstResponse, ReportTopic.Service, MeasureKind.Rate, MeasureUnit.Minutes),
        new(ReportMeasure.Resolution, ReportTopic.Service, MeasureKind.Rate, MeasureUnit.Hours),
        new(ReportMeasure.Escalated, ReportTopic.Service, MeasureKind.Rate, MeasureUnit.Share),
        new(ReportMeasure.ActiveCustomers, ReportTopic.Usage, MeasureKind.Stock, MeasureUnit.Count),
        new(ReportMeasure.ActiveDays, ReportTopic.Usage, MeasureKind.Rate, MeasureUnit.Days),
        new(ReportMeasure.Health, ReportTopic.Risk, MeasureKind.Rate, MeasureUnit.Health),
        new(ReportMeasure.InDanger, ReportTopic.Risk, MeasureKind.Stock, MeasureUnit.Count),
        new(ReportMeasure.ExpectedLoss, ReportTopic.Risk, MeasureKind.Stock, MeasureUnit.Money),
        new(ReportMeasure.Touches, ReportTopic.Work, MeasureKind.Flow, MeasureUnit.Count),
    ];

    /// <summary>True where it is of the newest score run alone: it has no past, and is not told by time. Health is kept for every month end.</summary>
    public bool IsOfToday => Measure == ReportMeasure.ExpectedLoss;

    /// <summary>True for health, which stands at month ends and today.</summary>
    public bool IsHealth => Measure is ReportMeasure.Health or ReportMeasure.InDanger;

    public static MeasureFacts Of(ReportMeasure measure) => All[(int)measure];
}

/// <summary>By what a report tells its figures apart.</summary>
public enum ReportDimension
{
    Month,

    /// <summary>Of the fiscal year.</summary>
    Quarter,

    /// <summary>Fiscal years.</summary>
    Year,
    Segment,

    /// <summary>Saved segments, as accounts are in them today: an account may be in several.</summary>
    SavedSegment,

    /// <summary>The plan that is paid most for.</summary>
    Plan,
    Owner,
    Region,
    Country,
    Industry,

    /// <summary>The fiscal year in which the account first paid at a month end.</summary>
    Start,

    /// <summary>Of the newest score run.</summary>
    Band,

    /// <summary>The lifecycle stage at the period's end.</summary>
    Stage,

    /// <summary>The product that is paid most for.</summary>
    Product,
}

/// <summary>What is known of dimensions.</summary>
public static class ReportDimensions
{
    /// <summary>True for time.</summary>
    public static bool IsTime(this ReportDimension dimension) => dimension <= ReportDimension.Year;

    /// <summary>True where an account has one value, so that slices sum to the whole.</summary>
    public static bool IsApart(this ReportDimension dimension) => dimension != ReportDimension.SavedSegment;
}
