namespace CustomerSuccess.Core.Risk;

/// <summary>
/// What an account is expected to bring from today, at today's MRR: Σ over months of margin × MRR × survival, discounted 10 % a year, at most 60 months.
/// The bounds are an 80 % prediction interval of what it will have brought: of the months that it stays, its hazard as uncertain as <see cref="HazardSpread"/> says.
/// A change of MRR is not foreseen.
/// </summary>
/// <param name="Value">Expected, by the stated hazard.</param>
/// <param name="Lower">Where it stays for as few months as one in ten such accounts.</param>
/// <param name="Upper">Where it stays for as many as one in ten; the whole 60 months for most.</param>
public readonly record struct LifetimeValue(decimal Value, decimal Lower, decimal Upper)
{
    /// <summary>The stated coverage of the interval.</summary>
    public const double Coverage = RenewedRevenue.Coverage;

    /// <param name="probability">Of churn within the horizon, 0–1.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    /// <param name="mrr">Reporting currency a month.</param>
    /// <param name="margin">Share of MRR that is margin, 0–1.</param>
    /// <param name="spread">How far the account's hazard may be off.</param>
    public static LifetimeValue Of(double probability, int horizonDays, decimal mrr, double margin, HazardSpread spread)
    {
        var hazard = TouchValue.MonthlyHazard(probability, horizonDays);
        var (fewest, most) = Months(hazard, spread);
        decimal Worth(double months) => decimal.Round(mrr * (decimal)(margin * months), 4);
        decimal lower = Worth(Discounted(fewest)), upper = Worth(Discounted(most));
        return new LifetimeValue(Math.Clamp(Worth(TouchValue.ExpectedMonths(hazard)), lower, upper), lower, upper);
    }

    /// <summary>The 10th and the 90th percentile of the months that an account pays from today, the running one included, at most 60.</summary>
    /// <param name="monthlyHazard">0–1.</param>
    /// <param name="spread">How far it may be off.</param>
    public static (int Fewest, int Most) Months(double monthlyHazard, HazardSpread spread)
    {
        var month = -Math.Log(Math.Max(1e-12, 1 - Math.Clamp(monthlyHazard, 0, 1)));
        return (First((1 - Coverage) / 2), First((1 + Coverage) / 2));

        // the first number of months within which the account has left with at least this probability
        int First(double probability)
        {
            int low = 1, high = TouchValue.MostMonths;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = 1 - spread.Survival(month * middle) >= probability ? (low, middle) : (middle + 1, high);
            }

            return low;
        }
    }

    /// <summary>Σ over m = 0..months − 1 of 1.1^(−m/12).</summary>
    private static double Discounted(int months)
    {
        var keep = Math.Pow(1 + TouchValue.YearlyDiscount, -1.0 / 12);
        return (1 - Math.Pow(keep, months)) / (1 - keep);
    }
}
