namespace CustomerSuccess.Core.Products;

/// <summary>A product that contracts name.</summary>
/// <param name="Key">See <see cref="ProductKey"/>.</param>
/// <param name="Name">As most contract rows write it; empty for terms that name none.</param>
public sealed record Product(string Key, string Name);

/// <summary>What a company sells by its contracts, in the order of the keys.</summary>
public sealed class ProductCatalogue
{
    private readonly Dictionary<string, int> _index;

    /// <param name="names">Names as contract rows write them (null or blank for none), each with the number of its rows.</param>
    public ProductCatalogue(IEnumerable<(string? Name, long Terms)> names)
    {
        Products = [.. names
            .GroupBy(named => ProductKey.Of(named.Name), StringComparer.Ordinal)
            .OrderBy(product => product.Key, StringComparer.Ordinal)
            .Select(product => new Product(
                product.Key,
                product.Key.Length == 0 ? "" : product.OrderByDescending(named => named.Terms).ThenBy(named => named.Name, StringComparer.Ordinal).First().Name!.Trim()))];
        _index = Products.Select((product, i) => (product.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i, StringComparer.Ordinal);
    }

    /// <summary>A company that sells nothing.</summary>
    public static ProductCatalogue Empty { get; } = new([]);

    public IReadOnlyList<Product> Products { get; }

    /// <summary>True where products can be told apart: contracts name two, or one and some name none.</summary>
    public bool IsSplit => Products.Count > 1;

    /// <summary>Position of the product of a name, or of the terms that name none; -1 where no contract names it.</summary>
    public int IndexOf(string? name) => _index.GetValueOrDefault(ProductKey.Of(name), -1);
}
