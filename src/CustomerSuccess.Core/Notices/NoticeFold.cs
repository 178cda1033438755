namespace CustomerSuccess.Core.Notices;

/// <summary>Folds notices of one kind that came closely after each other into one line, and says when a mail about them is due.</summary>
public static class NoticeFold
{
    /// <summary>Notices of a kind are told together while each comes within so long of the next.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMinutes(10);

    /// <summary>How long a notice waits for others before it goes by mail.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>Folds what is listed newest first; groups stand where their newest stands.</summary>
    /// <param name="newestFirst">What happened.</param>
    /// <param name="same">What has to be equal to be folded, such as the kind.</param>
    /// <param name="at">When it happened.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Fold<T, TKey>(IEnumerable<T> newestFirst, Func<T, TKey> same, Func<T, DateTime> at)
        where TKey : notnull
    {
        List<List<T>> groups = [];
        Dictionary<TKey, List<T>> open = [];
        foreach (var one in newestFirst)
        {
            if (open.TryGetValue(same(one), out var group) && at(group[^1]) - at(one) <= Gap)
            {
                group.Add(one);
                continue;
            }

            open[same(one)] = group = [one];
            groups.Add(group);
        }

        return groups;
    }

    /// <summary>True where a mail about a kind is due: the oldest that waits has waited long enough, and the last mail about the kind is long enough ago.</summary>
    /// <param name="oldest">When the oldest that waits happened, UTC.</param>
    /// <param name="lastMailed">When the person last had a mail about the kind, UTC; null for never.</param>
    /// <param name="now">UTC.</param>
    public static bool IsMailDue(DateTime oldest, DateTime? lastMailed, DateTime now) => now - oldest >= Wait && (lastMailed is not { } last || now - last >= Gap);
}
