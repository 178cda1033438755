namespace CustomerSuccess.Core.Modelling;

/// <summary>Whether outcomes fit the probabilities that were shown: their number is a sum of independent draws with different chances (Poisson binomial), taken exactly by convolution.</summary>
public static class OutcomeTest
{
    /// <summary>Numbers further from the mean than so many deviations have no chance that a double could show.</summary>
    private const double Reach = 40;

    /// <summary>The chance of each number of outcomes, from 0 to <paramref name="most"/>.</summary>
    public static double[] Distribution(IReadOnlyList<double> probabilities, int most)
    {
        var chance = new double[most + 1];
        chance[0] = 1;
        for (var i = 0; i < probabilities.Count; i++)
        {
            var p = probabilities[i];
            for (var k = Math.Min(i + 1, most); k > 0; k--)
            {
                chance[k] = (chance[k] * (1 - p)) + (chance[k - 1] * p);
            }

            chance[0] *= 1 - p;
        }

        return chance;
    }

    /// <summary>The central 95 % of the numbers, and the chance of a number at least as unlikely as the one observed: twice the smaller tail, at most 1.</summary>
    public static (int Lower, int Upper, double PValue) Of(IReadOnlyList<double> probabilities, int observed)
    {
        var reach = probabilities.Sum() + 10 + (Reach * Math.Sqrt(probabilities.Sum(p => p * (1 - p))));
        var chance = Distribution(probabilities, (int)Math.Min(probabilities.Count, reach));
        double upTo = 0, atMost = 1, atLeast = 0;
        int? lower = null, upper = null;
        for (var k = 0; k < chance.Length; k++)
        {
            upTo += chance[k];
            lower ??= upTo > 0.025 ? k : null;
            upper ??= upTo >= 0.975 ? k : null;
            atMost = k == observed ? upTo : atMost;
            atLeast += k >= observed ? chance[k] : 0;
        }

        return (lower ?? 0, upper ?? probabilities.Count, Math.Min(1, 2 * Math.Min(atMost, atLeast)));
    }
}
