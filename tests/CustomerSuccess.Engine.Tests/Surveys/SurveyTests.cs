using System.Text.RegularExpressions;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Timeline;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CustomerSuccess.Engine.Tests.Surveys;

public sealed partial class SurveyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task A_wave_asks_everybody_once_in_the_own_language_and_says_who_was_not_asked_and_why(DatabaseKind kind)
    {
        await using var company = await SurveyCompany.CreateAsync(kind);
        await company.AccountAsync(1, people: 2, contact: person => person.Language = person.ContactNo == 2 ? "en" : "ja");
        await company.AccountAsync(2, since: 20);
        await company.AccountAsync(3, contact: person => person.Email = null);
        await company.AccountAsync(4, contact: person => person.OptOutEmail = true);
        await company.AccountAsync(5, contact: person => person.Email = "P1@A1.example");
        await company.AccountAsync(6, ended: 10);
        var survey = await company.SurveyAsync();
        await company.StartAsync(survey);
        await company.AskAsync();

        var all = await company.InvitationsAsync();
        all.Select(one => (one.AccountNo, one.State, one.Reasons)).Should().Equal(
            (1, InvitationState.Asked, null), (1, InvitationState.Asked, null), (2, InvitationState.HeldBack, SurveyHolds.YoungAccount), (3, InvitationState.HeldBack, HoldReasons.NoAddress),
            (4, InvitationState.HeldBack, HoldReasons.OptedOut), (5, InvitationState.HeldBack, SurveyHolds.OpenInvitation));
        company.Mail.Files.Should().HaveCount(2);
        var letters = company.Mail.Files.Select(file => MimeMessage.Load(Path.Combine(company.Mail.Outbox, file))).ToDictionary(letter => letter.To.Mailboxes.Single().Address);
        letters["p1@a1.example"].Subject.Should().Be("株式会社カンパニーについてのご質問（1問）");
        letters["p2@a1.example"].Subject.Should().Be("One question about Company, Inc.");
        foreach (var (letter, invitation) in letters.Values.OrderBy(letter => letter.To.ToString(), StringComparer.Ordinal).Zip(all))
        {
            // eleven scores, one link each, that names the invitation and nobody else
            var links = Score().Matches(letter.HtmlBody!).Select(match => (Token: match.Groups[1].Value, Score: match.Groups[2].Value)).ToList();
            links.Select(link => link.Score).Should().Equal(Enumerable.Range(0, 11).Select(score => $"{score}"));
            (await company.Mail.Links.ReadAsync(links[0].Token, MailLinkKind.Survey, Token)).Should().Be(SurveyCompany.Link(invitation));
            (await company.Mail.Links.ReadAsync(links[0].Token, MailLinkKind.Unsubscribe, Token)).Should().BeNull();
            letter.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
            letter.Dispose();
        }

        // once more, nobody is asked again
        await company.StartAsync(survey);
        await company.AskAsync();
        company.Mail.Files.Should().HaveCount(2);
        (await company.InvitationsAsync()).Count(one => one.WaveNo == 2 && one.State == InvitationState.HeldBack).Should().Be(6);
        var results = (await company.Query.ResultsAsync(SurveyCompany.Manager, survey.SurveyId, 1, Token))!;
        (results.Counts.Asked, results.Counts.Answered, results.Counts.HeldBack).Should().Be((2, 0, 4));
        results.HeldBack.Should().Contain((SurveyHolds.YoungAccount, 1)).And.Contain((HoldReasons.OptedOut, 1));
    }

    [Theory]
    [DatabaseData]
    public async Task An_answer_is_a_fact_at_once_tells_the_owner_and_can_be_changed_until_answers_close(DatabaseKind kind)
    {
        await using var company = await SurveyCompany.CreateAsync(kind);
        await company.AccountAsync(1);
        await using (var context = company.Mail.Database.OpenContext())
        {
            context.Attributes.Add(new AttributeDefinition { AttributeId = 900, Record = "accounts", Name = "why", Type = AttributeType.Category, IsCustom = true });
            context.Attributes.Add(new AttributeDefinition { AttributeId = 901, Record = "contacts", Name = "last_nps", Type = AttributeType.Number, IsCustom = true });
            await context.SaveChangesAsync(Token);
        }

        var survey = await company.SurveyAsync(change: plan => plan with { Questions = [plan.Questions[0] with { Attribute = "last_nps", AttributeOf = AttributeOwner.Contact }, plan.Questions[1] with { Attribute = "why" }] });
        await company.StartAsync(survey);
        await company.AskAsync();
        var invitation = (await company.InvitationsAsync()).Single();

        // a scanner looks at every link: nothing is recorded
        await company.Answers.SeenAsync(SurveyCompany.Link(invitation), "GET", "Barracuda scanner", Token);
        (await company.InvitationsAsync()).Single().Should().Match<SurveyInvitation>(one => one.State == InvitationState.Asked && one.AnsweredAt == null);
        company.Mail.Clock.Advance(TimeSpan.FromMinutes(1));
        await company.Answers.SeenAsync(SurveyCompany.Link(invitation), "GET", "Mozilla/5.0", Token);
        (await company.InvitationsAsync()).Single().State.Should().Be(InvitationState.Opened);

        (await company.AnswerAsync(invitation, "12")).Problems["q1"].Should().Be("out_of_range");
        (await company.AnswerAsync(invitation, "４", "  遅いです ")).Outcome.Should().Be(ActOutcome.Done);
        await using (var context = company.Mail.Database.OpenContext())
        {
            var fact = await context.SurveyResponses.AsNoTracking().SingleAsync(Token);
            (fact.SourceId, fact.FactId, fact.Kind, fact.Score, fact.ScaleMin, fact.ScaleMax, fact.Comment, fact.ContactNo, fact.RespondedAt).Should().Be((0, invitation.InvitationId, "nps", 4, 0, 10, "遅いです", invitation.ContactNo, company.Mail.Now));
            (await context.AccountChanges.AsNoTracking().SingleAsync(Token)).EarliestDay.Should().Be(new DateOnly(2026, 11, 26));
            (await context.AccountValues.AsNoTracking().SingleAsync(value => value.AttributeId == 900, Token)).Value.Should().Be("遅いです");
            (await context.ContactValues.AsNoTracking().SingleAsync(value => value.AttributeId == 901, Token)).Value.Should().Be("4");
            var task = await context.WorkTasks.AsNoTracking().SingleAsync(Token);
            (task.AccountNo, task.AssigneeEmail, task.Priority, task.DueOn, task.ContactNo).Should().Be((1, "sara@cs.example", TaskPriority.High, new DateOnly(2026, 11, 27), invitation.ContactNo));
            task.Detail.Should().Contain("4/10").And.Contain("遅いです");
            (await context.Journal.AsNoTracking().CountAsync(entry => entry.Area == JournalAreas.Survey && entry.Act == "answered" && entry.AccountNo == 1, Token)).Should().Be(1);
        }

        // the same again is nothing new; another answer replaces the first and asks for no second task
        (await company.AnswerAsync(invitation, "4", "遅いです")).Outcome.Should().Be(ActOutcome.Unchanged);
        company.Mail.Clock.Advance(TimeSpan.FromDays(2));
        (await company.AnswerAsync(invitation, "3", "変わりません")).Outcome.Should().Be(ActOutcome.Done);
        (await company.Answers.FindAsync(SurveyCompany.Link(invitation), Token))!.Should().Match<SurveyAsked>(asked => asked.State == LinkState.Answered && asked.Answers["q1"] == "3");
        await using (var context = company.Mail.Database.OpenContext())
        {
            var fact = await context.SurveyResponses.AsNoTracking().SingleAsync(Token);
            (fact.Score, fact.Comment, fact.RespondedAt).Should().Be((3, "変わりません", company.Mail.Now), "no day before the change may know of it");
            (await context.WorkTasks.CountAsync(Token)).Should().Be(1);
        }

        (await company.Answers.AnswerAsync(SurveyCompany.Link(invitation) with { MailId = Guid.NewGuid().ToString() }, new Dictionary<string, string?> { ["q1"] = "9" }, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        company.Mail.Clock.Advance(TimeSpan.FromDays(20));
        (await company.AnswerAsync(invitation, "9")).Problems["link"].Should().Be("closed");
        await company.RunAsync();
        (await company.InvitationsAsync()).Single().State.Should().Be(InvitationState.Answered, "what was answered does not expire");
        var results = (await company.Query.ResultsAsync(SurveyCompany.Manager, survey.SurveyId, null, Token))!;
        (results.Counts.Rate, results.Nps!.Score, results.Questions[1].Texts.Single().Text).Should().Be((1, -100, "変わりません"));
    }

    [Theory]
    [DatabaseData]
    public async Task Who_has_not_answered_is_reminded_once_and_expires_and_a_survey_that_is_off_holds_what_waits(DatabaseKind kind)
    {
        await using var company = await SurveyCompany.CreateAsync(kind);
        await company.AccountAsync(1, people: 3);
        var survey = await company.SurveyAsync();
        await company.StartAsync(survey);
        await company.RunAsync();
        await company.TurnAsync(survey, on: false);
        await company.AskAsync();
        company.Mail.Files.Should().BeEmpty("it is off");
        (await company.InvitationsAsync()).Should().OnlyContain(one => one.State == InvitationState.Waiting);
        await company.TurnAsync(survey, on: true);
        await company.AskAsync();
        company.Mail.Files.Should().HaveCount(3);
        var all = await company.InvitationsAsync();
        (await company.AnswerAsync(all[0], "10")).Holds.Should().BeTrue();

        company.Mail.Clock.Advance(TimeSpan.FromDays(4.9));
        (await company.RunAsync()).Reminded.Should().Be(0);
        company.Mail.Clock.Advance(TimeSpan.FromDays(0.2));
        (await company.RunAsync()).Reminded.Should().Be(2);

        // one answers between the writing and the sending of the reminder
        (await company.AnswerAsync(all[1], "8")).Holds.Should().BeTrue();
        await company.AskAsync();
        company.Mail.Files.Should().HaveCount(4);
        await using (var context = company.Mail.Database.OpenContext())
        {
            var reminder = await context.MailMessages.AsNoTracking().SingleAsync(mail => mail.OriginStep == 2 && mail.Status == MailStatus.Sent, Token);
            reminder.Subject.Should().StartWith("【再送】");
            reminder.InReplyTo.Should().Be(await context.MailMessages.Where(mail => mail.MailId == all[2].MailId).Select(mail => mail.MessageId).SingleAsync(Token));
        }

        company.Mail.Clock.Advance(TimeSpan.FromDays(17));
        (await company.RunAsync()).Expired.Should().Be(1);
        (await company.InvitationsAsync()).Select(one => one.State).Should().Equal(InvitationState.Answered, InvitationState.Answered, InvitationState.Expired);
        company.Mail.Files.Should().HaveCount(4, "one reminder is all");

        // deleted, it takes no answers; brought back, it is off
        (await company.Edits.DeleteAsync(SurveyCompany.Manager, survey.SurveyId, Token)).Holds.Should().BeTrue();
        (await company.Answers.FindAsync(SurveyCompany.Link(all[0]), Token))!.State.Should().Be(LinkState.Closed);
        (await company.Edits.RestoreAsync(SurveyCompany.Manager, survey.SurveyId, Token)).Value!.IsOn.Should().BeFalse();
    }

    [Theory]
    [DatabaseData]
    public async Task Broken_off_at_any_moment_a_wave_leaves_everybody_with_one_invitation_and_one_message(DatabaseKind kind)
    {
        await using var company = await SurveyCompany.CreateAsync(kind);
        const int Accounts = 230;
        await using (var context = company.Mail.Database.OpenContext())
        {
            var today = DateOnly.FromDateTime(company.Mail.Now);
            for (var no = 1; no <= Accounts; no++)
            {
                context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"{no:D6}", Country = "JP" });
                context.Contacts.Add(new Contact { AccountNo = no, ContactNo = no, ContactId = $"P{no}", Name = $"P{no}", NameSort = "p", Email = $"p{no}@a.example" });
                context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 1, Currency = "USD", StartedOn = today.AddDays(-400) });
            }

            await context.SaveChangesAsync(Token);
        }

        await company.StartAsync(await company.SurveyAsync());
        var random = new Random(7);
        for (var round = 0; round < 8 && (await company.InvitationsAsync()).Count < Accounts; round++)
        {
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(Token);
            cut.CancelAfter(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            try
            {
                // the power goes: whatever is not committed is gone
                await company.RunAsync(cut.Token);
            }
            catch (Exception error) when (cut.IsCancellationRequested && !Token.IsCancellationRequested)
            {
                error.Should().NotBeNull();
            }
        }

        await company.RunAsync();
        var all = await company.InvitationsAsync();
        all.Select(one => one.ContactNo).Should().Equal(Enumerable.Range(1, Accounts));
        await using var after = company.Mail.Database.OpenContext();
        var mails = await after.MailMessages.AsNoTracking().Select(mail => mail.MailId).ToListAsync(Token);
        mails.Should().BeEquivalentTo(all.Select(one => one.MailId));
    }

    [Theory]
    [DatabaseData]
    public async Task After_an_inquiry_the_answer_stands_with_the_inquiry_and_counts_once(DatabaseKind kind)
    {
        await using var company = await SurveyCompany.CreateAsync(kind);
        var people = await company.AccountAsync(1, people: 3);
        var survey = await company.SurveyAsync(SurveyKind.Csat);
        survey.Mode.Should().Be(SurveyMode.AfterInquiry);
        await company.TurnAsync(survey, on: true);
        Inquiry Closed(string id, int contact, double hoursAgo) => new() { AccountNo = 1, SourceId = 1, FactId = id, ContactNo = contact, Subject = id, OpenedAt = company.Mail.Now.AddDays(-1), ClosedAt = company.Mail.Now.AddHours(-hoursAgo), ChangedAt = company.Mail.Now.AddHours(-hoursAgo), State = InquiryState.Closed, IsSettled = true };
        await using (var context = company.Mail.Database.OpenContext())
        {
            context.Inquiries.AddRange(Closed("before", people[0].ContactNo, 3), Closed("asked", people[1].ContactNo, -1), Closed("by-hand", people[2].ContactNo, -1));
            context.SatisfactionRequests.Add(new SatisfactionRequest { AccountNo = 1, SourceId = 1, FactId = "by-hand", RequestId = "r", TokenHash = "h" });
            await context.SaveChangesAsync(Token);
        }

        (await company.RunAsync()).Invited.Should().Be(0);
        company.Mail.Clock.Advance(TimeSpan.FromHours(26));
        await company.AskAsync();
        var invitation = (await company.InvitationsAsync()).Single();
        invitation.RecordId.Should().Be("1:asked", "one was closed before the survey was on, of the other somebody asked by hand");
        (await company.AnswerAsync(invitation, "2", "長くかかりました")).Holds.Should().BeTrue();
        await using (var context = company.Mail.Database.OpenContext())
        {
            (await context.Inquiries.AsNoTracking().SingleAsync(inquiry => inquiry.FactId == "asked", Token)).Satisfaction.Should().Be(2);
            (await context.SatisfactionRequests.AsNoTracking().SingleAsync(request => request.FactId == "asked", Token)).Should().Match<SatisfactionRequest>(request => request.Score == 2 && request.Comment == "長くかかりました");
            (await context.SurveyResponses.CountAsync(Token)).Should().Be(0);
            (await context.WorkTasks.CountAsync(Token)).Should().Be(1);
        }

        company.Mail.Clock.Advance(TimeSpan.FromDays(1));
        (await company.RunAsync()).Invited.Should().Be(0, "once about each inquiry");
    }

    [Theory]
    [DatabaseData]
    public async Task Whoever_has_left_is_asked_why_and_a_few_are_asked_every_day(DatabaseKind kind)
    {
        await using var company = await SurveyCompany.CreateAsync(kind);
        var exit = await company.SurveyAsync(SurveyKind.Exit);
        await company.TurnAsync(exit, on: true);
        await company.AccountAsync(1, ended: 3);
        await company.AccountAsync(2, ended: -30);
        await company.AccountAsync(3, ended: 0);
        await company.AskAsync();
        (await company.InvitationsAsync()).Select(one => one.AccountNo).Should().Equal([3], "one left before the survey was on, the other has not left yet");
        (await company.AnswerAsync((await company.InvitationsAsync()).Single(), "The price", "Perhaps")).Holds.Should().BeTrue();
        (await company.RunAsync()).Invited.Should().Be(0);
        var told = await new TimelineQuery(company.Mail.Database, company.Mail.Settings, company.Mail.Clock).PageAsync(SurveyCompany.Manager, 3, new TimelineFilter { Groups = new HashSet<string> { TimelineGroups.Answers } }, null, 10, Token);
        told!.Entries.Single().Should().Match<TimelineEntry>(entry => entry.Kind == TimelineKinds.SurveyAnswered && entry.Text == "The price · Perhaps");
        await company.TurnAsync(exit, on: false);

        var pulse = await company.SurveyAsync(change: plan => plan with { Mode = SurveyMode.Continuous, PerDay = 3, MonthsBetween = 2 });
        for (var no = 10; no < 20; no++)
        {
            await company.AccountAsync(no);
        }

        await company.TurnAsync(pulse, on: true);
        var perDay = new List<int>();
        for (var day = 0; day < 6; day++)
        {
            await company.AskAsync();
            await company.AskAsync();
            perDay.Add((await company.InvitationsAsync()).Count(one => one.SurveyId == pulse.SurveyId));
            company.Mail.Clock.Advance(TimeSpan.FromDays(1));
        }

        // eleven pay: the ten, and the one whose contract has a month to run
        perDay.Should().Equal(3, 6, 9, 11, 11, 11);
    }

    [Fact]
    public async Task Only_who_manages_writes_surveys_and_a_portfolio_shows_its_own_figures()
    {
        await using var company = await SurveyCompany.CreateAsync(DatabaseKind.Sqlite);
        var csm = new Viewer("u9", "csm@cs.example", new HashSet<string> { Roles.Csm }, true);
        (await company.Edits.SaveAsync(csm, null, SurveyDefaults.Of(SurveyKind.Nps, "en") with { Name = "x" }, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        await company.AccountAsync(1);
        await company.AccountAsync(2, account: account => account.OwnerEmail = "csm@cs.example");
        var survey = await company.SurveyAsync();
        (await company.Edits.SaveAsync(SurveyCompany.Manager, null, SurveyDefaults.Of(SurveyKind.Ces, "en") with { Name = "NPS" }, cancellation: Token)).Problems["name"].Should().Be("taken");
        (await company.Edits.StartWaveAsync(csm, survey.SurveyId, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        var changed = await company.Edits.SaveAsync(SurveyCompany.Manager, survey.SurveyId, survey.Plan with { Name = "Relationship" }, seen: 1, Token);
        (changed.Outcome, changed.Value!.Version).Should().Be((ActOutcome.Done, 2));
        (await company.Edits.SaveAsync(SurveyCompany.Manager, survey.SurveyId, survey.Plan with { Name = "Other" }, seen: 1, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        await company.StartAsync(survey);
        await company.AskAsync();
        (await company.Query.ListAsync(csm, Token)).Single().Counts.Asked.Should().Be(1);
        (await company.Query.ListAsync(SurveyCompany.Manager, Token)).Single().Counts.Asked.Should().Be(2);
        (await company.Query.PeopleAsync(csm, survey.SurveyId, new(Show: InvitationShow.Silent), 0, 10, Token)).Rows.Single().OwnerEmail.Should().Be("csm@cs.example");
        var preview = (await company.Query.PreviewAsync(SurveyCompany.Manager, survey.Plan, 2, Token)).Value!;
        preview.Accounts.Should().Be(2);
        preview.Mail.Html.Should().Contain("/s/preview?s=10");
    }

    [Fact]
    public async Task The_page_of_nps_knows_who_was_asked_and_who_did_not_answer()
    {
        await using var company = await SurveyCompany.CreateAsync(DatabaseKind.Sqlite);
        for (var no = 1; no <= 4; no++)
        {
            await company.AccountAsync(no);
        }

        await company.StartAsync(await company.SurveyAsync());
        await company.AskAsync();
        foreach (var (invitation, score) in (await company.InvitationsAsync()).Zip(["9", "10", "3"]))
        {
            (await company.AnswerAsync(invitation, score)).Holds.Should().BeTrue();
        }

        await using (var context = company.Mail.Database.OpenContext())
        {
            context.SurveyResponses.Add(new SurveyResponse { AccountNo = 1, SourceId = 1, FactId = "R", Kind = "csat", Score = 4, ScaleMin = 1, ScaleMax = 5, RespondedAt = company.Mail.Now });
            context.Inquiries.AddRange(new[] { 5, 2 }.Select(satisfaction => new Inquiry { AccountNo = 2, SourceId = 1, FactId = $"I{satisfaction}", Satisfaction = satisfaction, OpenedAt = company.Mail.Now.AddDays(-2) }));
            await context.SaveChangesAsync(Token);
        }

        using var books = new CompanyBooks(company.Mail.Database, company.Mail.Settings);
        using var surveys = new SurveyBooks(company.Mail.Database);
        var report = new NpsReport(company.Mail.Database, books, surveys);
        var overview = await report.OverviewAsync(Viewer.System, new(NpsScope.All, PeriodGrain.Month, 12, null), Token);
        overview.Asked.Should().Be(new AskedPeople(4, 3, 1));
        overview.Parts[NpsSlice.Owner].Single(part => part.Value == RetentionScope.Unknown).Asked.Rate.Should().Be(0.75);
        (overview.Score!.Answers, Math.Round(overview.Score.Score, 1)).Should().Be((3, 33.3));
        var silent = await report.AnswersAsync(Viewer.System, new(NpsScope.All, overview.Period!.Value.Start.AddDays(1), overview.Period.Value.End) { Unanswered = true }, 0, 10, Token);
        silent.Rows.Select(row => row.AccountNo).Should().Equal(4);
        var csat = (await report.OthersAsync(Viewer.System, NpsScope.All, overview.Period.Value, Token)).Single();
        (csat.Kind, csat.Answers, Math.Round(csat.Mean, 2), Math.Round(csat.Good, 2)).Should().Be(("csat", 3, 3.67, 0.67), "satisfaction with inquiries is the same question");
    }

    [GeneratedRegex("href=\"https://cs\\.company\\.example/s/([A-Za-z0-9_-]+)\\?s=(\\d+)\"")]
    private static partial Regex Score();
}
