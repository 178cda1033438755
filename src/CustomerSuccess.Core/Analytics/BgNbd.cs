namespace CustomerSuccess.Core.Analytics;

/// <summary>
/// The BG/NBD model of repeat purchases: Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24(2), 2005.
/// While alive, a customer buys at a rate of its own, spread over customers as a gamma distribution (shape r, rate α);
/// after each purchase it leaves for good with a probability of its own, spread as a beta distribution (a, b).
/// </summary>
/// <param name="R">Shape of the purchase rates, above 0.</param>
/// <param name="Alpha">Their rate parameter, in weeks: the mean purchase rate is r / α a week.</param>
/// <param name="A">First parameter of the probability to leave, above 0.</param>
/// <param name="B">Its second: the mean probability is a / (a + b).</param>
public sealed record BgNbd(double R, double Alpha, double A, double B)
{
    /// <summary>
    /// The log-likelihood of a customer's purchases (equation 6 of the paper, in a form that does not overflow):
    /// ln[Γ(r+x) α^r Γ(a+b) Γ(b+x) / (Γ(r) Γ(b) Γ(a+b+x))] + ln[(α+T)^−(r+x) + δ(x&gt;0) a/(b+x−1) (α+t)^−(r+x)],
    /// with x repeat purchases, the last one t weeks and today T weeks after the first purchase.
    /// </summary>
    public double LogLikelihood(in PurchaseSummary customer)
    {
        var x = customer.Frequency;
        return GammaFunctions.LogGamma(R + x) - GammaFunctions.LogGamma(R) + (R * Math.Log(Alpha))
            + GammaFunctions.LogGamma(A + B) + GammaFunctions.LogGamma(B + x) - GammaFunctions.LogGamma(B) - GammaFunctions.LogGamma(A + B + x)
            - ((R + x) * Math.Log(Alpha + customer.Age)) + Math.Log(1 + OddsOfHavingLeft(customer));
    }

    /// <summary>The probability that a customer still buys, 0–1: 1 / (1 + δ(x&gt;0) a/(b+x−1) ((α+T)/(α+t))^(r+x)). By this model who never came back is certainly alive.</summary>
    public double ProbabilityAlive(in PurchaseSummary customer) => 1 / (1 + OddsOfHavingLeft(customer));

    /// <summary>Purchases expected of a customer in the weeks to come, given its past (equation 10 of the paper).</summary>
    /// <param name="customer">Its past.</param>
    /// <param name="weeks">From today on, 0 or more.</param>
    public double Expected(in PurchaseSummary customer, double weeks)
    {
        var (x, age) = (customer.Frequency, customer.Age);
        // the formula has a removable gap at a = 1
        var a = Math.Abs(A - 1) < 1e-5 ? 1 + 1e-5 : A;
        var shrink = Math.Pow((Alpha + age) / (Alpha + age + weeks), R + x);
        var curve = GammaFunctions.Hypergeometric(R + x, B + x, a + B + x - 1, weeks / (Alpha + age + weeks));
        return Math.Max(0, (a + B + x - 1) / (a - 1) * (1 - (shrink * curve)) * ProbabilityAlive(customer));
    }

    /// <summary>Repeat purchases expected of a new customer in its first weeks (equation 9 of the paper).</summary>
    public double ExpectedOfNew(double weeks)
    {
        var a = Math.Abs(A - 1) < 1e-5 ? 1 + 1e-5 : A;
        return (a + B - 1) / (a - 1) * (1 - (Math.Pow(Alpha / (Alpha + weeks), R) * GammaFunctions.Hypergeometric(R, B, a + B - 1, weeks / (Alpha + weeks))));
    }

    private double OddsOfHavingLeft(in PurchaseSummary customer) => customer.Frequency == 0 ? 0
        : A / (B + customer.Frequency - 1) * Math.Exp((R + customer.Frequency) * Math.Log((Alpha + customer.Age) / (Alpha + customer.Recency)));
}
