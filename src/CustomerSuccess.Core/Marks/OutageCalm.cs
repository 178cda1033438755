namespace CustomerSuccess.Core.Marks;

/// <summary>Nobody is sent advertising or asked for an opinion while the product is down for him or her, and a day longer.</summary>
public static class OutageCalm
{
    /// <summary>Days after an outage on which nothing is advertised either.</summary>
    public const int Days = 1;

    /// <summary>The last day on which advertising waits; null where nothing keeps it.</summary>
    public static DateOnly? Until(IEnumerable<Mark> marks, DateOnly today)
    {
        var ends = marks.Where(mark => mark is { Kind: MarkKind.Outage, DeletedAt: null } && mark.Day <= today).Select(EndOf).Where(end => end >= today).ToList();
        return ends.Count == 0 ? null : ends.Max();
    }

    /// <summary>The last day on which advertising waits for one outage.</summary>
    public static DateOnly EndOf(Mark mark) => (mark.Until ?? mark.Day).AddDays(Days);
}
