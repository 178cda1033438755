using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Ingestion;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Inquiries;

public sealed class ImportedInquiriesTests
{
    private static readonly DateTime Opened = Desk.Monday.AddDays(-3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (string, object?)[] Row(string account = "A1", string? status = "open", DateTime? closed = null, string? priority = "normal", string? category = "bug", string subject = "ログインできない") =>
        [("id", "T-1"), ("account_id", account), ("subject", subject), ("body", "今朝から入れません。"), ("status", status), ("priority", priority), ("category", category), ("opened_at", Opened), ("first_response_at", null), ("closed_at", closed), ("assignee", null)];

    [Theory]
    [DatabaseData]
    public async Task A_file_that_repeats_itself_does_not_undo_the_desk_and_one_that_brings_news_wins(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var import = new Staged(test) { ImportDay = new DateOnly(2026, 10, 5) };
        (await import.ImportAsync("inquiries", Row())).File.Inserted.Should().Be(1);
        var imported = await OneAsync(test);
        (imported.State, imported.Urgency, imported.Language, imported.IsSettled, imported.CustomerSpokeLast).Should().Be((InquiryState.Open, InquiryPriority.Normal, "ja", false, true));
        imported.NextDueAt.Should().NotBeNull("what is imported open is aimed like any other");
        imported.SearchKey.Should().Contain("t-1");

        // the desk works on it
        var at = new InquiryRef(1, new(imported.SourceId, "T-1"));
        var now = Desk.Held(await desk.Changes.RankAsync(desk.Sato, at, imported.Version, InquiryPriority.Urgent, Token));
        now = Desk.Held(await desk.Changes.DescribeAsync(desk.Sato, at, now.Version, new("sign-in", null, ["vip"], "ja"), Token));
        now = Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, at, now.Version, new("直しました。", "email", InquiryState.Resolved), Token));

        // the nightly file says what it said before
        (await import.ImportAsync("inquiries", Row())).File.Unchanged.Should().Be(1);
        var kept = await OneAsync(test);
        (kept.State, kept.ClosedAt, kept.FirstResponseAt, kept.Priority, kept.Category, kept.Assignee, kept.Version)
            .Should().Be((InquiryState.Resolved, desk.Now, desk.Now, "urgent", "sign-in", "sato@cs.example", now.Version));

        // another subject is news, and only that
        (await import.ImportAsync("inquiries", Row(subject: "全員がログインできない"))).File.Updated.Should().Be(1);
        var renamed = await OneAsync(test);
        (renamed.Subject, renamed.State, renamed.Tags, renamed.Category, renamed.Version).Should().Be(("全員がログインできない", InquiryState.Resolved, "|vip|", "sign-in", now.Version + 1));

        // another priority and category are news, and win; the next file that repeats them changes nothing
        (await import.ImportAsync("inquiries", Row(priority: "low", category: "request", subject: "全員がログインできない"))).File.Updated.Should().Be(1);
        var ranked = await OneAsync(test);
        (ranked.Urgency, ranked.Category, ranked.State, ranked.FirstResponseAt).Should().Be((InquiryPriority.Low, "request", InquiryState.Resolved, desk.Now));
        (await import.ImportAsync("inquiries", Row(priority: "low", category: "request", subject: "全員がログインできない"))).File.Unchanged.Should().Be(1);

        // the source says that it came back
        (await import.ImportAsync("inquiries", Row(status: "reopened", priority: "low", category: "request", subject: "全員がログインできない"))).File.Updated.Should().Be(1);
        var again = await OneAsync(test);
        again.ClosedAt.Should().Be(desk.Now, "of the closing the file says nothing new");
        (await import.ImportAsync("inquiries", Row(status: "closed", closed: Opened.AddHours(5), priority: "low", category: "request", subject: "全員がログインできない"))).File.Updated.Should().Be(1);
        (await OneAsync(test)).Should().BeEquivalentTo(new { State = InquiryState.Closed, ClosedAt = Opened.AddHours(5), IsSettled = true }, o => o.ExcludingMissingMembers());
        (await desk.PageAsync(now)).Messages.Should().HaveCount(2, "the thread is the desk's");
    }

    [Theory]
    [DatabaseData]
    public async Task The_thread_goes_with_an_inquiry_that_changes_account(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var import = new Staged(test) { ImportDay = new DateOnly(2026, 10, 5) };
        await import.ImportAsync("inquiries", Row());
        var key = new InquiryKey((await OneAsync(test)).SourceId, "T-1");
        Desk.Held(await desk.Messages.NoteAsync(desk.Sato, new(1, key), "別の会社の件では？ @tanaka@cs.example", Token));
        Desk.Held(await desk.Satisfaction.AskAsync(desk.Sato, new(1, key), Token));
        (await import.ImportAsync("inquiries", Row("A2"))).File.Updated.Should().Be(1);

        var page = (await desk.Query.FindAsync(desk.Sato, key, Token))!;
        page.Account.AccountId.Should().Be("A2");
        page.Messages.Should().HaveCount(2);
        page.Satisfaction.Should().NotBeNull();
        (await desk.List.CountsAsync(desk.Tanaka, Token)).CallsMe.Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_database_from_before_the_desk_is_filled_in(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        await using (var context = test.Database.OpenContext())
        {
            context.Add(new Inquiry { AccountNo = 1, SourceId = 1, FactId = "OLD", OpenedAt = Opened, ClosedAt = Opened.AddHours(1), Priority = "P1", Subject = "old" });
            await context.SaveChangesAsync(Token);
            await context.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.PhoneKey, (string?)null), Token);
        }

        var fill = new FillDeskColumns(test.Database, desk.Settings, desk.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<FillDeskColumns>.Instance);
        (await fill.RunAsync(Token)).Should().Be(5, "an inquiry, three people and an account");
        (await fill.RunAsync(Token)).Should().Be(0);
        await using var after = test.Database.OpenContext();
        (await after.Inquiries.SingleAsync(Token)).Should().BeEquivalentTo(new { State = InquiryState.Closed, IsSettled = true, Urgency = InquiryPriority.Urgent, ChangedAt = Opened.AddHours(1) }, o => o.ExcludingMissingMembers());
        (await after.Contacts.OrderBy(c => c.ContactNo).Select(c => c.PhoneKey).ToListAsync(Token)).Should().Equal("+81312345678", "+819011112222", "+12125550142");

        // another country: numbers without a country code are read anew
        await desk.Settings.SetAsync(desk.Tanaka, "company.region", "US", Token);
        (await fill.RunAsync(Token)).Should().Be(4);
        (await after.Contacts.AsNoTracking().Where(c => c.ContactNo == 11).Select(c => c.PhoneKey).SingleAsync(Token)).Should().StartWith("+1");
    }

    private static async Task<Inquiry> OneAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        return await context.Inquiries.AsNoTracking().SingleAsync(Token);
    }
}
