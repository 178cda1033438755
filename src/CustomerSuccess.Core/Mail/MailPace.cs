namespace CustomerSuccess.Core.Mail;

/// <summary>Spaces messages so that no 60 seconds contain more than a limit: each takes the next slot, and slots come at equal distances with a second's grace for catching up.</summary>
public static class MailPace
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Whether a message may go now, and where the next slot is afterwards.</summary>
    /// <param name="nextAt">The next free slot; null where none was ever taken.</param>
    /// <param name="now">Now.</param>
    /// <param name="perMinute">The limit; at least 1.</param>
    /// <returns>The slot to keep when it goes, and the moment from which it may go where it may not yet (null where it may).</returns>
    public static (DateTime NextAt, DateTime? WaitUntil) Take(DateTime? nextAt, DateTime now, int perMinute)
    {
        var slot = nextAt is { } next && next > now - Grace ? next : now - Grace;
        return slot > now ? (slot, slot) : (slot + Distance(perMinute), null);
    }

    /// <summary>Between two slots: one more than the limit then spans 60 seconds and the grace.</summary>
    public static TimeSpan Distance(int perMinute) => (TimeSpan.FromSeconds(60) + Grace) / perMinute;
}

/// <summary>When a message that the server put off is tried again.</summary>
public static class MailRetry
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>
    /// The wait before the next try: a minute, doubled with every attempt up to four hours, a fifth more or less. The deviation comes from the
    /// message and the attempt, so that messages put off together come back apart.
    /// </summary>
    /// <param name="mailId">The message.</param>
    /// <param name="attempts">How often it was tried.</param>
    public static TimeSpan Wait(string mailId, int attempts)
    {
        var wait = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, 16));
        return (wait < Longest ? wait : Longest) * Spread(mailId, attempts);
    }

    /// <summary>The wait after a lost answer: the server is asked again soon, since it knows the Message-ID.</summary>
    public static TimeSpan AfterLostAnswer(string mailId, int lostAnswers) =>
        TimeSpan.FromSeconds(lostAnswers < 3 ? 1 : 15 * Math.Pow(2, Math.Min(lostAnswers - 3, 8))) * Spread(mailId, lostAnswers);

    /// <summary>0.8–1.2, by FNV-1a.</summary>
    private static double Spread(string mailId, int attempts)
    {
        var hash = 2166136261u;
        foreach (var c in mailId)
        {
            hash = (hash ^ c) * 16777619u;
        }

        hash = (hash ^ (uint)attempts) * 16777619u;
        return 0.8 + (0.4 * ((hash >> 8) / (double)(1 << 24)));
    }
}
