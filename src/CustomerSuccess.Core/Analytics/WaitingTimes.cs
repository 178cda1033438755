namespace CustomerSuccess.Core.Analytics;

/// <summary>
/// Times until something happened, some of which are still running: percentiles by Kaplan and Meier.
/// Between two events the curve is interpolated so that, with nothing still running, a percentile is the usual linear interpolation between order statistics.
/// </summary>
public sealed class WaitingTimes
{
    private readonly List<(double Time, bool Running)> _times = [];

    public int Count => _times.Count;

    /// <param name="time">How long it took, or has run so far; below 0 counts as 0.</param>
    /// <param name="running">True where it has not happened yet.</param>
    public void Add(double time, bool running) => _times.Add((Math.Max(0, time), running));

    /// <summary>The time by which a share (0–1) had happened; null where nothing was counted, or where the curve does not reach it.</summary>
    public double? Percentile(double share)
    {
        if (_times.Count == 0)
        {
            return null;
        }

        // what happened at a time comes before what was still running at it
        var sorted = _times.OrderBy(t => t.Time).ThenBy(t => t.Running).ToList();
        var scale = sorted.Count == 1 ? 1 : 1 - (1.0 / sorted.Count);
        double surviving = 1, lastPosition = 0;
        double? last = null;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (sorted[i].Running)
            {
                continue;
            }

            var position = (1 - surviving) / scale;
            if (position >= share - 1e-12)
            {
                return last is not { } before || position <= lastPosition
                    ? sorted[i].Time
                    : before + ((sorted[i].Time - before) * Math.Clamp((share - lastPosition) / (position - lastPosition), 0, 1));
            }

            (last, lastPosition) = (sorted[i].Time, position);
            surviving -= surviving / (sorted.Count - i);
        }

        return surviving < 1e-12 ? last : null;
    }
}
