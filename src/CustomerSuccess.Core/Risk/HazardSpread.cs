using CustomerSuccess.Core.Modelling;

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
        double[] points = [.. Enumerable.Range(0, Points).Select(i => NormalDistribution.Quantile((i + 0.5) / Points))];
        var deviation = Math.Sqrt(points.Average(z => z * z));
        return [.. points.Select(z => z / deviation)];
    }
}
