namespace CustomerSuccess.Core.Features;

/// <summary>The usual interval between an account's active days: the 90th percentile (nearest rank) of all its intervals so far, in days, at least 1.</summary>
internal sealed class IntervalHistory
{
    /// <summary>Fewer intervals say nothing about what is usual.</summary>
    private const int Fewest = 2;

    private readonly SortedDictionary<int, int> _long = [];
    private readonly int[] _short = new int[128];
    private int _taken;

    public void Clear()
    {
        _taken = 0;
        _long.Clear();
        Array.Clear(_short);
    }

    /// <summary>The usual interval among the first <paramref name="count"/> of the ascending days; NaN where they are too few. The count does not fall between calls.</summary>
    public double Usual(int[] days, int count)
    {
        for (_taken = Math.Max(_taken, 1); _taken < count; _taken++)
        {
            var interval = days[_taken] - days[_taken - 1];
            if (interval < _short.Length)
            {
                _short[interval]++;
            }
            else
            {
                _long[interval] = _long.GetValueOrDefault(interval) + 1;
            }
        }

        if (count - 1 < Fewest)
        {
            return double.NaN;
        }

        var rank = ((count - 1) * 9 + 9) / 10;
        var seen = 0;
        for (var interval = 0; interval < _short.Length; interval++)
        {
            seen += _short[interval];
            if (seen >= rank)
            {
                return Math.Max(1, interval);
            }
        }

        foreach (var (interval, times) in _long)
        {
            seen += times;
            if (seen >= rank)
            {
                return interval;
            }
        }

        return double.NaN;
    }
}
