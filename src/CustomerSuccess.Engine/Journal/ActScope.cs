using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Journal;

/// <summary>What an act works with: a context in a transaction, who acts and when, and the notes for the journal.</summary>
internal sealed class ActScope(CustomerSuccessContext context, Viewer viewer, DateTimeOffset now, CancellationToken cancellation)
{
    private readonly List<JournalEntry> _entries = [];
    private readonly List<NewNotice> _notices = [];

    public CustomerSuccessContext Context => context;

    public Viewer Viewer => viewer;

    /// <summary>UTC.</summary>
    public DateTime Now => now.UtcDateTime;

    public CancellationToken Cancellation => cancellation;

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public IReadOnlyList<NewNotice> Notices => _notices;

    /// <summary>An id for a new record; ids made later sort later.</summary>
    public string NewId() => Guid.CreateVersion7(now).ToString();

    /// <summary>
    /// Lets whoever acts on the same account follow one another, and checks that the viewer may see it: an update that changes nothing
    /// holds the row on PostgreSQL and the file on SQLite. Several accounts are locked in the order of their numbers.
    /// </summary>
    /// <returns>False where there is no such account for the viewer.</returns>
    public async Task<bool> LockAccountAsync(int accountNo) =>
        await context.Accounts.VisibleTo(viewer).Where(account => account.AccountNo == accountNo)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Unlisted, account => account.Unlisted), cancellation) == 1;

    /// <summary>The same for many accounts.</summary>
    /// <returns>Those that are there for the viewer, by number.</returns>
    public Task<IReadOnlyList<int>> LockAccountsAsync(IReadOnlyCollection<int> accounts) => LockAsync(accounts, context.Accounts.VisibleTo(viewer));

    /// <summary>The same for accounts that the viewer has just given away and takes back: those that are still with whom they were given to.</summary>
    public Task<IReadOnlyList<int>> LockGivenAsync(IReadOnlyCollection<int> accounts, IEnumerable<string?> to)
    {
        var owners = to.Distinct().ToList();
        return LockAsync(accounts, context.Accounts.Where(account => owners.Contains(account.OwnerEmail)));
    }

    private async Task<IReadOnlyList<int>> LockAsync(IReadOnlyCollection<int> accounts, IQueryable<Account> among)
    {
        var locked = new List<int>(accounts.Count);
        foreach (var some in accounts.Distinct().Order().Chunk(500))
        {
            var seen = await among.Where(account => some.Contains(account.AccountNo)).Select(account => account.AccountNo).Order().ToListAsync(cancellation);
            await context.Accounts.Where(account => seen.Contains(account.AccountNo))
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.Unlisted, account => account.Unlisted), cancellation);
            locked.AddRange(seen);
        }

        return locked;
    }

    /// <summary>The same for what belongs to no account: whoever locks one name follows another.</summary>
    public Task LockAsync(string name) =>
        context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ({"lock:" + name}, 0) ON CONFLICT (name) DO UPDATE SET next = counter.next", cancellation);

    /// <summary>Tells colleagues, with the act: what is not committed is not told.</summary>
    public void Notify(NewNotice notice) => _notices.Add(notice);

    /// <summary>Notes what was done, for the journal.</summary>
    /// <param name="area">One of <see cref="JournalAreas"/>.</param>
    /// <param name="act">A verb, such as <c>created</c>.</param>
    /// <param name="accountNo">Whose record; 0 for none.</param>
    /// <param name="recordId">The record's id.</param>
    /// <param name="changes">The fields that changed.</param>
    public void Note(string area, string act, int accountNo = 0, string? recordId = null, FieldChanges? changes = null) => _entries.Add(new JournalEntry
    {
        AccountNo = accountNo,
        At = Now,
        ByUser = viewer.UserId,
        ByEmail = viewer.Email,
        Area = area,
        Act = act,
        RecordId = recordId,
        ChangesJson = changes is { Any: true } ? changes.ToString() : null,
    });
}
