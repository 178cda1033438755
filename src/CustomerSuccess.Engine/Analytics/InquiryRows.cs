using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Every inquiry of a company in one row, by account, source and id, and in the order in which they were answered and closed: sorted once, so that figures of any of them need not sort.
/// </summary>
internal sealed class InquiryRows
{
    private static readonly string[] Priorities = [.. Enum.GetValues<Core.Inquiries.InquiryPriority>().Select(priority => priority.ToString())];

    private readonly BookEntry[] _entries;
    private readonly InquiryLine[] _lines;
    private readonly int[] _byResponse, _byResolution;

    private InquiryRows(BookEntry[] entries, InquiryLine[] lines, int[] byResponse, int[] byResolution) => (_entries, _lines, _byResponse, _byResolution) = (entries, lines, byResponse, byResolution);

    public int Count => _lines.Length;

    public InquiryLine this[int row] => _lines[row];

    public BookEntry EntryOf(int row) => _entries[row];

    public static InquiryRows Of(Desk desk) => desk.Service.Figures.Figure("rows", () => Make(desk.Book, desk.Service));

    /// <summary>What an inquiry is, without a word made of a number each time.</summary>
    public string ValueOf(int row, ServiceSlice slice) =>
        slice == ServiceSlice.Priority && (int)_lines[row].Priority is var priority && (uint)priority < Priorities.Length ? Priorities[priority] : ServiceScope.ValueOf(_entries[row], _lines[row], slice);

    /// <summary>True for each inquiry of a scope.</summary>
    /// <param name="accounts">The accounts that the viewer sees.</param>
    /// <param name="scope">Which.</param>
    /// <param name="everybody">How many accounts there are.</param>
    public bool[] Of(IReadOnlyList<BookEntry> accounts, ServiceScope scope, int everybody)
    {
        var inside = new bool[_lines.Length];
        var visible = accounts.Count == everybody ? null : accounts.Select(entry => entry.AccountNo).ToHashSet();
        var asked = Enum.GetValues<ServiceSlice>().Where(slice => scope[slice] is not null).ToArray();
        for (var row = 0; row < inside.Length; row++)
        {
            inside[row] = visible?.Contains(_entries[row].AccountNo) != false && Has(row, scope, asked);
        }

        return inside;
    }

    /// <summary>Adds inquiries up, each to as many tallies as are told.</summary>
    /// <param name="desk">The desk at a moment.</param>
    /// <param name="tallies">Those of a row; null for none. Asked twice for each.</param>
    public void Tally(Desk desk, Func<int, InquiryTally[]?> tallies)
    {
        foreach (var row in _byResponse)
        {
            foreach (var tally in tallies(row) ?? [])
            {
                var line = _lines[row];
                tally.AddResponse(desk.Waited(line, line.FirstResponseAt ?? desk.Service.RunsUntil(line, desk.Now)), line.FirstResponseAt is not null);
            }
        }

        foreach (var row in _byResolution)
        {
            foreach (var tally in tallies(row) ?? [])
            {
                var line = _lines[row];
                tally.AddResolution(desk.Waited(line, line.ClosedAt ?? desk.Service.RunsUntil(line, desk.Now)), line.ClosedAt is not null, line.Satisfaction, line.Escalated);
            }
        }
    }

    private bool Has(int row, ServiceScope scope, ServiceSlice[] asked)
    {
        foreach (var slice in asked)
        {
            if (ValueOf(row, slice) != scope[slice])
            {
                return false;
            }
        }

        return true;
    }

    private static InquiryRows Make(CompanyBook book, ServiceBook service)
    {
        var count = service.Accounts.Values.Sum(own => own.Length);
        var (entries, lines) = (new List<BookEntry>(count), new List<InquiryLine>(count));
        foreach (var entry in book.Accounts)
        {
            if (service.Accounts.TryGetValue(entry.AccountNo, out var own))
            {
                lines.AddRange(own.Length == 1 ? own : own.OrderBy(line => line.Key.SourceId).ThenBy(line => line.Key.FactId, StringComparer.Ordinal));
                for (var i = 0; i < own.Length; i++)
                {
                    entries.Add(entry);
                }
            }
        }

        var all = lines.ToArray();
        int[] byResponse = [], byResolution = [];
        Parallel.Invoke(() => byResponse = Sorted(all, line => line.FirstResponseAt), () => byResolution = Sorted(all, line => line.ClosedAt));
        return new([.. entries], all, byResponse, byResolution);
    }

    /// <summary>Rows by how long something took, those of which it has not happened yet last.</summary>
    private static int[] Sorted(InquiryLine[] lines, Func<InquiryLine, DateTime?> happened)
    {
        var (times, rows) = (new long[lines.Length], new int[lines.Length]);
        for (var row = 0; row < rows.Length; row++)
        {
            (rows[row], times[row]) = (row, happened(lines[row]) is { } at ? Math.Max(0, (at - lines[row].OpenedAt).Ticks) : long.MaxValue);
        }

        Array.Sort(times, rows);
        return rows;
    }
}
