using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Effects;

/// <summary>
/// Compares the arms of a play. Two kinds of interval: the one at the planned end, which holds at one look that was fixed beforehand,
/// and the one while looking, which holds at all looks together, however often and whenever somebody looks.
/// </summary>
public static class ArmComparison
{
    /// <summary>Error of the intervals: 5 %.</summary>
    public const double Error = 0.05;

    /// <summary>Assignments at which the interval while looking is narrowest in relation to the one at the planned end.</summary>
    private const double Narrowest = 1_000;

    private static readonly double Two = NormalDistribution.Quantile(1 - (Error / 2));

    // ρ of the mixture that is tightest at so many assignments (Waudby-Smith et al., section on choosing ρ)
    private static readonly double MixingVariance = ((-2 * Math.Log(Error)) + Math.Log((-2 * Math.Log(Error)) + 1)) / Narrowest;

    /// <summary>Critical value of the interval at the planned end: 1.96.</summary>
    public static double AtPlannedEnd => Two;

    /// <summary>
    /// Critical value while looking, after n known assignments: √(2 (nρ² + 1) / (nρ²) · log(√(nρ² + 1) / α)), the Gaussian mixture boundary of asymptotic confidence sequences
    /// (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas: Time-uniform central limit theory and asymptotic confidence sequences, Annals of Statistics 52, 2024, theorem 2.2).
    /// About 3.0 at 1,000 assignments. With the share of the arms fixed, the difference of the rates is the mean of n independent terms, as that theorem asks.
    /// </summary>
    public static double WhileLooking(double n)
    {
        var scaled = Math.Max(1, n) * MixingVariance;
        return Math.Sqrt(2 * (scaled + 1) / scaled * Math.Log(Math.Sqrt(scaled + 1) / Error));
    }

    /// <summary>
    /// Rate of the offered less rate of the held out, with Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10) at a critical value.
    /// Score intervals keep their promise where outcomes are few, where the plain normal one does not. NaN where an arm is empty.
    /// </summary>
    public static EffectInterval Difference(in Arms arms, double critical)
    {
        var (p, q) = (arms.Offered.Rate, arms.HeldOut.Rate);
        if (double.IsNaN(p) || double.IsNaN(q))
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        var (low, high) = Score(arms.Offered, critical);
        var (otherLow, otherHigh) = Score(arms.HeldOut, critical);
        return new(p - q, p - q - Math.Sqrt(Squared(p - low) + Squared(otherHigh - q)), p - q + Math.Sqrt(Squared(high - p) + Squared(q - otherLow)));
    }

    /// <summary>
    /// Relative effect: 1 − offered / held out for a play that keeps customers (reduction of churn), offered / held out − 1 for one that sells; above 0 is good.
    /// The interval of the ratio is made of the same score limits as that of the difference (MOVER-R: Donner and Zou, Statistical Methods in Medical Research 21, 2012), so that
    /// both leave out "no effect" together. NaN where an arm is empty or nobody had the outcome; without bound where none of the held out had it.
    /// </summary>
    public static EffectInterval Relative(in Arms arms, bool isUpsell, double critical)
    {
        var (p, q) = (arms.Offered.Rate, arms.HeldOut.Rate);
        if (double.IsNaN(p) || double.IsNaN(q) || p + q == 0)
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        var (low, high) = Score(arms.Offered, critical);
        var (otherLow, otherHigh) = Score(arms.HeldOut, critical);
        var least = low * ((2 * p) - low);
        var lower = least <= 0 ? 0 : least / ((p * q) + Math.Sqrt(Math.Max(0, Squared(p * q) - (otherHigh * ((2 * q) - otherHigh) * least))));
        var scale = otherLow * ((2 * q) - otherLow);
        var upper = scale <= 0 ? double.PositiveInfinity : ((p * q) + Math.Sqrt(Math.Max(0, Squared(p * q) - (scale * high * ((2 * p) - high))))) / scale;
        return isUpsell ? new((p / q) - 1, lower - 1, upper - 1) : new(1 - (p / q), 1 - upper, 1 - lower);
    }

    /// <summary>Logarithm of offered / held out and its variance by the delta method, with half an outcome added to each arm where one has none.</summary>
    internal static (double Log, double Variance) LogRatio(in Arms arms)
    {
        var added = arms.Offered.Outcomes == 0 || arms.HeldOut.Outcomes == 0 ? 0.5 : 0;
        var (x, n) = (arms.Offered.Outcomes + added, arms.Offered.Accounts + added);
        var (y, m) = (arms.HeldOut.Outcomes + added, arms.HeldOut.Accounts + added);
        return (Math.Log(x / n / (y / m)), Math.Max(0, (1 / x) - (1 / n) + (1 / y) - (1 / m)));
    }

    /// <summary>Wilson's score interval at a critical value.</summary>
    private static (double Lower, double Upper) Score(Arm arm, double z)
    {
        double n = arm.Accounts;
        var (p, square) = (arm.Rate, z * z);
        var centre = p + (square / (2 * n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (square / (4 * n * n)));
        var scale = 1 + (square / n);
        return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }

    private static double Squared(double value) => value * value;
}
