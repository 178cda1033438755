using CustomerSuccess.Core.Marks;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>Nobody is sent advertising while the product is down. A mark names no accounts, so an outage is taken to have hit all of them.</summary>
public static class OutageCalm
{
    /// <summary>Days after an outage on which nothing is advertised either.</summary>
    public const int Days = 1;

    /// <summary>The last day on which advertising waits; null where nothing keeps it.</summary>
    public static DateOnly? Until(IEnumerable<Mark> marks, DateOnly today)
    {
        var ends = marks.Where(mark => mark is { Kind: MarkKind.Outage, DeletedAt: null } && mark.Day <= today).Select(mark => (mark.Until ?? mark.Day).AddDays(Days)).Where(end => end >= today).ToList();
        return ends.Count == 0 ? null : ends.Max();
    }
}
