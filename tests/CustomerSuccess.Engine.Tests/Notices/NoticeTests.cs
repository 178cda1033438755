using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Notices;

public sealed class NoticeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Who_is_named_is_told_with_the_act_and_who_did_it_is_not(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var inbox = Inbox(day);
        await day.Notes.WriteAsync(Mori, 1, "@sato@example.com @mori@example.com @gone@example.com please look", cancellation: Token);
        (await inbox.CountUnreadAsync(Mori, Token)).Should().Be(0, "one's own act is no news");
        var told = (await inbox.PageAsync(Sato, new(), 0, 10, Token)).Rows.Should().ContainSingle().Subject;
        (told.Kind, told.AccountId, told.Area).Should().Be((NoticeKinds.Mention, "A-1", JournalAreas.Note));
        NoticeText.One(told.Kind, told.Args, "en").Should().StartWith("Mori@example.com mentioned you at 青葉製作所");

        // an act that is refused tells nobody
        (await day.Notes.WriteAsync(Reader, 1, "@sato@example.com", cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await inbox.CountUnreadAsync(Sato, Token)).Should().Be(1);

        // the account goes to a colleague: what was told of it is shown no more
        await SetAsync(day, context => context.Accounts.Where(account => account.AccountNo == 1).ExecuteUpdateAsync(set => set.SetProperty(account => account.OwnerEmail, "mori@example.com"), Token));
        (await inbox.CountUnreadAsync(Sato, Token)).Should().Be(0);
        (await inbox.FindAsync(Sato, told.NoticeId, Token)).Should().BeNull();
        (await inbox.FindAsync(Manager, told.NoticeId, Token)).Should().BeNull("another's notices are nobody's business");
    }

    [Theory]
    [DatabaseData]
    public async Task Reading_a_mention_where_it_stands_reads_its_notice(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var inbox = Inbox(day);
        var note = (await day.Notes.WriteAsync(Mori, 1, "@sato@example.com", cancellation: Token)).Value!.Note;
        await day.Mentions.MarkReadAsync(Sato, 1, JournalAreas.Note, note.NoteId, Token);
        (await inbox.CountUnreadAsync(Sato, Token)).Should().Be(0);
        var row = (await inbox.PageAsync(Sato, new(), 0, 10, Token)).Rows[0];
        (await inbox.MarkAsync(Sato, [row.NoticeId], isRead: false, Token)).Should().Be(1);
        (await inbox.MarkAsync(Mori, [row.NoticeId], isRead: true, Token)).Should().Be(0);
        (await inbox.MarkAllReadAsync(Sato, NoticeKinds.TaskDue, Token)).Should().Be(0);
        (await inbox.MarkAllReadAsync(Sato, null, Token)).Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task One_event_is_one_notice_however_many_processes_look_for_it(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await GiveAsync(day, "due today", Today);
        await GiveAsync(day, "due tomorrow", Today.AddDays(1));
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Find(day).RunAsync(Token), Token)));
        both.Sum().Should().Be(1);
        (await Find(day).RunAsync(Token)).Should().Be(0, "and after a restart");
        (await Inbox(day).PageAsync(Sato, new(NoticeKinds.TaskDue), 0, 10, Token)).Rows.Should().ContainSingle().Which.Args["title"].Should().Be("due today");

        day.Clock.Advance(TimeSpan.FromDays(1));
        (await Find(day).RunAsync(Token)).Should().Be(1);
        day.Clock.Advance(TimeSpan.FromDays(100));
        (await Find(day).ForgetAsync(Token)).Should().Be(4, "two given, two due");
    }

    [Theory]
    [DatabaseData]
    public async Task Many_of_a_kind_go_as_one_mail_and_exactly_once_from_two_processes(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await MailOnAsync(day);
        await new NoticeWishes(day.Database, day.Acts, day.Settings).SetAsync(Sato, NoticeKinds.TaskAssigned, NoticeDelivery.Immediate, isShown: false, Token);
        for (var i = 0; i < 12; i++)
        {
            await GiveAsync(day, $"task {i}", null);
        }

        (await Inbox(day).CountUnreadAsync(Sato, Token)).Should().Be(0, "Sato wants mail alone");
        (await Mail(day).SendDueAsync(Token)).Should().Be(0, "it waits for what comes with it");
        day.Clock.Advance(TimeSpan.FromMinutes(2));
        var sent = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Mail(day).SendDueAsync(Token), Token)));
        sent.Sum().Should().Be(1);
        var mail = (await MailsAsync(day)).Should().ContainSingle().Subject;
        (mail.Subject, mail.AccountNo, mail.Origin, mail.RecordsTouch, mail.Status).Should().Be(("12 tasks were given to you", 0, MailOrigin.Notification, false, MailStatus.Queued));

        // one more right afterwards waits, so that nobody is sent a mail a minute
        await GiveAsync(day, "one more", null);
        day.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Mail(day).SendDueAsync(Token)).Should().Be(0);
        day.Clock.Advance(TimeSpan.FromMinutes(9));
        (await Mail(day).SendDueAsync(Token)).Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_digest_goes_once_a_business_day_at_the_persons_hour(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await MailOnAsync(day);
        (await new NoticeWishes(day.Database, day.Acts, day.Settings).SetDigestAsync(Sato, 17, "Asia/Tokyo", Token)).Outcome.Should().Be(ActOutcome.Done);
        await GiveAsync(day, "a", null);
        await GiveAsync(day, "b", null);
        (await Mail(day).SendDueAsync(Token)).Should().Be(0, "it is 9:00 in Tokyo");
        day.Clock.Advance(TimeSpan.FromHours(8));
        var sent = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Mail(day).SendDueAsync(Token), Token)));
        sent.Sum().Should().Be(1);
        (await MailsAsync(day))[^1].Subject.Should().Be("Your digest: 2 notifications");

        await GiveAsync(day, "c", null);
        (await Mail(day).SendDueAsync(Token)).Should().Be(0, "the day is done");
        day.Clock.Advance(TimeSpan.FromDays(1));
        (await Mail(day).SendDueAsync(Token)).Should().Be(1);

        // Friday evening to Monday
        day.Clock.Advance(TimeSpan.FromDays(3));
        (await Mail(day).SendDueAsync(Token)).Should().Be(0);
        await GiveAsync(day, "at the weekend", null);
        day.Clock.Advance(TimeSpan.FromDays(1));
        (await Mail(day).SendDueAsync(Token)).Should().Be(0, "it is Saturday");
        day.Clock.Advance(TimeSpan.FromDays(2));
        (await Mail(day).SendDueAsync(Token)).Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Rights_are_asked_again_when_a_mail_goes(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await MailOnAsync(day);
        await day.Notes.WriteAsync(Mori, 1, "@sato@example.com", cancellation: Token);
        await day.Notes.WriteAsync(Sato, 1, "@boss@example.com", cancellation: Token);
        await SetAsync(day, context => context.Accounts.Where(account => account.AccountNo == 1).ExecuteUpdateAsync(set => set.SetProperty(account => account.OwnerEmail, "mori@example.com"), Token));
        await SetAsync(day, context => context.Users.Where(user => user.Id == "u-boss").ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue), Token));
        day.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Mail(day).SendDueAsync(Token)).Should().Be(0, "Sato may not see the account any more, and the manager has left");
        (await MailsAsync(day)).Should().BeEmpty();
        await day.Notes.WriteAsync(Mori, 1, "@boss@example.com again", cancellation: Token);
        (await Inbox(day).PageAsync(Manager, new(), 0, 10, Token)).Total.Should().Be(1, "whoever has left is told nothing new");
    }

    [Theory]
    [DatabaseData]
    public async Task Defaults_hold_until_somebody_wishes_otherwise_and_only_administrators_set_them(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var wishes = new NoticeWishes(day.Database, day.Acts, day.Settings);
        (await wishes.SetDefaultAsync(Manager, NoticeKinds.Mention, NoticeDelivery.Off, false, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await wishes.SetDefaultAsync(Viewer.System, NoticeKinds.Mention, NoticeDelivery.Off, false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await wishes.SetAsync(Manager, NoticeKinds.Mention, NoticeDelivery.Digest, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await wishes.SetAsync(Manager, NoticeKinds.Mention, NoticeDelivery.Digest, true, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await wishes.SetDigestAsync(Manager, 24, null, Token)).Problems.Should().ContainKey("hour");
        (await wishes.SetDigestAsync(Manager, 9, "Mars/Olympus", Token)).Problems.Should().ContainKey("zone");
        await day.Notes.WriteAsync(Mori, 1, "@sato@example.com @boss@example.com", cancellation: Token);
        (await Inbox(day).CountUnreadAsync(Sato, Token)).Should().Be(0);
        (await Inbox(day).CountUnreadAsync(Manager, Token)).Should().Be(1);
        (await wishes.ReadAsync(Sato, Token)).Wishes.Should().NotContain(wish => wish.Kind == NoticeKinds.ImportFailed, "a CSM imports nothing");
    }

    [Theory]
    [DatabaseData]
    public async Task What_nobody_owns_is_told_to_the_managers(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await SetAsync(day, async context =>
        {
            context.Roles.Add(new IdentityRole(Roles.CsManager) { Id = "r1" });
            context.UserRoles.Add(new IdentityUserRole<string> { RoleId = "r1", UserId = "u-boss" });
            await context.SaveChangesAsync(Token);
            await context.Accounts.Where(account => account.AccountNo == 2).ExecuteUpdateAsync(set => set.SetProperty(account => account.OwnerEmail, (string?)null), Token);
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            NewNotice[] leaving = [.. new[] { 1, 2, 99 }.Select(no => new NewNotice(NoticeKinds.AccountLeaving, $"leaving:{no}", JournalAreas.Account, no) { ToOwner = true })];
            (await NoticeWriter.WriteAsync(context, Viewer.System, [.. leaving, .. leaving], day.Clock.GetUtcNow().UtcDateTime, Token)).Should().Be(2, "there is no account 99");
            (await NoticeWriter.WriteAsync(context, Viewer.System, leaving, day.Clock.GetUtcNow().UtcDateTime, Token)).Should().Be(0);
            await transaction.CommitAsync(Token);
        });
        (await Inbox(day).PageAsync(Sato, new(), 0, 10, Token)).Rows.Should().ContainSingle().Which.AccountNo.Should().Be(1);
        (await Inbox(day).PageAsync(Manager, new(), 0, 10, Token)).Rows.Should().ContainSingle().Which.AccountNo.Should().Be(2);
    }

    private static NoticeInbox Inbox(Workday day) => new(day.Database, day.Acts);

    private static NoticeMail Mail(Workday day) => new(day.Database, new Mailbox(day.Database, day.Acts, day.Settings, new MailLinks(day.Database, day.Settings), new MailBell(), day.Clock), day.Settings, new OwnPlayTitles(new PlayNames(day.Database, day.Clock)), day.Clock);

    private static FindNotices Find(Workday day) =>
        new(day.Database, day.Settings, new EffectsQuery(day.Database, day.Settings, new AsOfDates(day.Database), new CompanyBooks(day.Database, day.Settings), new EffectBooks(day.Database), day.Clock), new LiveChanges(day.Database, day.Clock, NullLogger<LiveChanges>.Instance), day.Clock);

    private static async Task GiveAsync(Workday day, string title, DateOnly? due) =>
        (await day.Tasks.CreateAsync(Mori, new TaskDraft { AccountNo = 1, Title = title, AssigneeEmail = "sato@example.com", DueOn = due }, Token)).Outcome.Should().Be(ActOutcome.Done);

    private static async Task MailOnAsync(Workday day) => (await day.Settings.SetAsync(Viewer.System, "mail.from_address", "cs@company.example", Token)).Should().BeTrue();

    private static async Task<List<MailMessage>> MailsAsync(Workday day)
    {
        await using var context = day.Database.OpenContext();
        return await context.MailMessages.AsNoTracking().OrderBy(mail => mail.MailId).ToListAsync(Token);
    }

    private static async Task SetAsync(Workday day, Func<CustomerSuccessContext, Task> change)
    {
        await using var context = day.Database.OpenContext();
        await change(context);
    }
}
