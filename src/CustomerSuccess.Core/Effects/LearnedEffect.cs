using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Effects;

/// <summary>
/// What is believed of a play's effect once its arms were counted: the measured effect, drawn towards the stated one.
/// On the logarithm of the ratio of the rates both are normal; the stated one has the variance that a comparison has in which as many accounts had the outcome
/// as the prior weighs (1 / weight). The mean of both by precision is the learned effect. Few outcomes hardly move it; many override what was stated.
/// </summary>
public static class LearnedEffect
{
    /// <summary>A stated reduction of all churn says nothing of ratios.</summary>
    private const double MostReduction = 0.95;

    /// <summary>The learned relative effect, above 0 for a useful play, with the interval in which it is believed to lie with 95 %.</summary>
    /// <param name="arms">What was counted; the stated effect where an arm is empty.</param>
    /// <param name="isUpsell">True for a play that sells.</param>
    /// <param name="stated">The stated relative effect: reduction of churn, or growth of the probability of expansion.</param>
    /// <param name="weight">Outcomes that the stated effect weighs, above 0.</param>
    public static EffectInterval Of(in Arms arms, bool isUpsell, double stated, double weight)
    {
        var prior = isUpsell ? Math.Log(1 + Math.Max(-MostReduction, stated)) : Math.Log(1 - Math.Min(MostReduction, stated));
        var (mean, precision) = (prior, Math.Max(1e-9, weight));
        if (arms.Offered.Accounts > 0 && arms.HeldOut.Accounts > 0 && arms.Offered.Outcomes + arms.HeldOut.Outcomes > 0)
        {
            var (log, variance) = ArmComparison.LogRatio(arms);
            var own = 1 / Math.Max(variance, 1e-9);
            (mean, precision) = (((precision * prior) + (own * log)) / (precision + own), precision + own);
        }

        var half = NormalDistribution.Quantile(0.975) / Math.Sqrt(precision);
        return isUpsell
            ? new(Math.Exp(mean) - 1, Math.Exp(mean - half) - 1, Math.Exp(mean + half) - 1)
            : new(1 - Math.Exp(mean), 1 - Math.Exp(mean + half), 1 - Math.Exp(mean - half));
    }
}
