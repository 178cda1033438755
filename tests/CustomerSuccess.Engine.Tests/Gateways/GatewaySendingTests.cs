using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Sequences;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Gateways;

/// <summary>Messages to a real HTTP server: sent once, tried again, refused, held back; what they say arrives as it is.</summary>
public sealed class GatewaySendingTests
{
    private const string Secret = "s3cret-\"}{text}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(MailCompany Company, GatewayBook Book, Gateway Gateway)> CompanyAsync(GatewayServer server, DatabaseKind kind = DatabaseKind.Sqlite, Action<Gateway>? change = null, params string[] settings)
    {
        var company = await MailCompany.CreateAsync(kind, settings);
        var book = new GatewayBook(company.Database, company.Acts, company.Settings, company.Clock);
        var gateway = GatewayDefaults.Of(GatewayKind.Sms);
        (gateway.Name, gateway.Url, gateway.IdPath, gateway.IsOn, gateway.TimeoutSeconds) = ("SMS", server.Address + "/send", "/id", true, 1);
        change?.Invoke(gateway);
        var saved = await book.SaveAsync(MailCompany.Csm, gateway, Secret, Token);
        saved.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', saved.Problems));
        return (company, book, saved.Value!);
    }

    private static async Task<Contact> PersonAsync(MailCompany company, int account = 1, string? phone = "090-1234-5678") => (await company.AccountAsync(account, contact: person => (person.Phone, person.EmailKey) = (phone, EmailAddress.Key(person.Email))))[0];

    private static NewMail To(Contact contact, string text = "こんにちは、{{contact.name}}様。") => new() { AccountNo = contact.AccountNo, ContactNo = contact.ContactNo, Channel = Channels.Sms, Body = text };

