using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Mail;

/// <summary>Messages to a real mail server.</summary>
public sealed class SmtpSendingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<MailCompany> CompanyAsync(SmtpServer server, DatabaseKind kind = DatabaseKind.Sqlite, params string[] settings) =>
        await MailCompany.CreateAsync(kind, ["mail.transport", "smtp", "mail.smtp_host", "127.0.0.1", "mail.smtp_port", $"{server.Port}", "mail.smtp_security", "none", "mail.smtp_timeout_seconds", "20", .. settings]);

    private static NewMail To(Core.Accounts.Contact contact, int i) => MailCompany.To(contact, $"件名 {i}", $"本文 {i}。\n\n. 点で始まる行\n.\n") with { Origin = MailOrigin.Campaign, OriginId = "c" };

    [Theory]
    [DatabaseData]
    public async Task Every_message_arrives_once_as_it_was_sealed_whoever_sends_it(DatabaseKind kind)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await CompanyAsync(server, kind);
        var contacts = await company.AccountAsync(1, people: 60);
        var batch = (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. contacts.Select(To)], Token)).Value!;

        // three workers at once
        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(company.DrainAsync, Token)));
        reports.Sum(report => report.Tally.Sent).Should().Be(60);
        var taken = await server.TakenAsync();
        taken.Select(mail => mail.Id).Should().BeEquivalentTo(batch.Mails.Select(mail => mail.MessageId));
        foreach (var mail in batch.Mails)
        {
            var arrived = taken.Single(t => t.Id == mail.MessageId);
            arrived.Raw.Should().Equal(await company.RawAsync(mail));
            arrived.To.Should().Equal(mail.ToAddress);
        }

        (await company.Query.StateAsync(Token)).Counts.Should().Equal(new Dictionary<MailStatus, int> { [MailStatus.Sent] = 60 });
    }

    [Fact]
    public async Task Each_recipient_is_taken_refused_or_tried_again_by_itself()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await CompanyAsync(server);
        var contact = (await company.AccountAsync(1))[0];
        var mail = await company.SendAsync(MailCompany.To(contact) with { Copies = [new("refuse@a1.example"), new("later@a1.example"), new("ok@a1.example")] });
        var tally = (await company.DrainAsync()).Tally;
        (tally.Sent, tally.PutOff).Should().Be((0, 1));
        var detail = await company.FindAsync(mail);
        detail.Recipients.Select(recipient => recipient.State).Should().Equal(RecipientState.Accepted, RecipientState.Refused, RecipientState.Pending, RecipientState.Accepted);
        detail.Recipients[1].Answer.Should().Contain("550").And.Contain("no such person");
        (detail.Summary.Status, detail.Summary.LostAnswers).Should().Be((MailStatus.Queued, 0));
        (detail.Summary.NotBefore - company.Now).TotalSeconds.Should().BeInRange(48, 72);
        (await server.TakenAsync()).Single().To.Should().Equal("p1@a1.example", "ok@a1.example");

        // from now on only the one that is left is tried, until it is given up
        for (var hour = 0; hour < 80; hour += 5)
        {
            company.Clock.Advance(TimeSpan.FromHours(5));
            await company.DrainAsync();
        }

        detail = await company.FindAsync(mail);
        (detail.Summary.Status, detail.Recipients[2].State).Should().Be((MailStatus.Sent, RecipientState.Refused));
        detail.Events.Should().ContainSingle(happened => happened.Kind == MailEventKind.GivenUp && happened.RecipientNo == 3);
        detail.Summary.Attempts.Should().BeInRange(8, 16);
        (await server.TakenAsync()).Should().HaveCount(1);

        var refused = await company.SendAsync(MailCompany.To(contact) with { ToAddress = "refuse@a1.example", Purpose = Purpose.Transactional });
        (await company.DrainAsync()).Tally.Failed.Should().Be(1);
        (await company.FindAsync(refused)).Summary.Status.Should().Be(MailStatus.Failed);
    }

    [Fact]
    public async Task A_lost_answer_is_the_only_reason_for_a_second_copy_and_is_listed()
    {
        await using var server = await SmtpServer.StartAsync("--drop", "5");
        await using var company = await CompanyAsync(server);
        var contacts = await company.AccountAsync(1, people: 12);
        var batch = (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. contacts.Select(To)], Token)).Value!;
        for (var round = 0; round < 6; round++)
        {
            await company.DrainAsync();
            company.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        var taken = await server.TakenAsync();
        var doubled = taken.GroupBy(mail => mail.Id).Where(copies => copies.Count() > 1).ToList();
        doubled.Should().NotBeEmpty();
        doubled.Should().OnlyContain(copies => copies.All(copy => copy.Raw.SequenceEqual(copies.First().Raw)));
        taken.Select(mail => mail.Id).Distinct().Should().BeEquivalentTo(batch.Mails.Select(mail => mail.MessageId));
        var listed = await company.Query.ListAsync(Viewer.System, new() { Doubled = true }, 0, 100, Token);
        doubled.Select(copies => copies.Key).Should().BeSubsetOf(listed.Rows.Select(mail => mail.MessageId));
        listed.Rows.Should().OnlyContain(mail => mail.Status == MailStatus.Sent && mail.PossiblyDoubled);
        (await company.FindAsync(listed.Rows[0])).Events.Should().Contain(happened => happened.Kind == MailEventKind.AnswerLost);
    }

    [Fact]
    public async Task A_message_on_which_the_server_breaks_holds_up_no_other()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await CompanyAsync(server);
        var contact = (await company.AccountAsync(1))[0];
        var poison = await company.SendAsync(MailCompany.To(contact, "crash-me") with { Purpose = Purpose.Transactional });
        await company.SendAsync(MailCompany.To(contact, "second"));
        for (var round = 0; round < 8; round++)
        {
            await company.DrainAsync();
            company.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await server.TakenAsync()).Should().ContainSingle();
        (await company.FindAsync(poison)).Summary.LostAnswers.Should().BeInRange(3, 8);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_spent_and_people_can_see_it()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await CompanyAsync(server);
        var contact = (await company.AccountAsync(1))[0];
        var mail = await company.SendAsync(MailCompany.To(contact));
        await server.KillAsync();
        (await company.DrainAsync()).Unreachable.Should().NotBeNull();
        var state = await company.Query.StateAsync(Token);
        state.Outages.Single().Name.Should().Be($"smtp 127.0.0.1:{server.Port}");
        (await company.FindAsync(mail)).Summary.Should().Match<MailSummary>(waiting => waiting.Status == MailStatus.Queued && waiting.Attempts == 0);

        await server.StartAgainAsync();
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);
        (await company.Query.StateAsync(Token)).Outages.Should().BeEmpty();
    }

    [Theory]
    [InlineData("starttls", "--no-tls")]
    [InlineData("tls", "--tls")]
    public async Task A_server_that_nobody_vouches_for_is_given_nothing(string security, string option)
    {
        var (cert, key) = await SmtpServer.CertificateAsync();
        await using var server = await SmtpServer.StartAsync("--cert", cert, "--key", key, "--user", "cs", "--password", "secret", option);
        await using var company = await CompanyAsync(server, DatabaseKind.Sqlite, "mail.smtp_security", security, "mail.smtp_user", "cs", "mail.smtp_password", "wrong", "mail.smtp_host", "localhost");
        var contact = (await company.AccountAsync(1))[0];
        await company.SendAsync(MailCompany.To(contact));

        // the machine knows nobody who vouches for the certificate
        (await company.DrainAsync()).Unreachable.Should().Contain("certificate");
        (await server.TakenAsync()).Should().BeEmpty("what cannot be trusted is given nothing");
    }

    [Fact]
    public async Task A_wrong_password_stops_nothing_but_the_way_out_and_a_right_one_opens_it()
    {
        await using var server = await SmtpServer.StartAsync("--user", "cs", "--password", "secret");
        await using var company = await CompanyAsync(server, DatabaseKind.Sqlite, "mail.smtp_user", "cs", "mail.smtp_password", "wrong");
        var contact = (await company.AccountAsync(1))[0];
        var mail = await company.SendAsync(MailCompany.To(contact));
        (await company.DrainAsync()).Unreachable.Should().Contain("535");
        (await company.StatusAsync(mail)).Should().Be(MailStatus.Queued);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "secret\n", Token);
        await company.Settings.SetAsync(Viewer.System, "mail.smtp_password", "file:" + file, Token);
        (await company.DrainAsync()).Tally.Sent.Should().Be(1);
        File.Delete(file);
    }

    [Fact]
    public async Task No_minute_sees_more_than_the_limit_in_all_or_to_one_domain()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "mail.per_minute", "30", "mail.domain_per_minute", "6");
        var slow = await company.AccountAsync(1, people: 15);
        var others = new List<Core.Accounts.Contact>();
        for (var i = 2; i <= 8; i++)
        {
            others.AddRange(await company.AccountAsync(i, people: 6));
        }

        (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. slow.Concat(others).Select(To)], Token)).Value!.Count(MailStatus.Queued).Should().Be(57);
        for (var step = 0; step < 100 && company.Files.Count < 57; step++)
        {
            await company.DrainAsync();
            company.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        await using var context = company.Database.OpenContext();
        var sent = await context.MailMessages.AsNoTracking().Select(mail => new { mail.AccountNo, At = mail.SentAt }).ToListAsync(Token);
        sent.Should().OnlyContain(mail => mail.At != null);
        var times = sent.Select(mail => mail.At!.Value).Order().ToList();
        times.Should().OnlyContain(start => times.Count(time => time >= start && time < start.AddMinutes(1)) <= 30);
        var domain = sent.Where(mail => mail.AccountNo == 1).Select(mail => mail.At!.Value).Order().ToList();
        domain.Should().OnlyContain(start => domain.Count(time => time >= start && time < start.AddMinutes(1)) <= 6);
        (times[^1] - times[0]).TotalMinutes.Should().BeInRange(1.5, 3.2, "limits are used, not only kept");

        (await context.MailPaces.CountAsync(Token)).Should().BePositive();
        company.Clock.Advance(TimeSpan.FromMinutes(2));
        await company.DrainAsync();
        (await context.MailPaces.CountAsync(Token)).Should().Be(0, "limits that have run out are forgotten");
    }

    [Theory]
    [DatabaseData]
    public async Task What_a_dead_worker_was_handing_over_is_sent_again_and_what_it_had_only_claimed_is_not_marked(DatabaseKind kind)
    {
        await using var company = await MailCompany.CreateAsync(kind);
        var contacts = await company.AccountAsync(1, people: 3);
        var mails = (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. contacts.Select(To)], Token)).Value!.Mails;
        await using (var context = company.Database.OpenContext())
        {
            foreach (var mail in await context.MailMessages.Where(mail => mail.MailId != mails[2].MailId).ToListAsync(Token))
            {
                mail.ClaimedBy = "mail-of-a-process-that-is-gone";
                if (mail.MailId == mails[0].MailId)
                {
                    (mail.Status, mail.Attempts, mail.FirstAttemptAt, mail.ContactedAt) = (MailStatus.Sending, 1, company.Now, company.Now);
                }
            }

            await context.SaveChangesAsync(Token);
        }

        (await company.DrainAsync()).Tally.Sent.Should().Be(3);
        company.Files.Should().HaveCount(3);
        var listed = await company.Query.ListAsync(Viewer.System, new() { Doubled = true }, 0, 10, Token);
        listed.Rows.Select(mail => mail.MailId).Should().Equal(mails[0].MailId);
        await using var after = company.Database.OpenContext();
        (await after.MailMessages.CountAsync(mail => mail.ClaimedBy != null, Token)).Should().Be(0);
    }

    [Fact]
    public async Task A_sender_that_runs_all_the_time_takes_up_what_is_queued_and_follows_the_settings()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "contact.quiet_from", "00:00", "contact.quiet_to", "00:00");
        var contact = (await company.AccountAsync(1))[0];
        using var sender = new SendMail(company.Database, company.Settings, company.Live, company.Bell, TimeProvider.System, NullLogger<SendMail>.Instance);
        await sender.StartAsync(Token);
        await company.SendAsync(MailCompany.To(contact));
        await Arrivals.InFolderAsync(company.Outbox, 1, Token);
        foreach (var (key, value) in new[] { ("mail.smtp_host", "127.0.0.1"), ("mail.smtp_port", $"{server.Port}"), ("mail.smtp_security", "none"), ("mail.transport", "smtp") })
        {
            (await company.Settings.SetAsync(Viewer.System, key, value, Token)).Should().BeTrue();
        }

        var second = await company.SendAsync(MailCompany.To(contact, "second"));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] ways = [server.ArrivedAsync(1, either.Token), Arrivals.InFolderAsync(company.Outbox, 2, either.Token)];
        await await Task.WhenAny(ways);
        await either.CancelAsync();
        await Task.WhenAll(ways).ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
        await sender.StopAsync(Token);
        (await company.StatusAsync(second)).Should().Be(MailStatus.Sent, "what was begun is written down before the sender ends");
    }

    [Fact]
    public async Task A_sender_that_runs_decides_by_the_settings_of_the_moment()
    {
        await using var company = await MailCompany.CreateAsync(
            DatabaseKind.Sqlite, "contact.quiet_from", "00:00", "contact.quiet_to", "00:00", "contact.skip_weekends", "false", "contact.skip_holidays", "false", "contact.consent_countries", "JP");
        var contact = (await company.AccountAsync(1))[0];
        using var sender = new SendMail(company.Database, company.Settings, company.Live, company.Bell, TimeProvider.System, NullLogger<SendMail>.Instance);
        await sender.StartAsync(Token);
        await company.SendAsync(MailCompany.To(contact));
        await Arrivals.InFolderAsync(company.Outbox, 1, Token);

        (await company.Settings.SetAsync(Viewer.System, "contact.consent_countries", "", Token)).Should().BeTrue();
        var news = await company.SendAsync(MailCompany.To(contact, "news") with { Purpose = Purpose.Promotional });
        await Arrivals.InFolderAsync(company.Outbox, 2, Token);
        await sender.StopAsync(Token);
        (await company.StatusAsync(news)).Should().Be(MailStatus.Sent, "consent is no longer asked for, also where the sender has looked at the settings a moment ago");
    }
}
