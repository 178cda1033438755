namespace CustomerSuccess.Core.Marks;

/// <summary>Marks of one place along a chart.</summary>
/// <param name="Index">Of the period that they began in, from 0.</param>
/// <param name="Marks">In the order of their days.</param>
public sealed record MarksAt(int Index, IReadOnlyList<Mark> Marks);

/// <summary>Where marks stand along periods.</summary>
public static class MarksAlong
{
    /// <summary>The places that have marks, in their order. A mark belongs to the period of its first day.</summary>
    /// <param name="marks">In any order.</param>
    /// <param name="days">The last day of each period, ascending; the first period is as long as the second.</param>
    public static IReadOnlyList<MarksAt> Of(IEnumerable<Mark> marks, IReadOnlyList<DateOnly> days)
    {
        if (days.Count == 0)
        {
            return [];
        }

        var before = days.Count > 1 ? days[0].AddDays(days[0].DayNumber - days[1].DayNumber) : days[0].AddDays(-1);
        return
        [
            .. marks.Where(mark => mark.Day > before && mark.Day <= days[^1]).OrderBy(mark => mark.Day).ThenBy(mark => mark.MarkId, StringComparer.Ordinal)
                .GroupBy(mark => days.TakeWhile(day => day < mark.Day).Count()).Select(place => new MarksAt(place.Key, [.. place])),
        ];
    }
}
