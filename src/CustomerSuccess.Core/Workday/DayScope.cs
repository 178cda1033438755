using CustomerSuccess.Core.Access;

namespace CustomerSuccess.Core.Workday;

/// <summary>Whose day is shown.</summary>
/// <param name="Person">An address in lower case; null for everybody whose accounts the viewer may see.</param>
/// <param name="IsOwn">True where it is the viewer's.</param>
/// <param name="MayChoose">True where the viewer may look at colleagues' days.</param>
public sealed record DayScope(string? Person, bool IsOwn, bool MayChoose)
{
    /// <summary>Asks for the team.</summary>
    public const string Team = "team";

    /// <summary>
    /// Whoever sees every account may look at the team's day and at each colleague's; whoever sees only the own portfolio sees the own day, whatever was asked for.
    /// Unasked, a viewer with accounts gets the own day, a viewer without any the team's.
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="asked">An address, <see cref="Team"/>, or null for what suits the viewer.</param>
    /// <param name="owns">True where the viewer owns accounts.</param>
    public static DayScope Of(Viewer viewer, string? asked, bool owns)
    {
        var own = viewer.Email?.ToLowerInvariant();
        if (viewer.OwnPortfolioOnly)
        {
            return new(own ?? "", true, false);
        }

        var wanted = asked?.Trim().ToLowerInvariant();
        return wanted == Team || own is null || (string.IsNullOrEmpty(wanted) && !owns && (viewer.MayManage || !viewer.MayWork))
            ? new(null, false, true)
            : new(string.IsNullOrEmpty(wanted) ? own : wanted, string.IsNullOrEmpty(wanted) || wanted == own, true);
    }
}
