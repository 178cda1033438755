namespace CustomerSuccess.Core.Features;

/// <summary>Reads the numbers of a table by feature name; a feature that the table lacks reads as missing.</summary>
public sealed class FeatureReader
{
    private readonly Dictionary<string, FeatureColumn> _columns = new(StringComparer.Ordinal);

    public FeatureReader(FeatureTable table)
    {
        Table = table;
        foreach (var column in table.Columns)
        {
            _columns.TryAdd(column.Name, column);
        }
    }

    public FeatureTable Table { get; }

    /// <summary>The number of a feature in a row; NaN where it is missing, not in the table, or a category.</summary>
    public double Number(string feature, int row) =>
        _columns.TryGetValue(feature, out var column) && column.Numbers is { } numbers ? numbers[row] : double.NaN;

    /// <summary>The level of a category in a row; null where it is missing, not in the table, or a number.</summary>
    public string? Category(string feature, int row) =>
        _columns.TryGetValue(feature, out var column) && column.Codes is { } codes && codes[row] >= 0 ? column.Levels[codes[row]] : null;

    /// <summary>True where the table has numbers of that name.</summary>
    public bool Has(string feature) => _columns.TryGetValue(feature, out var column) && column.Numbers is not null;
}
