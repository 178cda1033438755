using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Effects;

/// <summary>How many assignments an answer takes.</summary>
public static class EffectPower
{
    /// <summary>The chance with which an effect of the looked-for size is found: 80 %.</summary>
    public const double Power = 0.8;

    /// <summary>More than this nobody waits for.</summary>
    public const int Most = 10_000_000;

    private static readonly double Beta = NormalDistribution.Quantile(Power);

    /// <summary>
    /// Assignments with known outcome after which the interval while looking leaves out 0 with 80 % where the play has the effect: the sample size of two proportions
    /// of unequal arms (Fleiss, Statistical Methods for Rates and Proportions, 1981, 3.18), with the critical value of that many looks in place of 1.96.
    /// Null where no number is enough.
    /// </summary>
    /// <param name="rate">Rate of the held out, 0–1.</param>
    /// <param name="effect">Relative effect.</param>
    /// <param name="isUpsell">True for a play that sells.</param>
    /// <param name="share">Share of the held out, 0–1.</param>
    public static int? Needed(double rate, double effect, bool isUpsell, double share)
    {
        var other = Math.Clamp(rate * (isUpsell ? 1 + effect : 1 - effect), 0, 1);
        if (rate is not (> 0 and < 1) || share is not (> 0 and < 1) || Math.Abs(other - rate) < 1e-9)
        {
            return null;
        }

        // the critical value depends on the number, hardly: a few rounds settle it
        var n = 1_000d;
        for (var round = 0; round < 20; round++)
        {
            n = Of(rate, other, share, ArmComparison.WhileLooking(n));
        }

        var whole = Math.Max(n, Arms.Least / Math.Min(share, 1 - share));
        return whole > Most ? null : (int)Math.Ceiling(whole);
    }

    /// <summary>The smallest useful relative effect that so many assignments find with 80 %; null where they find none.</summary>
    /// <inheritdoc cref="Needed"/>
    public static double? Noticeable(int n, double rate, bool isUpsell, double share)
    {
        var most = isUpsell ? (1 - rate) / rate : 1;
        if (rate is not (> 0 and < 1) || Needed(rate, most, isUpsell, share) is not { } least || least > n)
        {
            return null;
        }

        var (low, high) = (0d, most);
        for (var round = 0; round < 40; round++)
        {
            var middle = (low + high) / 2;
            if (Needed(rate, middle, isUpsell, share) <= n)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private static double Of(double rate, double other, double share, double critical)
    {
        var k = (1 - share) / share;
        var mean = (rate + (k * other)) / (k + 1);
        var root = (critical * Math.Sqrt((1 + (1 / k)) * mean * (1 - mean))) + (Beta * Math.Sqrt((rate * (1 - rate)) + (other * (1 - other) / k)));
        return root * root / ((rate - other) * (rate - other)) / share;
    }
}
