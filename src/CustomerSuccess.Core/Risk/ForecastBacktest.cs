using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Risk;

/// <summary>An account whose term ended in a past month.</summary>
/// <param name="Mrr">That was due, reporting currency.</param>
/// <param name="StatedHazard">Cumulative hazard up to its end as the score stated it, before any tuning.</param>
/// <param name="Distance">How far the account's risk lay from the typical one, in logarithms.</param>
/// <param name="Renewed">Whether the account went on.</param>
public readonly record struct PastRenewal(decimal Mrr, double StatedHazard, double Distance, bool Renewed);

/// <summary>The renewals of one month as they were due on an earlier day.</summary>
/// <param name="From">The day looked from.</param>
/// <param name="Month">The last day of the month forecast.</param>
/// <param name="KnownOn">From which day on it is known what became of them.</param>
/// <param name="Due">One entry for each account.</param>
public sealed record PastMonth(DateOnly From, DateOnly Month, DateOnly KnownOn, IReadOnlyList<PastRenewal> Due)
{
    public int Ahead => RenewalTerms.Ahead(From, Month);
}

/// <summary>How long an account stayed after a day on which it was scored.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="From">The day.</param>
/// <param name="MonthlyHazard">As stated then.</param>
/// <param name="LeftOn">The churn event; null where none is known.</param>
public readonly record struct PastLife(int AccountNo, DateOnly From, double MonthlyHazard, DateOnly? LeftOn)
{
    internal const double DaysPerMonth = 30.4;

    /// <summary>Months that an account paid, the one in which it left included, as far as is known on a day; 0 where no month has passed.</summary>
    internal (int Months, bool Left) Stayed(DateOnly day)
    {
        var left = LeftOn is { } on && on <= day;
        var days = (left ? LeftOn!.Value : day).DayNumber - From.DayNumber;
        return left ? ((int)Math.Floor(Math.Max(0, days - 1) / DaysPerMonth) + 1, true) : ((int)Math.Floor(Math.Max(0, days) / DaysPerMonth), false);
    }
}

/// <summary>Checks the intervals of renewal forecasts and lifetimes walking forward: each past month is forecast with what was known before it.</summary>
public static class ForecastBacktest
{
    /// <param name="months">Past renewals.</param>
    /// <param name="lives">Accounts that were scored.</param>
    /// <param name="knownUntil">The day up to which contracts are known.</param>
    /// <param name="graceDays">Days after which a churn event is known to be one.</param>
    public static CardForecast Run(IReadOnlyList<PastMonth> months, IReadOnlyList<PastLife> lives, DateOnly knownUntil, int graceDays)
    {
        var checkedMonths = months.OrderBy(month => month.From).ThenBy(month => month.Month).GroupBy(month => month.From).SelectMany(origin =>
        {
            var tuning = TuneForecast.Run(months, lives, origin.Key, graceDays);
            return origin.Select(month => (Past: month, Interval: RenewedRevenue.Of([.. month.Due.Select(due => new DueAmount((double)due.Mrr, tuning.Tuned(due.StatedHazard, due.Distance, month.Ahead)))], tuning.SpreadOf(month.Ahead))));
        }).ToArray();
        return new CardForecast
        {
            Tuning = TuneForecast.Run(months, lives, knownUntil, graceDays),
            Renewals = [.. checkedMonths.GroupBy(x => ForecastTuning.Group(x.Past.Ahead)).OrderBy(group => group.Key).Select(group => Coverage([.. group]))],
            AllRenewals = checkedMonths.Length == 0 ? null : Coverage(checkedMonths),
            Months = [.. checkedMonths.Where(x => x.Past.Ahead <= 3).GroupBy(x => x.Past.Month).OrderBy(group => group.Key).Select(group => group.MaxBy(x => x.Past.From)).Select(x => new PastForecast(
                x.Past.From, x.Past.Month, x.Past.Due.Count, Due(x.Past), Money(x.Interval.Expected), Money(x.Interval.Lower), Money(x.Interval.Upper), Renewed(x.Past)) { Mass = x.Interval.Mass })],
            Lifetimes = Lifetimes(months, lives, knownUntil, graceDays),
        };
    }

    private static LifetimeCoverage? Lifetimes(IReadOnlyList<PastMonth> months, IReadOnlyList<PastLife> lives, DateOnly knownUntil, int graceDays)
    {
        int count = 0, inside = 0;
        double mass = 0, expected = 0, actual = 0;
        var accounts = new HashSet<int>();
        var decided = knownUntil.AddDays(-graceDays);
        foreach (var origin in lives.GroupBy(life => life.From))
        {
            var spread = TuneForecast.Run(months, lives, origin.Key, graceDays).Lifetime();
            foreach (var life in origin)
            {
                var (stayed, left) = life.Stayed(decided);
                var window = (int)Math.Floor((decided.DayNumber - life.From.DayNumber) / PastLife.DaysPerMonth);
                if (window < 1 || stayed == 0)
                {
                    continue;
                }

                // one month beyond the time looked at stands for all later ones
                var seen = left ? Math.Min(stayed, window + 1) : window + 1;
                var (fewest, most) = LifetimeValue.Months(life.MonthlyHazard, spread);
                int from = Math.Min(fewest, window + 1), to = Math.Min(most, window + 1);
                var month = -Math.Log(Math.Max(1e-12, 1 - life.MonthlyHazard));
                count++;
                accounts.Add(life.AccountNo);
                inside += seen >= from && seen <= to ? 1 : 0;
                mass += spread.Survival(month * (from - 1)) - (to > window ? 0 : spread.Survival(month * to));
                actual += Math.Min(seen, window);
                for (var m = 0; m < window; m++)
                {
                    expected += spread.Survival(month * m);
                }
            }
        }

        return count == 0 ? null : new LifetimeCoverage(count, accounts.Count, inside, mass / count, expected / count, actual / count);
    }

    private static ForecastCoverage Coverage((PastMonth Past, RenewalInterval Interval)[] forecasts) => new(
        forecasts.Min(x => x.Past.Ahead),
        forecasts.Max(x => x.Past.Ahead),
        forecasts.Length,
        forecasts.Select(x => x.Past.Month).Distinct().Count(),
        forecasts.Count(x => (double)Renewed(x.Past) >= x.Interval.Lower - 1e-6 && (double)Renewed(x.Past) <= x.Interval.Upper + 1e-6),
        forecasts.Average(x => x.Interval.Mass),
        forecasts.Sum(x => Due(x.Past)),
        forecasts.Sum(x => Money(x.Interval.Expected)),
        forecasts.Sum(x => Renewed(x.Past)));

    private static decimal Due(PastMonth month) => month.Due.Sum(due => due.Mrr);

    private static decimal Renewed(PastMonth month) => month.Due.Where(due => due.Renewed).Sum(due => due.Mrr);

    private static decimal Money(double amount) => decimal.Round((decimal)amount, 2);
}
