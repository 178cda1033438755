using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Analytics;

/// <summary>A difference of two shares with its interval.</summary>
/// <param name="Value">The first less the second, −1 to 1.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
public sealed record ShareDifference(double Value, double Lower, double Upper)
{
    /// <summary>True where chance does not explain it: the interval leaves out 0.</summary>
    public bool IsReal => Lower > 0 || Upper < 0;

    /// <summary>The difference of two independent shares, by Newcombe's interval (1998, method 10); null where either was counted over nobody.</summary>
    public static ShareDifference? Of(int count, int n, int otherCount, int otherN)
    {
        if (n == 0 || otherN == 0)
        {
            return null;
        }

        var (p, q) = ((double)count / n, (double)otherCount / otherN);
        var (low, high) = TestCurves.Wilson(count, n);
        var (otherLow, otherHigh) = TestCurves.Wilson(otherCount, otherN);
        return new(
            p - q,
            p - q - Math.Sqrt(((p - low) * (p - low)) + ((otherHigh - q) * (otherHigh - q))),
            p - q + Math.Sqrt(((high - p) * (high - p)) + ((q - otherLow) * (q - otherLow))));
    }
}
