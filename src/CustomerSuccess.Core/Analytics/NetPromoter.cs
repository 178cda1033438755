namespace CustomerSuccess.Core.Analytics;

/// <summary>What an answer on the scale 0–10 counts as.</summary>
public enum NpsGroup
{
    /// <summary>9 and 10.</summary>
    Promoter,

    /// <summary>7 and 8.</summary>
    Passive,

    /// <summary>0 to 6.</summary>
    Detractor,
}

/// <summary>By how much one score differs from another, asked of other people or at another time.</summary>
/// <param name="Points">The later score less the earlier one.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
public sealed record NpsChange(double Points, double Lower, double Upper)
{
    /// <summary>True where chance does not explain it: the interval leaves out 0.</summary>
    public bool IsReal => Lower > 0 || Upper < 0;
}

/// <summary>Net promoter score with its 95 % interval.</summary>
/// <param name="Promoters">Answers of 9 and 10.</param>
/// <param name="Passives">Answers of 7 and 8.</param>
/// <param name="Detractors">Answers of 0 to 6.</param>
/// <param name="Score">Promoters less detractors in percent of all answers, −100 to 100.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end of the 95 % interval.</param>
public sealed record NetPromoter(int Promoters, int Passives, int Detractors, double Score, double Lower, double Upper)
{
    private const double Z = 1.959964;

    public int Answers => Promoters + Passives + Detractors;

    /// <summary>What an answer counts as.</summary>
    public static NpsGroup GroupOf(double score) => score >= 9 ? NpsGroup.Promoter : score >= 7 ? NpsGroup.Passive : NpsGroup.Detractor;

    /// <summary>The score of answers counted by <see cref="NpsGroup"/>; null where nobody answered.</summary>
    public static NetPromoter? Of(IReadOnlyList<int> groups) => Of(groups[(int)NpsGroup.Promoter], groups[(int)NpsGroup.Passive], groups[(int)NpsGroup.Detractor]);

    /// <summary>The score of counted answers; null where nobody answered. The interval is the adjusted Wald interval for a difference of multinomial shares (3/4 added to promoters and to detractors, 3 to all), cut to ±100.</summary>
    public static NetPromoter? Of(int promoters, int passives, int detractors)
    {
        var n = promoters + passives + detractors;
        if (n == 0)
        {
            return null;
        }

        var (mean, variance) = Adjusted(promoters, detractors, n);
        var half = Z * Math.Sqrt(variance);
        return new NetPromoter(promoters, passives, detractors, (promoters - detractors) * 100.0 / n, 100 * Math.Max(-1, mean - half), 100 * Math.Min(1, mean + half));
    }

    /// <summary>The change from an earlier score to this one, with the interval that the same adjustment gives a difference of independent scores. Where the same people answered both times it is wider than it need be.</summary>
    public NpsChange Since(NetPromoter earlier)
    {
        var (mean, variance) = Adjusted(Promoters, Detractors, Answers);
        var (before, varianceBefore) = Adjusted(earlier.Promoters, earlier.Detractors, earlier.Answers);
        var half = Z * Math.Sqrt(variance + varianceBefore);
        return new(Score - earlier.Score, 100 * Math.Max(-2, mean - before - half), 100 * Math.Min(2, mean - before + half));
    }

    private static (double Mean, double Variance) Adjusted(int promoters, int detractors, int n)
    {
        var p = (promoters + 0.75) / (n + 3);
        var d = (detractors + 0.75) / (n + 3);
        return (p - d, (p + d - ((p - d) * (p - d))) / (n + 3));
    }
}
