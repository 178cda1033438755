using System.Text;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CustomerSuccess.Engine.Tests.Mail;

public sealed class ReceiveMailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(MailCompany Company, MailSummary Mail)> SentAsync(DatabaseKind kind = DatabaseKind.Sqlite, params string[] settings)
    {
        var company = await MailCompany.CreateAsync(kind, settings);
        var contacts = await company.AccountAsync(1, people: 2);
        var mail = await company.SendAsync(MailCompany.To(contacts[0]) with { Origin = MailOrigin.Play, OriginId = "check_in" });
        await company.DrainAsync();
        company.Clock.Advance(TimeSpan.FromHours(1));
        return (company, mail);
    }

    private static byte[] Message(string head, string body) => Encoding.UTF8.GetBytes($"{head}\n\n{body}".ReplaceLineEndings("\r\n"));

    [Theory]
    [DatabaseData]
    public async Task A_reply_is_matched_kept_once_and_told_to_the_account(DatabaseKind kind)
    {
        var (company, mail) = await SentAsync(kind);
        await using var _ = company;
        var reply = Message($"""
            From: =?UTF-8?B?5ouF5b2T?= <P1@A1.example>
            To: cs@company.example
            Subject: Re: Hello
            Message-ID: <r1@a1.example>
            In-Reply-To: {mail.MessageId}
            Date: Thu, 26 Nov 2026 12:30:00 +0900
            Content-Type: text/plain; charset=utf-8
            """, "順調です。\n\n2026年11月26日(木) 12:00 CS <cs@company.example>:\n> How are you?");
        var report = await company.Receive.ReceiveAsync(reply, Token);
        (report.Kind, report.AccountNo, report.MailId, report.Known).Should().Be((ReceivedKind.Reply, 1, mail.MailId, false));
        (await company.Receive.ReceiveAsync(reply, Token)).Known.Should().BeTrue();

        await using var context = company.Database.OpenContext();
        var received = await context.ReceivedMails.AsNoTracking().SingleAsync(Token);
        (received.Text, received.ContactNo, received.FromName, received.WrittenAt).Should().Be(("順調です。", 1, "担当", MailCompany.Noon.UtcDateTime.AddMinutes(30)));
        SealMailBytes(received).Should().Equal(reply);
        var detail = await company.FindAsync(mail);
        detail.Summary.RepliedAt.Should().Be(company.Now);
        detail.Events.Select(happened => happened.Kind).Should().Equal(MailEventKind.Replied);
        (await context.Journal.SingleAsync(entry => entry.Act == "received", Token)).Should().Match<JournalEntry>(entry => entry.AccountNo == 1 && entry.RecordId == received.ReceivedId);
        (await company.Query.CountsAsync(Viewer.System, MailOrigin.Play, "check_in", Token)).Replied.Should().Be(1);
    }

    [Fact]
    public async Task The_tag_of_the_address_matches_where_a_program_drops_the_references()
    {
        var (company, mail) = await SentAsync(DatabaseKind.Sqlite, "mail.plus_addressing", "true", "mail.reply_to", "reply@company.example");
        await using var _ = company;
        using var sent = await MimeMessage.LoadAsync(new MemoryStream(await company.RawAsync(mail)), Token);
        var address = sent.ReplyTo.Mailboxes.Single().Address;
        address.Should().MatchRegex("^reply\\+[a-z2-7]{42}@company\\.example$");
        var report = await company.Receive.ReceiveAsync(Message($"From: someone@else.example\nTo: {address.ToUpperInvariant()}\nSubject: hm\nMessage-ID: <r@x>", "hi"), Token);
        (report.Kind, report.MailId).Should().Be((ReceivedKind.Reply, mail.MailId));
        var forged = address.Replace(address[10], address[10] == 'a' ? 'b' : 'a');
        (await company.Receive.ReceiveAsync(Message($"From: someone@else.example\nTo: {forged}\nSubject: hm\nMessage-ID: <r2@x>", "hi"), Token)).MailId.Should().BeNull();
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", "Re: Hello")]
    [InlineData("X-Autoreply: yes", "Re: Hello")]
    [InlineData("X-Any: thing", "Out of Office: Hello")]
    [InlineData("X-Any: thing", "=?UTF-8?B?6Ieq5YuV6L+U5L+h77ya5LiN5Zyo?=")]
    public async Task A_machine_that_answers_is_no_person_who_does(string header, string subject)
    {
        var (company, mail) = await SentAsync();
        await using var _ = company;
        (await company.Receive.ReceiveAsync(Message($"From: p1@a1.example\nTo: cs@company.example\nSubject: {subject}\nMessage-ID: <r@x>\nIn-Reply-To: {mail.MessageId}\n{header}", "I am away"), Token)).Kind.Should().Be(ReceivedKind.AutoReply);
        (await company.FindAsync(mail)).Summary.RepliedAt.Should().BeNull();
    }

    [Theory]
    [InlineData("failed", "5.1.1", true)]
    [InlineData("failed", "5.2.2", false)]
    [InlineData("delayed", "4.4.1", false)]
    public async Task A_report_of_the_server_is_read_and_a_dead_address_is_written_to_no_more(string action, string status, bool dead)
    {
        var (company, mail) = await SentAsync();
        await using var _ = company;
        var report = await company.Receive.ReceiveAsync(Message($"""
            From: MAILER-DAEMON@mx.example
            To: cs@company.example
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <b1@mx.example>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="B"
            """, $"""
            --B
            Content-Type: text/plain

            I'm sorry.
            --B
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; p1@a1.example
            Action: {action}
            Status: {status}
            Diagnostic-Code: smtp; 550 5.1.1 <p1@a1.example>: Recipient address
             rejected: User unknown
            --B
            Content-Type: text/rfc822-headers

            Message-ID: {mail.MessageId}
            Subject: Hello
            --B--
            """), Token);
        (report.Kind, report.MailId).Should().Be((action == "failed" ? ReceivedKind.Bounce : ReceivedKind.Delay, mail.MailId));
        var detail = await company.FindAsync(mail);
        detail.Summary.Status.Should().Be(action == "failed" ? MailStatus.Bounced : MailStatus.Sent);
        if (action == "failed")
        {
            detail.Recipients[0].Should().Match<MailRecipientRow>(recipient => recipient.State == RecipientState.Bounced && recipient.Answer!.Contains("User unknown"));
        }

        await using var context = company.Database.OpenContext();
        var contact = await context.Contacts.FirstAsync(Token);
        var next = await company.SendAsync(MailCompany.To(contact) with { Purpose = Purpose.Transactional });
        next.Reasons.Should().Equal(dead ? [HoldReasons.AddressBounced] : []);
        if (dead)
        {
            var stop = (await company.Wishes.OfAsync("p1@a1.example", Token)).Stops.Single();
            await company.Wishes.LiftAsync(MailCompany.Csm, stop.AccountNo, stop.StopId, Token);
            (await company.Mailbox.QueueAsync(MailCompany.Csm, 1, next.MailId, next.Version, cancellation: Token)).Value!.Status.Should().Be(MailStatus.Queued);
        }
    }

    [Fact]
    public async Task A_report_in_the_servers_own_words_is_recognised_by_our_message_in_it()
    {
        var (company, mail) = await SentAsync();
        await using var _ = company;
        var report = await company.Receive.ReceiveAsync(Message("From: postmaster@mx.example\nTo: cs@company.example\nSubject: failure notice\nMessage-ID: <b@x>", $"Hi. This is the qmail-send program.\n<p1@a1.example>:\n550 5.1.1 unknown\n--- Below this line\nMessage-ID: {mail.MessageId}\n"), Token);
        (report.Kind, report.MailId).Should().Be((ReceivedKind.Bounce, mail.MailId));
        (await company.StatusAsync(mail)).Should().Be(MailStatus.Bounced);
    }

    [Theory]
    [InlineData("reply")]
    [InlineData("complaint")]
    public async Task Whoever_asks_by_mail_to_be_left_alone_is(string how)
    {
        var (company, mail) = await SentAsync();
        await using var _ = company;
        await company.Receive.ReceiveAsync(how == "reply"
            ? Message($"From: p1@a1.example\nTo: cs@company.example\nSubject: Re: Hello\nMessage-ID: <r@x>\nIn-Reply-To: {mail.MessageId}", "配信停止をお願いします")
            : Message("""
                From: complaints@provider.example
                To: cs@company.example
                Subject: abuse report
                Message-ID: <c@provider.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="B"
                """, $"""
                --B
                Content-Type: text/plain

                This is an abuse report
                --B
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: x/1
                Version: 1
                --B
                Content-Type: message/rfc822

                Message-ID: {mail.MessageId}
                Subject: Hello

                How are you?
                --B--
                """), Token);
        await using var context = company.Database.OpenContext();
        var next = await company.SendAsync(MailCompany.To(await context.Contacts.FirstAsync(Token)) with { List = MailLists.Success });
        next.Reasons.Should().Equal(how == "reply" ? "list_opted_out:success" : HoldReasons.OptedOut);
    }

    [Fact]
    public async Task What_nobody_asked_for_goes_to_the_account_of_its_sender_or_to_none()
    {
        var (company, _) = await SentAsync();
        await using var __ = company;
        (await company.Receive.ReceiveAsync(Message("From: p2@a1.example\nTo: cs@company.example\nSubject: Question\nMessage-ID: <q@x>\nContent-Type: text/html", "<style>p{}</style><p>How do I<br>export?</p>"), Token)).Should().Match<ReceivedReport>(report => report.Kind == ReceivedKind.Other && report.AccountNo == 1);
        (await company.Receive.ReceiveAsync(Message("From: x@nowhere.example\nTo: cs@company.example\nSubject: Question", "a\0b"), Token)).AccountNo.Should().Be(0);
        await using var context = company.Database.OpenContext();
        (await context.ReceivedMails.SingleAsync(received => received.AccountNo == 1, Token)).Text.Should().Be("How do I\nexport?");
        await company.Receive.Invoking(receive => receive.ReceiveAsync([1, 2, 3], Token)).Should().ThrowAsync<FormatException>();
        await company.Receive.Invoking(receive => receive.ReceiveAsync([], Token)).Should().ThrowAsync<FormatException>();
    }

    [Theory]
    [DatabaseData]
    public async Task Opens_and_clicks_of_people_count_and_those_of_scanners_do_not(DatabaseKind kind)
    {
        const string Browser = "Mozilla/5.0 (iPhone) AppleWebKit/605";
        await using var company = await MailCompany.CreateAsync(kind, "mail.track_opens", "true", "mail.track_clicks", "true");
        var contact = (await company.AccountAsync(1))[0];
        var mail = await company.SendAsync(MailCompany.To(contact, body: "[a](https://a.example/) [b](https://b.example/) [c](https://c.example/)") with { Origin = MailOrigin.Campaign, OriginId = "c" });
        await company.DrainAsync();
        var html = (await company.FindAsync(mail)).Html;
        var clicks = System.Text.RegularExpressions.Regex.Matches(html, "/m/c/(?<token>[A-Za-z0-9_-]+)").Select(match => match.Groups["token"].Value).ToList();
        var open = System.Text.RegularExpressions.Regex.Match(html, "/m/o/(?<token>[A-Za-z0-9_-]+)").Groups["token"].Value;
        async Task<MailSummary> StandsAsync() => (await company.FindAsync(mail)).Summary;

        // a gateway looks at everything as soon as it comes in, and once more later
        foreach (var click in clicks)
        {
            (await company.Tracking.ClickedAsync(click, "GET", Browser, Token)).Should().MatchRegex("^https://[abc]\\.example/$");
        }

        company.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var click in clicks)
        {
            await company.Tracking.ClickedAsync(click, "GET", Browser, Token);
        }

        await company.Tracking.OpenedAsync(open, "HEAD", Browser, Token);
        (await StandsAsync()).Should().Match<MailSummary>(seen => seen.OpenedAt == null && seen.ClickedAt == null);

        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await company.Tracking.OpenedAsync(open, "GET", Browser, Token);
        (await StandsAsync()).Should().Match<MailSummary>(seen => seen.OpenedAt == company.Now && seen.ClickedAt == null);
        var opened = company.Now;
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        (await company.Tracking.ClickedAsync(clicks[1], "GET", Browser, Token)).Should().Be("https://b.example/");
        (await StandsAsync()).Should().Match<MailSummary>(seen => seen.OpenedAt == opened && seen.ClickedAt == company.Now);
        (await company.FindAsync(mail)).Events.Should().ContainSingle(happened => !happened.ByMachine && happened.Link == "https://b.example/");
        (await company.Tracking.ClickedAsync(open, "GET", Browser, Token)).Should().BeNull();
        (await company.Tracking.ClickedAsync(await company.Links.MakeAsync(new(MailLinkKind.Click, 1, mail.MailId, 1, 3), Token), "GET", Browser, Token)).Should().BeNull("the message has three links");
    }

    private static byte[] SealMailBytes(ReceivedMail received) => SealMail.Unpack(received.Raw!);
}
