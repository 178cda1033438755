using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Sequences;

/// <summary>A company whose plays have steps: accounts that pay, with people who have an address each.</summary>
internal sealed class SequenceCompany(MailCompany mail) : IAsyncDisposable
{
    private readonly RunSequences _run = new(mail.Database, mail.Mailbox, mail.Acts, mail.Settings, mail.Live, mail.Clock, NullLogger<RunSequences>.Instance);

    public MailCompany Mail => mail;

    public SequenceActs Acts { get; } = new(mail.Acts, mail.Settings);

    public SequenceQuery Query { get; } = new(mail.Database, mail.Settings, mail.Mailbox, mail.Clock);

    public PlayEdits Edits { get; } = new(mail.Database, mail.Acts, new PlayNames(mail.Database, mail.Clock), mail.Clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SequenceCompany> CreateAsync(DatabaseKind kind, params string[] settings) =>
        new(await MailCompany.CreateAsync(kind, ["contact.quiet_from", "00:00", "contact.quiet_to", "00:00", "contact.skip_weekends", "false", "contact.skip_holidays", "false", .. settings]));

    public async Task<Contact> AccountAsync(int no, Action<Account>? account = null, Action<Contact>? contact = null)
    {
        var person = (await mail.AccountAsync(no, 1, account, contact))[0];
        await using var context = mail.Database.OpenContext();
        context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 100, Currency = "USD", StartedOn = new DateOnly(2025, 1, 1) });
        await context.SaveChangesAsync(Token);
        return person;
    }

    /// <summary>A message that is sent by itself some days after the step before.</summary>
    public static PlayStep Email(int days, string subject = "One") => new() { Channel = Channels.Email, Delay = days, SubjectEn = subject, BodyEn = "Hello {{contact.name}}.", SubjectJa = subject, BodyJa = "{{contact.name}}様、こんにちは。", SendsItself = true, Minutes = 2 };

    public static PlayStep Task(string channel, int days = 0) => new() { Channel = channel, Delay = days, SubjectEn = "Ring them", SubjectJa = "電話する", Minutes = 15 };

    public static Play Play(string key, params PlayStep[] steps) => new()
    {
        Key = key,
        NameEn = key,
        NameJa = key,
        Channels = [Channels.Email],
        Minutes = 10,
        PriorEffect = 0.1,
        CoolDownDays = 30,
        By = "csm",
        Triggers = [new(PlayTrigger.OwnReason, Condition.Always, new Dictionary<string, string>())],
        Sequence = new PlaySequence { Steps = steps },
    };

    public async Task<PlayEntry> SaveAsync(Play play, int? seen = null, bool moveRunning = false)
    {
        var result = await Edits.SaveAsync(MailCompany.Csm, play, seen, moveRunning, Token);
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', result.Problems));
        return result.Value!;
    }

    public async Task<Enrolment> StartAsync(int accountNo, string play)
    {
        var result = await Acts.StartAsync(MailCompany.Csm, accountNo, play, cancellation: Token);
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', result.Problems));
        return result.Value!;
    }

    public Task<SequenceRunReport> RunAsync() => _run.RunAsync(Token);

    /// <summary>Does what is due, sends it, and takes over what became of it.</summary>
    public async Task WorkAsync()
    {
        await RunAsync();
        await mail.DrainAsync();
        await RunAsync();
    }

    /// <summary>Days pass, each with its work.</summary>
    public async Task PassAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            mail.Clock.Advance(TimeSpan.FromDays(1));
            await WorkAsync();
        }
    }

    public async Task<EnrolmentRow> RowAsync(Enrolment enrolment) =>
        (await Query.OfAccountAsync(MailCompany.Csm, enrolment.AccountNo, 100, Token))!.Single(row => row.Enrolment.EnrolmentId == enrolment.EnrolmentId);

    /// <summary>Subjects of what lies in the folder, oldest first.</summary>
    public async Task<IReadOnlyList<string>> SentAsync()
    {
        await using var context = mail.Database.OpenContext();
        var subjects = await context.MailMessages.AsNoTracking().Where(own => own.SentAt != null).OrderBy(own => own.SentAt).Select(own => own.Subject).ToListAsync(Token);
        mail.Files.Count.Should().Be(subjects.Count);
        return subjects;
    }

    public async Task ChangeAsync(Action<CustomerSuccessContext> change)
    {
        await using var context = mail.Database.OpenContext();
        change(context);
        await context.SaveChangesAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        await mail.DisposeAsync();
    }
}
