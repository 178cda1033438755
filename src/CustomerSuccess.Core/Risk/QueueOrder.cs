namespace CustomerSuccess.Core.Risk;

/// <summary>What an account's place in the queue depends on.</summary>
/// <param name="AccountNo">Decides between equals.</param>
/// <param name="ValuePerMinute">Of the best touch.</param>
/// <param name="Risk">Probability, or rule score in fallback.</param>
/// <param name="Mrr">Reporting currency.</param>
public readonly record struct QueueEntry(int AccountNo, double ValuePerMinute, double Risk, decimal Mrr);

/// <summary>The order of a queue. What of it fits into the days of its CSMs says <see cref="Capacity.WorkPlan"/>.</summary>
public static class QueueOrder
{
    /// <summary>Greatest value per minute first, then risk, then MRR, then account number: a total order.</summary>
    public static IComparer<QueueEntry> Comparer { get; } = Comparer<QueueEntry>.Create(static (a, b) =>
        b.ValuePerMinute.CompareTo(a.ValuePerMinute) is var value and not 0 ? value
        : b.Risk.CompareTo(a.Risk) is var risk and not 0 ? risk
        : b.Mrr.CompareTo(a.Mrr) is var mrr and not 0 ? mrr
        : a.AccountNo.CompareTo(b.AccountNo));
}
