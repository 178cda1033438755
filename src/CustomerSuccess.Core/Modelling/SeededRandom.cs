namespace CustomerSuccess.Core.Modelling;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine and runtime.</summary>
public struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for each part of a seeded computation.</summary>
    public static SeededRandom Of(int seed, int stream) => new(Mix(((ulong)(uint)seed << 32) | (uint)stream));

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>A whole number from 0 up to but not including <paramref name="count"/>.</summary>
    public int Next(int count) => (int)(((NextUInt64() >> 32) * (ulong)count) >> 32);

    /// <summary>Puts the items in an order that depends on the seed alone.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
