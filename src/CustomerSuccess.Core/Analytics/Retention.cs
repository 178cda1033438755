using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>Recurring revenue at a month's end and what moved it since the end of the month before. Money in the reporting currency. Start + New + Reactivation + Expansion − Contraction − Churn + Fx = Mrr, always.</summary>
public sealed record MrrBridge(decimal Start, decimal New, decimal Reactivation, decimal Expansion, decimal Contraction, decimal Churn, decimal Fx)
{
    public int AccountsNew { get; init; }

    public int AccountsReactivated { get; init; }

    public int AccountsExpanded { get; init; }

    public int AccountsContracted { get; init; }

    public int AccountsChurned { get; init; }

    /// <summary>What <see cref="Expansion"/> consists of; sums to it.</summary>
    public MrrSplit ExpansionBy { get; init; }

    /// <summary>What <see cref="Contraction"/> consists of, as it is: above 0 where MRR was lost; sums to it.</summary>
    public MrrSplit ContractionBy { get; init; }

    /// <summary>Of <see cref="Churn"/>, what left without the customer's choice.</summary>
    public decimal ChurnInvoluntary { get; init; }

    /// <summary>Of <see cref="Churn"/>, what left for a reason that the customer gave.</summary>
    public decimal ChurnVoluntary { get; init; }

    /// <summary>Of <see cref="AccountsChurned"/>, those that did not choose to leave.</summary>
    public int AccountsInvoluntary { get; init; }

    /// <summary>Of <see cref="AccountsChurned"/>, those that gave a reason.</summary>
    public int AccountsVoluntary { get; init; }

    /// <summary>(new + reactivation + expansion) / (contraction + churn); null where nothing was lost.</summary>
    public double? QuickRatio => Contraction + Churn == 0 ? null : (double)((New + Reactivation + Expansion) / (Contraction + Churn));

    /// <summary>MRR won from more seats, other plans and higher prices, as a share of the start; null where nobody paid then.</summary>
    public double? UpsellRate => Start == 0 ? null : (double)((ExpansionBy.Price + ExpansionBy.Seats + ExpansionBy.Untold) / Start);

    /// <summary>MRR won from further products, as a share of the start; null where nobody paid then.</summary>
    public double? CrossSellRate => Start == 0 ? null : (double)(ExpansionBy.Products / Start);
}

/// <summary>The figures of a period, which need not be a month.</summary>
/// <param name="Period">Between which month ends.</param>
/// <param name="Accounts">Accounts paying at its end.</param>
/// <param name="Mrr">Their MRR.</param>
/// <param name="AccountsAtStart">Accounts paying at its start.</param>
/// <param name="Bridge">Null where no account had ever paid at a month end up to the start.</param>
/// <param name="Rates">Against the start; null where nobody paid then.</param>
/// <param name="AccountsYearBefore">Accounts paying twelve months before the end.</param>
/// <param name="Yearly">Against twelve months before the end; null where nobody paid then.</param>
public sealed record RetentionFigures(RetentionPeriod Period, int Accounts, decimal Mrr, int AccountsAtStart, MrrBridge? Bridge, RetentionRates? Rates, int AccountsYearBefore, RetentionRates? Yearly);

/// <summary>Shares of what was there at a period's start that are there at its end, over the accounts paying at the start; at the start's rates, so that a currency's fall is no churn.</summary>
/// <param name="Gross">Σ min(end, start) / Σ start, 0–1.</param>
/// <param name="Net">Σ end / Σ start, 0 or more.</param>
/// <param name="Logo">Accounts still paying / accounts paying at the start, 0–1.</param>
public sealed record RetentionRates(double Gross, double Net, double Logo);

/// <summary>A month's retention figures.</summary>
/// <param name="Month">The month's last day.</param>
/// <param name="Accounts">Accounts paying on it.</param>
/// <param name="Mrr">Their MRR.</param>
/// <param name="Bridge">Null where no account had ever paid at an earlier month end: the first month has levels only.</param>
/// <param name="Monthly">Against the month before; null where nobody paid then.</param>
/// <param name="Yearly">Against twelve months before; null where nobody paid then.</param>
public sealed record RetentionMonth(DateOnly Month, int Accounts, decimal Mrr, MrrBridge? Bridge, RetentionRates? Monthly, RetentionRates? Yearly);
