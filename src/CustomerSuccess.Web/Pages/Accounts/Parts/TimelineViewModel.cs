using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Timeline;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>What happened to an account, as far as it was read.</summary>
public sealed class TimelineViewModel(TimelineQuery timeline, AccountSheets sheets)
{
    private readonly List<TimelineEntry> _entries = [];

    public IReadOnlyList<TimelineEntry> Entries => _entries;

    /// <summary>From where to read on; null at the end.</summary>
    public TimelinePosition? Next { get; private set; }

    /// <summary>How many there are by group, whatever groups and words are asked for; null until they are counted.</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; private set; }

    /// <summary>The account's people; empty until they are read.</summary>
    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    /// <summary>Reads as many as are shown, and at least a page.</summary>
    public async Task ReadAsync(OpenAccount account, TimelineFilter filter, int page, bool again, CancellationToken cancellation)
    {
        var read = await timeline.PageAsync(account.Viewer, account.No, filter, null, again ? Math.Clamp(_entries.Count, page, 500) : page, cancellation);
        _entries.Clear();
        _entries.AddRange(read?.Entries ?? []);
        Next = read?.Next;
    }

    public async Task MoreAsync(OpenAccount account, TimelineFilter filter, int page, CancellationToken cancellation)
    {
        if (Next is { } next && await timeline.PageAsync(account.Viewer, account.No, filter, next, page, cancellation) is { } read)
        {
            _entries.AddRange(read.Entries);
            Next = read.Next;
        }
    }

    public async Task ReadChoicesAsync(OpenAccount account, TimelineFilter filter, CancellationToken cancellation)
    {
        Counts = await timeline.CountsAsync(account.Viewer, account.No, filter with { Groups = new HashSet<string>(), Search = null }, cancellation);
        People = await sheets.PeopleAsync(account.Viewer, account.No, cancellation) ?? [];
    }
}
