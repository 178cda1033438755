using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Files;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Plans;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Tests.Journal;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Timeline;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests;

/// <summary>Two colleagues and a manager who work on two accounts, on a clock of the test's own that starts on Monday 1 July 2024, 9:00 in Tokyo.</summary>
internal sealed class Workday : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2024, 7, 1);

    private readonly TestDatabase _test;

    private Workday(TestDatabase test) => _test = test;

    /// <summary>Owns account 1 and sees only that.</summary>
    public static Viewer Sato { get; } = new("u-sato", "sato@example.com", new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: true);

    /// <summary>Owns account 2 and sees all.</summary>
    public static Viewer Mori { get; } = new("u-mori", "Mori@example.com", new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: false);

    public static Viewer Manager { get; } = new("u-boss", "boss@example.com", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: false);

    public static Viewer Reader { get; } = new("u-read", "read@example.com", new HashSet<string> { Roles.ReadOnly, Roles.Executive }, OwnPortfolioOnly: false);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2024, 7, 1, 0, 0, 0, TimeSpan.Zero));

    public TestDatabase Test => _test;

    public Database Database => _test.Database;

    public Acts Acts => JournalTests.ActsOver(Database, Clock);

    public SettingsStore Settings => new(Database, Clock);

    public AccountProfiles Accounts => new(Database, Acts, Settings, Clock);

    public ContactProfiles People => new(Database, Acts, Settings, Clock);

    public AccountNotes Notes => new(Database, Acts);

    public MentionInbox Mentions => new(Database, Acts);

    public WorkTasks Tasks => new(Acts, Settings, Clock);

    public TaskQuery TaskLists => new(Database, Settings, Clock);

    public AccountFiles Files => new(Database, Acts, Settings, Clock);

    public SuccessPlans Plans => new(Database, Acts);

    public PlanSteps Steps => new(Acts);

    public PlanTemplates Templates => new(Database, Acts);

    public TimelineQuery Timeline => new(Database, Settings, Clock);

    public JournalQuery Journal => new(Database);

    public static async Task<Workday> CreateAsync(DatabaseKind kind)
    {
        var day = new Workday(await TestDatabase.CreateAsync(kind));
        await using var context = day.Database.OpenContext();
        foreach (var viewer in new[] { Sato, Mori, Manager, Reader })
        {
            context.Users.Add(new User { Id = viewer.UserId, UserName = viewer.Email, Email = viewer.Email, NormalizedEmail = viewer.Email!.ToUpperInvariant(), OwnPortfolioOnly = viewer.OwnPortfolioOnly });
        }

        context.Users.Add(new User { Id = "u-gone", UserName = "gone@example.com", Email = "gone@example.com", LockoutEnd = DateTimeOffset.MaxValue });
        context.Accounts.Add(new Account { AccountNo = 1, AccountId = "A-1", Name = "青葉製作所", NameSort = "青葉製作所", OwnerEmail = "sato@example.com" });
        context.Accounts.Add(new Account { AccountNo = 2, AccountId = "A-2", Name = "Blue Harbor", NameSort = "blue harbor", OwnerEmail = "mori@example.com" });
        context.Contacts.Add(new Contact { AccountNo = 1, ContactNo = 7, ContactId = "P-7", SourceId = 1, Name = "田中 一郎", NameSort = "田中 一郎" });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        return day;
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
