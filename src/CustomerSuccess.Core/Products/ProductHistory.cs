using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Products;

/// <summary>
/// What became of the products of one account. A product <i>ends</i> on the day on which its MRR falls to 0 and stays 0 for more than the grace period.
/// It was <i>replaced</i> where another product of the account begins within the grace period before or after that day, else it was <i>dropped</i> –
/// unless the account itself leaves, which ends all of them. A product is <i>lost</i> in the window after t where the account leaves in it or drops the product in it.
/// </summary>
public sealed class ProductHistory
{
    private readonly LabelRule _rule;
    private readonly (DateOnly Day, bool Replaced)[][] _ends;

    /// <param name="terms">Of one account, none voided.</param>
    /// <param name="rule">Lead, horizon and grace.</param>
    public ProductHistory(IReadOnlyList<Subscription> terms, LabelRule rule)
    {
        _rule = rule;
        Products = ProductTerms.Of(terms);
        var starts = Products.Select(product => product.Starts(rule.GraceDays)).ToArray();
        _ends = [.. Products.Select((product, own) => product.Mrr.ChurnEvents(rule.GraceDays)
            .Select(day => (day, starts.Where((_, other) => other != own).Any(days => days.Any(start => Math.Abs(start.DayNumber - day.DayNumber) <= rule.GraceDays))))
            .ToArray())];
    }

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyList<ProductTerms> Products { get; }

    /// <summary>The products that the account pays for at a day. A label is known where the account's is, and the product does not end before the window begins.</summary>
    /// <param name="account">The account on that day.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency, as known on that day.</param>
    public IReadOnlyList<ProductObservation> At(Observation account, Func<string, decimal> rate)
    {
        var t = account.AsOf;
        var paid = Enumerable.Range(0, Products.Count).Where(product => Products[product].Mrr.IsPaying(t)).ToArray();
        return [.. paid.Select(product => Label(
            new ProductObservation(account.AccountNo, t, Products[product].Product, Products[product].Mrr.On(t, rate), paid.Length, account.Leaving || LabelRule.IsLeaving(Products[product].Terms, t), null, null, null),
            account,
            _ends[product]))];
    }

    private ProductObservation Label(ProductObservation product, Observation account, (DateOnly Day, bool Replaced)[] ends)
    {
        var lead = account.AsOf.AddDays(_rule.LeadDays);
        var last = lead.AddDays(_rule.HorizonDays);
        var end = Array.Find(ends, end => end.Day > account.AsOf && end.Day <= last);
        var ended = end != default;
        if (product.Leaving || account.Churned is not { } left || (ended && end.Day <= lead))
        {
            return product;
        }

        var dropped = ended && !end.Replaced;
        return left
            ? product with { Lost = true, EndedOn = dropped ? end.Day : account.ChurnEventOn }
            : product with { Dropped = dropped, Lost = dropped, EndedOn = dropped ? end.Day : null };
    }
}
