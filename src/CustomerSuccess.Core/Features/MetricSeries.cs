namespace CustomerSuccess.Core.Features;

/// <summary>A metric's days of use, ascending, with running sums.</summary>
internal sealed class MetricSeries
{
    private int _length;
    private int[] _day = new int[64];

    /// <summary>At i: the sum over the first i days.</summary>
    private double[] _sum = new double[65];

    public bool IsEmpty => _length == 0;

    public void Clear() => _length = 0;

    public void Add(int day, double count)
    {
        if (_length == _day.Length)
        {
            Array.Resize(ref _day, _length * 2);
            Array.Resize(ref _sum, (_length * 2) + 1);
        }

        _day[_length] = day;
        _sum[_length + 1] = _sum[_length] + count;
        _length++;
    }

    /// <summary>The sum over days after the one and up to the other.</summary>
    public double Between(int after, int upTo) => _sum[UpTo(_day, _length, upTo)] - _sum[UpTo(_day, _length, after)];

    public bool AnyBetween(int after, int upTo)
    {
        var at = UpTo(_day, _length, upTo);
        return at > 0 && _day[at - 1] > after;
    }

    /// <summary>How many of the ascending days are not after a day.</summary>
    public static int UpTo(int[] days, int length, int day)
    {
        int low = 0, high = length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (days[middle] <= day)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
