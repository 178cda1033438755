using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Products;

/// <summary>Which kinds of fact tell a product of an account from its others; what contracts say always does.</summary>
[Flags]
public enum ProductTold
{
    None = 0,

    /// <summary>Metrics are part of the product.</summary>
    Usage = 1,

    /// <summary>An inquiry of the account names a product.</summary>
    Inquiries = 2,

    /// <summary>An answer of the account names a product.</summary>
    Answers = 4,

    /// <summary>The account has invoices, which name no product.</summary>
    Payments = 8,
}

/// <summary>Whose facts a dimension of a product's health is computed from.</summary>
public enum DimensionSource
{
    /// <summary>The product's own.</summary>
    Product,

    /// <summary>The product's own and some of the account as a whole.</summary>
    Both,

    /// <summary>The account as a whole.</summary>
    Account,
}

/// <summary>Tells which dimensions speak of the product and which of the whole account.</summary>
public static class ProductSources
{
    public static DimensionSource Of(ProductTold told, HealthDimension dimension) => dimension switch
    {
        HealthDimension.Adoption or HealthDimension.Engagement => Named(told, ProductTold.Usage),
        HealthDimension.Support => Named(told, ProductTold.Inquiries),
        HealthDimension.Sentiment => Named(told, ProductTold.Answers),
        HealthDimension.Commercial => told.HasFlag(ProductTold.Payments) ? DimensionSource.Both : DimensionSource.Product,
        _ => DimensionSource.Account,
    };

    private static DimensionSource Named(ProductTold told, ProductTold kind) => told.HasFlag(kind) ? DimensionSource.Product : DimensionSource.Account;
}
