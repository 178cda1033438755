using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>A customer who is gone.</summary>
/// <param name="LeftOn">The first day without MRR, or the day of the last purchase.</param>
/// <param name="GoneDays">Days since.</param>
/// <param name="Money">MRR when it left, or purchases of the 365 days up to the last one.</param>
/// <param name="YearMoney">A year's money of it.</param>
/// <param name="Chance">Of contracts, to come back within a year; of purchases, that it still buys; 0–1. Null where the past tells none.</param>
/// <param name="Worth">Money to be expected of it within a year.</param>
/// <param name="Reason">Why it left, as the source says it.</param>
internal sealed record LapsedCustomer(DateOnly LeftOn, int GoneDays, decimal Money, decimal YearMoney, double? Chance, decimal? Worth, string? Reason);

/// <summary>
/// Lapsed customers with the chance that they come back of themselves, which no campaign has proved yet. Contract customers: as often as those before them did who had been gone as long
/// (product-limit estimate over every time somebody lapsed). Customers who buy: the purchases that the BG/NBD model expects, each at the customer's mean amount.
/// </summary>
internal sealed class LapsedCustomers
{
    private readonly LapsedCustomer?[] _customers;

    private LapsedCustomers(LapsedCustomer?[] customers, int spells, int returns) => (_customers, Spells, Returns) = (customers, spells, returns);

    /// <summary>How often a contract customer has lapsed.</summary>
    public int Spells { get; }

    /// <summary>How often one came back.</summary>
    public int Returns { get; }

    /// <summary>What is known of an account that is lapsed at the last month end; null for any other.</summary>
    public LapsedCustomer? Of(int place) => _customers[place];

    public static LapsedCustomers Of(CustomerBook customers) =>
        customers.Activity.Figures.Figure("lapsed", () => customers.Last is not { } day ? new([], 0, 0) : customers.ByContracts ? OfContracts(customers, day) : OfPurchases(customers, day));

    private static LapsedCustomers OfContracts(CustomerBook customers, DateOnly day)
    {
        var (book, grace) = (customers.Company, customers.Company.Settings.GraceDays);
        var known = book.ContractsUntil ?? day;
        var curve = new SurvivalCurve();
        var returns = 0;
        var lapsed = new List<(int Place, DateOnly Left)>();
        var sheet = customers.Stages(day);
        for (var place = 0; place < book.Accounts.Count; place++)
        {
            var mrr = book.Accounts[place].Contracts.Mrr;
            DateOnly? last = null;
            foreach (var left in mrr.ChurnEvents(grace))
            {
                if (left > day)
                {
                    break;
                }

                last = left;
                if (left.AddDays(grace) > known)
                {
                    continue;
                }

                DateOnly? back = mrr.ChangeDays.Where(change => change > left && change <= known && mrr.IsPaying(change)).Select(change => (DateOnly?)change).FirstOrDefault();
                curve.Add((back ?? known).DayNumber - left.DayNumber, back is not null);
                returns += back is not null ? 1 : 0;
            }

            if (sheet[place] == CustomerStage.Lapsed && last is { } gone)
            {
                lapsed.Add((place, gone));
            }
        }

        var still = Curve(curve, lapsed.Select(one => day.DayNumber - one.Left.DayNumber));
        var found = new LapsedCustomer?[book.Accounts.Count];
        foreach (var (place, left) in lapsed)
        {
            var contracts = book.Accounts[place].Contracts;
            var (days, paid) = (day.DayNumber - left.DayNumber, left.AddDays(-1));
            var money = contracts.Mrr.On(paid, currency => book.Rates.On(currency, paid));
            var chance = still(days);
            found[place] = new(left, days, money, money * 12, chance, chance is { } share ? (decimal)share * money * 12 : null, contracts.LeftBecause(left) is { } reason && !string.IsNullOrWhiteSpace(reason) ? reason.Trim() : null);
        }

        return new(found, curve.Count, returns);
    }

    /// <summary>The chance to come back within a year of who has been gone for some days; null where too few were ever watched that long after.</summary>
    private static Func<int, double?> Curve(SurvivalCurve curve, IEnumerable<int> gone)
    {
        var times = gone.Distinct().SelectMany(days => new[] { days, days + Rfm.Window }).Distinct().Order().ToList();
        var points = curve.At(times.Select(days => (double)days)).ToDictionary(point => (int)point.Time);
        return days => points.TryGetValue(days, out var now) && points.TryGetValue(days + Rfm.Window, out var later) && later.AtRisk >= WinBackView.LeastWatched && now.Share > 0
            ? 1 - (later.Share / now.Share)
            : null;
    }

    private static LapsedCustomers OfPurchases(CustomerBook customers, DateOnly day)
    {
        var book = customers.Company;
        var fit = LifecycleReport.Fitted(customers, day);
        var sheet = customers.Stages(day);
        var found = new LapsedCustomer?[book.Accounts.Count];
        for (var place = 0; place < book.Accounts.Count; place++)
        {
            if (sheet[place] != CustomerStage.Lapsed || customers.ActivityOf(place)?.Purchases is not { } purchases)
            {
                continue;
            }

            var last = purchases.Days[purchases.CountUntil(day) - 1];
            var summary = purchases.SummaryOn(day)!.Value;
            var (_, year) = purchases.Between(last.AddDays(-Rfm.Window), last);
            var (_, all) = purchases.Between(DateOnly.MinValue, day);
            var expected = fit?.Model.Expected(summary, Rfm.Window / PurchaseSummary.DaysPerWeek);
            found[place] = new(last, day.DayNumber - last.DayNumber, year, year, fit?.Model.ProbabilityAlive(summary), expected is { } purchasesAhead ? (decimal)purchasesAhead * all / (summary.Frequency + 1) : null, null);
        }

        return new(found, 0, 0);
    }
}
