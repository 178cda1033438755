using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Feedback;

/// <summary>Requests, who is behind them, and telling them: once, and only where they may be contacted.</summary>
public sealed class RequestBookTests
{
    private static readonly Viewer Lead = new("p", "lead@cs.example", new HashSet<string> { Roles.ProductLead }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Who_asked_is_told_once_in_the_own_language_and_stops_are_obeyed(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var japanese = await company.AccountAsync(1);
        var english = await company.AccountAsync(2, contact: contact => contact.Language = "en");
        var stopped = await company.AccountAsync(3, contact: contact => contact.OptOutEmail = true);
        await company.AccountAsync(4);
        await using (var context = company.Database.OpenContext())
        {
            context.Subscriptions.AddRange(Enumerable.Range(1, 4).Select(no => new Subscription { AccountNo = no, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 100 * no, StartedOn = new DateOnly(2025, 1, 1) }));
            context.Inquiries.AddRange(new[] { japanese[0], english[0], stopped[0] }.Select(contact => new Inquiry { AccountNo = contact.AccountNo, SourceId = 1, FactId = "Q", Body = "dark colours, please", ContactNo = contact.ContactNo, OpenedAt = company.Now.AddDays(-9) }));
            await context.SaveChangesAsync(Token);
        }

        using var books = new CompanyBooks(company.Database, company.Settings);
        using var texts = new FeedbackBooks(company.Database);
        var book = new RequestBook(company.Acts, company.Database, books, new FeedbackReport(company.Database, books, texts), company.Mailbox, company.Settings);
        var request = (await book.SaveAsync(Lead, new(null, 0, "Dark colours", null, "look", RequestStatus.Open, null), Token)).Value!;
        (await book.AddAsync(Lead, request.RequestId, new FeedbackListAsk(FeedbackScope.All, "look"), Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.AddAsync(MailCompany.Csm, request.RequestId, 4, japanese[0].ContactNo, "said on the phone", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.AddAsync(MailCompany.Csm, request.RequestId, 4, null, null, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await book.AddAsync(MailCompany.Csm, request.RequestId, 99, null, null, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        var line = (await book.ListAsync(Lead, Token)).Single();
        (line.Accounts, line.Mrr, line.Told).Should().Be((4, 1000, 0));

        TellingText Text(string language) => new(language == "ja" ? "提供開始" : "It is there", "{{contact.address_line}}\n\n{{sender.name}}");
        (await book.DraftAsync(MailCompany.Csm, request.RequestId, Text, Token)).Should().BeNull("it is not shipped");
        var shipped = (await book.SaveAsync(Lead, new(request.RequestId, 1, "Dark colours", null, "look", RequestStatus.Shipped, null), Token)).Value!;
        shipped.ShippedOn.Should().Be(new DateOnly(2026, 11, 26));
        (await book.DraftAsync(Lead, request.RequestId, Text, Token)).Should().BeNull("a product lead does not write to customers");
        (await book.DraftAsync(MailCompany.Csm, request.RequestId, Text, Token)).Should().Be(3, "of the fourth nobody is known: the contact given was another customer's");
        (await book.DraftAsync(MailCompany.Csm, request.RequestId, Text, Token)).Should().Be(0);
        (await company.Mailbox.QueueAsync(MailCompany.Csm, 9, request.RequestId, 1, cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await book.TellAsync(MailCompany.Csm, request.RequestId, Token)).Should().Be(2);
        var voices = (await book.FindAsync(MailCompany.Csm, request.RequestId, Token))!.Voices.ToDictionary(voice => voice.Voice.AccountNo);
        (voices[1].Mail, voices[2].Mail, voices[3].Mail, voices[4].Mail).Should().Be((MailStatus.Queued, MailStatus.Queued, MailStatus.Held, null));
        voices[3].Reasons.Should().NotBeEmpty();
        var mail = await company.Query.FindAsync(MailCompany.Csm, 1, request.RequestId, Token);
        mail!.Summary.Subject.Should().Be("提供開始");

        (await book.RemoveAsync(MailCompany.Csm, request.RequestId, 4, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.SetDeletedAsync(Lead, request.RequestId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.ListAsync(Lead, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Others_versions_are_kept_and_readers_change_nothing()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite);
        using var books = new CompanyBooks(company.Database, company.Settings);
        using var texts = new FeedbackBooks(company.Database);
        var book = new RequestBook(company.Acts, company.Database, books, new FeedbackReport(company.Database, books, texts), company.Mailbox, company.Settings);
        var request = (await book.SaveAsync(Lead, new(null, 0, "A", null, null, RequestStatus.Open, null), Token)).Value!;
        await book.SaveAsync(Lead, new(request.RequestId, 1, "B", null, null, RequestStatus.Planned, null), Token);
        var late = await book.SaveAsync(Lead, new(request.RequestId, 1, "C", null, null, RequestStatus.Open, null), Token);
        (late.Outcome, late.Value!.Title).Should().Be((ActOutcome.Conflict, "B"));
        (await book.SaveAsync(Lead, new(null, 0, " ", new string('x', ProductRequest.LongestNote + 1), null, RequestStatus.Open, null), Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["title"] = "missing", ["note"] = "too_long" });
        var reader = new Viewer("r", "r@cs.example", new HashSet<string> { Roles.ReadOnly }, false);
        (await book.SaveAsync(reader, new(null, 0, "x", null, null, RequestStatus.Open, null), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await book.AddAsync(reader, request.RequestId, 1, null, null, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await book.SetDeletedAsync(reader, request.RequestId, true, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
    }
}
