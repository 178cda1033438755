namespace CustomerSuccess.Core.Features;

/// <summary>The features of an account at a day, packed, at month ends and latest.</summary>
public sealed class FeatureSnapshot
{
    public int AccountNo { get; set; }

    public DateOnly AsOf { get; set; }

    /// <summary>Hash of the catalogue that names the positions in <see cref="Values"/>.</summary>
    public required string Catalogue { get; set; }

    public required byte[] Values { get; set; }
}

/// <summary>The names that snapshots were packed by.</summary>
public sealed class StoredCatalogue
{
    /// <summary><see cref="FeatureCatalogue.Hash"/>.</summary>
    public required string Hash { get; set; }

    /// <summary><see cref="FeatureCatalogue.ToText"/>.</summary>
    public required string Text { get; set; }
}
