namespace CustomerSuccess.Core.Analytics;

/// <summary>The gamma function's relatives, for arguments above 0.</summary>
internal static class GammaFunctions
{
    /// <summary>Arguments below this are carried up to it before the asymptotic series is used, whose error then is below 1e-15.</summary>
    private const double Large = 12;

    private const double HalfLogOf2Pi = 0.91893853320467274178;

    /// <summary>ln Γ(x): Stirling's series (Abramowitz and Stegun 6.1.41) after Γ(x + 1) = x Γ(x).</summary>
    public static double LogGamma(double x)
    {
        var product = 1.0;
        for (; x < Large; x++)
        {
            product *= x;
        }

        var y = 1 / (x * x);
        var series = ((1.0 / 12) - (y * ((1.0 / 360) - (y * ((1.0 / 1260) - (y * ((1.0 / 1680) - (y * ((1.0 / 1188) - (y * 691 / 360360)))))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogOf2Pi + series - Math.Log(product);
    }

    /// <summary>ψ(x), the derivative of ln Γ (Abramowitz and Stegun 6.3.18), after ψ(x + 1) = ψ(x) + 1/x.</summary>
    public static double Digamma(double x)
    {
        var sum = 0.0;
        for (; x < Large; x++)
        {
            sum -= 1 / x;
        }

        var y = 1 / (x * x);
        return sum + Math.Log(x) - (0.5 / x) - (y * ((1.0 / 12) - (y * ((1.0 / 120) - (y * ((1.0 / 252) - (y * ((1.0 / 240) - (y * 1 / 132)))))))));
    }

    /// <summary>Gauss's ₂F₁(a, b; c; z) by its series, for 0 ≤ z &lt; 1 and positive a and b; its terms fall in the end like z to the power of their number.</summary>
    public static double Hypergeometric(double a, double b, double c, double z)
    {
        double term = 1, sum = 1;
        for (var n = 0; n < 100_000; n++)
        {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
            if (Math.Abs(term) <= 1e-15 * Math.Abs(sum) && (a + n) * (b + n) * z < (c + n) * (n + 1))
            {
                break;
            }
        }

        return sum;
    }
}
