namespace CustomerSuccess.Core.Modelling;

/// <summary>Draws whole accounts where rows are too many.</summary>
public static class AccountSample
{
    /// <summary>Positions of whole accounts in a seeded order, up to a number of rows.</summary>
    public static int[] AtMost(int most, int[] accounts, IReadOnlyList<int> rows, int seed)
    {
        if (rows.Count <= most)
        {
            return [.. Enumerable.Range(0, rows.Count)];
        }

        var positions = Enumerable.Range(0, rows.Count).GroupBy(p => accounts[rows[p]]).OrderBy(g => g.Key).Select(g => g.ToArray()).ToArray();
        SeededRandom.Of(seed, 0).Shuffle(positions.AsSpan());
        var count = 0;
        return [.. positions.TakeWhile(group => (count += group.Length) <= most).SelectMany(group => group).Order()];
    }
}
