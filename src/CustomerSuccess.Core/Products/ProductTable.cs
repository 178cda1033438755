using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Products;

/// <summary>
/// Features of the products that accounts pay for: the account's row, in which everything that can be told by product is the product's own.
/// Contracts are the product's terms; usage is that of its metrics, where it has any; an inquiry or answer that names another product does not count, one that names none counts for each.
/// All else (payments, people, touches, purchases, attributes, single metrics) is the account's.
/// </summary>
/// <param name="Table">One row for each account, as-of date and product paid for; the columns of an account's table, then those of <see cref="FeatureCatalogue.OfProducts"/>.</param>
/// <param name="AccountRow">By row, the account's row in its own table.</param>
/// <param name="Product">By row, the position of the product in <paramref name="Catalogue"/>.</param>
/// <param name="Told">By row, which kinds of fact told the product from the account's others.</param>
/// <param name="Catalogue">The products.</param>
public sealed record ProductTable(FeatureTable Table, int[] AccountRow, int[] Product, ProductTold[] Told, ProductCatalogue Catalogue)
{
    public int Rows => Product.Length;

    /// <summary>The key of a row's product.</summary>
    public string KeyOf(int row) => Catalogue.Products[Product[row]].Key;

    /// <summary>The rows of the given positions, in that order.</summary>
    public ProductTable Take(IReadOnlyList<int> rows) => this with
    {
        Table = Table.Take(rows),
        AccountRow = [.. rows.Select(row => AccountRow[row])],
        Product = [.. rows.Select(row => Product[row])],
        Told = [.. rows.Select(row => Told[row])],
    };
}
