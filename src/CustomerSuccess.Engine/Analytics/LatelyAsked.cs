using System.Collections.Concurrent;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>What readers lately asked of a whole large company, such as a segment's figures or the customers behind a mark: it is computed ahead as well, for as long as they come back to it.</summary>
internal sealed class LatelyAsked(TimeProvider clock)
{
    private const int Most = 24;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <summary>Asks again, those asked last first.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> All
    {
        get
        {
            var now = clock.GetTimestamp();
            return [.. _asked.Values.Where(asked => clock.GetElapsedTime(asked.At, now) < Lately).OrderByDescending(asked => asked.At).Select(asked => asked.Again)];
        }
    }

    /// <param name="key">Names what was asked, with everything it depends on.</param>
    /// <param name="again">Asks it again, of whatever state is told of then.</param>
    public void Note(string key, Func<CancellationToken, Task> again)
    {
        if (_asked.Count >= Most && !_asked.ContainsKey(key))
        {
            _asked.TryRemove(_asked.MinBy(pair => pair.Value.At).Key, out _);
        }

        _asked[key] = new(clock.GetTimestamp(), again);
    }

    private sealed record Asked(long At, Func<CancellationToken, Task> Again);
}
