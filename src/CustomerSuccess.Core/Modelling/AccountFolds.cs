namespace CustomerSuccess.Core.Modelling;

/// <summary>Deals accounts into folds by a seeded order, those with an outcome first, so that each fold gets its share; an account's rows stay together.</summary>
public static class AccountFolds
{
    /// <summary>By row of the table, the fold of its account; −1 for rows that are not named.</summary>
    public static int[] Of(int[] accounts, IReadOnlyList<int> rows, bool[] labels, int folds, int seed)
    {
        var result = new int[accounts.Length];
        Array.Fill(result, -1);
        var withOutcome = rows.Where(r => labels[r]).Select(r => accounts[r]).ToHashSet();
        var all = rows.Select(r => accounts[r]).Distinct().Order().ToArray();
        SeededRandom.Of(seed, int.MaxValue).Shuffle(all.AsSpan());
        var fold = all.OrderBy(account => withOutcome.Contains(account) ? 0 : 1).Select((account, i) => (account, i)).ToDictionary(x => x.account, x => x.i % folds);
        foreach (var row in rows)
        {
            result[row] = fold[accounts[row]];
        }

        return result;
    }
}
