using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Products;

/// <summary>What became of the products of accounts by the band that the product stood in: lost means that the account left or dropped it.</summary>
/// <param name="Product">The product's key.</param>
/// <param name="Name">As most contract rows write it.</param>
/// <param name="Test">By band.</param>
public sealed record ProductBands(string Product, string Name, BandTest Test);

/// <summary>Where a product stands in the newest run, over the accounts that a viewer may see.</summary>
/// <param name="Product">The product's key.</param>
/// <param name="Name">As most contract rows write it; empty for terms that name none.</param>
/// <param name="Accounts">Accounts that pay for it.</param>
/// <param name="Leaving">Of them, those that have given notice for it.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="Average">Mean health; null where fewer than <see cref="ProductHealth.LeastAccounts"/> accounts pay for it.</param>
/// <param name="Good">Accounts in the band.</param>
/// <param name="Watch">Likewise.</param>
/// <param name="Danger">Likewise.</param>
/// <param name="ExpectedLoss">Sum of P(lost) × MRR × 12; null in fallback.</param>
/// <param name="Basis">Where the risk of those that may drop it comes from; null where no account pays for another product beside it.</param>
public sealed record ProductStanding(string Product, string Name, int Accounts, int Leaving, decimal Mrr, double? Average, int Good, int Watch, int Danger, decimal? ExpectedLoss, ProductRiskBasis? Basis);

/// <summary>A product of one account, as the newest run saw it.</summary>
/// <param name="Score">What the run says of it.</param>
/// <param name="Band">Its health's band.</param>
/// <param name="Before">Its health at the month end before; null where there is none.</param>
/// <param name="Drivers">Why it may be dropped, strongest first.</param>
public sealed record AccountProduct(ProductScore Score, HealthBand? Band, double? Before, IReadOnlyList<Risk.Driver> Drivers)
{
    /// <summary>Of the probability that it is lost, the part in which the account stays and drops it; null without a model of dropped products.</summary>
    public double? DroppedAlone { get; init; }
}

/// <summary>The products of one account, largest MRR first.</summary>
/// <param name="Products">None where contracts name fewer than two products, or the account is not paying.</param>
/// <param name="Loss">What they are expected to lose beside what the account is; null in fallback and for an account that is leaving.</param>
/// <param name="Model">The version of the model of dropped products that was asked; null where none was.</param>
public sealed record AccountProducts(IReadOnlyList<AccountProduct> Products, ProductLoss? Loss, string? Model);
