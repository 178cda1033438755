namespace CustomerSuccess.Core.Risk;

/// <summary>What a touch is worth, in the reporting currency. Formulas: <c>design.md</c>, Definitions.</summary>
public static class TouchValue
{
    /// <summary>Discount a year.</summary>
    public const double YearlyDiscount = 0.10;

    /// <summary>Months of life that are counted at most.</summary>
    public const int MostMonths = 60;

    private const double DaysPerMonth = 30.4;

    /// <summary>Probability of churn within a month: 1 − (1 − P)^(30.4 / horizon).</summary>
    /// <param name="probability">Of churn within the horizon, 0–1.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    public static double MonthlyHazard(double probability, int horizonDays) =>
        1 - Math.Pow(1 - Math.Clamp(probability, 0, 1), DaysPerMonth / horizonDays);

    /// <summary>Discounted months of life to expect: Σ over m = 0..59 of (1 − hazard)^m / 1.1^(m/12). The month that is paid at once counts whole.</summary>
    public static double ExpectedMonths(double monthlyHazard)
    {
        var keep = (1 - Math.Clamp(monthlyHazard, 0, 1)) * Math.Pow(1 + YearlyDiscount, -1.0 / 12);
        return (1 - Math.Pow(keep, MostMonths)) / (1 - keep);
    }

    /// <summary>P(churn) × MRR × 12.</summary>
    public static decimal ExpectedLoss(double probability, decimal mrr) => (decimal)probability * mrr * 12;

    /// <summary>P(churn) × effect × MRR × margin × months − minutes × cost per minute. Below 0 where time costs more than it saves.</summary>
    /// <param name="probability">Of churn within the horizon, 0–1.</param>
    /// <param name="effect">Relative reduction of churn: at most 1, below 0 for a harmful play.</param>
    /// <param name="mrr">Reporting currency a month.</param>
    /// <param name="margin">Share of MRR that is margin, 0–1.</param>
    /// <param name="months">Discounted life to expect once saved.</param>
    /// <param name="minutes">CSM time.</param>
    /// <param name="costPerMinute">Reporting currency.</param>
    public static double OfSaving(double probability, double effect, double mrr, double margin, double months, double minutes, double costPerMinute) =>
        (probability * Math.Min(1, effect) * mrr * margin * months) - (minutes * costPerMinute);

    /// <summary>Uplift × expected ΔMRR × margin × months − minutes × cost per minute.</summary>
    /// <param name="uplift">Added probability of expansion.</param>
    /// <param name="addedMrr">What an expansion adds, reporting currency a month.</param>
    /// <param name="margin">Share of MRR that is margin, 0–1.</param>
    /// <param name="months">Discounted life to expect.</param>
    /// <param name="minutes">CSM time.</param>
    /// <param name="costPerMinute">Reporting currency.</param>
    public static double OfUpsell(double uplift, double addedMrr, double margin, double months, double minutes, double costPerMinute) =>
        (uplift * addedMrr * margin * months) - (minutes * costPerMinute);
}
