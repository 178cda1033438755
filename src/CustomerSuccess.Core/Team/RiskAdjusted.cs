using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Team;

/// <summary>What observed losses say against those expected.</summary>
public enum LossVerdict
{
    /// <summary>So few losses were to be expected that hardly any result could say something.</summary>
    TooSmall,

    /// <summary>Chance explains the difference.</summary>
    WithinChance,
    Fewer,
    More,
}

/// <summary>Observed losses against those expected from the predictions at the beginning, as ratio and difference with 95 % intervals.</summary>
/// <param name="Observed">Losses, where accounts were handed over shares of them.</param>
/// <param name="Expected">Likewise, from the predicted probabilities.</param>
/// <param name="Ratio">Observed / expected; null where nothing was expected.</param>
/// <param name="Lower">Lower end of the ratio's interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Verdict">What it says.</param>
public sealed record RiskAdjusted(double Observed, double Expected, double? Ratio, double? Lower, double? Upper, LossVerdict Verdict)
{
    /// <summary>Expected losses below which nothing is said of a portfolio.</summary>
    public const double LeastExpected = 5;

    private const double Tail = 0.025;

    /// <summary>Observed less expected: below 0 where fewer left.</summary>
    public double Difference => Observed - Expected;

    public double? DifferenceLower => Lower * Expected - Expected;

    public double? DifferenceUpper => Upper * Expected - Expected;

    /// <summary>
    /// The ratio with its interval. The observed losses are taken for a Poisson count, whole where no account was handed over (Garwood 1936); where shares are added up, for a multiple of one that has their
    /// variance (Dobson and others 1991). Counts of single accounts vary less than that, so the interval errs towards saying nothing.
    /// </summary>
    /// <param name="observed">Σ observed, 0 or more.</param>
    /// <param name="expected">Σ expected.</param>
    /// <param name="variance">Σ variance.</param>
    public static RiskAdjusted Of(double observed, double expected, double variance)
    {
        if (expected <= 0)
        {
            return new(observed, 0, null, null, null, LossVerdict.TooSmall);
        }

        var unit = Math.Clamp(variance / expected, 1e-6, 1);
        var count = observed / unit;
        var (low, high) = (count <= 0 ? 0 : unit * GammaQuantile(Tail, count) / expected, unit * GammaQuantile(1 - Tail, count + 1) / expected);
        return new(observed, expected, observed / expected, low, high,
            expected < LeastExpected ? LossVerdict.TooSmall : high < 1 ? LossVerdict.Fewer : low > 1 ? LossVerdict.More : LossVerdict.WithinChance);
    }

    /// <summary>Between which ratios chance keeps a portfolio of so many expected losses, were its CSM's customers lost as predicted: the funnel around 1, by the square root of the count.</summary>
    /// <param name="expected">Above 0.</param>
    /// <param name="z">1.96 for 95 %, 3.09 for 99.8 %.</param>
    public static (double Lower, double Upper) Funnel(double expected, double z)
    {
        var root = Math.Sqrt(expected);
        return (Math.Pow(Math.Max(0, root - (z / 2)), 2) / expected, Math.Pow(root + (z / 2), 2) / expected);
    }

    /// <summary>The value that a gamma variable of a shape (and scale 1) stays below with a probability.</summary>
    internal static double GammaQuantile(double probability, double shape)
    {
        var (low, high) = (0.0, Math.Max(10, shape * 2));
        while (GammaShare(shape, high) < probability)
        {
            high *= 2;
        }

        for (var i = 0; i < 200 && high - low > 1e-12 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = GammaShare(shape, middle) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The regularised lower incomplete gamma function P(a, x): its series (Abramowitz and Stegun 6.5.29), beyond a + 1 the continued fraction of its complement (6.5.31).</summary>
    private static double GammaShare(double a, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        var front = Math.Exp((a * Math.Log(x)) - x - GammaFunctions.LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (var n = 1; n < 10_000 && term > 1e-16 * sum; n++)
            {
                term *= x / (a + n);
                sum += term;
            }

            return front * sum;
        }

        // Lentz's way through the fraction
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        double c = 1 / Tiny, d = 1 / b, h = d;
        for (var n = 1; n < 10_000; n++)
        {
            var an = -n * (n - a);
            b += 2;
            d = 1 / (Math.Abs((an * d) + b) < Tiny ? Tiny : (an * d) + b);
            c = Math.Abs(b + (an / c)) < Tiny ? Tiny : b + (an / c);
            var step = c * d;
            h *= step;
            if (Math.Abs(step - 1) < 1e-15)
            {
                break;
            }
        }

        return 1 - (front * h);
    }
}
