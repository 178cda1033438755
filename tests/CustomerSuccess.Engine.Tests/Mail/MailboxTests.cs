using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Mail;

public sealed class MailboxTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task A_draft_from_a_template_is_edited_queued_and_written_down_as_a_touch_when_it_is_sent(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contact = (await company.AccountAsync(1))[0];
        await using (var context = company.Database.OpenContext())
        {
            context.Subscriptions.Add(new Subscription { AccountNo = 1, SourceId = 1, FactId = "S", Currency = "JPY", Mrr = 50_000, Plan = "スタンダード", Seats = 10, StartedOn = new(2026, 1, 1), TermEndsOn = new(2027, 1, 31), NoticeDays = 30 });
            context.Attributes.Add(new AttributeDefinition { AttributeId = 1, Record = "accounts", Name = "導入店舗数", Type = AttributeType.Number, IsCustom = true });
            context.AccountValues.Add(new AccountValue { AccountNo = 1, AttributeId = 1, ValidFrom = new(2026, 1, 1), Value = "1200" });
            await context.SaveChangesAsync(Token);
        }

        (await company.Templates.SaveAsync(MailCompany.Csm, "renewal", 0, new("Renewal", Purpose.Proactive, MailLists.Success, "Renewal of {{contract.plan}}", "{{contact.address_line}}\n\n{{contract.renewal_on}}",
            "{{contract.plan}}のご更新について", "{{contact.address_line}}\n\n{{account.導入店舗数}}店舗で{{contract.plan}}（{{contract.mrr}}／月）をご利用いただき、ありがとうございます。更新日は{{contract.renewal_on}}、お申し出の期限は{{contract.notice_by:short}}です。"), cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        var draft = (await company.Mailbox.DraftAsync(MailCompany.Csm, new() { AccountNo = 1, ContactNo = contact.ContactNo, TemplateId = "renewal", Origin = MailOrigin.Play, OriginId = "renewal_talk", TouchMinutes = 15 }, Token)).Value!;
        draft.Subject.Should().Be("スタンダードのご更新について");
        (await company.FindAsync(draft)).Text.Should().Contain("株式会社1　担当 1　様").And.Contain("1,200店舗でスタンダード（50,000円／月）").And.Contain("2027年1月31日").And.Contain("2027/01/01です");
        (await company.DrainAsync()).Tally.Sent.Should().Be(0, "a draft is nobody's to send");

        (await company.Mailbox.EditAsync(MailCompany.Csm, 1, draft.MailId, draft.Version, new() { Body = "書き直しました。" }, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Mailbox.EditAsync(MailCompany.Csm, 1, draft.MailId, draft.Version, new() { Body = "同時に" }, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        var queued = (await company.Mailbox.QueueAsync(MailCompany.Csm, 1, draft.MailId, draft.Version + 1, cancellation: Token)).Value!;
        (queued.Status, queued.List).Should().Be((MailStatus.Queued, MailLists.Success));
        var raw = await company.RawAsync(queued);
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);

        var sent = await company.FindAsync(queued);
        (sent.Summary.Status, sent.Summary.Attempts, sent.Recipients[0].State).Should().Be((MailStatus.Sent, 1, RecipientState.Accepted));
        company.Files.Should().Equal($"{queued.MailId}@company.example.eml");
        (await File.ReadAllBytesAsync(Path.Combine(company.Outbox, company.Files[0]), Token)).Should().Equal(raw);
        await using var after = company.Database.OpenContext();
        var touch = await after.Touches.SingleAsync(Token);
        (touch.AccountNo, touch.FactId, touch.Kind, touch.Play, touch.Minutes, touch.ContactNo, touch.OwnerEmail).Should().Be((1, queued.MailId, Channels.Email, "renewal_talk", 15, contact.ContactNo, "sara@cs.example"));
        (await after.AccountChanges.SingleAsync(Token)).AccountNo.Should().Be(1);
        (await after.Journal.Where(entry => entry.AccountNo == 1 && entry.Area == JournalAreas.Mail).OrderBy(entry => entry.EntryNo).Select(entry => entry.Act).ToListAsync(Token)).Should().Equal("created", "changed", "queued", "sent");
    }

    [Theory]
    [DatabaseData]
    public async Task A_message_with_a_hole_is_held_until_it_is_filled(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contact = (await company.AccountAsync(1))[0];
        var held = await company.SendAsync(MailCompany.To(contact, body: "{{contact.department}}の皆様 {{contact.title|}}"));
        (held.Status, held.Reasons.Single()).Should().Be((MailStatus.Held, "missing_field:contact.department"));
        (await company.DrainAsync()).Tally.Sent.Should().Be(0);
        await using (var context = company.Database.OpenContext())
        {
            (await context.Contacts.SingleAsync(Token)).Department = "営業部";
            await context.SaveChangesAsync(Token);
        }

        company.Clock.Advance(TimeSpan.FromMinutes(1));
        var queued = (await company.Mailbox.QueueAsync(MailCompany.Csm, 1, held.MailId, held.Version, cancellation: Token)).Value!;
        queued.Status.Should().Be(MailStatus.Queued);
        (await company.FindAsync(queued)).Text.Should().StartWith("営業部の皆様");
        (await company.FindAsync(queued)).Events.Select(happened => happened.Kind).Should().Equal(MailEventKind.Held, MailEventKind.Released);
    }

    [Theory]
    [InlineData("", "p@a.example", "from_missing")]
    [InlineData("cs@company.example", "", "no_address")]
    [InlineData("cs@company.example", "nobody at all", "bad_address")]
    public async Task What_cannot_be_sent_is_held_and_says_why(string from, string to, string reason)
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "mail.from_address", from);
        var contact = (await company.AccountAsync(1, contact: person => person.Email = to))[0];
        (await company.SendAsync(MailCompany.To(contact))).Reasons.Should().Equal(reason);
        (await company.SendAsync(MailCompany.To(contact, subject: " "))).Reasons.Should().Contain(HoldReasons.EmptyText);
    }

    [Fact]
    public async Task Advertising_waits_for_a_sender_who_can_be_found_and_for_consent()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "sender.address", "", "sender.address_ja", "", "web.address", "", "contact.consent_countries", "JP");
        var contact = (await company.AccountAsync(1))[0];
        var mail = MailCompany.To(contact) with { Purpose = Purpose.Promotional };
        (await company.SendAsync(mail)).Reasons.Should().Equal("sender_missing:sender.address", "web_address_missing");
        await company.Settings.SetAsync(Viewer.System, "sender.address", "Tokyo", Token);
        await company.Settings.SetAsync(Viewer.System, "web.address", "https://cs.company.example", Token);
        (await company.SendAsync(mail)).Reasons.Should().Equal(HoldReasons.NoConsent);
        (await company.SendAsync(mail with { Purpose = Purpose.Proactive })).Status.Should().Be(MailStatus.Queued);
        (await company.Wishes.ConsentAsync(MailCompany.Csm, 1, contact.ContactNo, contact.Email!, given: true, null, "商談時に口頭で", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.SendAsync(mail)).Status.Should().Be(MailStatus.Queued);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        (await company.Wishes.ConsentAsync(MailCompany.Csm, 1, contact.ContactNo, contact.Email!, given: false, null, "電話で撤回", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.SendAsync(mail)).Reasons.Should().Equal(HoldReasons.NoConsent);
        (await company.SendAsync(mail with { Copies = [new("b@a1.example")] })).Reasons.Should().Contain(HoldReasons.ManyRecipients);
    }

    [Theory]
    [DatabaseData]
    public async Task One_click_after_the_first_of_three_stops_the_rest(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contacts = await company.AccountAsync(1, people: 2);
        var series = new List<MailSummary>();
        foreach (var contact in contacts)
        {
            for (var step = 1; step <= 3; step++)
            {
                series.Add(await company.SendAsync(MailCompany.To(contact, $"第{step}回") with { Origin = MailOrigin.Play, OriginId = "onboarding", OriginStep = step, NotBefore = company.Now.AddDays(3 * (step - 1)) }));
            }
        }

        var answer = await company.SendAsync(MailCompany.To(contacts[0], "回答") with { Purpose = Purpose.Transactional, Origin = MailOrigin.Inquiry, NotBefore = company.Now.AddDays(1) });
        (await company.DrainAsync()).Tally.Sent.Should().Be(2);
        var unsubscribe = System.Text.RegularExpressions.Regex.Match((await company.FindAsync(series[0])).Text, "/m/u/(?<token>\\S+)").Groups["token"].Value;
        var link = (await company.Links.ReadAsync(unsubscribe, MailLinkKind.Unsubscribe, Token))!;
        (await company.Wishes.UnsubscribeAsync(link, StopCause.OneClick, cancellation: Token)).Should().BeTrue();
        (await company.Wishes.UnsubscribeAsync(link, StopCause.OneClick, cancellation: Token)).Should().BeTrue("asking twice is no error");

        for (var day = 0; day < 8; day++)
        {
            company.Clock.Advance(TimeSpan.FromDays(1));
            await company.DrainAsync();
        }

        var stands = new List<MailStatus>();
        foreach (var mail in series.Append(answer))
        {
            stands.Add(await company.StatusAsync(mail));
        }

        stands.Should().Equal(MailStatus.Sent, MailStatus.Cancelled, MailStatus.Cancelled, MailStatus.Sent, MailStatus.Sent, MailStatus.Sent, MailStatus.Sent);
        (await company.FindAsync(series[1])).Summary.Reasons.Should().Equal(HoldReasons.Unsubscribed);
        (await company.FindAsync(series[0])).Events.Should().ContainSingle(happened => happened.Kind == MailEventKind.Unsubscribed);

        // another list is not concerned, the same one is, whoever asks
        (await company.SendAsync(MailCompany.To(contacts[0]) with { List = MailLists.Surveys, Origin = MailOrigin.Survey })).Status.Should().Be(MailStatus.Queued);
        (await company.SendAsync(MailCompany.To(contacts[0]) with { List = MailLists.Success })).Reasons.Should().Equal("list_opted_out:success");
        (await company.Query.CountsAsync(Viewer.System, MailOrigin.Play, "onboarding", Token)).Unsubscribed.Should().Be(1);
    }

    [Fact]
    public async Task The_preferences_page_takes_lists_and_everything_and_gives_them_back()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite);
        var contact = (await company.AccountAsync(1))[0];
        var sent = await company.SendAsync(MailCompany.To(contact) with { Origin = MailOrigin.Survey, OriginId = "nps" });
        var link = new MailLink(MailLinkKind.Preferences, sent.AccountNo, sent.MailId, 1);
        var page = (await company.Wishes.ReadAsync(link, Token))!;
        (page.Address, page.Nothing, page.List!.ListId, page.SenderJa).Should().Be(("p•••@a1.example", false, MailLists.Surveys, "株式会社カンパニー"));
        page.Lists.Should().OnlyContain(list => list.Wanted);

        (await company.Wishes.ChooseAsync(link, nothing: false, [MailLists.Success, MailLists.News], Token)).Should().BeTrue();
        (await company.Wishes.ReadAsync(link, Token))!.Lists.Where(list => !list.Wanted).Select(list => list.ListId).Should().Equal(MailLists.Surveys);
        (await company.StatusAsync(sent)).Should().Be(MailStatus.Cancelled, "what waits for somebody who wants no more goes no further");
        (await company.Wishes.ChooseAsync(link, nothing: true, [], Token)).Should().BeTrue();
        (await company.SendAsync(MailCompany.To(contact))).Reasons.Should().Equal(HoldReasons.OptedOut);
        (await company.Wishes.ChooseAsync(link, nothing: false, [.. page.Lists.Select(list => list.ListId)], Token)).Should().BeTrue();
        (await company.SendAsync(MailCompany.To(contact) with { Origin = MailOrigin.Survey })).Status.Should().Be(MailStatus.Queued);
        (await company.Wishes.OfAsync(contact.Email!, Token)).Stops.Should().HaveCount(2).And.OnlyContain(stop => stop.LiftedBy == "recipient");
        (await company.Wishes.ReadAsync(link with { MailId = Guid.CreateVersion7().ToString() }, Token)).Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task An_opt_out_between_queueing_and_sending_holds_the_message(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contact = (await company.AccountAsync(1))[0];
        var queued = await company.SendAsync(MailCompany.To(contact));
        await using (var context = company.Database.OpenContext())
        {
            // as an import of contacts does
            (await context.Contacts.SingleAsync(Token)).OptOutEmail = true;
            await context.SaveChangesAsync(Token);
        }

        (await company.DrainAsync()).Tally.Held.Should().Be(1);
        var held = await company.FindAsync(queued);
        (held.Summary.Status, held.Summary.Attempts, held.Summary.Reasons.Single()).Should().Be((MailStatus.Held, 0, HoldReasons.OptedOut));
        company.Files.Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_held_back_can_be_seen_and_asked_for_beforehand(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind, "contact.person_most", "1", "contact.person_days", "7");
        var contacts = await company.AccountAsync(1, people: 2, contact: person => person.OptOutPhone = person.ContactNo == 2);
        var advice = new ContactAdvice(company.Database, company.Settings, company.Clock);
        Task<ContactDecision?> AskAsync(Contact contact, string channel) => advice.AskAsync(MailCompany.Csm, 1, contact.ContactNo, channel, Purpose.Proactive, cancellation: Token);
        (await AskAsync(contacts[0], Channels.Email))!.Outcome.Should().Be(ContactOutcome.Allowed);
        await company.SendAsync(MailCompany.To(contacts[0]));
        await company.DrainAsync();
        (await AskAsync(contacts[0], Channels.Email))!.From.Should().Be(company.Now.AddDays(7));
        (await AskAsync(contacts[0], Channels.Call))!.Outcome.Should().Be(ContactOutcome.Later, "a person is not called either who has just been written to");
        (await AskAsync(contacts[1], Channels.Call))!.Reasons.Should().Equal(HoldReasons.OptedOut);
        (await advice.AskAsync(MailCompany.Csm with { OwnPortfolioOnly = true, Email = "other@cs.example" }, 1, contacts[0].ContactNo, Channels.Email, Purpose.Proactive, cancellation: Token)).Should().BeNull();

        var later = await company.SendAsync(MailCompany.To(contacts[0], "again"));
        var held = await company.SendAsync(MailCompany.To(contacts[1], body: "{{contact.role}}"));
        var shown = await company.Query.HeldBackAsync(MailCompany.Csm, 1, 0, 10, Token);
        shown.Rows.Select(row => (row.Mail.MailId, row.IsHeld, string.Join(',', row.Reasons))).Should().BeEquivalentTo([(later.MailId, false, HoldReasons.PersonLimit), (held.MailId, true, "missing_field:contact.role")]);
    }

    [Fact]
    public async Task What_is_worthless_by_then_is_cancelled_rather_than_sent_late()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "contact.person_most", "1", "contact.person_days", "7");
        var contact = (await company.AccountAsync(1))[0];
        await company.SendAsync(MailCompany.To(contact));
        var late = await company.SendAsync(MailCompany.To(contact) with { NotAfter = company.Now.AddDays(3) });
        (late.Status, string.Join(',', late.Reasons)).Should().Be((MailStatus.Cancelled, "expired,person_limit"));
        var slow = await company.SendAsync(MailCompany.To(contact) with { Purpose = Purpose.Transactional, NotAfter = company.Now.AddHours(1) });
        company.Clock.Advance(TimeSpan.FromHours(2));
        (await company.DrainAsync()).Tally.Expired.Should().Be(1);
        (await company.StatusAsync(slow)).Should().Be(MailStatus.Cancelled);
    }

    [Theory]
    [DatabaseData]
    public async Task A_campaign_can_be_paused_resumed_and_ended_with_what_it_has_queued(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contacts = await company.AccountAsync(1, people: 3);
        var batch = (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. contacts.Select(contact => MailCompany.To(contact) with { Origin = MailOrigin.Campaign, OriginId = "c" })], Token)).Value!;
        batch.Count(MailStatus.Queued).Should().Be(3);
        (await MoveAsync([MailStatus.Queued], MailStatus.Held, HoldReasons.Paused)).Should().Be(3);
        (await company.DrainAsync()).Tally.Sent.Should().Be(0);
        (await MoveAsync([MailStatus.Held], MailStatus.Queued, HoldReasons.Paused)).Should().Be(3);
        (await company.Mailbox.CancelAsync(MailCompany.Csm, 1, batch.Mails[0].MailId, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.DrainAsync()).Tally.Sent.Should().Be(2);
        (await company.Mailbox.CancelAsync(MailCompany.Csm, 1, batch.Mails[1].MailId, cancellation: Token)).Problems.Should().Contain("status", "too_late");
        (await MoveAsync([MailStatus.Draft, MailStatus.Queued, MailStatus.Held], MailStatus.Cancelled, HoldReasons.OriginEnded)).Should().Be(0);
        var counts = await company.Query.CountsAsync(Viewer.System, MailOrigin.Campaign, "c", Token);
        (counts.Of(MailStatus.Sent), counts.Of(MailStatus.Cancelled)).Should().Be((2, 1));

        async Task<int> MoveAsync(IReadOnlyCollection<MailStatus> from, MailStatus to, string reason)
        {
            var moved = 0;
            await company.Acts.RunAsync(MailCompany.Csm, async act =>
            {
                moved = await MailInAct.MoveOriginAsync(act, MailOrigin.Campaign, "c", from, to, reason);
                return ActResult.Done("c");
            }, Token);
            return moved;
        }
    }

    [Theory]
    [DatabaseData]
    public async Task What_a_caller_keeps_about_messages_is_kept_with_them_or_not_at_all(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contact = (await company.AccountAsync(1))[0];
        var mail = MailCompany.To(contact) with { Origin = MailOrigin.Survey, OriginId = "nps" };
        Task<ActResult<MailBatchReport>> InviteAsync(bool fails) => company.Mailbox.RunAsync(MailCompany.Csm, async (act, settings, writer) =>
        {
            var queued = await MailInAct.SendManyAsync(act, settings, writer, [mail]);
            var person = await act.Context.Contacts.FindAsync([1, contact.ContactNo], act.Cancellation);
            person!.Department = queued.Value!.Mails[0].MailId;
            await act.Context.SaveChangesAsync(act.Cancellation);
            return fails ? ActResult.Invalid<MailBatchReport>("survey", "closed") : queued;
        }, Token);

        (await InviteAsync(fails: true)).Outcome.Should().Be(ActOutcome.Invalid);
        await using var context = company.Database.OpenContext();
        (await context.MailMessages.CountAsync(Token)).Should().Be(0);
        var invited = (await InviteAsync(fails: false)).Value!.Mails[0];
        invited.Status.Should().Be(MailStatus.Queued);
        (await context.Contacts.AsNoTracking().FirstAsync(Token)).Department.Should().Be(invited.MailId);
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);
    }

    [Fact]
    public async Task Nobody_writes_to_or_sees_accounts_that_are_not_his()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite);
        var mine = (await company.AccountAsync(1))[0];
        var theirs = (await company.AccountAsync(2, account: account => account.OwnerEmail = "other@cs.example"))[0];
        var own = new Viewer("u2", "sara@cs.example", new HashSet<string> { Roles.Csm }, true);
        (await company.Mailbox.SendAsync(own, MailCompany.To(theirs), Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Mailbox.SendManyAsync(own, [MailCompany.To(mine), MailCompany.To(theirs)], Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Mailbox.SendAsync(own with { Roles = new HashSet<string> { Roles.ReadOnly } }, MailCompany.To(mine), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Mailbox.SendAsync(own, new() { AccountNo = 0, ToAddress = "x@y.example", Subject = "a", Body = "b" }, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        var hidden = await company.SendAsync(MailCompany.To(theirs));
        await company.SendAsync(MailCompany.To(mine));
        (await company.Query.FindAsync(own, 2, hidden.MailId, Token)).Should().BeNull();
        (await company.Query.ListAsync(own, new(), 0, 10, Token)).Rows.Select(row => row.AccountNo).Should().Equal(1);
        (await company.Mailbox.CancelAsync(own, 2, hidden.MailId, cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Mailbox.PreviewAsync(own, MailCompany.To(theirs), Token)).Outcome.Should().Be(ActOutcome.NotFound);
    }

    [Fact]
    public async Task A_preview_says_what_would_become_of_the_message_and_keeps_nothing()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "contact.person_most", "1");
        var contact = (await company.AccountAsync(1))[0];
        var preview = (await company.Mailbox.PreviewAsync(MailCompany.Csm, MailCompany.To(contact, body: "{{contact.role}}") with { Purpose = Purpose.Promotional }, Token)).Value!;
        (preview.Summary.Status, preview.Summary.Reasons.Single()).Should().Be((MailStatus.Held, "missing_field:contact.role"));
        await company.SendAsync(MailCompany.To(contact));
        preview = (await company.Mailbox.PreviewAsync(MailCompany.Csm, MailCompany.To(contact), Token)).Value!;
        (preview.Summary.NotBefore, preview.Summary.Reasons.Single()).Should().Be((company.Now.AddDays(7), HoldReasons.PersonLimit));
        preview.Html.Should().Contain("How are you?");
        (await company.Query.ListAsync(Viewer.System, new(), 0, 10, Token)).Total.Should().Be(1);
    }

    [Fact]
    public async Task A_template_is_checked_before_it_is_kept_and_keeps_its_history()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite);
        var text = new TemplateText("Hello", Purpose.Proactive, null, "Hi {{contact.name}}", "{{survey.link}}", null, null);
        (await company.Templates.SaveAsync(MailCompany.Csm, "Bad Id", 0, text with { Name = "", List = "nowhere", SubjectJa = "件名だけ" }, cancellation: Token)).Problems.Keys.Should().BeEquivalentTo("id", "name", "list", "body_en", "body_ja");
        (await company.Templates.SaveAsync(MailCompany.Csm, "hello", 0, text, ["survey.link"], Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Templates.SaveAsync(MailCompany.Csm, "hello", 0, text with { Name = "x" }, ["survey.link"], Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await company.Templates.SaveAsync(MailCompany.Csm, "hello", 1, text, ["survey.link"], Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await company.Templates.SaveAsync(MailCompany.Csm, "hello", 1, text with { Name = "Greeting" }, ["survey.link"], Token)).Value!.Version.Should().Be(2);
        (await company.Templates.RetireAsync(MailCompany.Csm, "hello", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Templates.ListAsync(cancellation: Token)).Should().BeEmpty();
        (await company.Templates.HistoryAsync("hello", Token)).Select(version => version.Name).Should().Equal("Greeting", "Greeting", "Hello");
        (await company.Templates.SaveAsync(MailCompany.Csm with { Roles = new HashSet<string> { Roles.Csm } }, "hello", 3, text, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
    }

    [Fact]
    public async Task A_secret_setting_is_nowhere_to_be_read()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "mail.smtp_password", "hunter2");
        await using var context = company.Database.OpenContext();
        (await context.Settings.AsNoTracking().Select(setting => setting.Value).ToListAsync(Token)).Should().NotContain(value => value.Contains("hunter2"));
        var stored = (await company.Settings.ReadAsync(Token)).SmtpPassword;
        company.Settings.Open(stored).Should().Be("hunter2");
        new Engine.Settings.SettingsStore(company.Database, company.Clock).Open(stored).Should().Be("hunter2", "another process has the same keys");
    }
}
