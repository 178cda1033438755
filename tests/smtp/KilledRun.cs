using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Tests;

/// <summary>The people of one trial and what is found out about them: a range of accounts that no other trial touches, and a segment of them.</summary>
/// <param name="services">Of the engine, in the process of the trial.</param>
/// <param name="database">That both processes work on.</param>
/// <param name="name">Of whatever the trial starts.</param>
/// <param name="first">Number of the first account; each has one person of the same number.</param>
/// <param name="people">How many.</param>
internal sealed class KilledRun(IServiceProvider services, DatabaseOptions database, string name, int first, int people) : IAsyncDisposable
{
    private readonly CustomerSuccessContext _context = Database.OpenDesignContext(database);

    public IServiceProvider Services => services;

    public string Name => name;

    /// <summary>The id of what was started, under which its messages stand.</summary>
    public string OriginId { get; set; } = "";

    public string SegmentId { get; } = Guid.CreateVersion7().ToString();

    public IReadOnlyList<int> Accounts { get; } = [.. Enumerable.Range(first, people)];

    public IReadOnlyList<string> Addresses => [.. Accounts.Select(Address)];

    public CustomerSuccessContext Context => _context;

    public static string Address(int no) => $"person{no}@customer.example";

    public IQueryable<MailMessage> Mails() => _context.MailMessages.Where(mail => mail.OriginId == OriginId && mail.AccountNo >= first && mail.AccountNo < first + people);

    public async Task SeedAsync()
    {
        await using var context = Database.OpenDesignContext(database);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        context.AddRange(Accounts.Select(no => new Account { AccountNo = no, AccountId = $"A{no}", Name = $"株式会社{no}", NameSort = $"{no:D7}", Country = "JP", CreatedOn = today.AddYears(-2), SourceId = 1 }));
        context.AddRange(Accounts.Select(no => new Contact { AccountNo = no, ContactNo = no, ContactId = $"P{no}", Name = $"担当 {no}", NameSort = $"p{no}", Email = Address(no), EmailKey = Address(no), Language = "ja", SourceId = 1 }));
        context.AddRange(Accounts.Select(no => new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 100, Currency = "JPY", StartedOn = today.AddYears(-2) }));
        context.Add(new SavedSegment { SegmentId = SegmentId, Name = name, ConditionJson = "{}", ChangedAt = DateTime.UtcNow });
        context.AddRange(Accounts.Select(no => new SegmentStay { AccountNo = no, SegmentId = SegmentId, EnteredNo = 1, EnteredOn = today }));
        await context.SaveChangesAsync();
    }

    /// <summary>Writes into the journal that something was done, as an act does.</summary>
    public async Task TellAsync(string area, string act)
    {
        await using var context = Database.OpenDesignContext(database);
        await using var transaction = await context.Database.BeginTransactionAsync();
        var next = await context.Database.SqlQuery<long>($"INSERT INTO counter (name, next) VALUES ('journal', 2) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next").ToListAsync();
        context.Add(new Core.Journal.JournalEntry { EntryNo = next[0] - 1, At = DateTime.UtcNow, ByUser = Core.Access.Viewer.System.UserId, Area = area, Act = act });
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
