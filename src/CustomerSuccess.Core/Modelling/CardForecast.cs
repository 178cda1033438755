using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Modelling;

/// <summary>How renewal forecasts and lifetimes are tuned, and whether their intervals held in past months: each month was forecast from earlier ones only.</summary>
public sealed record CardForecast
{
    /// <summary>What the served forecast uses, learned from all past months.</summary>
    public required ForecastTuning Tuning { get; init; }

    /// <summary>The stated coverage of every interval.</summary>
    public double Coverage { get; init; } = RenewedRevenue.Coverage;

    /// <summary>By months ahead; groups without a forecast are left out.</summary>
    public IReadOnlyList<ForecastCoverage> Renewals { get; init; } = [];

    /// <summary>Over all months ahead; null where no past month could be checked.</summary>
    public ForecastCoverage? AllRenewals { get; init; }

    /// <summary>The forecasts made from one to three months before, of which the latest of each month is shown.</summary>
    public IReadOnlyList<PastForecast> Months { get; init; } = [];

    /// <summary>Null where no lifetime could be checked.</summary>
    public LifetimeCoverage? Lifetimes { get; init; }
}

/// <summary>How often renewed revenue lay within its 80 % interval.</summary>
/// <param name="FromAhead">Least months ahead.</param>
/// <param name="ToAhead">Most months ahead.</param>
/// <param name="Forecasts">Forecasts that could be checked.</param>
/// <param name="Months">Distinct months that they speak of: forecasts of one month are not independent.</param>
/// <param name="Inside">Forecasts whose interval held.</param>
/// <param name="Mass">What the forecasts themselves gave to their intervals, on average.</param>
/// <param name="DueMrr">Σ due.</param>
/// <param name="ExpectedMrr">Σ expected.</param>
/// <param name="RenewedMrr">Σ that was renewed.</param>
public sealed record ForecastCoverage(int FromAhead, int ToAhead, int Forecasts, int Months, int Inside, double Mass, decimal DueMrr, decimal ExpectedMrr, decimal RenewedMrr);

/// <summary>A past forecast of one month's renewals, and what came.</summary>
public sealed record PastForecast(DateOnly From, DateOnly Month, int Accounts, decimal DueMrr, decimal ExpectedMrr, decimal LowerMrr, decimal UpperMrr, decimal RenewedMrr)
{
    /// <summary>What the forecast gave to its interval.</summary>
    public double Mass { get; init; }
}

/// <summary>How often the months that an account stayed lay within its interval, as far as the data reach.</summary>
/// <param name="Observations">Accounts at month ends.</param>
/// <param name="Accounts">Distinct accounts.</param>
/// <param name="Inside">Observations whose interval held.</param>
/// <param name="Mass">What the intervals were given, on average.</param>
/// <param name="ExpectedMonths">Months expected within the time looked at, on average.</param>
/// <param name="ActualMonths">Months that came.</param>
public sealed record LifetimeCoverage(int Observations, int Accounts, int Inside, double Mass, double ExpectedMonths, double ActualMonths);
