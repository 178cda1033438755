namespace CustomerSuccess.Core.Risk;

/// <summary>What an account's place in the queue depends on.</summary>
/// <param name="AccountNo">Decides between equals.</param>
/// <param name="ValuePerMinute">Of the best touch.</param>
/// <param name="Risk">Probability, or rule score in fallback.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="Owner">Whose minutes it takes; null for nobody's.</param>
/// <param name="Minutes">Of the first suggestion; 0 where there is none.</param>
public readonly record struct QueueEntry(int AccountNo, double ValuePerMinute, double Risk, decimal Mrr, string? Owner, double Minutes);

/// <summary>The queue's order, and what of it fits into a day.</summary>
public static class QueueOrder
{
    /// <summary>Greatest value per minute first, then risk, then MRR, then account number: a total order.</summary>
    public static IComparer<QueueEntry> Comparer { get; } = Comparer<QueueEntry>.Create(static (a, b) =>
        b.ValuePerMinute.CompareTo(a.ValuePerMinute) is var value and not 0 ? value
        : b.Risk.CompareTo(a.Risk) is var risk and not 0 ? risk
        : b.Mrr.CompareTo(a.Mrr) is var mrr and not 0 ? mrr
        : a.AccountNo.CompareTo(b.AccountNo));

    /// <summary>
    /// Going down the queue, an account fits where its owner has minutes left for its first suggestion. What is too long is passed over, so that something shorter below may still fit.
    /// An account without a suggestion never fits. Accounts of nobody share one day.
    /// </summary>
    /// <param name="queue">In the queue's order.</param>
    /// <param name="minutesPerDay">Of each owner.</param>
    public static bool[] FitsToday(IReadOnlyList<QueueEntry> queue, double minutesPerDay)
    {
        var fits = new bool[queue.Count];
        var left = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < queue.Count; i++)
        {
            var owner = queue[i].Owner ?? "";
            var minutes = left.GetValueOrDefault(owner, minutesPerDay);
            fits[i] = queue[i].Minutes > 0 && queue[i].Minutes <= minutes;
            if (fits[i])
            {
                left[owner] = minutes - queue[i].Minutes;
            }
        }

        return fits;
    }
}
