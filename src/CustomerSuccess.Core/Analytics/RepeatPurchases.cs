namespace CustomerSuccess.Core.Analytics;

/// <summary>How many customers went on from one purchase to the next.</summary>
/// <param name="From">Which purchase they had made: 1 for the first.</param>
/// <param name="Customers">Who had made it.</param>
/// <param name="Bought">Of these, who made the next one so far.</param>
/// <param name="Within90">The share who make it within 90 days, those counted in who have had less time; null where nobody was watched so long.</param>
/// <param name="Within365">The same within 365 days.</param>
/// <param name="MedianDays">Days by which half have; null where the curve stays above.</param>
public sealed record NextPurchase(int From, int Customers, int Bought, RepeatShare? Within90, RepeatShare? Within365, double? MedianDays);

/// <summary>A share with its 95 % interval, by the product-limit estimate.</summary>
/// <param name="Share">0–1.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Watched">How many were still watched at the end of the days.</param>
public sealed record RepeatShare(double Share, double Lower, double Upper, int Watched);

/// <summary>Customers by the month of their first purchase.</summary>
/// <param name="Month">The month's end.</param>
/// <param name="Customers">Who first bought in it.</param>
/// <param name="Repeated">Of these, who bought again within the days; null where not all have had so many.</param>
public sealed record FirstBuyers(DateOnly Month, int Customers, int? Repeated);

/// <summary>Days between purchases: a quarter, half, three quarters and nine tenths of them are at most so long.</summary>
/// <param name="Count">How many intervals.</param>
public sealed record PurchaseIntervals(int Count, double Quarter, double Median, double ThreeQuarters, double Ninety);

/// <summary>Who buys again, and after how long. Purchases of one day are one.</summary>
public static class RepeatPurchases
{
    /// <summary>Days within which a second purchase is looked for.</summary>
    public const int ShortDays = 90, LongDays = 365;

    /// <summary>From the first purchase to the second, and so on.</summary>
    /// <param name="customers">The days on which each bought, ascending.</param>
    /// <param name="day">Up to which purchases are known.</param>
    /// <param name="most">The last purchase gone on from.</param>
    public static IReadOnlyList<NextPurchase> Steps(IReadOnlyList<IReadOnlyList<DateOnly>> customers, DateOnly day, int most = 5)
    {
        var steps = new List<NextPurchase>();
        for (var from = 1; from <= most; from++)
        {
            var curve = new SurvivalCurve();
            var bought = 0;
            foreach (var days in customers)
            {
                if (days.Count >= from)
                {
                    var again = days.Count > from;
                    bought += again ? 1 : 0;
                    curve.Add((again ? days[from] : day).DayNumber - days[from - 1].DayNumber, again);
                }
            }

            if (curve.Count > 0)
            {
                var points = curve.At([ShortDays, LongDays]);
                steps.Add(new(from, curve.Count, bought, Share(points, 0), Share(points, 1), curve.Median()));
            }
        }

        return steps;
    }

    /// <summary>By the month of the first purchase, oldest first: how many bought again within <paramref name="within"/> days.</summary>
    public static IReadOnlyList<FirstBuyers> ByMonth(IReadOnlyList<IReadOnlyList<DateOnly>> customers, DateOnly day, int within) =>
    [
        .. customers.Where(days => days.Count > 0).GroupBy(days => Accounts.MonthEnds.OnOrAfter(days[0])).OrderBy(same => same.Key).Select(same => new FirstBuyers(
            same.Key,
            same.Count(),
            same.Key.DayNumber + within > day.DayNumber ? null : same.Count(days => days.Count > 1 && days[1].DayNumber - days[0].DayNumber <= within))),
    ];

    /// <summary>How long customers wait between purchases; null where nobody bought twice.</summary>
    public static PurchaseIntervals? Intervals(IEnumerable<IReadOnlyList<DateOnly>> customers)
    {
        var waits = customers.SelectMany(days => days.Skip(1).Select((next, i) => (double)(next.DayNumber - days[i].DayNumber))).Order().ToArray();
        return waits.Length == 0 ? null : new(waits.Length, At(0.25), At(0.5), At(0.75), At(0.9));

        double At(double share)
        {
            var place = share * (waits.Length - 1);
            var below = (int)place;
            return waits[below] + ((place - below) * (waits[Math.Min(below + 1, waits.Length - 1)] - waits[below]));
        }
    }

    private static RepeatShare? Share(IReadOnlyList<SurvivalPoint> points, int at) =>
        at < points.Count && points[at] is var point ? new(1 - point.Share, 1 - point.Upper, 1 - point.Lower, point.AtRisk) : null;
}
