using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Products;

/// <summary>One account's terms of one product.</summary>
public sealed class ProductTerms
{
    private ProductTerms(string product, IReadOnlyList<Subscription> terms)
    {
        Product = product;
        Terms = terms;
        Mrr = MrrTimeline.Of(terms);
    }

    /// <summary>The product's key; that of terms which name none is <see cref="ProductKey.Unnamed"/>.</summary>
    public string Product { get; }

    public IReadOnlyList<Subscription> Terms { get; }

    /// <summary>MRR of these terms alone; over all products they add up to the account's.</summary>
    public MrrTimeline Mrr { get; }

    /// <summary>Splits an account's terms, in the order of the keys. Voided terms are left out.</summary>
    public static IReadOnlyList<ProductTerms> Of(IEnumerable<Subscription> terms) =>
        [.. terms.Where(term => term.VoidedBy is null)
            .GroupBy(term => ProductKey.Of(term.Product), StringComparer.Ordinal)
            .OrderBy(product => product.Key, StringComparer.Ordinal)
            .Select(product => new ProductTerms(product.Key, [.. product]))];

    /// <summary>The days on which the product begins: its MRR rises from 0, and was 0 for more than <paramref name="graceDays"/> days or ever before.</summary>
    public IReadOnlyList<DateOnly> Starts(int graceDays)
    {
        List<DateOnly> starts = [];
        DateOnly? fell = null;
        var paying = false;
        foreach (var day in Mrr.ChangeDays)
        {
            var pays = Mrr.IsPaying(day);
            if (pays && !paying && (fell is null || day.DayNumber - fell.Value.DayNumber > graceDays))
            {
                starts.Add(day);
            }

            fell = paying && !pays ? day : fell;
            paying = pays;
        }

        return starts;
    }
}
