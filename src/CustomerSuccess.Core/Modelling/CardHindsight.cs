namespace CustomerSuccess.Core.Modelling;

/// <summary>
/// What the queue would have caught in past months, from rows that their model had not seen.
/// The order is the queue's own, value per minute, with the plays and settings of the day of training and without contact limits.
/// </summary>
public sealed record CardHindsight
{
    /// <summary>Earliest first.</summary>
    public IReadOnlyList<HindsightMonth> Months { get; init; } = [];

    /// <summary>Outcomes found by probability, in the top 5 %, 10 %, … of all rows.</summary>
    public IReadOnlyList<LiftPoint> Gain { get; init; } = [];

    /// <summary>What more or less capacity would have brought.</summary>
    public IReadOnlyList<CapacityPoint> Capacities { get; init; } = [];

    /// <summary>Null where no money is known.</summary>
    public HindsightProfit? Profit { get; init; }

    public IReadOnlyList<SegmentFigures> Segments { get; init; } = [];
}

/// <summary>One past month end.</summary>
/// <param name="AsOf">The month end.</param>
/// <param name="Accounts">Accounts that were ranked.</param>
/// <param name="Listed">How many the list would have shown: the CSMs' capacity.</param>
/// <param name="Left">Accounts that left within the horizon.</param>
/// <param name="Caught">Those of them that stood on the list.</param>
/// <param name="LeftMrr">MRR of those that left, reporting currency; null where no money is known.</param>
/// <param name="CaughtMrr">MRR of those that were caught.</param>
/// <param name="CaughtByRisk">Those that an equally long list by probability alone would have held: the queue by value favours large accounts, which leave less often.</param>
/// <param name="CaughtByRiskMrr">Their MRR.</param>
public sealed record HindsightMonth(DateOnly AsOf, int Accounts, int Listed, int Left, int Caught, decimal? LeftMrr, decimal? CaughtMrr, int CaughtByRisk, decimal? CaughtByRiskMrr);

/// <summary>A number of accounts contacted at each month end, by probability.</summary>
/// <param name="Accounts">How many each month.</param>
/// <param name="Precision">Share of the contacted that left.</param>
/// <param name="Found">Share of those that left who were contacted.</param>
/// <param name="Profit">By the queue's order, a month, reporting currency; null where no money is known.</param>
/// <param name="ProfitAtRandom">Of as many accounts drawn at random.</param>
public sealed record CapacityPoint(int Accounts, double Precision, double Found, double? Profit, double? ProfitAtRandom);

/// <summary>
/// What contacting the list would have been worth a month: Σ over listed accounts of (left ? effect × MRR × margin × months : 0) − minutes × cost per minute,
/// the effect being the play's stated prior, so that the sum is as uncertain as that assumption. 95 % intervals by bootstrap over accounts.
/// </summary>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Margin">Share of MRR that is margin.</param>
/// <param name="MinuteCost">Cost of a CSM's minute.</param>
/// <param name="MeanEffect">Mean prior effect of the plays on the lists.</param>
/// <param name="Queue">By the queue's order.</param>
/// <param name="Rules">By rule score × MRR per minute; null where no rule speaks of the target.</param>
/// <param name="BiggestFirst">By MRR alone.</param>
/// <param name="AtRandom">As many accounts drawn at random.</param>
public sealed record HindsightProfit(string Currency, double Margin, double MinuteCost, double MeanEffect, Estimate Queue, Estimate? Rules, Estimate BiggestFirst, Estimate AtRandom);

/// <summary>How the model does within a group of accounts.</summary>
/// <param name="By"><c>segment</c>, <c>plan</c> or <c>size</c>.</param>
/// <param name="Name">The group's value; for size <c>small</c>, <c>medium</c> or <c>large</c>: thirds by MRR.</param>
/// <param name="Rows">Observations.</param>
/// <param name="Outcomes">Distinct outcomes.</param>
/// <param name="ObservedRate">Share of observations with the outcome.</param>
/// <param name="ObservedLower">Lower bound of its 95 % interval, by bootstrap over accounts.</param>
/// <param name="ObservedUpper">Upper bound.</param>
/// <param name="MeanProbability">What was predicted on average.</param>
/// <param name="RocAuc">Null below ten outcomes.</param>
public sealed record SegmentFigures(string By, string Name, int Rows, int Outcomes, double ObservedRate, double? ObservedLower, double? ObservedUpper, double MeanProbability, Estimate? RocAuc);
