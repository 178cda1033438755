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
    private bool _isSorted = true;

    public int Count => _happened.Count + _running.Count;

    /// <param name="time">How long it took, or has run so far; below 0 counts as 0.</param>
    /// <param name="running">True where it has not happened yet.</param>
    public void Add(double time, bool running)
    {
        (running ? _running : _happened).Add(Math.Max(0, time));
        _isSorted = false;
    }

    /// <summary>The time by which a share (0–1) had happened; null where nothing was counted, or where the curve does not reach it.</summary>
    public double? Percentile(double share)
    {
        if (!_isSorted)
        {
            CollectionsMarshal.AsSpan(_happened).Sort();
            CollectionsMarshal.AsSpan(_running).Sort();
            _isSorted = true;
        }

        var scale = Count == 1 ? 1 : 1 - (1.0 / Count);
        double surviving = 1, lastPosition = 0;
        double? last = null;
        var ended = 0;
        for (var i = 0; i < _happened.Count; i++)
        {
            // what happened at a time comes before what was still running at it
            for (; ended < _running.Count && _running[ended] < _happened[i]; ended++)
            {
            }

            var position = (1 - surviving) / scale;
            if (position >= share - 1e-12)
            {
                return last is not { } before || position <= lastPosition
                    ? _happened[i]
                    : before + ((_happened[i] - before) * Math.Clamp((share - lastPosition) / (position - lastPosition), 0, 1));
            }

            (last, lastPosition) = (_happened[i], position);
            surviving -= surviving / (Count - i - ended);
        }

        return _happened.Count > 0 && surviving < 1e-12 ? last : null;
    }
}
