using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Tests.Sequences.SequenceCompany;

namespace CustomerSuccess.Engine.Tests.Sequences;

public sealed class SequenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Steps_follow_one_another_at_their_times_and_end(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        await company.AccountAsync(1, contact: person => person.Language = "en");
        await company.SaveAsync(Play("three", Email(0, "One"), Email(3, "Two"), Email(2, "Three")));
        var enrolment = await company.StartAsync(1, "three");
        (await company.Acts.StartAsync(MailCompany.Csm, 1, "three", cancellation: Token)).Outcome.Should().Be(ActOutcome.Unchanged, "twice is once");
        await company.WorkAsync();
        (await company.SentAsync()).Should().Equal("One");
        var row = await company.RowAsync(enrolment);
        (row.Enrolment.NextStep, row.NextAt).Should().Be((2, company.Mail.Now.AddDays(3)));
        await company.PassAsync(2);
        (await company.SentAsync()).Should().Equal("One");
        await company.PassAsync(1);
        (await company.SentAsync()).Should().Equal("One", "Two");
        await company.PassAsync(2);
        (await company.SentAsync()).Should().Equal("One", "Two", "Three");
        row = await company.RowAsync(enrolment);
        (row.Enrolment.State, row.Enrolment.EndReason, row.Enrolment.DueAt).Should().Be((EnrolmentState.Finished, null, null));
        row.Steps.Select(step => step.State).Should().Equal(StepState.Done, StepState.Done, StepState.Done);
        await using var context = company.Mail.Database.OpenContext();
        (await context.Touches.CountAsync(touch => touch.Play == "three", Token)).Should().Be(3, "every message that was sent is a touch of the play");
    }

    [Theory]
    [DatabaseData]
    public async Task A_play_that_is_deleted_or_turned_off_stops_what_runs_of_it_at_once(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        await company.AccountAsync(1);
        await company.AccountAsync(2);
        await company.SaveAsync(Play("gone", Email(0), Email(1)));
        await company.SaveAsync(Play("off", Email(0), Email(1)));
        var (gone, off) = (await company.StartAsync(1, "gone"), await company.StartAsync(2, "off"));
        await company.RunAsync();
        (await company.Edits.DeleteAsync(MailCompany.Csm, "gone", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Edits.TurnAsync(MailCompany.Csm, "off", false, Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.Mail.DrainAsync();
        (await company.SentAsync()).Should().BeEmpty("what was queued goes with it");
        await company.PassAsync(3);
        (await company.SentAsync()).Should().BeEmpty();
        (await company.RowAsync(gone)).Enrolment.Should().BeEquivalentTo(new { State = EnrolmentState.Left, EndReason = EnrolmentEnds.PlayDeleted });
        (await company.RowAsync(off)).Enrolment.EndReason.Should().Be(EnrolmentEnds.PlayOff);
        (await company.RowAsync(gone)).Steps.Single().State.Should().Be(StepState.Dropped);
        (await company.Acts.StartAsync(MailCompany.Csm, 2, "off", cancellation: Token)).Problems["play"].Should().Be("off");
    }

    [Fact]
    public async Task An_enrolment_keeps_its_version_unless_the_editor_says_otherwise()
    {
        await using var company = await CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        await company.AccountAsync(2);
        var entry = await company.SaveAsync(Play("edited", Email(0, "Old one"), Email(1, "Old two")));
        var first = await company.StartAsync(1, "edited");
        await company.WorkAsync();
        entry = await company.SaveAsync(Play("edited", Email(0, "New one"), Email(1, "New two")), entry.Version);
        var second = await company.StartAsync(2, "edited");
        await company.WorkAsync();
        await company.PassAsync(1);
        (await company.SentAsync()).Should().BeEquivalentTo("Old one", "New one", "Old two", "New two");
        (await company.RowAsync(first)).Enrolment.State.Should().Be(EnrolmentState.Finished);

        await company.AccountAsync(3);
        var third = await company.StartAsync(3, "edited");
        await company.WorkAsync();
        await company.SaveAsync(Play("edited", Email(0, "Newest one"), Email(1, "Newest two")), entry.Version, moveRunning: true);
        await company.PassAsync(1);
        (await company.SentAsync())[^1].Should().Be("Newest two");
        (await company.RowAsync(third)).Enrolment.PlayVersion.Should().Be(3);
        (await company.RowAsync(second)).Enrolment.PlayVersion.Should().Be(2);
    }

    [Theory]
    [DatabaseData]
    public async Task An_account_that_leaves_a_reply_an_opt_out_and_an_urgent_inquiry_end_it(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        var people = new List<Core.Accounts.Contact>();
        for (var no = 1; no <= 6; no++)
        {
            people.Add(await company.AccountAsync(no));
        }

        await company.SaveAsync(Play("exits", Email(0), Email(2)));
        var all = new List<Enrolment>();
        for (var no = 1; no <= 6; no++)
        {
            all.Add(await company.StartAsync(no, "exits"));
        }

        await company.WorkAsync();
        var today = DateOnly.FromDateTime(company.Mail.Now);
        await company.ChangeAsync(context =>
        {
            context.Subscriptions.Single(term => term.AccountNo == 1).EndedOn = today.AddDays(1);
            context.MailMessages.Single(mail => mail.AccountNo == 2).RepliedAt = company.Mail.Now;
            context.Contacts.Single(contact => contact.AccountNo == 3).OptOutEmail = true;
            context.Contacts.Single(contact => contact.AccountNo == 4).LeftOn = today;
            context.Inquiries.Add(new Inquiry { AccountNo = 5, SourceId = 1, FactId = "Q", OpenedAt = company.Mail.Now, Urgency = InquiryPriority.Urgent, State = InquiryState.New });
        });
        (await company.Acts.StopAsync(MailCompany.Csm, 6, all[5].EnrolmentId, " ", Token)).Problems["reason"].Should().Be("missing");
        (await company.Acts.StopAsync(MailCompany.Csm, 6, all[5].EnrolmentId, "They asked me in person", Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.PassAsync(4);
        (await company.SentAsync()).Should().HaveCount(6, "nobody got the second");
        var reasons = new List<string?>();
        foreach (var enrolment in all)
        {
            reasons.Add((await company.RowAsync(enrolment)).Enrolment.EndReason);
        }

        reasons.Should().Equal(EnrolmentEnds.AccountLeft, EnrolmentEnds.Replied, EnrolmentEnds.OptedOut, EnrolmentEnds.ContactLeft, EnrolmentEnds.UrgentInquiry, EnrolmentEnds.Stopped);
        var page = await company.Query.OfPlayAsync(MailCompany.Csm, "exits", EnrolmentState.Left, 3, Token);
        (page.Rows.Count, page.Total, page.Reasons.Count).Should().Be((3, 6, 6));
    }

    [Fact]
    public async Task A_field_without_a_value_holds_the_message_back_until_it_has_one()
    {
        await using var company = await CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1, account => account.Industry = null);
        await company.SaveAsync(Play("field", Email(0) with { BodyEn = "{{account.industry}}", BodyJa = "{{account.industry}}" }));
        var enrolment = await company.StartAsync(1, "field");
        await company.WorkAsync();
        var row = await company.RowAsync(enrolment);
        (row.Enrolment.State, row.Enrolment.Reasons, row.Steps.Single().State).Should().Be((EnrolmentState.Running, "missing_field:account.industry", StepState.Held));
        await company.PassAsync(2);
        (await company.SentAsync()).Should().BeEmpty();
        await using (var context = company.Mail.Database.OpenContext())
        {
            (await context.MailMessages.CountAsync(Token)).Should().Be(0, "no message with a hole is kept");
            (await context.MailEvents.CountAsync(Token)).Should().Be(0);
        }

        await company.ChangeAsync(context => context.Accounts.Single().Industry = "Retail");
        await company.PassAsync(1);
        (await company.SentAsync()).Should().Equal("One");
        (await company.RowAsync(enrolment)).Enrolment.State.Should().Be(EnrolmentState.Finished);
    }

    [Fact]
    public async Task An_outage_lets_steps_wait_and_nobody_without_an_address_is_enrolled()
    {
        await using var company = await CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        await company.AccountAsync(2, contact: person => person.Email = null);
        await company.SaveAsync(Play("waits", Email(0)));
        (await company.Acts.StartAsync(MailCompany.Csm, 2, "waits", cancellation: Token)).Problems["contact"].Should().Be("missing");
        var today = DateOnly.FromDateTime(company.Mail.Now);
        await company.ChangeAsync(context => context.Marks.Add(new Mark { MarkId = "m", Kind = MarkKind.Outage, Title = "Down", Day = today, Until = today.AddDays(1) }));
        var enrolment = await company.StartAsync(1, "waits");
        await company.WorkAsync();
        await company.PassAsync(1);
        (await company.SentAsync()).Should().BeEmpty();
        (await company.RowAsync(enrolment)).Enrolment.Reasons.Should().Be("outage:Down");
        await company.PassAsync(1);
        (await company.SentAsync()).Should().Equal("One");
    }

    [Theory]
    [DatabaseData]
    public async Task An_outage_that_names_accounts_lets_those_alone_wait(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        await company.AccountAsync(1);
        await company.AccountAsync(2);
        await company.SaveAsync(Play("waits", Email(0)));
        var today = DateOnly.FromDateTime(company.Mail.Now);
        await company.ChangeAsync(context =>
        {
            context.Subscriptions.Add(new Subscription { AccountNo = 2, SourceId = 1, FactId = "Cloud", Product = "Cloud", Mrr = 10, Currency = "USD", StartedOn = new DateOnly(2025, 1, 1) });
            context.Marks.Add(new Mark { MarkId = "m", Kind = MarkKind.Outage, Title = "Cloud: login", Day = today, Reach = MarkReach.Product, ReachOf = "Cloud" });
        });
        await company.StartAsync(1, "waits");
        var waiting = await company.StartAsync(2, "waits");
        await company.WorkAsync();
        (await company.SentAsync()).Should().Equal("One");
        (await company.RowAsync(waiting)).Enrolment.Reasons.Should().Be("outage:Cloud： login");
        await company.PassAsync(1);
        (await company.SentAsync()).Should().Equal("One", "One");
    }

    [Theory]
    [DatabaseData]
    public async Task Tasks_drafts_and_letters_wait_for_people_and_count_as_touches(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        await company.AccountAsync(1, account => account.Address = "100-0005 東京都千代田区丸の内1-1", person => person.Department = "総務部");
        var letter = new PlayStep { Channel = Channels.Letter, SubjectJa = "お礼", BodyJa = "{{contact.address_line}}\n\nありがとうございます。", Minutes = 5 };
        await company.SaveAsync(Play("people", Task(Channels.Call), Email(1, "Draft") with { SendsItself = false }, letter));
        var enrolment = await company.StartAsync(1, "people");
        await company.WorkAsync();
        await company.PassAsync(2);
        var row = await company.RowAsync(enrolment);
        (row.Enrolment.NextStep, row.Steps.Single().State).Should().Be((1, StepState.Waiting), "the call was not made");
        var tasks = new WorkTasks(company.Mail.Acts, company.Mail.Settings, company.Mail.Clock);
        (await tasks.DoneAsync(MailCompany.Csm, 1, row.Steps[0].TaskId!, Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.PassAsync(1);
        row = await company.RowAsync(enrolment);
        (row.Enrolment.NextStep, row.Mail!.Status).Should().Be((2, MailStatus.Draft));
        (await company.Mail.Mailbox.QueueAsync(MailCompany.Csm, 1, row.Mail.MailId, row.Mail.Version, cancellation: Token)).Holds.Should().BeTrue();
        await company.WorkAsync();
        (await company.SentAsync()).Should().Equal("Draft");
        var prepared = (await company.Query.LettersAsync(MailCompany.Csm, Token)).Single();
        prepared.Addressee.Should().StartWith("株式会社1　総務部　担当").And.EndWith("様");
        (prepared.Subject, prepared.Address).Should().Be(("お礼", "100-0005 東京都千代田区丸の内1-1"));
        prepared.Text.Should().Contain("総務部").And.Contain("ありがとうございます。");
        (await company.Acts.PostLettersAsync(MailCompany.Csm, [prepared.Key], Token)).Value!.Count.Should().Be(1);
        (await company.Acts.PostLettersAsync(MailCompany.Csm, [prepared.Key], Token)).Value!.Count.Should().Be(0);
        await company.WorkAsync();
        (await company.RowAsync(enrolment)).Enrolment.State.Should().Be(EnrolmentState.Finished);
        await using var context = company.Mail.Database.OpenContext();
        (await context.Touches.OrderBy(touch => touch.At).Select(touch => touch.Kind).ToListAsync(Token)).Should().Equal("call", "email", "letter");
    }

    [Theory]
    [DatabaseData]
    public async Task A_play_that_starts_by_itself_enrols_who_is_suggested_once_and_never_who_is_held_out(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind, "plays.holdout_share", "0");
        var play = Play("auto", Email(0));
        await company.SaveAsync(play with { Sequence = play.Sequence! with { StartsByItself = true } });
        for (var no = 1; no <= 3; no++)
        {
            await company.AccountAsync(no);
        }

        await company.ChangeAsync(context =>
        {
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 1, AsOf = new DateOnly(2026, 11, 25), StartedAt = company.Mail.Now, FinishedAt = company.Mail.Now });
            context.Suggestions.AddRange(Enumerable.Range(1, 3).Select(no => new Suggestion { ScoreRunId = 1, AccountNo = no, Rank = 1, Play = "auto", Channel = Channels.Email, ReasonCode = PlayTrigger.OwnReason, Value = no }));
            context.Assignments.Add(new Assignment { AccountNo = 2, SourceId = 1, FactId = "auto/2026", Play = "auto", AssignedOn = new DateOnly(2026, 11, 20), Arm = DrawnAccounts.HeldOutArm });
        });
        (await company.RunAsync()).Started.Should().Be(2);
        (await company.RunAsync()).Started.Should().Be(0);
        await company.WorkAsync();
        await using var context = company.Mail.Database.OpenContext();
        (await context.Enrolments.OrderBy(own => own.StartedAt).ThenByDescending(own => own.Value).Select(own => own.AccountNo).ToListAsync(Token)).Should().BeEquivalentTo([3, 1]);
        (await context.SuggestionActions.CountAsync(own => own.Play == "auto" && own.Kind == SuggestionActionKind.Done, Token)).Should().Be(2);
        (await company.Acts.StartAsync(MailCompany.Csm, 2, "auto", cancellation: Token)).Problems["play"].Should().Be("held_out");
        (await company.SentAsync()).Should().HaveCount(2);
    }

    [Theory]
    [DatabaseData]
    public async Task Who_comes_back_gets_no_more_steps_of_a_play_that_wins_back(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        await company.AccountAsync(1);
        await company.ChangeAsync(context => context.Subscriptions.Single().EndedOn = new DateOnly(2026, 8, 1));
        await company.SaveAsync(Play("back", Email(0), Email(5)) with { Triggers = [new(PlayTrigger.OwnReason, new FieldTest(SegmentFields.EndedMonths, TestKind.AtLeast, "1"), new Dictionary<string, string>())] });
        var enrolment = await company.StartAsync(1, "back");
        await company.PassAsync(1);
        (await company.RowAsync(enrolment)).Enrolment.State.Should().Be(EnrolmentState.Running);
        await company.ChangeAsync(context => context.Subscriptions.Add(new Core.Accounts.Subscription { AccountNo = 1, SourceId = 1, FactId = "again", Mrr = 90, Currency = "USD", StartedOn = new DateOnly(2026, 11, 28) }));
        await company.PassAsync(1);
        (await company.RowAsync(enrolment)).Enrolment.EndReason.Should().Be(EnrolmentEnds.GoalMet);
        (await company.SentAsync()).Should().HaveCount(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Undoing_done_stops_the_steps_and_whoever_began_a_sequence_hears_of_its_end(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind);
        await company.SaveAsync(Play("steps", Email(0), Email(2)));
        for (var no = 1; no <= 3; no++)
        {
            await company.AccountAsync(no);
        }

        await company.ChangeAsync(context =>
        {
            context.Users.Add(new User { Id = MailCompany.Csm.UserId, UserName = MailCompany.Csm.Email, Email = MailCompany.Csm.Email, NormalizedEmail = MailCompany.Csm.Email!.ToUpperInvariant() });
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 1, AsOf = new DateOnly(2026, 11, 25), StartedAt = company.Mail.Now, FinishedAt = company.Mail.Now });
            context.Suggestions.Add(new Suggestion { ScoreRunId = 1, AccountNo = 1, Rank = 1, Play = "steps", Channel = Channels.Email, ReasonCode = PlayTrigger.OwnReason });
        });
        var all = new List<Enrolment> { await company.StartAsync(1, "steps"), await company.StartAsync(2, "steps"), await company.StartAsync(3, "steps") };
        await company.WorkAsync();
        await using (var context = company.Mail.Database.OpenContext())
        {
            var done = await context.SuggestionActions.AsNoTracking().SingleAsync(Token);
            (await new SuggestionActions(company.Mail.Acts, company.Mail.Settings, company.Mail.Clock).UndoAsync(MailCompany.Csm, 1, done.ActionId, Token)).Holds.Should().BeTrue();
        }

        var stopped = (await company.RowAsync(all[0])).Enrolment;
        (stopped.State, stopped.EndReason, stopped.EndedByEmail).Should().Be((EnrolmentState.Left, EnrolmentEnds.Stopped, MailCompany.Csm.Email));
        await company.ChangeAsync(context => context.MailMessages.Single(mail => mail.AccountNo == 2).RepliedAt = company.Mail.Now);
        await company.PassAsync(3);
        (await company.SentAsync()).Should().HaveCount(4, "three first ones, and the second to the one who neither answered nor was stopped");
        (await company.RowAsync(all[2])).Enrolment.State.Should().Be(EnrolmentState.Finished);
        await using var told = company.Mail.Database.OpenContext();
        var notices = await told.Notices.AsNoTracking().OrderBy(notice => notice.AccountNo).ToListAsync(Token);
        notices.Select(notice => (notice.AccountNo, notice.Kind, notice.ToUser)).Should().Equal((2, "sequence_replied", "u1"), (3, "sequence_finished", "u1"));
    }

    [Theory]
    [DatabaseData]
    public async Task Of_two_plays_on_one_day_the_one_worth_more_goes_first_and_the_other_waits(DatabaseKind kind)
    {
        await using var company = await CreateAsync(kind, "contact.person_most", "1", "contact.person_days", "3");
        await company.AccountAsync(1);
        await company.SaveAsync(Play("small", Email(0, "Small")));
        await company.SaveAsync(Play("great", Email(0, "Great")));
        var (small, great) = (await company.StartAsync(1, "small"), await company.StartAsync(1, "great"));
        await company.ChangeAsync(context =>
        {
            context.Enrolments.Single(own => own.Play == "small").Value = 10;
            context.Enrolments.Single(own => own.Play == "great").Value = 1_000;
        });
        await company.WorkAsync();
        (await company.SentAsync()).Should().Equal("Great");
        var waiting = await company.RowAsync(small);
        (waiting.Enrolment.State, waiting.Mail!.Status, waiting.Mail.Reasons, waiting.NextAt).Should().Be((EnrolmentState.Running, MailStatus.Queued, HoldReasons.PersonLimit, company.Mail.Now.AddDays(3)));
        await company.PassAsync(3);
        (await company.SentAsync()).Should().Equal("Great", "Small");
        (await company.RowAsync(great)).Enrolment.State.Should().Be(EnrolmentState.Finished);
    }

    [Fact]
    public async Task Each_step_can_be_previewed_as_a_real_account_in_both_languages()
    {
        await using var company = await CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        var play = Play("preview", Email(0), Task(Channels.Call, 1), Email(2) with { BodyJa = "{{contract.plan}}" });
        var steps = (await company.Query.PreviewAsync(MailCompany.Csm, play, 1, null, ["en", "ja"], Token))!;
        steps.Select(step => (step.StepNo, step.Language)).Should().Equal((1, "en"), (1, "ja"), (2, "en"), (2, "ja"), (3, "en"), (3, "ja"));
        steps[0].Text.Should().Contain("Hello 担当 1.");
        steps[1].Text.Should().Contain("担当 1様");
        steps[0].Reasons.Should().BeEmpty();
        steps[5].Reasons.Should().Contain("missing_field:contract.plan");
        steps.Select(step => step.DueAt).Distinct().Should().Equal(company.Mail.Now, company.Mail.Now.AddDays(1), company.Mail.Now.AddDays(3));
        await using var context = company.Mail.Database.OpenContext();
        (await context.MailMessages.CountAsync(Token)).Should().Be(0);
    }
}
