namespace CustomerSuccess.Core.Analytics;

/// <summary>What RFM is computed from.</summary>
/// <param name="AccountId">The id as the sources write it.</param>
/// <param name="Recency">Days since the last purchase ever (or the last active day).</param>
/// <param name="Frequency">Purchases (or active days) of the trailing 365 days.</param>
/// <param name="Money">Their amount (or MRR).</param>
public sealed record RfmValues(string AccountId, int Recency, int Frequency, decimal Money);

/// <summary>A customer's scores, 1 (worst) to 5 each.</summary>
public sealed record RfmScore(RfmValues Values, int R, int F, int M);

/// <summary>A cell of the R × F table.</summary>
public sealed record RfmCell(int R, int F, int Accounts, decimal Money);

/// <summary>A tenth of the customers by trailing revenue, highest first.</summary>
/// <param name="Decile">1 (highest) to 10.</param>
/// <param name="Accounts">How many it holds.</param>
/// <param name="Money">Their revenue.</param>
/// <param name="Share">Of all revenue, 0–1; null where there is none.</param>
/// <param name="CumulativeShare">Of this and the higher deciles, 0–1.</param>
public sealed record Decile(int Number, int Accounts, decimal Money, double? Share, double? CumulativeShare);

/// <summary>Recency, frequency and money.</summary>
public static class Rfm
{
    /// <summary>Days looked back on for frequency and money.</summary>
    public const int Window = 365;

    /// <summary>Scores customers against one another: 1 + floor(5 × strictly worse / n), so that ties share a score. In the order of the input.</summary>
    public static IReadOnlyList<RfmScore> Score(IReadOnlyList<RfmValues> customers)
    {
        var r = Scores(customers, c => -c.Recency);
        var f = Scores(customers, c => c.Frequency);
        var m = Scores(customers, c => c.Money);
        return [.. customers.Select((c, i) => new RfmScore(c, r[i], f[i], m[i]))];
    }

    /// <summary>The R × F table: cells that hold somebody, by R and then F.</summary>
    public static IReadOnlyList<RfmCell> Table(IEnumerable<RfmScore> scores) =>
        [.. scores.GroupBy(s => (s.R, s.F)).OrderBy(g => g.Key).Select(g => new RfmCell(g.Key.R, g.Key.F, g.Count(), g.Sum(s => s.Values.Money)))];

    /// <summary>Ten equal groups by revenue, highest first, ties by account id: 1 + floor(10 × position / n).</summary>
    public static IReadOnlyList<Decile> Deciles(IReadOnlyList<RfmValues> customers)
    {
        var total = customers.Sum(c => c.Money);
        var sorted = customers.OrderByDescending(c => c.Money).ThenBy(c => c.AccountId, StringComparer.Ordinal).ToList();
        var cumulative = 0m;
        return [.. sorted.Select((c, position) => (c.Money, Number: 1 + (int)(10L * position / sorted.Count))).GroupBy(c => c.Number).Select(g =>
        {
            var money = g.Sum(c => c.Money);
            cumulative += money;
            return new Decile(g.Key, g.Count(), money, Share(money, total), Share(cumulative, total));
        })];
    }

    private static double? Share(decimal part, decimal total) => total == 0 ? null : (double)(part / total);

    private static int[] Scores(IReadOnlyList<RfmValues> customers, Func<RfmValues, decimal> value)
    {
        var sorted = customers.Select(value).Order().ToArray();
        return [.. customers.Select(c => 1 + (int)(5L * StrictlyBelow(sorted, value(c)) / sorted.Length))];
    }

    private static int StrictlyBelow(decimal[] sorted, decimal value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
