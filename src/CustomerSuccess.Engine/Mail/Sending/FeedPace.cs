namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>
/// How many messages a worker takes on ahead of its connections: what they get through in about a second. More would let an urgent message wait behind them where the server is slow;
/// fewer would make it claim all the time where the server is fast.
/// </summary>
internal sealed class FeedPace(int connections, TimeProvider clock)
{
    private const int MostAhead = 500, LeastOfEach = 4;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private long _looked = clock.GetTimestamp();
    private int _before;
    private double _perSecond;

    /// <summary>How many may be claimed and not done at a time.</summary>
    /// <param name="done">Messages that the worker is done with so far.</param>
    public int MostOpen(int done)
    {
        if (clock.GetElapsedTime(_looked) is var passed && passed >= Look)
        {
            _perSecond = (done - _before) / passed.TotalSeconds;
            (_looked, _before) = (clock.GetTimestamp(), done);
        }

        return Math.Max(connections * LeastOfEach, (int)Math.Min(_perSecond, MostAhead));
    }
}
