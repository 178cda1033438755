using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Risk;

/// <summary>An amount that is due for renewal, and how likely it is lost.</summary>
/// <param name="Amount">Reporting currency a month.</param>
/// <param name="Hazard">Cumulative hazard of leaving up to and on the day: −ln of the stated survival.</param>
public readonly record struct DueAmount(double Amount, double Hazard);

/// <summary>What is expected to be renewed, with an interval.</summary>
/// <param name="Expected">Σ amount × survival.</param>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="Mass">Probability that the forecast itself gives to the interval: at least the stated one, more where few accounts make it coarse.</param>
public readonly record struct RenewalInterval(double Expected, double Lower, double Upper, double Mass);

/// <summary>
/// The distribution of renewed revenue: accounts decide independently, given a factor of the hazard that they share.
/// Exact by convolution on a grid of 1,024 steps up to 400 accounts (a weighted Poisson-binomial), a mixture of normals beyond.
/// </summary>
public static class RenewedRevenue
{
    /// <summary>The stated coverage of intervals.</summary>
    public const double Coverage = 0.8;

    private const int Steps = 1024;
    private const int MostExact = 400;

    /// <param name="due">One entry for each account.</param>
    /// <param name="shared">How far the hazard of all may be off together.</param>
    public static RenewalInterval Of(IReadOnlyList<DueAmount> due, HazardSpread shared)
    {
        var total = due.Sum(d => d.Amount);
        if (total <= 0)
        {
            return new RenewalInterval(0, 0, 0, 1);
        }

        var expected = due.Sum(d => d.Amount * shared.Survival(d.Hazard));
        var (least, most, mass) = due.Count <= MostExact ? Exact(due, total, shared) : Normal(due, shared);
        return new RenewalInterval(expected, Math.Clamp(total - most, 0, expected), Math.Clamp(total - Math.Max(0, least), expected, total), mass);
    }

    /// <summary>The quantiles of what is lost; rounding to the grid is allowed for outwards.</summary>
    private static (double Least, double Most, double Mass) Exact(IReadOnlyList<DueAmount> due, double total, HazardSpread shared)
    {
        var step = total / Steps;
        int[] sizes = [.. due.Select(d => (int)Math.Round(d.Amount / step))];
        var all = sizes.Sum();
        var sum = new double[all + 1];
        var lost = new double[all + 1];
        foreach (var factor in shared.Factors)
        {
            Array.Clear(lost);
            lost[0] = 1;
            var reach = 0;
            for (var i = 0; i < sizes.Length; i++)
            {
                var loss = 1 - Math.Exp(-due[i].Hazard * factor);
                var size = sizes[i];
                for (var at = reach; at >= 0; at--)
                {
                    var here = lost[at];
                    lost[at] = here * (1 - loss);
                    lost[at + size] += here * loss;
                }

                reach += size;
            }

            for (var at = 0; at <= all; at++)
            {
                sum[at] += lost[at] / shared.Factors.Count;
            }
        }

        var (from, to, mass) = Narrowest(sum);
        var slack = step * (1 + Math.Sqrt(due.Sum(d => 1 - Math.Exp(-d.Hazard))));
        return ((from * step) - slack, (to * step) + slack, Math.Min(1, mass));
    }

    /// <summary>The narrowest stretch that holds the stated probability: with few accounts, tails of equal size would hold much more.</summary>
    private static (int From, int To, double Mass) Narrowest(double[] mass)
    {
        (int From, int To, double Mass) best = (0, mass.Length - 1, 1);
        var held = 0.0;
        for (int from = 0, to = 0; to < mass.Length; to++)
        {
            held += mass[to];
            while (held - mass[from] >= Coverage)
            {
                held -= mass[from++];
            }

            if (held >= Coverage && (to - from < best.To - best.From || (to - from == best.To - best.From && held > best.Mass)))
            {
                best = (from, to, Math.Min(1, held));
            }
        }

        return best;
    }

    private static (double Least, double Most, double Mass) Normal(IReadOnlyList<DueAmount> due, HazardSpread shared)
    {
        var parts = new (double Mean, double Deviation)[shared.Factors.Count];
        for (var j = 0; j < parts.Length; j++)
        {
            double mean = 0, variance = 0;
            foreach (var d in due)
            {
                var loss = 1 - Math.Exp(-d.Hazard * shared.Factors[j]);
                mean += d.Amount * loss;
                variance += d.Amount * d.Amount * loss * (1 - loss);
            }

            parts[j] = (mean, Math.Sqrt(Math.Max(variance, 1e-18)));
        }

        double Quantile(double q)
        {
            double low = parts.Min(p => p.Mean - (8 * p.Deviation)), high = parts.Max(p => p.Mean + (8 * p.Deviation));
            for (var step = 0; step < 60; step++)
            {
                var middle = (low + high) / 2;
                (low, high) = parts.Average(p => NormalDistribution.Cumulative((middle - p.Mean) / p.Deviation)) < q ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
        }

        return (Quantile((1 - Coverage) / 2), Quantile((1 + Coverage) / 2), Coverage);
    }
}
