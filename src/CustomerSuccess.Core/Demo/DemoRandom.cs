namespace CustomerSuccess.Core.Demo;

/// <summary>Randomness from a seed alone (SplitMix64): the same numbers on every machine and in every version of the runtime. One stream for each account and topic, so that one story never shifts another.</summary>
internal sealed class DemoRandom
{
    private ulong _state;

    public DemoRandom(int seed, int account, int topic)
    {
        _state = Mix(Mix(Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15UL) + (ulong)(uint)account) + (ulong)(uint)topic);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    public bool Chance(double probability) => Next() < probability;

    public double Between(double low, double high) => low + ((high - low) * Next());

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both possible.</summary>
    public int Whole(int low, int high) => low + (int)(Next() * (high - low + 1));

    public T Pick<T>(IReadOnlyList<T> items) => items[(int)(Next() * items.Count)];

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    public double Normal(double mean, double deviation) => mean + (deviation * Normal());

    /// <summary>Poisson by Knuth's product up to a mean of 30, by its normal limit above.</summary>
    public int Poisson(double mean)
    {
        if (mean <= 0)
        {
            return 0;
        }

        if (mean > 30)
        {
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        var limit = Math.Exp(-mean);
        var product = Next();
        var count = 0;
        while (product > limit)
        {
            product *= Next();
            count++;
        }

        return count;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
