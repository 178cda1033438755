namespace CustomerSuccess.Core.Risk;

/// <summary>Renewals of one month, reporting currency a month.</summary>
/// <param name="Month">The month's last day.</param>
/// <param name="Accounts">Accounts with a term that ends in it, those that have given notice left out.</param>
/// <param name="DueMrr">Their MRR that is due.</param>
/// <param name="ExpectedMrr">Expected to be renewed; null in fallback.</param>
/// <param name="LowerMrr">Lower bound of the 80 % interval.</param>
/// <param name="UpperMrr">Upper bound.</param>
/// <param name="LeavingAccounts">Accounts with a term that ends in it that have given notice.</param>
/// <param name="LeavingMrr">Their MRR, of which nothing is expected.</param>
public sealed record RenewalMonth(DateOnly Month, int Accounts, decimal DueMrr, decimal? ExpectedMrr, decimal? LowerMrr, decimal? UpperMrr, int LeavingAccounts, decimal LeavingMrr);

/// <summary>How the stated hazard is brought to bear on renewals and lifetimes: learned from past months as far as they say anything.</summary>
/// <param name="Exposures">Factors of the cumulative hazard up to a renewal, by months ahead; see <see cref="ExposureOf"/>.</param>
/// <param name="SharedSigma">Standard deviation of the logarithm of a factor that all accounts share: how far the level of churn may be off.</param>
/// <param name="OwnSigma">The same for what an account has of its own beyond its score.</param>
public sealed record ForecastTuning(IReadOnlyList<double> Exposures, double SharedSigma, double OwnSigma)
{
    private static readonly int[] LastMonths = [1, 2, 4, 8, int.MaxValue];

    /// <summary>What holds before any month has been seen.</summary>
    public static ForecastTuning Prior { get; } = new([.. LastMonths.Select(_ => 1.0)], 0.32, 0.5);

    /// <summary>Months ahead are grouped, since far ones differ little: 1, 2, 3–4, 5–8, 9–12.</summary>
    public static int Group(int ahead) => Array.FindIndex(LastMonths, last => ahead <= last);

    public static int Groups => LastMonths.Length;

    public double ExposureOf(int ahead) => Exposures[Group(ahead)];

    /// <summary>The cumulative hazard up to and on a renewal's day.</summary>
    /// <param name="probability">Of churn within the horizon.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    /// <param name="t">The day of the probability.</param>
    /// <param name="endsOn">The renewal's day.</param>
    public double HazardTo(double probability, int horizonDays, DateOnly t, DateOnly endsOn) =>
        StatedHazard(probability, horizonDays, endsOn.DayNumber - t.DayNumber) * ExposureOf(RenewalTerms.Ahead(t, endsOn));

    /// <summary>−ln(1 − P) × days / horizon.</summary>
    public static double StatedHazard(double probability, int horizonDays, int days) => -Math.Log(Math.Max(1e-9, 1 - probability)) * days / horizonDays;

    /// <summary>What the lifetime of one account is uncertain by.</summary>
    public HazardSpread Lifetime() => new(Math.Sqrt((SharedSigma * SharedSigma) + (OwnSigma * OwnSigma)));
}

/// <summary>What renewals of the coming year are expected to bring.</summary>
public static class RenewalForecast
{
    /// <summary>By month, from the day's own to the twelfth after it.</summary>
    /// <param name="accounts">Due terms of each account with its probability of churn; null where notice has been given, or in fallback.</param>
    /// <param name="t">The day of the probabilities.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    /// <param name="tuning">As learned from past months; null in fallback.</param>
    public static IReadOnlyList<RenewalMonth> Of(IEnumerable<(IReadOnlyList<DueTerms> Due, double? Probability, bool Leaving)> accounts, DateOnly t, int horizonDays, ForecastTuning? tuning)
    {
        var shared = new HazardSpread(tuning?.SharedSigma ?? 0);
        return [.. accounts.SelectMany(account => account.Due.Select(due => (Terms: due, account.Probability, account.Leaving)))
            .GroupBy(due => due.Terms.Month)
            .OrderBy(month => month.Key)
            .Select(month =>
            {
                var open = month.Where(due => !due.Leaving).ToArray();
                var leaving = month.Where(due => due.Leaving).ToArray();
                RenewalInterval? interval = tuning is null || open.Any(due => due.Probability is null) ? null : RenewedRevenue.Of(
                    [.. open.Select(due => new DueAmount((double)due.Terms.Mrr, tuning.HazardTo(due.Probability!.Value, horizonDays, t, due.Terms.EndsOn)))], shared);
                decimal? Money(double? amount) => amount is { } value ? decimal.Round((decimal)value, 2) : null;
                return new RenewalMonth(month.Key, open.Length, open.Sum(due => due.Terms.Mrr), Money(interval?.Expected), Money(interval?.Lower), Money(interval?.Upper), leaving.Length, leaving.Sum(due => due.Terms.Mrr));
            })];
    }
}
