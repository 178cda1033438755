using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Mail;

/// <summary>A company that can write mail: a database, its services over a clock that stands, a few accounts with people, a folder for what is sent.</summary>
internal sealed class MailCompany : IAsyncDisposable
{
    /// <summary>A Thursday, noon in Tokyo.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 3, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _test;
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-mail-").FullName;
    private int _contacts;

    private MailCompany(TestDatabase test)
    {
        _test = test;
        Live = new(Database, Clock, NullLogger<LiveChanges>.Instance);
        Acts = new(Database, Live, Clock);
        Settings = new(Database, Clock);
        Links = new(Database, Settings);
        Mailbox = new(Database, Acts, Settings, Links, Bell, Clock);
        Query = new(Database, Clock);
        Templates = new(Database, Acts);
        Wishes = new(Database, Acts, Settings);
        Tracking = new(Database, Links, Clock, NullLogger<MailTracking>.Instance);
        Receive = new(Acts, Links, Settings);
    }

    public static Viewer Csm { get; } = new("u1", "sara@cs.example", new HashSet<string> { Roles.Csm, Roles.CsOperations }, false);

    public Database Database => _test.Database;

    public FakeTimeProvider Clock { get; } = new(Noon);

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public LiveChanges Live { get; }

    public Acts Acts { get; }

    public SettingsStore Settings { get; }

    public MailLinks Links { get; }

    public MailBell Bell { get; } = new();

    public Mailbox Mailbox { get; }

    public MailQuery Query { get; }

    public MailTemplates Templates { get; }

    public ContactWishes Wishes { get; }

    public MailTracking Tracking { get; }

    public ReceiveMail Receive { get; }

    /// <summary>Where messages are written unless a test says otherwise.</summary>
    public string Outbox => Path.Combine(_folder, "outbox");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the company; settings come in pairs of key and value on top of a sender who can be found and a folder to send to.</summary>
    public static async Task<MailCompany> CreateAsync(DatabaseKind kind, params string[] settings)
    {
        var company = new MailCompany(await TestDatabase.CreateAsync(kind));
        string[] all =
        [
            "mail.folder", company.Outbox, "mail.from_address", "cs@company.example", "sender.name", "Company, Inc.", "sender.name_ja", "株式会社カンパニー",
            "sender.address", "1-2-3 Marunouchi, Tokyo", "sender.address_ja", "東京都千代田区丸の内1-2-3", "sender.contact", "help@company.example", "web.address", "https://cs.company.example",
            "contact.person_most", "0", "contact.account_most", "0", "contact.consent_countries", "", .. settings,
        ];
        for (var i = 0; i < all.Length; i += 2)
        {
            (await company.Settings.SetAsync(Viewer.System, all[i], all[i + 1], Token)).Should().BeTrue("{0} = {1}", all[i], all[i + 1]);
        }

        return company;
    }

    /// <summary>An account in Japan with people who have an address each.</summary>
    public async Task<IReadOnlyList<Contact>> AccountAsync(int no, int people = 1, Action<Account>? account = null, Action<Contact>? contact = null)
    {
        await using var context = Database.OpenContext();
        var added = new Account { AccountNo = no, AccountId = $"A{no}", Name = $"株式会社{no}", NameSort = $"{no:D6}", Country = "JP", OwnerEmail = "sara@cs.example" };
        account?.Invoke(added);
        context.Accounts.Add(added);
        var contacts = Enumerable.Range(1, people).Select(i =>
        {
            var person = new Contact { AccountNo = no, ContactNo = ++_contacts, ContactId = $"P{_contacts}", Name = $"担当 {_contacts}", NameSort = $"p{_contacts}", Email = $"p{_contacts}@a{no}.example", Language = "ja" };
            contact?.Invoke(person);
            return person;
        }).ToList();
        context.Contacts.AddRange(contacts);
        await context.SaveChangesAsync(Token);
        return contacts;
    }

    /// <summary>A message of a few words.</summary>
    public static NewMail To(Contact contact, string subject = "Hello", string body = "How are you?") => new() { AccountNo = contact.AccountNo, ContactNo = contact.ContactNo, Subject = subject, Body = body };

    /// <summary>Queues a message and returns it as it stands.</summary>
    public async Task<MailSummary> SendAsync(NewMail mail)
    {
        var result = await Mailbox.SendAsync(Csm, mail, Token);
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', result.Problems));
        return result.Value!;
    }

    /// <summary>Sends what is due by a worker of its own.</summary>
    public async Task<SendReport> DrainAsync()
    {
        using var sender = new SendMail(Database, Settings, Live, Bell, Clock, NullLogger<SendMail>.Instance);
        return await sender.DrainAsync(cancellation: Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    public async Task<MailDetail> FindAsync(MailSummary mail) => (await Query.FindAsync(Viewer.System, mail.AccountNo, mail.MailId, Token))!;

    public async Task<MailStatus> StatusAsync(MailSummary mail) => (await FindAsync(mail)).Summary.Status;

    public async Task<byte[]> RawAsync(MailSummary mail) => (await Query.RawAsync(Viewer.System, mail.AccountNo, mail.MailId, Token))!;

    /// <summary>What lies in the folder, by file name.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(Outbox) ? [.. Directory.EnumerateFiles(Outbox).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)] : [];

    public async ValueTask DisposeAsync()
    {
        Links.Dispose();
        Bell.Dispose();
        Live.Dispose();
        await _test.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
