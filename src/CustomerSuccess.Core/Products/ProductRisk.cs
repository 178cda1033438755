namespace CustomerSuccess.Core.Products;

/// <summary>Where the risk of a product comes from.</summary>
public enum ProductRiskBasis
{
    /// <summary>The account's probability of leaving, and a model of this product alone for being dropped by an account that stays.</summary>
    OwnModel,

    /// <summary>The same, with one model over all products.</summary>
    PooledModel,

    /// <summary>The account's probability of leaving alone, a lower bound: no model of dropped products may be shown.</summary>
    Account,

    /// <summary>The only product that the account pays for: it is lost when the account leaves.</summary>
    OnlyProduct,

    /// <summary>No model at all: the rule score over the product's features, which is no probability.</summary>
    RuleScore,

    /// <summary>Notice has been given: known to end.</summary>
    Notice,
}

/// <summary>
/// The risk of losing a product, by two ways that exclude each other: the account leaves, or it stays and drops the product.
/// P(lost) = P(account leaves) + (1 − P(account leaves)) × P(dropped | account stays).
/// </summary>
public static class ProductRisk
{
    /// <summary>P(lost), never below the account's probability of leaving.</summary>
    /// <param name="leaves">Of the account's leaving, 0–1.</param>
    /// <param name="dropped">Of the product's being dropped where the account stays, 0–1.</param>
    public static double Lost(double leaves, double dropped) => leaves + DroppedAlone(leaves, dropped);

    /// <summary>That the account stays and drops the product.</summary>
    public static double DroppedAlone(double leaves, double dropped) => (1 - leaves) * dropped;

    /// <summary>MRR × 12 × P(lost), as the account's expected loss; all of it where notice was given.</summary>
    /// <param name="leaves">Of the account's leaving; null where there is no such probability, and so no expected loss.</param>
    /// <param name="dropped">Of being dropped; null where no model tells, 1 where notice was given.</param>
    /// <param name="mrr">Of the product, reporting currency.</param>
    public static decimal? ExpectedLoss(double? leaves, double? dropped, decimal mrr) =>
        leaves is { } p ? ((decimal)p + ((1 - (decimal)p) * (decimal)(dropped ?? 0))) * mrr * 12 : null;
}

/// <summary>What an account's products are expected to lose, beside what the account is. The parts add up: <c>Products = Account + Dropped + Notice</c>.</summary>
/// <param name="Account">P(account leaves) × MRR × 12: all products lost together.</param>
/// <param name="Dropped">What products add that the account may drop while it stays.</param>
/// <param name="Notice">What products add for which notice has been given, though the account may stay.</param>
public sealed record ProductLoss(decimal Account, decimal Dropped, decimal Notice)
{
    /// <summary>The sum over products.</summary>
    public decimal Products => Account + Dropped + Notice;

    /// <param name="leaves">Of the account's leaving; null in fallback and for an account that is leaving.</param>
    /// <param name="products">MRR of each product, and the probability of being dropped where the account stays (null where no model tells); true where notice was given.</param>
    /// <returns>Null without a probability.</returns>
    public static ProductLoss? Of(double? leaves, IReadOnlyCollection<(decimal Mrr, double? Dropped, bool Notice)> products)
    {
        if (leaves is not { } p)
        {
            return null;
        }

        decimal More(double? dropped, decimal mrr) => (1 - (decimal)p) * (decimal)(dropped ?? 0) * mrr * 12;
        return new(
            products.Sum(product => (decimal)p * product.Mrr * 12),
            products.Where(product => !product.Notice).Sum(product => More(product.Dropped, product.Mrr)),
            products.Where(product => product.Notice).Sum(product => More(1, product.Mrr)));
    }
}
