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

/// <summary>What renewals of the coming year are expected to bring.</summary>
public static class RenewalForecast
{
    /// <summary>By month, from the day's own to the twelfth after it.</summary>
    /// <param name="accounts">Due terms of each account with its probability of churn; null where notice has been given, or in fallback.</param>
    /// <param name="t">The day of the probabilities.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    /// <param name="tuning">As learned from past months; null in fallback.</param>
    /// <param name="typical">The typical risk of the day, as <see cref="ForecastTuning.Typical"/> gives it.</param>
    public static IReadOnlyList<RenewalMonth> Of(IEnumerable<(IReadOnlyList<DueTerms> Due, double? Probability, bool Leaving)> accounts, DateOnly t, int horizonDays, ForecastTuning? tuning, double typical)
    {
        return [.. accounts.SelectMany(account => account.Due.Select(due => (Terms: due, account.Probability, account.Leaving)))
            .GroupBy(due => due.Terms.Month)
            .OrderBy(month => month.Key)
            .Select(month =>
            {
                var open = month.Where(due => !due.Leaving).ToArray();
                var leaving = month.Where(due => due.Leaving).ToArray();
                RenewalInterval? interval = tuning is null || open.Any(due => due.Probability is null) ? null : RenewedRevenue.Of(
                    [.. open.Select(due => new DueAmount((double)due.Terms.Mrr, tuning.HazardTo(due.Probability!.Value, horizonDays, t, due.Terms.EndsOn, typical)))],
                    tuning.SpreadOf(RenewalTerms.Ahead(t, month.Key)));
                decimal? Money(double? amount) => amount is { } value ? decimal.Round((decimal)value, 2) : null;
                return new RenewalMonth(month.Key, open.Length, open.Sum(due => due.Terms.Mrr), Money(interval?.Expected), Money(interval?.Lower), Money(interval?.Upper), leaving.Length, leaving.Sum(due => due.Terms.Mrr));
            })];
    }
}
