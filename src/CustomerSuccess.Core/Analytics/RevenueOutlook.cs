namespace CustomerSuccess.Core.Analytics;

/// <summary>How a company's customers and MRR move in a month, on average of its past months.</summary>
/// <param name="Months">Months averaged.</param>
/// <param name="Customers">Paying accounts at the last month's end.</param>
/// <param name="Mrr">Their MRR, reporting currency.</param>
/// <param name="LogoChurn">Accounts lost in a month / accounts at its start, 0–1.</param>
/// <param name="MrrChurn">MRR of lost accounts / MRR at the month's start, 0–1.</param>
/// <param name="NetExpansion">(Expansion − contraction) of accounts that stay / MRR at the month's start.</param>
/// <param name="NewCustomers">Accounts won a month.</param>
/// <param name="NewMrr">Their MRR a month.</param>
/// <param name="WonBack">Accounts that came back a month.</param>
/// <param name="WonBackMrr">Their MRR a month.</param>
public sealed record RevenuePace(int Months, int Customers, decimal Mrr, double LogoChurn, double MrrChurn, double NetExpansion, double NewCustomers, decimal NewMrr, double WonBack, decimal WonBackMrr)
{
    /// <summary>Months below which no pace is told.</summary>
    public const int FewestMonths = 3;

    /// <summary>MRR of an account that is won or lost: what a lever's accounts are counted at.</summary>
    public decimal MrrOfOne => Customers == 0 ? 0 : Mrr / Customers;

    /// <summary>The pace of the last months that have a bridge, at most twelve; null where there are fewer than <see cref="FewestMonths"/>, or nobody pays.</summary>
    public static RevenuePace? Of(IReadOnlyList<RetentionMonth> months)
    {
        var last = months.Where(month => month.Bridge is not null).TakeLast(12).ToArray();
        var startMrr = last.Sum(month => month.Bridge!.Start);
        var startAccounts = last.Sum(month => month.Accounts - month.Bridge!.AccountsNew - month.Bridge.AccountsReactivated + month.Bridge.AccountsChurned);
        if (last.Length < FewestMonths || startMrr <= 0 || startAccounts <= 0 || last[^1].Accounts == 0)
        {
            return null;
        }

        double Share(decimal amount) => (double)(amount / startMrr);
        return new(
            last.Length,
            last[^1].Accounts,
            last[^1].Mrr,
            (double)last.Sum(month => month.Bridge!.AccountsChurned) / startAccounts,
            Share(last.Sum(month => month.Bridge!.Churn)),
            Share(last.Sum(month => month.Bridge!.Expansion - month.Bridge.Contraction)),
            last.Average(month => month.Bridge!.AccountsNew),
            last.Average(month => month.Bridge!.New),
            last.Average(month => month.Bridge!.AccountsReactivated),
            last.Average(month => month.Bridge!.Reactivation));
    }
}

/// <summary>What a company might change about its pace.</summary>
/// <param name="Churn">Change of churn as a share of what it is: −0.2 for a fifth less; at least −1.</param>
/// <param name="WinBack">Lapsed accounts won back a month beyond the usual, 0 or more.</param>
/// <param name="NewCustomers">Change of accounts won a month as a share of what it is; at least −1.</param>
public sealed record RevenueLevers(double Churn = 0, double WinBack = 0, double NewCustomers = 0);

/// <summary>Customers and MRR at the end of a month to come.</summary>
public sealed record OutlookMonth(DateOnly Month, double Customers, decimal Mrr);

/// <summary>Customers and MRR if the past pace goes on, with or without levers: plain arithmetic, no prediction.</summary>
public static class RevenueOutlook
{
    public const int Months = 12;

    /// <summary>
    /// Month by month: customers × (1 − churn) + won + won back; MRR × (1 − churn + net expansion) + MRR won + MRR won back.
    /// Accounts of a lever come at the MRR of an average customer.
    /// </summary>
    /// <param name="pace">The past pace.</param>
    /// <param name="levers">What is changed about it.</param>
    /// <param name="from">The last month end known.</param>
    public static IReadOnlyList<OutlookMonth> Of(RevenuePace pace, RevenueLevers levers, DateOnly from)
    {
        var (customers, mrr) = ((double)pace.Customers, (double)pace.Mrr);
        var churn = 1 + Math.Max(-1, levers.Churn);
        var acquisition = 1 + Math.Max(-1, levers.NewCustomers);
        var winBack = Math.Max(0, levers.WinBack);
        var months = new OutlookMonth[Months];
        for (var i = 0; i < Months; i++)
        {
            customers = (customers * (1 - Math.Min(1, pace.LogoChurn * churn))) + (pace.NewCustomers * acquisition) + pace.WonBack + winBack;
            mrr = Math.Max(0, (mrr * (1 - Math.Min(1, pace.MrrChurn * churn) + pace.NetExpansion)) + ((double)pace.NewMrr * acquisition) + (double)pace.WonBackMrr + (winBack * (double)pace.MrrOfOne));
            var end = from.AddMonths(i + 2);
            months[i] = new(new DateOnly(end.Year, end.Month, 1).AddDays(-1), customers, decimal.Round((decimal)mrr, 2));
        }

        return months;
    }
}
