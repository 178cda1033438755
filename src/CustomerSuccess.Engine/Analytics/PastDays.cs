namespace CustomerSuccess.Engine.Analytics;

/// <summary>Earlier days at which customers are followed: as far apart as they are looked ahead of, so that nothing counts twice.</summary>
internal static class PastDays
{
    private const int Most = 4;

    /// <param name="last">The last day after which enough is known.</param>
    /// <param name="apart">Days between them.</param>
    /// <param name="first">The first day that makes sense; null for none.</param>
    /// <returns>Newest first; empty where none lies far enough back.</returns>
    public static IReadOnlyList<DateOnly> Of(DateOnly last, int apart, DateOnly? first) => [.. Enumerable.Range(0, Most).Select(i => last.AddDays(-i * apart)).Where(day => day >= first)];
}
