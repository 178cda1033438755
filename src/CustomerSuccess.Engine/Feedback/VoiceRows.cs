using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>Every text of a company in one row: by account, source and id.</summary>
internal sealed class VoiceRows
{
    private readonly BookEntry[] _entries;
    private readonly FeedbackLine[] _lines;

    private VoiceRows(BookEntry[] entries, FeedbackLine[] lines) => (_entries, _lines) = (entries, lines);

    public int Count => _lines.Length;

    public FeedbackLine this[int row] => _lines[row];

    public BookEntry EntryOf(int row) => _entries[row];

    public static VoiceRows Of(CompanyBook book, IReadOnlyDictionary<int, FeedbackLine[]> texts)
    {
        var (entries, lines) = (new List<BookEntry>(), new List<FeedbackLine>());
        foreach (var entry in book.Accounts)
        {
            if (texts.TryGetValue(entry.AccountNo, out var own))
            {
                lines.AddRange(own.Length == 1 ? own : own.OrderBy(line => line.Source).ThenBy(line => line.Key.SourceId).ThenBy(line => line.Key.FactId, StringComparer.Ordinal));
                for (var i = 0; i < own.Length; i++)
                {
                    entries.Add(entry);
                }
            }
        }

        return new([.. entries], [.. lines]);
    }

    /// <summary>Rows of a scope, ascending.</summary>
    /// <param name="accounts">The accounts that the viewer sees.</param>
    /// <param name="scope">Which.</param>
    /// <param name="everybody">How many accounts there are.</param>
    public List<int> Of(IReadOnlyList<BookEntry> accounts, FeedbackScope scope, int everybody)
    {
        var visible = accounts.Count == everybody ? null : accounts.Select(entry => entry.AccountNo).ToHashSet();
        var rows = new List<int>(_lines.Length);
        for (var row = 0; row < _lines.Length; row++)
        {
            if (visible?.Contains(_entries[row].AccountNo) != false && scope.Has(_entries[row], _lines[row]))
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
