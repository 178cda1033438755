namespace CustomerSuccess.Core.Risk;

/// <summary>
/// How far a true hazard may lie from the stated one: true = stated × exp(σz − σ²/2) with z standard normal, so that the mean holds.
/// A lognormal frailty (Vaupel, Manton and Stallard 1979), integrated over points of equal probability.
/// </summary>
public sealed class HazardSpread
{
    private const int Points = 25;

    private static readonly double[] Normal = StandardPoints();

    private readonly double[] _factors;

    /// <param name="sigma">Standard deviation of the logarithm, at least 0.</param>
    public HazardSpread(double sigma)
    {
        Sigma = sigma;
        double[] raw = sigma == 0 ? [1] : [.. Normal.Select(z => Math.Exp(sigma * z))];
        var mean = raw.Average();
        _factors = [.. raw.Select(factor => factor / mean)];
    }

    public double Sigma { get; }

    /// <summary>Factors of the hazard, each as likely as the other; their mean is 1.</summary>
    public IReadOnlyList<double> Factors => _factors;

    /// <summary>Probability that an account outlives a cumulative hazard.</summary>
    /// <param name="hazard">Cumulative: −ln of the stated survival.</param>
    public double Survival(double hazard)
    {
        var sum = 0.0;
        foreach (var factor in _factors)
        {
            sum += Math.Exp(-hazard * factor);
        }

        return sum / _factors.Length;
    }

    private static double[] StandardPoints()
    {
        double[] points = [.. Enumerable.Range(0, Points).Select(i => Quantile((i + 0.5) / Points))];
        var deviation = Math.Sqrt(points.Average(z => z * z));
        return [.. points.Select(z => z / deviation)];
    }

    /// <summary>The standard normal quantile by Acklam's rational approximation, relative error below 1.2e-9.</summary>
    internal static double Quantile(double p)
    {
        if (p > 0.5)
        {
            return -Quantile(1 - p);
        }

        if (p < 0.02425)
        {
            var q = Math.Sqrt(-2 * Math.Log(p));
            return (((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838) * q) - 2.549732539343734) * q) + 4.374664141464968) * q + 2.938163982698783)
                / (((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996) * q + 3.754408661907416) * q) + 1);
        }

        var x = p - 0.5;
        var r = x * x;
        return ((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r) + 1.383577518672690e+02) * r) - 3.066479806614716e+01) * r) + 2.506628277459239) * x
            / ((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r) - 1.328068155288572e+01) * r) + 1);
    }
}
