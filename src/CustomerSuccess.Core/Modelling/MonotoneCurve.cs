namespace CustomerSuccess.Core.Modelling;

/// <summary>A cubic through increasing points that increases everywhere (Fritsch and Carlson 1980, slopes by Fritsch and Butland 1984), straight beyond the ends.</summary>
internal static class MonotoneCurve
{
    /// <summary>Beyond three times a secant a cubic may turn back.</summary>
    private const double Steepest = 3;

    /// <param name="x">Strictly increasing, at least two.</param>
    /// <param name="y">Strictly increasing.</param>
    /// <param name="outside">The wished slope beyond the ends.</param>
    /// <param name="at">Where.</param>
    public static (double Value, double Slope) At(IReadOnlyList<double> x, IReadOnlyList<double> y, double outside, double at)
    {
        if (at <= x[0])
        {
            var end = Tangent(x, y, outside, 0);
            return (y[0] + (end * (at - x[0])), end);
        }

        if (at >= x[^1])
        {
            var end = Tangent(x, y, outside, x.Count - 1);
            return (y[^1] + (end * (at - x[^1])), end);
        }

        int low = 0, high = x.Count - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = x[middle] <= at ? (middle, high) : (low, middle);
        }

        double h = x[high] - x[low], t = (at - x[low]) / h, left = Tangent(x, y, outside, low), right = Tangent(x, y, outside, high);
        double t2 = t * t, t3 = t2 * t;
        var value = (((2 * t3) - (3 * t2) + 1) * y[low]) + ((t3 - (2 * t2) + t) * h * left) + (((3 * t2) - (2 * t3)) * y[high]) + ((t3 - t2) * h * right);
        var slope = (((6 * t2) - (6 * t)) * (y[low] - y[high]) / h) + (((3 * t2) - (4 * t) + 1) * left) + (((3 * t2) - (2 * t)) * right);
        return (value, slope);
    }

    private static double Tangent(IReadOnlyList<double> x, IReadOnlyList<double> y, double outside, int k)
    {
        double Secant(int i) => (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        if (k == 0 || k == x.Count - 1)
        {
            return Math.Min(outside, Steepest * Secant(k == 0 ? 0 : k - 1));
        }

        double before = Secant(k - 1), after = Secant(k), hb = x[k] - x[k - 1], ha = x[k + 1] - x[k];
        double wb = (2 * ha) + hb, wa = ha + (2 * hb);
        return (wb + wa) / ((wb / before) + (wa / after));
    }
}