    [Theory]
    [DatabaseData]
    public async Task A_message_is_sent_once_and_is_a_touch_of_its_channel(DatabaseKind kind)
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server, kind);
        await using var _ = company;
        server.Answers(202, """{"id":"SM-1"}""");
        var mail = await company.SendAsync(To(await PersonAsync(company)));
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);
        (await company.DrainAsync()).Tally.Sent.Should().Be(0);

        var request = server.Seen.Should().ContainSingle().Subject;
        request.Headers["Authorization"].Should().Be($"Bearer {Secret}");
        (request.Method, request.Path, request.Key).Should().Be(("POST", "/send", mail.MailId));
        using var body = JsonDocument.Parse(request.Body);
        (body.RootElement.GetProperty("to").GetString(), body.RootElement.GetProperty("text").GetString(), body.RootElement.GetProperty("reference").GetString())
            .Should().Be(("+819012345678", "こんにちは、担当 1様。", mail.MailId));
        var detail = await company.FindAsync(mail);
        (detail.Summary.Status, detail.Summary.ProviderId, detail.Summary.Attempts, detail.Text).Should().Be((MailStatus.Sent, "SM-1", 1, "こんにちは、担当 1様。"));
        await using var context = company.Database.OpenContext();
        var touch = await context.Touches.SingleAsync(Token);
        (touch.Kind, touch.FactId, touch.Outcome).Should().Be((Channels.Sms, mail.MailId, "sent"));
    }

    [Fact]
    public async Task What_values_hold_arrives_as_it_is_in_JSON_and_in_forms()
    {
        const string name = "佐藤 \"quoted\" \\ {{contract.plan}} {secret}\r\nX-Evil: 1 &to=+1";
        await using var server = new GatewayServer();
        var (company, book, gateway) = await CompanyAsync(server);
        await using var _ = company;
        var person = (await company.AccountAsync(1, account: account => account.Name = name, contact: contact => contact.Phone = "+81 90 1234 5678"))[0];
        await company.SendAsync(To(person, "「{{account.name}}」\n二行目"));
        await company.DrainAsync();
        gateway.Format = GatewayFormat.Form;
        gateway.Body = "to={to_digits}\nnational={to_national}\ntext={text}\nwho={account_name}";
        (await book.SaveAsync(MailCompany.Csm, gateway, null, Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.SendAsync(To(person, "「{{account.name}}」\n二行目"));
        await company.DrainAsync();

        var wanted = $"「{name.Trim()}」\n二行目".ReplaceLineEndings("\n");
        using var body = JsonDocument.Parse(server.Seen[0].Body);
        body.RootElement.GetProperty("text").GetString().Should().Be(wanted);
        body.RootElement.EnumerateObject().Should().HaveCount(3);
        server.Seen[0].Headers.Keys.Should().NotContain("X-Evil");
        var form = server.Seen[1].Body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        form.Should().Equal(new Dictionary<string, string> { ["to"] = "819012345678", ["national"] = "09012345678", ["text"] = wanted, ["who"] = name });
        server.Seen[1].Headers["Content-Type"].Should().StartWith("application/x-www-form-urlencoded");
        server.Seen[1].Headers["Authorization"].Should().Be($"Bearer {Secret}", "a secret that was not typed again stays");
    }

    [Fact]
    public async Task An_answer_of_come_again_is_heeded_and_the_second_try_carries_the_same_key()
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server);
        await using var _ = company;
        server.Answers(503, "busy", ("Retry-After", "1800"));
        server.Answers(429);
        server.Answers(301, "", ("Location", server.Address + "/elsewhere"));
        server.Answers(401, "who are you");
        var mail = await company.SendAsync(To(await PersonAsync(company)));
        (await company.DrainAsync()).Tally.PutOff.Should().Be(1);
        var waiting = (await company.FindAsync(mail)).Summary;
        (waiting.Status, waiting.NotBefore, waiting.LastAnswer, waiting.LostAnswers).Should().Be((MailStatus.Queued, company.Now.AddMinutes(30), "503 busy", 0));
        company.Clock.Advance(TimeSpan.FromMinutes(29));
        await company.DrainAsync();
        server.Seen.Should().HaveCount(1);
        for (var hour = 0; hour < 4; hour++)
        {
            company.Clock.Advance(TimeSpan.FromHours(1));
            await company.DrainAsync();
        }

        server.Seen.Should().HaveCount(5).And.OnlyContain(request => request.Key == mail.MailId && request.Path == "/send");
        server.Seen.Select(request => request.Body).Distinct().Should().ContainSingle();
        var sent = await company.FindAsync(mail);
        (sent.Summary.Status, sent.Summary.Attempts, sent.Summary.PossiblyDoubled).Should().Be((MailStatus.Sent, 5, false));
        sent.Events.Count(happened => happened.Kind == MailEventKind.Deferred).Should().Be(4);
    }

    [Fact]
    public async Task Only_a_lost_answer_doubles_a_message_and_it_is_listed()
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server);
        await using var _ = company;
        server.BreaksOff();
        server.SaysNothing();
        var mail = await company.SendAsync(To(await PersonAsync(company)));
        (await company.DrainAsync()).Tally.AnswersLost.Should().Be(1);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        (await company.DrainAsync()).Tally.AnswersLost.Should().Be(1);
        company.Clock.Advance(TimeSpan.FromMinutes(5));
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);

        server.Seen.Should().HaveCount(3).And.OnlyContain(request => request.Key == mail.MailId);
        server.Seen.Select(request => request.Body).Distinct().Should().ContainSingle();
        var listed = (await company.Query.ListAsync(Viewer.System, new() { Doubled = true }, 0, 10, Token)).Rows.Should().ContainSingle().Subject;
        (listed.MailId, listed.LostAnswers, listed.PossiblyDoubled).Should().Be((mail.MailId, 2, true));
        await using var context = company.Database.OpenContext();
        (await context.Touches.CountAsync(Token)).Should().Be(1);
    }

    [Fact]
    public async Task A_gateway_that_is_away_or_has_taken_it_before_loses_nothing()
    {
        await using var away = new GatewayServer();
        var (company, book, gateway) = await CompanyAsync(away, change: gateway => gateway.ConflictMeansTaken = true);
        await using var _ = company;
        await away.DisposeAsync();
        var mail = await company.SendAsync(To(await PersonAsync(company)));
        (await company.DrainAsync()).Tally.PutOff.Should().Be(1);
        (await company.FindAsync(mail)).Summary.Should().Match<MailSummary>(waiting => waiting.Status == MailStatus.Queued && waiting.LostAnswers == 0);

        // mended while it waits: the same message by the same id
        await using var server = new GatewayServer();
        gateway.Url = server.Address + "/v2";
        (await book.SaveAsync(MailCompany.Csm, gateway, null, Token)).Outcome.Should().Be(ActOutcome.Done);
        server.BreaksOff();
        server.Answers(409, "retry key already accepted");
        company.Clock.Advance(TimeSpan.FromHours(1));
        await company.DrainAsync();
        company.Clock.Advance(TimeSpan.FromHours(1));
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);
        server.Seen.Should().HaveCount(2).And.OnlyContain(request => request.Key == mail.MailId && request.Path == "/v2");
    }

    [Fact]
    public async Task A_refusal_is_for_good_and_counts_as_no_contact()
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server);
        await using var _ = company;
        server.Answers(400, "unknown " + Secret + " \n number");
        var mail = await company.SendAsync(To(await PersonAsync(company)));
        (await company.DrainAsync()).Tally.Failed.Should().Be(1);
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.DrainAsync();

        server.Seen.Should().HaveCount(1);
        var failed = (await company.Query.ListAsync(Viewer.System, new() { Status = MailStatus.Failed }, 0, 10, Token)).Rows.Should().ContainSingle().Subject;
        (failed.MailId, failed.LastAnswer).Should().Be((mail.MailId, "400 unknown *** number"));
        await using var context = company.Database.OpenContext();
        (await context.MailMessages.SingleAsync(Token)).ContactedAt.Should().BeNull();
        (await context.Touches.AnyAsync(Token)).Should().BeFalse();
    }

    [Fact]
    public async Task Who_opts_out_between_drafting_and_sending_is_sent_nothing_by_that_channel()
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server);
        await using var _ = company;
        var person = await PersonAsync(company);
        var draft = (await company.Mailbox.DraftAsync(MailCompany.Csm, To(person), Token)).Value!;
        var queued = await company.SendAsync(To(person));
        (await company.Wishes.StopAsync(MailCompany.Csm, person.AccountNo, person.ContactNo, null, Channels.Sms, null, "STOP", Token)).Outcome.Should().Be(ActOutcome.Done);
        var held = (await company.Mailbox.QueueAsync(MailCompany.Csm, draft.AccountNo, draft.MailId, draft.Version, null, Token)).Value!;
        await company.DrainAsync();

        (held.Status, held.Reasons).Should().Match<(MailStatus, IReadOnlyList<string>)>(mail => mail.Item1 == MailStatus.Held && mail.Item2.SequenceEqual(new[] { HoldReasons.OptedOut }));
        (await company.StatusAsync(queued)).Should().Be(MailStatus.Cancelled);
        server.Seen.Should().BeEmpty();
        (await company.SendAsync(MailCompany.To(person))).Status.Should().Be(MailStatus.Queued, "the other channels stay open");
    }

    [Fact]
    public async Task Limits_quiet_hours_consent_and_addresses_hold_it_back_and_say_why()
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server, change: gateway => gateway.MaxLength = 70, settings: ["contact.person_most", "1", "contact.person_days", "7", "contact.quiet_from", "18:00", "contact.quiet_to", "09:00", "contact.consent_countries", "JP"]);
        await using var _ = company;
        var person = await PersonAsync(company);
        (await company.SendAsync(To(person) with { Purpose = Purpose.Promotional })).Reasons.Should().Equal(HoldReasons.NoConsent);
        (await company.Wishes.ConsentAsync(MailCompany.Csm, 1, person.ContactNo, person.Email!, true, null, "form", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.SendAsync(To(person) with { Purpose = Purpose.Promotional })).Status.Should().Be(MailStatus.Queued);
        await company.DrainAsync();

        // the same person, by mail, and in another account where the same address is written
        (await company.SendAsync(MailCompany.To(person))).Reasons.Should().Contain(HoldReasons.PersonLimit);
        var twin = (await company.AccountAsync(2, contact: contact => (contact.Email, contact.EmailKey, contact.Phone) = (person.Email, EmailAddress.Key(person.Email), "080-1111-2222")))[0];
        (await company.SendAsync(MailCompany.To(twin))).Reasons.Should().Contain(HoldReasons.PersonLimit);
        (await company.SendAsync(To(twin))).Reasons.Should().Contain(HoldReasons.PersonLimit);

        company.Clock.Advance(TimeSpan.FromHours(8));
        var other = await PersonAsync(company, 3, "09055556666");
        (await company.SendAsync(To(other))).Reasons.Should().Equal(HoldReasons.QuietHours);
        (await company.SendAsync(To(await PersonAsync(company, 4, "03-1234-5678")))).Reasons.Should().Equal(HoldReasons.BadAddress);
        (await company.SendAsync(To(await PersonAsync(company, 5, null)))).Reasons.Should().Equal(HoldReasons.NoAddress);
        (await company.SendAsync(To(await PersonAsync(company, 6, "09077778888"), new string('あ', 71)))).Reasons.Should().Equal($"{HoldReasons.TooLong}:71/70");
        (await company.SendAsync(To(other) with { Channel = Channels.Line })).Reasons.Should().Contain(HoldReasons.GatewayOff);
    }

    [Fact]
    public async Task Advertising_and_surveys_wait_for_an_outage_of_the_account_alone_by_whatever_channel()
    {
        await using var server = new GatewayServer();
        var (company, _, _) = await CompanyAsync(server);
        await using var _ = company;
        var (hit, other) = (await PersonAsync(company), await PersonAsync(company, 2, "080-1111-2222"));
        await using (var context = company.Database.OpenContext())
        {
            context.Marks.Add(new Mark { MarkId = "m", Kind = MarkKind.Outage, Title = "Down", Day = new(2026, 11, 26), Reach = MarkReach.Accounts, ReachOf = "A1" });
            context.MarkAccounts.Add(new MarkAccount { AccountNo = 1, MarkId = "m" });
            await context.SaveChangesAsync(Token);
        }

        NewMail[] promotions = [To(hit) with { Purpose = Purpose.Promotional, Origin = MailOrigin.Play, OriginId = "upsell" }, MailCompany.To(hit) with { Purpose = Purpose.Promotional }, MailCompany.To(hit) with { Origin = MailOrigin.Survey, OriginId = "s" }];
        foreach (var mail in promotions)
        {
            var waiting = await company.SendAsync(mail);
            (waiting.Status, waiting.Reasons[0]).Should().Be((MailStatus.Queued, "outage:Down"));
            waiting.NotBefore.Should().BeOnOrAfter(new DateTime(2026, 11, 28, 0, 0, 0, DateTimeKind.Utc).AddHours(-9));
            (await company.SendAsync(mail with { AccountNo = other.AccountNo, ContactNo = other.ContactNo })).Reasons.Should().BeEmpty();
        }

        (await company.SendAsync(To(hit))).Reasons.Should().BeEmpty("a word from one person to another waits for nothing");
        (await company.DrainAsync()).Tally.Sent.Should().Be(4);
        company.Clock.Advance(TimeSpan.FromDays(5));
        (await company.DrainAsync()).Tally.Sent.Should().Be(3);
    }

    [Fact]
    public async Task A_step_goes_by_the_gateway_and_whom_it_does_not_reach_goes_on_to_the_next()
    {
        await using var server = new GatewayServer();
        await using var company = await SequenceCompany.CreateAsync(DatabaseKind.Sqlite);
        var gateway = GatewayDefaults.Of(GatewayKind.Sms);
        (gateway.Name, gateway.Url, gateway.IsOn) = ("SMS", server.Address + "/send", true);
        (await new GatewayBook(company.Mail.Database, company.Mail.Acts, company.Mail.Settings, company.Mail.Clock).SaveAsync(MailCompany.Csm, gateway, null, Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.AccountAsync(1, contact: person => person.Phone = "090-1234-5678");
        await company.AccountAsync(2, contact: person => person.Phone = "03-1234-5678");
        await company.SaveAsync(SequenceCompany.Play("sms", new PlayStep { Channel = Channels.Sms, BodyEn = "Hello {{contact.name}}", BodyJa = "{{contact.name}}様", SendsItself = true }, SequenceCompany.Email(1, "Two")));
        var (reached, not) = (await company.StartAsync(1, "sms"), await company.StartAsync(2, "sms"));
        await company.WorkAsync();
        server.Seen.Should().ContainSingle();
        JsonDocument.Parse(server.Seen[0].Body).RootElement.GetProperty("text").GetString().Should().Be("担当 1様");
        await company.PassAsync(1);
        company.Mail.Files.Should().HaveCount(2);
        foreach (var enrolment in new[] { reached, not })
        {
            (await company.RowAsync(enrolment)).Enrolment.State.Should().Be(EnrolmentState.Finished);
        }

        await using var context = company.Mail.Database.OpenContext();
        (await context.EnrolmentSteps.Where(step => step.StepNo == 1).OrderBy(step => step.AccountNo).Select(step => step.State).ToListAsync(Token)).Should().Equal(StepState.Done, StepState.Skipped);
        (await context.Touches.Where(touch => touch.AccountNo == 1).Select(touch => touch.Kind).Order().ToListAsync(Token)).Should().Equal(Channels.Email, Channels.Sms);
    }

    [Theory]
    [DatabaseData]
    public async Task A_play_is_suggested_by_a_gateway_only_where_it_reaches_somebody(DatabaseKind kind)
    {
        await using var server = new GatewayServer();
        var (company, book, gateway) = await CompanyAsync(server, kind, change: gateway => gateway.AddressFrom = "contact.line_id");
        await using var _ = company;
        var people = new List<Contact>();
        for (var no = 1; no <= 4; no++)
        {
            people.Add(await PersonAsync(company, no));
        }

        await using (var context = company.Database.OpenContext())
        {
            context.Attributes.Add(new AttributeDefinition { AttributeId = 900, Record = "contacts", Name = "line_id", IsCustom = true, Type = AttributeType.Number });
            context.ContactValues.AddRange(people.Take(3).Select(person => new ContactValue { AccountNo = person.AccountNo, ContactNo = person.ContactNo, AttributeId = 900, ValidFrom = new(2026, 1, 1), Value = "09012345678" }));
            await context.SaveChangesAsync(Token);
        }

        await company.Wishes.StopAsync(MailCompany.Csm, 2, people[1].ContactNo, null, Channels.Sms, null, null, Token);
        await using var reading = company.Database.OpenContext();
        await reading.Contacts.Where(person => person.AccountNo == 3).ExecuteUpdateAsync(set => set.SetProperty(person => person.LeftOn, new DateOnly(2026, 11, 1)), Token);
        var play = PlayCatalogue.All[0] with { Channels = [Channels.Sms, Channels.Line, Channels.Call] };
        var reach = await GatewayReach.ReadAsync(reading, [play], new(2026, 11, 26), accounts: null, Token);
        Enumerable.Range(1, 4).Where(no => !reach.Within(no, TouchLimits.None).Channels.Contains(Channels.Sms)).Should().Equal(1);
        reach.Within(1, TouchLimits.None).Channels.Should().Equal(Channels.Line);
        (await book.AddresseesAsync(MailCompany.Csm, 1, Token))[(people[0].ContactNo, Channels.Sms)].Should().Be(new GatewayAddressee("+819012345678", false));
        (await company.SendAsync(To(people[0]))).ToAddress.Should().Be("+819012345678", "an attribute that looks like a number is a telephone's all the same");
        gateway.AddressFrom.Should().Be("contact.line_id");
    }

    [Fact]
    public async Task One_gateway_of_a_kind_is_on_and_its_secret_is_never_seen_again()
    {
        await using var server = new GatewayServer();
        var (company, book, gateway) = await CompanyAsync(server);
        await using var _ = company;
        gateway.Secret.Should().Be("(set)");
        (await book.ListAsync(Token)).Should().OnlyContain(known => known.Secret == "(set)");
        await using (var context = company.Database.OpenContext())
        {
            (await context.Gateways.SingleAsync(Token)).Secret.Should().NotContain("s3cret");
            (await context.Journal.Where(entry => entry.Area == JournalAreas.Gateway).ToListAsync(Token)).Should().OnlyContain(entry => !(entry.ChangesJson ?? "").Contains("s3cret"));
        }

        var second = GatewayDefaults.Of(GatewayKind.Sms);
        (second.Name, second.Url, second.IsOn) = ("Other", "https://sms.example/send", true);
        (await book.SaveAsync(MailCompany.Csm, second, null, Token)).Problems.Should().Contain("is_on", "taken");
        second.IsOn = false;
        var added = (await book.SaveAsync(MailCompany.Csm, second, null, Token)).Value!;
        (await book.SetOnAsync(MailCompany.Csm, added.GatewayId, true, Token)).Problems.Should().Contain("is_on", "taken");
        (await book.SetOnAsync(MailCompany.Csm, gateway.GatewayId, false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.SetOnAsync(MailCompany.Csm, added.GatewayId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.SaveAsync(MailCompany.Csm, gateway, null, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await book.SaveAsync(new("u2", "r@cs.example", new HashSet<string> { Roles.Csm }, false), second, null, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
    }

    [Fact]
    public async Task A_trial_tells_what_the_gateway_says_and_keeps_nothing_in_the_outbox()
    {
        await using var server = new GatewayServer();
        var (company, book, gateway) = await CompanyAsync(server, change: gateway => gateway.IsOn = false);
        await using var _ = company;
        server.Answers(200, """{"id": 42}""");
        server.Answers(422, "no");
        var taken = (await book.TryAsync(MailCompany.Csm, gateway.GatewayId, "090 1234 5678", "Test", Token)).Value!;
        (taken.IsTaken, taken.ProviderId, server.Seen[0].Key).Should().Be((true, "42", taken.MessageId));
        (await book.TryAsync(MailCompany.Csm, gateway.GatewayId, "090 1234 5678", "Test", Token)).Value.Should().Match<GatewayTrial>(trial => !trial.IsTaken && trial.Answer == "422 no");
        (await book.TryAsync(MailCompany.Csm, gateway.GatewayId, "03-1234-5678", "Test", Token)).Problems.Should().ContainKey("to");
        (await company.Query.StateAsync(Token)).Counts.Should().BeEmpty();
    }

    [Theory]
    [InlineData("090-1234-5678", "JP", "+819012345678")]
    [InlineData("０９０（１２３４）５６７８", null, "+819012345678")]
    [InlineData("090-1234-5678", "AU", "+819012345678")]
    [InlineData("0412 345 678", "AU", "+61412345678")]
    [InlineData("+61 412 345 678", "JP", "+61412345678")]
    [InlineData("03-1234-5678", "JP", null)]
    [InlineData("0120-000-000", "JP", null)]
    [InlineData("12", "JP", null)]
    [InlineData("", "JP", null)]
    public void Numbers_are_read_by_the_accounts_country_else_the_companys(string written, string? country, string? address) =>
        (GatewayAddress.Read(Channels.Sms, written, country, "JP")?.Address).Should().Be(address);

    [Theory]
    [InlineData("127.0.0.1", true, false, true)]
    [InlineData("127.0.0.1", false, true, false)]
    [InlineData("::1", false, true, false)]
    [InlineData("::ffff:127.0.0.1", false, true, false)]
    [InlineData("10.1.2.3", false, false, false)]
    [InlineData("10.1.2.3", false, true, true)]
    [InlineData("172.31.0.1", false, false, false)]
    [InlineData("172.32.0.1", false, false, true)]
    [InlineData("192.168.0.1", true, false, false)]
    [InlineData("::ffff:192.168.0.1", false, false, false)]
    [InlineData("100.64.0.1", false, false, false)]
    [InlineData("169.254.169.254", false, true, false)]
    [InlineData("::ffff:169.254.169.254", true, true, false)]
    [InlineData("64:ff9b::a9fe:a9fe", false, true, false)]
    [InlineData("2002:a9fe:a9fe::1", false, true, false)]
    [InlineData("fe80::1", false, true, false)]
    [InlineData("fd00::1", false, false, false)]
    [InlineData("fd00::1", false, true, true)]
    [InlineData("0.0.0.0", true, true, false)]
    [InlineData("224.0.0.1", false, true, false)]
    [InlineData("203.0.113.7", false, false, true)]
    [InlineData("2001:db8::1", false, false, true)]
    public void Only_public_addresses_are_reached_unless_somebody_says_otherwise(string address, bool thisMachine, bool privateNetworks, bool may) =>
        GatewayClient.MayReach(System.Net.IPAddress.Parse(address), thisMachine, privateNetworks).Should().Be(may);
}
