using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Adds inquiries up for the page of service: one pass over all of them in the order of their times, each counted wherever it belongs.</summary>
internal static class ServiceTally
{
    /// <summary>Days by which open inquiries are told apart.</summary>
    private static readonly int[] AgeDays = [0, 2, 8, 31, 91];

    private static readonly ServiceSlice[] Slices = Enum.GetValues<ServiceSlice>();

    public static ServiceOverview Overview(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceScope scope, int months)
    {
        var rows = InquiryRows.Of(desk);
        var inside = rows.Of(accounts, scope, desk.Book.Accounts.Count);
        var (first, last) = (DateOnly.MaxValue, DateOnly.MinValue);
        for (var row = 0; row < rows.Count; row++)
        {
            if (inside[row])
            {
                var day = rows[row].Day;
                (first, last) = (day < first ? day : first, day > last ? day : last);
            }
        }

        if (first > last)
        {
            return new(null, null, new InquiryTally().Figures(), null, [], new Dictionary<ServiceSlice, IReadOnlyList<ServicePart>>(), [], null, null, null);
        }

        var to = MonthEnds.OnOrAfter(last);
        var start = new DateOnly(to.Year, to.Month, 1).AddMonths(1 - months);
        var from = start > first ? start : new DateOnly(first.Year, first.Month, 1);
        var ends = MonthEnds.Between(from, to).ToArray();
        var (whole, before, byMonth) = (new InquiryTally(), first < from ? new InquiryTally() : null, Array.ConvertAll(ends, _ => new InquiryTally()));
        var beforeFrom = from.AddMonths(-months);
        var parts = Array.ConvertAll(Slices, _ => new Dictionary<string, InquiryTally>(StringComparer.Ordinal));

        // where each inquiry is counted: found once, asked for twice
        var places = new InquiryTally[]?[rows.Count];
        InquiryTally[]? earlier = before is null ? null : [before];
        var known = new Dictionary<(int Month, string, string, string, string, string), InquiryTally[]>();
        for (var row = 0; row < places.Length; row++)
        {
            var day = rows[row].Day;
            if (!inside[row] || day < beforeFrom || day > to)
            {
                continue;
            }

            if (day < from)
            {
                places[row] = earlier;
                continue;
            }

            var month = MonthsBetween(from, day);
            var key = (month, rows.ValueOf(row, Slices[0]), rows.ValueOf(row, Slices[1]), rows.ValueOf(row, Slices[2]), rows.ValueOf(row, Slices[3]), rows.ValueOf(row, Slices[4]));
            if (!known.TryGetValue(key, out var own))
            {
                string[] values = [key.Item2, key.Item3, key.Item4, key.Item5, key.Item6];
                known.Add(key, own = [whole, byMonth[month], .. values.Select((value, slice) => parts[slice].TryGetValue(value, out var same) ? same : parts[slice][value] = new InquiryTally())]);
            }

            places[row] = own;
        }

        rows.Tally(desk, row => places[row]);
        var (today, open) = (desk.Today, Backlog(desk, rows, inside, ends));
        var standing = Standing(desk, rows, inside, today);
        var ages = standing.Select(row => today.DayNumber - rows[row].Day.DayNumber).Order().ToList();
        return new(
            from, to, whole.Figures(), before is null || before.Count == 0 ? null : before.Figures(),
            [.. ends.Select((end, i) => new ServiceMonth(end, byMonth[i].Figures(), open[i].Count, Middle(open[i], 0.5)))],
            Slices.Select((slice, i) => (slice, i)).ToDictionary(one => one.slice, one => (IReadOnlyList<ServicePart>)
                [.. parts[one.i].Select(part => new ServicePart(part.Key, part.Value.Figures())).OrderByDescending(part => part.Figures.Inquiries).ThenBy(part => part.Value, StringComparer.Ordinal)]),
            [
                .. AgeDays.Select((days, i) => (From: days, To: i + 1 < AgeDays.Length ? AgeDays[i + 1] : int.MaxValue)).Select(band => (band, Some: standing.Where(row => today.DayNumber - rows[row].Day.DayNumber is var age && age >= band.From && age < band.To).ToList()))
                    .Select(found => new BacklogBand(found.band.From, found.band.To == int.MaxValue ? null : found.band.To, found.Some.Count, found.Some.Count(row => rows[row].FirstResponseAt is null))),
            ],
            Middle(ages, 0.5), Middle(ages, 0.9), today);
    }

    /// <summary>Figures of some inquiries.</summary>
    public static InquiryFigures Figures(Desk desk, InquiryRows rows, IEnumerable<int> some)
    {
        var (tally, inside) = (new InquiryTally(), new InquiryTally[]?[rows.Count]);
        InquiryTally[] one = [tally];
        foreach (var row in some)
        {
            inside[row] = one;
        }

        rows.Tally(desk, row => inside[row]);
        return tally.Figures();
    }

    /// <summary>True where an inquiry is open at the end of a day, for days within a band.</summary>
    public static bool InBand(Desk desk, InquiryLine inquiry, DateOnly day, int? from, int? to) =>
        inquiry.IsOpenAt(desk.EndOf(day)) && !(day.DayNumber - inquiry.Day.DayNumber < from) && !(day.DayNumber - inquiry.Day.DayNumber >= to);

    /// <summary>Ages of what was open at each month's end, ascending.</summary>
    private static List<int>[] Backlog(Desk desk, InquiryRows rows, bool[] inside, DateOnly[] ends)
    {
        var today = desk.Today;
        var days = Array.ConvertAll(ends, end => end < today ? end : today);
        var instants = Array.ConvertAll(days, desk.EndOf);
        var ages = Array.ConvertAll(ends, _ => new List<int>());
        for (var row = 0; row < inside.Length; row++)
        {
            if (!inside[row])
            {
                continue;
            }

            var line = rows[row];
            for (var i = Math.Max(0, MonthsBetween(ends[0], line.Day)); i < ends.Length && !(line.ClosedAt < instants[i]); i++)
            {
                if (line.OpenedAt < instants[i])
                {
                    ages[i].Add(days[i].DayNumber - line.Day.DayNumber);
                }
            }
        }

        foreach (var own in ages)
        {
            own.Sort();
        }

        return ages;
    }

    private static List<int> Standing(Desk desk, InquiryRows rows, bool[] inside, DateOnly today)
    {
        var (end, open) = (desk.EndOf(today), new List<int>());
        for (var row = 0; row < inside.Length; row++)
        {
            if (inside[row] && rows[row].IsOpenAt(end))
            {
                open.Add(row);
            }
        }

        return open;
    }

    /// <summary>Months from that of one day to that of another; below 0 where it lies before.</summary>
    private static int MonthsBetween(DateOnly from, DateOnly day) => ((day.Year - from.Year) * 12) + day.Month - from.Month;

    /// <summary>A quantile by linear interpolation; null for none.</summary>
    private static double? Middle(List<int> sorted, double share)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }
}
