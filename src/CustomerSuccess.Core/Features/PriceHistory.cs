using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Features;

/// <summary>
/// What one account pays for the same thing over time. Things are a product in a plan; a thing's price is its MRR for each seat, or its MRR where seats are not counted.
/// The change between two days is a Laspeyres index over what the account had on both, weighted by its seats now.
/// </summary>
/// <param name="terms">Of one account, none voided.</param>
internal sealed class PriceHistory(IReadOnlyList<Subscription> terms)
{
    /// <summary>Relative change of prices from one day to another; NaN where the account had nothing on both.</summary>
    /// <param name="from">The earlier day.</param>
    /// <param name="to">The later day.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency, the same for both days.</param>
    public double Change(DateOnly from, DateOnly to, Func<string, decimal> rate)
    {
        Dictionary<(string? Product, string? Plan), (decimal Mrr, double Seats)> before = On(from, rate), after = On(to, rate);
        double was = 0, now = 0;
        foreach (var (thing, (mrr, seats)) in after)
        {
            if (mrr > 0 && before.TryGetValue(thing, out var then) && then.Mrr > 0 && then.Seats > 0 == seats > 0)
            {
                was += seats > 0 ? (double)then.Mrr / then.Seats * seats : (double)then.Mrr;
                now += (double)mrr;
            }
        }

        return was > 0 ? (now / was) - 1 : double.NaN;
    }

    private Dictionary<(string? Product, string? Plan), (decimal Mrr, double Seats)> On(DateOnly day, Func<string, decimal> rate)
    {
        var things = new Dictionary<(string? Product, string? Plan), (decimal Mrr, double Seats)>();
        foreach (var term in terms)
        {
            if (term.StartedOn <= day && !(term.EndedOn <= day))
            {
                var (mrr, seats) = things.GetValueOrDefault((term.Product, term.Plan));
                things[(term.Product, term.Plan)] = (mrr + (term.Mrr == 0 ? 0 : term.Mrr * rate(term.Currency)), seats + (term.Seats ?? 0));
            }
        }

        return things;
    }
}
