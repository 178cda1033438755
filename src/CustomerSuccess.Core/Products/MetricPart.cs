namespace CustomerSuccess.Core.Products;

/// <summary>A metric and what it is part of.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Product">The product, as whoever said so writes it; null where it is part of none.</param>
/// <param name="IsSold">True where contracts name the product; always false without one.</param>
public sealed record MetricPart(string Metric, string? Product, bool IsSold);
