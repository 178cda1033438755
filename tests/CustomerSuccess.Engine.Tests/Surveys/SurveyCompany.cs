using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Engine.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Surveys;

/// <summary>A company that asks its customers: accounts that pay, with people who have an address each.</summary>
internal sealed class SurveyCompany(MailCompany mail) : IAsyncDisposable
{
    private readonly RunSurveys _run = new(mail.Database, mail.Mailbox, mail.Acts, mail.Links, mail.Settings, mail.Live, mail.Clock, NullLogger<RunSurveys>.Instance);

    /// <summary>May manage.</summary>
    public static Viewer Manager => MailCompany.Csm;

    public MailCompany Mail => mail;

    public SurveyEdits Edits { get; } = new(mail.Acts, mail.Mailbox, mail.Settings);

    public SurveyQuery Query { get; } = new(mail.Database, mail.Mailbox, mail.Settings, mail.Clock);

    public SurveyAnswers Answers { get; } = new(mail.Database, mail.Acts, mail.Settings, mail.Clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SurveyCompany> CreateAsync(DatabaseKind kind, params string[] settings) =>
        new(await MailCompany.CreateAsync(kind, ["contact.quiet_from", "00:00", "contact.quiet_to", "00:00", "contact.skip_weekends", "false", "contact.skip_holidays", "false", .. settings]));

    /// <summary>An account that has paid since a day, with its people.</summary>
    public async Task<IReadOnlyList<Contact>> AccountAsync(int no, int people = 1, int since = 400, int? ended = null, Action<Account>? account = null, Action<Contact>? contact = null)
    {
        var contacts = await mail.AccountAsync(no, people, account, contact);
        var today = DateOnly.FromDateTime(mail.Now);
        await using var context = mail.Database.OpenContext();
        context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 100, Currency = "USD", StartedOn = today.AddDays(-since), EndedOn = ended is { } ago ? today.AddDays(-ago) : null });
        await context.SaveChangesAsync(Token);
        return contacts;
    }

    public async Task<Survey> SurveyAsync(SurveyKind kind = SurveyKind.Nps, Func<SurveyPlan, SurveyPlan>? change = null, string? name = null)
    {
        var plan = SurveyDefaults.Of(kind, "en") with { Name = name ?? kind.ToString() };
        var result = await Edits.SaveAsync(Manager, null, change?.Invoke(plan) ?? plan, cancellation: Token);
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', result.Problems));
        return result.Value!;
    }

    public async Task StartAsync(Survey survey) => (await Edits.StartWaveAsync(Manager, survey.SurveyId, Token)).Outcome.Should().Be(ActOutcome.Done);

    public async Task TurnAsync(Survey survey, bool on) => (await Edits.TurnAsync(Manager, survey.SurveyId, on, Token)).Outcome.Should().Be(ActOutcome.Done);

    public Task<SurveyRunReport> RunAsync(CancellationToken? cancellation = null) => _run.RunAsync(cancellation ?? Token);

    /// <summary>Invites, sends what is due, and takes over what became of it.</summary>
    public async Task AskAsync()
    {
        await RunAsync();
        await mail.DrainAsync();
        await RunAsync();
    }

    public async Task<List<SurveyInvitation>> InvitationsAsync()
    {
        await using var context = mail.Database.OpenContext();
        return await context.SurveyInvitations.AsNoTracking().OrderBy(invitation => invitation.ContactNo).ThenBy(invitation => invitation.CreatedAt).ToListAsync(Token);
    }

    public static MailLink Link(SurveyInvitation invitation) => new(MailLinkKind.Survey, invitation.AccountNo, invitation.InvitationId, 1);

    public Task<ActResult<SurveyInvitation>> AnswerAsync(SurveyInvitation invitation, params string[] answers) =>
        Answers.AnswerAsync(Link(invitation), answers.Select((answer, i) => (Key: $"q{i + 1}", Answer: (string?)answer)).ToDictionary(one => one.Key, one => one.Answer), Token);

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        await mail.DisposeAsync();
    }
}
