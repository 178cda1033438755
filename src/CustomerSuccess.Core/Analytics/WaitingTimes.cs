using System.Runtime.InteropServices;

namespace CustomerSuccess.Core.Analytics;

/// <summary>
/// Times until something happened, some of which are still running: percentiles by Kaplan and Meier.
/// Between two events the curve is interpolated so that, with nothing still running, a percentile is the usual linear interpolation between order statistics.
/// </summary>
public sealed class WaitingTimes
{
    // apart, so that each is sorted as bare numbers, and once for all percentiles
    private readonly List<double> _happened = [], _running = [];
    private bool _isHappenedSorted = true, _isRunningSorted = true;

    public int Count => _happened.Count + _running.Count;

    /// <param name="time">How long it took, or has run so far; below 0 counts as 0.</param>
    /// <param name="running">True where it has not happened yet.</param>
    public void Add(double time, bool running)
    {
        var (times, counted) = (running ? _running : _happened, Math.Max(0, time));
        var isInOrder = times.Count == 0 || times[^1] <= counted;
        _isHappenedSorted &= running || isInOrder;
        _isRunningSorted &= !running || isInOrder;
        times.Add(counted);
    }

    /// <summary>Counts everything in that was counted elsewhere.</summary>
    public void Add(WaitingTimes other)
    {
        _happened.AddRange(other._happened);
        _running.AddRange(other._running);
        (_isHappenedSorted, _isRunningSorted) = (false, false);
    }

    /// <summary>The time by which a share (0–1) had happened; null where nothing was counted, or where the curve does not reach it.</summary>
    public double? Percentile(double share) => Percentiles([share])[0];

    /// <summary>The same of several shares, ascending, in one pass.</summary>
    public double?[] Percentiles(ReadOnlySpan<double> shares)
    {
        var (found, next) = (new double?[shares.Length], 0);
        if (!_isHappenedSorted)
        {
            CollectionsMarshal.AsSpan(_happened).Sort();
        }

        if (!_isRunningSorted)
        {
            CollectionsMarshal.AsSpan(_running).Sort();
        }

        (_isHappenedSorted, _isRunningSorted) = (true, true);

        var scale = Count == 1 ? 1 : 1 - (1.0 / Count);
        double surviving = 1, lastPosition = 0;
        double? last = null;
        var ended = 0;
        for (var i = 0; i < _happened.Count && next < found.Length; i++)
        {
            // what happened at a time comes before what was still running at it
            for (; ended < _running.Count && _running[ended] < _happened[i]; ended++)
            {
            }

            var position = (1 - surviving) / scale;
            for (; next < found.Length && position >= shares[next] - 1e-12; next++)
            {
                found[next] = last is not { } before || position <= lastPosition
                    ? _happened[i]
                    // the last digit of the product may pass what it leads to
                    : Math.Min(_happened[i], before + ((_happened[i] - before) * Math.Clamp((shares[next] - lastPosition) / (position - lastPosition), 0, 1)));
            }

            (last, lastPosition) = (_happened[i], position);
            surviving -= surviving / (Count - i - ended);
        }

        for (; next < found.Length && _happened.Count > 0 && surviving < 1e-12; next++)
        {
            found[next] = last;
        }

        return found;
    }
}
