namespace CustomerSuccess.Core.Ingestion;

/// <summary>A metric and the product that its row names, in one text: counters go through reading and staging by the million.</summary>
public static class MetricKey
{
    private const char Separator = '\u001F';

    /// <summary>One text for a metric of a product; the metric itself where there is no product.</summary>
    public static string Of(string metric, string? product) =>
        string.IsNullOrEmpty(product) && !metric.Contains(Separator, StringComparison.Ordinal) ? metric : $"{metric}{Separator}{product?.Replace(Separator, ' ')}";

    public static (string Metric, string? Product) Split(string key) => key.LastIndexOf(Separator) is >= 0 and var at
        ? (key[..at], at + 1 == key.Length ? null : key[(at + 1)..])
        : (key, null);
}
