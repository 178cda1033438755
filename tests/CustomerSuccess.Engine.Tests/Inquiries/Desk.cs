using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Journal;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Inquiries;

/// <summary>A desk with two accounts, their people and three colleagues, on a Monday morning in Tokyo.</summary>
internal sealed class Desk
{
    /// <summary>9:00 in Tokyo.</summary>
    public static readonly DateTime Monday = new(2026, 10, 5, 0, 0, 0, DateTimeKind.Utc);

    private Desk(Database database)
    {
        Database = database;
        Clock = new FakeTimeProvider(new DateTimeOffset(Monday));
        Settings = new SettingsStore(database, Clock);
        Acts = JournalTests.ActsOver(database, Clock);
        var inquiries = new InquiryActs(Acts, Settings);
        Changes = new InquiryChanges(inquiries);
        Links = new MailLinks(database, Settings);
        Mailbox = new Mailbox(database, Acts, Settings, Links, new MailBell(), Clock);
        Receive = new ReceiveMail(Acts, Links, Settings);
        Messages = new InquiryMessages(inquiries, Settings, Mailbox, database, Clock);
        Opening = new OpenInquiries(inquiries);
        Merging = new MergeInquiries(inquiries);
        Query = new InquiryQuery(database, Settings, Clock);
        List = new InquiryListQuery(database, Settings, Clock);
        Setup = new DeskSetup(Acts, Settings, database, Clock);
        Satisfaction = new SatisfactionRequests(inquiries, Acts, Settings, database, Clock);
        Received = new ReceivedInquiries(Acts, Settings, database);
        Calls = new RecordCalls(Acts, Settings, Clock);
        Callers = new CallQuery(database, Settings, Clock);
        Board = new PresenceBoard(database, Clock);
        Watch = new WatchInquiries(database, Acts, Settings, Board, Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<WatchInquiries>.Instance);
    }

    public Database Database { get; }

    public FakeTimeProvider Clock { get; }

    public SettingsStore Settings { get; }

    public Acts Acts { get; }

    public InquiryChanges Changes { get; }

    public InquiryMessages Messages { get; }

    public MailLinks Links { get; }

    public Mailbox Mailbox { get; }

    public ReceiveMail Receive { get; }

    public OpenInquiries Opening { get; }

    public MergeInquiries Merging { get; }

    public InquiryQuery Query { get; }

    public InquiryListQuery List { get; }

    public DeskSetup Setup { get; }

    public SatisfactionRequests Satisfaction { get; }

    public ReceivedInquiries Received { get; }

    public RecordCalls Calls { get; }

    public CallQuery Callers { get; }

    public PresenceBoard Board { get; }

    public WatchInquiries Watch { get; }

    public Viewer Sato { get; } = new("u-sato", "sato@cs.example", new HashSet<string> { Roles.Csm }, false);

    public Viewer Tanaka { get; } = new("u-tanaka", "tanaka@cs.example", new HashSet<string> { Roles.CsManager }, false);

    /// <summary>Sees account 2 alone.</summary>
    public Viewer Mori { get; } = new("u-mori", "mori@cs.example", new HashSet<string> { Roles.Csm }, true);

    public Viewer Guest { get; } = new("u-guest", "guest@cs.example", new HashSet<string> { Roles.ReadOnly }, false);

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Desk> OpenAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        context.AddRange(
            new Account { AccountNo = 1, AccountId = "A1", Name = "株式会社青葉商事", NameKana = "アオバショウジ", NameSort = SortKey.Of("アオバショウジ"), OwnerEmail = "tanaka@cs.example", SourceId = 1, Phone = "03-1234-5600" },
            new Account { AccountNo = 2, AccountId = "A2", Name = "Birch Labs", NameSort = "birch labs", OwnerEmail = "mori@cs.example", SourceId = 1 },
            new Contact { AccountNo = 1, ContactNo = 11, ContactId = "P1", SourceId = 1, Name = "佐々木 葵", NameSort = "ささき あおい", Email = "aoi@aoba.example", Phone = "０３（１２３４）５６７８" },
            new Contact { AccountNo = 1, ContactNo = 12, ContactId = "P2", SourceId = 1, Name = "森 浩", NameSort = "もり ひろし", Email = "mori@aoba.example", Phone = "090-1111-2222", LeftOn = new DateOnly(2026, 9, 1) },
            new Contact { AccountNo = 2, ContactNo = 21, ContactId = "P3", SourceId = 1, Name = "Ben Baker", NameSort = "ben baker", Email = "ben@birch.example", Phone = "+1 (212) 555-0142" },
            Person("u-sato", "sato@cs.example", "佐藤"), Person("u-tanaka", "tanaka@cs.example", "田中"), Person("u-mori", "mori@cs.example", "Mori"));
        await context.SaveChangesAsync(Token);
        return new Desk(test.Database);
    }

    /// <summary>An inquiry of account 1, opened now.</summary>
    public async Task<DeskInquiry> AskAsync(string subject = "ログインできない", string body = "今朝からログインできません。", InquiryPriority priority = InquiryPriority.Normal, int account = 1, int? contact = null) =>
        Held(await Opening.OpenAsync(Sato, new NewInquiry { AccountNo = account, ContactNo = contact, Subject = subject, Body = body, Channel = "email", Priority = priority }, Token));

    public async Task<InquiryPage> PageAsync(DeskInquiry inquiry) => (await Query.FindAsync(Sato, inquiry.Ref.Key, Token))!;

    /// <summary>What was done; the test fails where it was refused.</summary>
    public static T Held<T>(ActResult<T> result)
        where T : class
    {
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(", ", result.Problems));
        return result.Value!;
    }

    private static User Person(string id, string email, string name) => new() { Id = id, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), DisplayName = name };
}
