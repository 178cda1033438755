using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CustomerSuccess.Engine.Tests.Handouts;

public sealed class SendSummariesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Each_time_is_sent_once_however_many_processes_look_and_however_often_they_start_anew(DatabaseKind kind)
    {
        await using var company = await HandoutCompany.CreateAsync(kind);
        var own = (await SaveAsync(company, HandoutCompany.Executive, Weekly(HandoutCompany.Executive))).Value!;
        own.NextAt.Should().Be(new DateTime(2025, 3, 9, 23, 0, 0, DateTimeKind.Utc), "Monday 8:00 in Tokyo");
        (await company.Get<SendSummaries>().RunAsync(Token)).Should().Be(0, "nothing is due");

        // three weeks without any process: the last time is sent, once, by one of four that look at once
        company.Clock.Advance(TimeSpan.FromDays(21));
        await using (var other = company.NewProcess())
        {
            var looks = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => (i % 2 == 0 ? company.Services : other).GetRequiredService<SendSummaries>().RunAsync(Token), Token)));
            looks.Sum().Should().Be(1);
        }

        await using (var restarted = company.NewProcess())
        {
            (await restarted.GetRequiredService<SendSummaries>().RunAsync(Token)).Should().Be(0);
        }

        await using var context = company.Database.OpenContext();
        var sending = await context.SummarySendings.SingleAsync(Token);
        sending.DueAt.Should().Be(new DateTime(2025, 3, 23, 23, 0, 0, DateTimeKind.Utc));
        var mail = await context.MailMessages.SingleAsync(Token);
        (mail.MailId, mail.AccountNo, mail.Origin, mail.Status, mail.RecordsTouch).Should().Be((sending.MailId, 0, MailOrigin.Notification, MailStatus.Queued, false));
        (await context.SummarySubscriptions.SingleAsync(Token)).NextAt.Should().Be(new DateTime(2025, 3, 30, 23, 0, 0, DateTimeKind.Utc));
        company.Clock.Advance(TimeSpan.FromDays(7));
        (await company.Get<SendSummaries>().RunAsync(Token)).Should().Be(1);
    }

    [Fact]
    public async Task The_message_has_the_readers_language_rights_and_file()
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        var own = (await SaveAsync(company, HandoutCompany.Manager, Weekly(HandoutCompany.Manager) with { Language = "ja" })).Value!;
        var sent = (await company.Get<SendSummaries>().SendNowAsync(HandoutCompany.Manager, own.SubscriptionId, Token)).Value!;
        var mail = (await company.Get<MailQuery>().FindAsync(Viewer.System, 0, sent.MailId, Token))!;
        mail.Summary.Subject.Should().Be("エグゼクティブサマリー：2025年2月");
        mail.Summary.ToAddress.Should().Be("own@company.example");
        mail.Text.Should().Contain("大和 太郎さん").And.Contain("MRRは$1,000（前月比 +0.0%）").And.Contain("https://cs.company.example/summary/mail").And.NotContain("46,000");
        mail.Attachments.Should().Equal("executive-summary-2025-02-28.pdf");
        using var mime = await MimeMessage.LoadAsync(new MemoryStream((await company.Get<MailQuery>().RawAsync(Viewer.System, 0, sent.MailId, Token))!), Token);
        var file = mime.Attachments.OfType<MimePart>().Single();
        (file.ContentType.MimeType, file.FileName).Should().Be(("application/pdf", "executive-summary-2025-02-28.pdf"));
        using var bytes = new MemoryStream();
        await file.Content!.DecodeToAsync(bytes, Token);
        (await PdfText.OfAsync(bytes.ToArray())).Should().Contain(PdfText.Bare("MRRは$1,000（前月比 +0.0%）"));

        var row = (await company.Get<SummarySubscriptions>().ListAsync(HandoutCompany.Manager, Token)).Single();
        (row.ReaderName, row.Sent.Single().Status, row.Sent.Single().IsAsked).Should().Be(("大和 太郎", MailStatus.Queued, true));
        row.Subscription.NextAt.Should().Be(own.NextAt, "asking for one between times moves none");
    }

    [Fact]
    public async Task Without_the_file_the_text_says_the_figures()
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        var own = (await SaveAsync(company, HandoutCompany.Executive, Weekly(HandoutCompany.Executive) with { AttachPdf = false })).Value!;
        var sent = (await company.Get<SendSummaries>().SendNowAsync(HandoutCompany.Executive, own.SubscriptionId, Token)).Value!;
        var mail = (await company.Get<MailQuery>().FindAsync(Viewer.System, 0, sent.MailId, Token))!;
        mail.Text.Should().Contain("$46,000").And.Contain("Paying customers").And.NotContain("attached");
        mail.Attachments.Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Who_may_no_longer_sign_in_or_read_gets_nothing_until_it_is_set_anew(DatabaseKind kind)
    {
        await using var company = await HandoutCompany.CreateAsync(kind);
        await SaveAsync(company, HandoutCompany.Administrator, Weekly(HandoutCompany.Executive));
        await SaveAsync(company, HandoutCompany.Administrator, Weekly(HandoutCompany.Manager));
        await using (var context = company.Database.OpenContext())
        {
            (await context.Users.SingleAsync(user => user.Id == HandoutCompany.Executive.UserId, Token)).LockoutEnd = DateTimeOffset.MaxValue;
            context.UserRoles.RemoveRange(context.UserRoles.Where(role => role.UserId == HandoutCompany.Manager.UserId));
            await context.SaveChangesAsync(Token);
        }

        company.Clock.Advance(TimeSpan.FromDays(7));
        (await company.Get<SendSummaries>().RunAsync(Token)).Should().Be(0);
        (await company.Get<SummarySubscriptions>().ListAsync(HandoutCompany.Administrator, Token)).Should().HaveCount(2).And.OnlyContain(row => row.Subscription.NextAt == null && row.Subscription.Problem == "not_allowed");
        await using var after = company.Database.OpenContext();
        (await after.MailMessages.CountAsync(Token)).Should().Be(0);
    }

    [Fact]
    public async Task A_summary_that_cannot_be_queued_is_tried_again_and_says_why()
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        await SaveAsync(company, HandoutCompany.Executive, Weekly(HandoutCompany.Executive));
        await company.Get<SettingsStore>().SetAsync(Viewer.System, "mail.from_address", "", Token);
        company.Clock.Advance(TimeSpan.FromDays(7));
        (await company.Get<SendSummaries>().RunAsync(Token)).Should().Be(1);
        var sent = (await company.Get<SummarySubscriptions>().ListAsync(HandoutCompany.Executive, Token)).Single().Sent.Single();
        (sent.Status, sent.Reasons.Single()).Should().Be((MailStatus.Held, "from_missing"), "the message is there and says what it waits for");
    }

    [Fact]
    public async Task Readers_decide_for_themselves_administrators_for_everybody_and_only_for_readers()
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        (await SaveAsync(company, HandoutCompany.Executive, Weekly(HandoutCompany.Manager))).Outcome.Should().Be(ActOutcome.Forbidden);
        (await SaveAsync(company, HandoutCompany.Csm, Weekly(HandoutCompany.Csm))).Outcome.Should().Be(ActOutcome.Forbidden, "the page is not a CSM's either");
        (await SaveAsync(company, HandoutCompany.Administrator, Weekly(HandoutCompany.Csm))).Problems["reader"].Should().Be("not_allowed");
        var own = (await SaveAsync(company, HandoutCompany.Administrator, Weekly(HandoutCompany.Executive))).Value!;
        (await SaveAsync(company, HandoutCompany.Manager, Weekly(HandoutCompany.Manager) with { SubscriptionId = own.SubscriptionId, Version = own.Version })).Outcome.Should().Be(ActOutcome.NotFound);
        (await SaveAsync(company, HandoutCompany.Executive, Weekly(HandoutCompany.Executive) with { SubscriptionId = own.SubscriptionId, Version = own.Version - 1 })).Outcome.Should().Be(ActOutcome.Conflict);
        (await SaveAsync(company, HandoutCompany.Executive, Weekly(HandoutCompany.Executive) with { MonthDay = 32, Hour = 24, TimeZone = "Mars/Base", Language = "fr" })).Problems.Keys.Should().BeEquivalentTo("month_day", "hour", "time_zone", "language");
        (await company.Get<SummarySubscriptions>().ListAsync(HandoutCompany.Manager, Token)).Should().BeEmpty();
        (await company.Get<SendSummaries>().SendNowAsync(HandoutCompany.Manager, own.SubscriptionId, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Get<SummarySubscriptions>().SetDeletedAsync(HandoutCompany.Executive, own.SubscriptionId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        company.Clock.Advance(TimeSpan.FromDays(7));
        (await company.Get<SendSummaries>().RunAsync(Token)).Should().Be(0);
        (await company.Get<SummarySubscriptions>().SetDeletedAsync(HandoutCompany.Executive, own.SubscriptionId, false, Token)).Value!.NextAt.Should().BeAfter(company.Clock.GetUtcNow().UtcDateTime);
    }

    private static SubscriptionDraft Weekly(Viewer reader) => new(null, 0, reader.UserId, SendCadence.Weekly, DayOfWeek.Monday, 1, 8, "Asia/Tokyo", "en", PeriodGrain.Month, true);

    private static Task<ActResult<SummarySubscription>> SaveAsync(HandoutCompany company, Viewer viewer, SubscriptionDraft draft) => company.Get<SummarySubscriptions>().SaveAsync(viewer, draft, Token);
}
