namespace CustomerSuccess.Engine.Analytics;

/// <summary>Of which moment the figures are that readers are given.</summary>
/// <param name="AsOf">When the facts were read.</param>
/// <param name="IsBehind">True where facts came since: they are being added up.</param>
/// <param name="TimeZone">The company's.</param>
public sealed record FiguresState(DateTimeOffset AsOf, bool IsBehind, string TimeZone);

/// <summary>The state of a large company of which everything that pages show at first was computed ahead. Readers are given it, whole, until the next such state stands.</summary>
internal sealed class StandingBook(CompanyBook book, TimeProvider clock)
{
    /// <summary>How long readers are given it after a later fact was seen. Where computing ahead fails for longer, they wait for what is asked of the newest state.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private long _behindSince;

    public CompanyBook Book => book;

    /// <summary>True where readers may be given this state although the database tells another: never what was shown by other settings, or of accounts that are no more.</summary>
    public bool MayStandFor(BookStamp now)
    {
        if (now.Settings != book.Stamp.Settings || now.Accounts < book.Stamp.Accounts)
        {
            return false;
        }

        var seen = clock.GetTimestamp();
        var since = Interlocked.CompareExchange(ref _behindSince, seen, 0);
        return since == 0 || clock.GetElapsedTime(since, seen) < Longest;
    }
}
