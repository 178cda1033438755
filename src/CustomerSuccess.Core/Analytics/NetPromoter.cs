namespace CustomerSuccess.Core.Analytics;

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

    /// <summary>The score of counted answers; null where nobody answered. The interval is the adjusted Wald interval for a difference of multinomial shares (3/4 added to promoters and to detractors, 3 to all), cut to ±100.</summary>
    public static NetPromoter? Of(int promoters, int passives, int detractors)
    {
        var n = promoters + passives + detractors;
        if (n == 0)
        {
            return null;
        }

        var p = (promoters + 0.75) / (n + 3);
        var d = (detractors + 0.75) / (n + 3);
        var m = p - d;
        var half = Z * Math.Sqrt((p + d - (m * m)) / (n + 3));
        return new NetPromoter(promoters, passives, detractors, (promoters - detractors) * 100.0 / n, 100 * Math.Max(-1, m - half), 100 * Math.Min(1, m + half));
    }
}
