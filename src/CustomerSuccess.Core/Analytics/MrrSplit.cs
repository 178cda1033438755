using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>
/// What a change of MRR consists of, in the reporting currency; the parts always sum to the change, and may have either sign.
/// Of a product paid at both ends, seats count at the price per seat of the start, and price is the rest, a change of plan with it.
/// </summary>
/// <param name="Price">Another price per seat, or another plan.</param>
/// <param name="Seats">More or fewer seats.</param>
/// <param name="Products">Products that were added or dropped.</param>
/// <param name="Untold">Of products whose seats the source does not count: price and seats cannot be told apart.</param>
public readonly record struct MrrSplit(decimal Price, decimal Seats, decimal Products, decimal Untold)
{
    /// <summary>As money is stored: the parts of a change are exact to it.</summary>
    private const int Decimals = 4;

    public decimal Sum => Price + Seats + Products + Untold;

    public static MrrSplit operator +(MrrSplit a, MrrSplit b) => new(a.Price + b.Price, a.Seats + b.Seats, a.Products + b.Products, a.Untold + b.Untold);

    public static MrrSplit operator -(MrrSplit split) => new(-split.Price, -split.Seats, -split.Products, -split.Untold);

    /// <summary>What the change of an account's MRR between two days consists of.</summary>
    /// <param name="terms">The account's.</param>
    /// <param name="start">The earlier day.</param>
    /// <param name="end">The later day.</param>
    /// <param name="change">The whole change at the start's rates: the parts sum to it.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day.</param>
    public static MrrSplit Of(IReadOnlyList<TermLine> terms, DateOnly start, DateOnly end, decimal change, Func<string, DateOnly, decimal> rate)
    {
        var products = new Dictionary<string, Sides>(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            var (before, after) = (term.RunsOn(start), term.RunsOn(end));
            if (term.Mrr == 0 || !(before || after))
            {
                continue;
            }

            if (!products.TryGetValue(term.Product, out var sides))
            {
                products.Add(term.Product, sides = new Sides());
            }

            sides.Add(term, term.Mrr * rate(term.Currency, start), before, after);
        }

        decimal price = 0, seats = 0, added = 0, untold = 0;
        foreach (var sides in products.Values)
        {
            var delta = sides.After - sides.Before;
            if (sides.Before == 0 || sides.After == 0)
            {
                added += delta;
            }
            else if (!sides.Counted)
            {
                untold += delta;
            }
            else
            {
                var bySeats = decimal.Round((sides.SeatsAfter - sides.SeatsBefore) * (sides.Before / sides.SeatsBefore), Decimals);
                seats += bySeats;
                price += delta - bySeats;
            }
        }

        // what rounding of rates leaves over is price: the parts must sum to the change exactly
        var rest = change - price - seats - added - untold;
        return rest == 0 ? new(price, seats, added, untold)
            : price != 0 ? new(price + rest, seats, added, untold)
            : untold != 0 ? new(price, seats, added, untold + rest)
            : new(price, seats, added + rest, untold);
    }

    private sealed class Sides
    {
        public decimal Before { get; private set; }

        public decimal After { get; private set; }

        public long SeatsBefore { get; private set; }

        public long SeatsAfter { get; private set; }

        public bool Counted { get; private set; } = true;

        public void Add(in TermLine term, decimal money, bool before, bool after)
        {
            Counted &= term.Seats > 0;
            if (before)
            {
                Before += money;
                SeatsBefore += term.Seats ?? 0;
            }

            if (after)
            {
                After += money;
                SeatsAfter += term.Seats ?? 0;
            }
        }
    }
}
