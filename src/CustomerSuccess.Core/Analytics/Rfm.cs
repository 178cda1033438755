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
    public static IReadOnlyList<Decile> Deciles(IReadOnlyList<RfmValues> customers) => Deciles(customers, DecilesOf(customers));

    /// <summary>Groups of customers whose decile is known, such as some of those that it was told among; shares are of these customers.</summary>
    /// <param name="customers">Whose revenue.</param>
    /// <param name="deciles">The decile of each, 1–10.</param>
    public static IReadOnlyList<Decile> Deciles(IReadOnlyList<RfmValues> customers, IReadOnlyList<int> deciles)
    {
        var total = customers.Sum(c => c.Money);
        var cumulative = 0m;
        return [.. customers.Zip(deciles, (c, number) => (c.Money, Number: number)).GroupBy(c => c.Number).OrderBy(g => g.Key).Select(g =>
        {
            var money = g.Sum(c => c.Money);
            cumulative += money;
            return new Decile(g.Key, g.Count(), money, Share(money, total), Share(cumulative, total));
        })];
    }

    /// <summary>The decile of each customer, 1–10, in the order of the input.</summary>
    public static IReadOnlyList<int> DecilesOf(IReadOnlyList<RfmValues> customers)
    {
        var deciles = new int[customers.Count];
        var order = Enumerable.Range(0, customers.Count).OrderByDescending(i => customers[i].Money).ThenBy(i => customers[i].AccountId, StringComparer.Ordinal).ToList();
        for (var position = 0; position < order.Count; position++)
        {
            deciles[order[position]] = 1 + (int)(10L * position / order.Count);
        }

        return deciles;
    }

    private static double? Share(decimal part, decimal total) => total == 0 ? null : (double)(part / total);

    /// <summary>The least value whose score is at least so many: every value above it scores as high or higher. Null where nobody can be below.</summary>
    /// <param name="values">Of all customers, one or more; their order is changed.</param>
    /// <param name="score">1–5.</param>
    /// <returns>A value counts as scoring where it is strictly above; null where all do.</returns>
    public static T? ScoresAbove<T>(Span<T> values, int score)
        where T : struct, IComparable<T>
    {
        // a score needs so many strictly worse: 5 × worse / n ≥ score − 1
        var worse = (int)((((long)score - 1) * values.Length) + 4) / 5;
        if (worse == 0)
        {
            return null;
        }

        return Smallest(values, worse - 1);
    }

    /// <summary>Scores of bare whole numbers by counting them, in the order of the input; the greater, the better.</summary>
    public static int[] ScoresOfNumbers(int[] values)
    {
        const long Widest = 1 << 20;
        var (least, width) = values.Length == 0 ? (0, 0) : (values.Min(), (long)values.Max() - values.Min());
        if (width >= Widest)
        {
            return Scores(values);
        }

        var below = new int[width + 2];
        foreach (var value in values)
        {
            below[value - least + 1]++;
        }

        for (var i = 1; i < below.Length; i++)
        {
            below[i] += below[i - 1];
        }

        return Array.ConvertAll(values, value => 1 + (int)(5L * below[value - least] / values.Length));
    }

    private static int[] Scores<T>(IReadOnlyList<RfmValues> customers, Func<RfmValues, T> value)
        where T : IComparable<T> => Scores([.. customers.Select(value)]);

    /// <summary>Scores in the order of the input: 1 + floor(5 × strictly less / n).</summary>
    public static int[] Scores<T>(T[] values)
        where T : IComparable<T>
    {
        var sorted = (T[])values.Clone();
        Array.Sort(sorted);
        return Array.ConvertAll(values, one => 1 + (int)(5L * StrictlyBelow(sorted, one) / sorted.Length));
    }

    /// <summary>The value that would stand at a place if all were sorted; they are moved about.</summary>
    private static T Smallest<T>(Span<T> values, int place)
        where T : IComparable<T>
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            var pivot = values[(low + high) / 2];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i].CompareTo(pivot) < 0)
                {
                    i++;
                }

                while (values[j].CompareTo(pivot) > 0)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    (i, j) = (i + 1, j - 1);
                }
            }

            (low, high) = place <= j ? (low, j) : place >= i ? (i, high) : (place, place);
        }

        return values[place];
    }

    private static int StrictlyBelow<T>(T[] sorted, T value)
        where T : IComparable<T>
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].CompareTo(value) < 0)
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
