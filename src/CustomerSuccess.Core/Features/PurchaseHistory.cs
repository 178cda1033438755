using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Features;

/// <summary>What one-off orders say of an account at a day; NaN = missing.</summary>
public readonly record struct PurchaseFeatures(double Purchases365, double Amount365, double DaysSince, double SilenceRatio)
{
    /// <summary>Before the company has orders at all.</summary>
    public static PurchaseFeatures Missing { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>One account's orders, asked at ascending days.</summary>
public sealed class PurchaseHistory
{
    private readonly Purchase[] _purchases;
    private readonly int[] _days;
    private readonly IntervalHistory _intervals = new();

    /// <param name="purchases">Orders of one account; voided ones are left out.</param>
    public PurchaseHistory(IEnumerable<Purchase> purchases)
    {
        _purchases = [.. purchases.Where(purchase => purchase.VoidedBy is null).OrderBy(purchase => purchase.PurchasedOn)];
        _days = [.. _purchases.Select(purchase => purchase.PurchasedOn.DayNumber).Distinct()];
    }

    /// <param name="t">The as-of date, not before the one asked last.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency on a day.</param>
    public PurchaseFeatures At(DateOnly t, Func<string, DateOnly, decimal> rate)
    {
        var count = 0;
        var amount = 0m;
        foreach (var purchase in _purchases)
        {
            if (InquiryHistory.IsIn(purchase.PurchasedOn, t, 365))
            {
                count++;
                amount += purchase.Amount * rate(purchase.Currency, purchase.PurchasedOn);
            }
        }

        var to = MetricSeries.UpTo(_days, _days.Length, t.DayNumber);
        if (to == 0)
        {
            return new PurchaseFeatures(0, 0, double.NaN, double.NaN);
        }

        var since = t.DayNumber - _days[to - 1];
        return new PurchaseFeatures(count, (double)amount, since, since / _intervals.Usual(_days, to));
    }
}
