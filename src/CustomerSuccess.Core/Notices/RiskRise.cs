namespace CustomerSuccess.Core.Notices;

/// <summary>Which rises of a risk are worth telling, and of whom.</summary>
public static class RiskRise
{
    /// <summary>The share of the paying accounts, by MRR, that counts as high in value.</summary>
    public const double HighShare = 0.2;

    private const double LeastPoints = 0.05, LeastRatio = 1.5;

    /// <summary>True where a probability rose by 5 points and by half of what it was, both at least.</summary>
    /// <param name="before">0–1, of the run before by the same model.</param>
    /// <param name="now">0–1.</param>
    public static bool IsMaterial(double before, double now) => now - before >= LeastPoints && now >= LeastRatio * before;

    /// <summary>The MRR from which an account is high in value: that of the last of the first fifth.</summary>
    /// <param name="mrr">Of every paying account.</param>
    public static decimal HighFrom(IEnumerable<decimal> mrr)
    {
        var falling = mrr.Where(amount => amount > 0).OrderDescending().ToList();
        return falling.Count == 0 ? decimal.MaxValue : falling[(int)Math.Ceiling(HighShare * falling.Count) - 1];
    }
}
