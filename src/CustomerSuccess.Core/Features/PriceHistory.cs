using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Features;

/// <summary>
/// What one account pays for the same thing over time. Things are a product in a plan; a thing's price is its MRR for each seat, or its MRR where seats are not counted.
/// The change between two days is a Laspeyres index over what the account had on both, weighted by its seats now.
/// </summary>
internal sealed class PriceHistory
{
    /// <summary>Days looked back for a rise, and what stands where there was none.</summary>
    private const int MostDays = 365;

    /// <summary>Smaller changes are rounding.</summary>
    private const double LeastRise = 0.005;

    private readonly IReadOnlyList<Subscription> _terms;

    /// <summary>Days on which a term takes over from another, ascending: no price rises on any other.</summary>
    private readonly DateOnly[] _changes;

    /// <param name="terms">Of one account, none voided.</param>
    public PriceHistory(IReadOnlyList<Subscription> terms)
    {
        _terms = terms;
        _changes = [.. terms.Skip(1).Select(term => term.StartedOn).Distinct().Order()];
    }

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

    /// <summary>Days since a price last rose, at most a year; NaN where the account has nothing to pay for.</summary>
    public double DaysSinceRise(DateOnly t, Func<string, decimal> rate)
    {
        for (var i = _changes.Length - 1; i >= 0; i--)
        {
            var day = _changes[i];
            if (day <= t && t.DayNumber - day.DayNumber >= MostDays)
            {
                break;
            }

            if (day <= t && Change(day.AddDays(-1), day, rate) > LeastRise)
            {
                return t.DayNumber - day.DayNumber;
            }
        }

        return On(t, rate).Count == 0 ? double.NaN : MostDays;
    }

    private Dictionary<(string? Product, string? Plan), (decimal Mrr, double Seats)> On(DateOnly day, Func<string, decimal> rate)
    {
        var things = new Dictionary<(string? Product, string? Plan), (decimal Mrr, double Seats)>();
        foreach (var term in _terms)
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
