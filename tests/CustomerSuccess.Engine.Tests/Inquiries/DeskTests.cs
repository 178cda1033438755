using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Inquiries;

public sealed class DeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Two_people_at_one_inquiry_see_each_other_over_processes(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var at = new PresenceAt(1, JournalAreas.Inquiry, "0:Q");
        var elsewhere = new PresenceBoard(new Database(test.Database.Options), desk.Clock);
        var heard = 0;
        using var listening = desk.Board.Listen(at, "page-1", () => heard++);

        await desk.Board.SeeAsync(desk.Sato, at, "page-1", "佐藤", isTyping: false, Token);
        await elsewhere.SeeAsync(desk.Tanaka, at, "page-2", "田中", isTyping: true, Token);
        (await desk.Board.OthersAsync(desk.Sato, at, Token)).Should().Equal(new PresentReader("u-tanaka", "田中", true));
        (await elsewhere.OthersAsync(desk.Tanaka, at, Token)).Should().Equal(new PresentReader("u-sato", "佐藤", false));
        (await desk.Board.ReadersAsync(desk.Sato, JournalAreas.Inquiry, [1, 2], Token))["0:Q"].Should().Equal("田中");
        heard.Should().Be(0, "one's own page is no news");
        await desk.Board.SeeAsync(desk.Tanaka, at, "page-3", "田中", isTyping: false, Token);
        heard.Should().Be(1);

        // somebody who may not see the account is neither seen nor sees
        await desk.Board.SeeAsync(desk.Mori, at, "page-4", "Mori", isTyping: false, Token);
        (await desk.Board.OthersAsync(desk.Mori, at, Token)).Should().BeEmpty();
        (await desk.Board.OthersAsync(desk.Sato, at, Token)).Should().ContainSingle();

        // typing ends by itself, and so does being there
        desk.Clock.Advance(PresenceBoard.TypingExpiry);
        (await desk.Board.OthersAsync(desk.Sato, at, Token)).Should().Equal(new PresentReader("u-tanaka", "田中", false));
        await elsewhere.LeaveAsync(at, "page-2", Token);
        desk.Clock.Advance(PresenceBoard.Expiry);
        (await desk.Board.OthersAsync(desk.Sato, at, Token)).Should().BeEmpty();
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Board.ClearAsync(Token);
        await using var context = test.Database.OpenContext();
        (await context.Presences.CountAsync(Token)).Should().Be(0);
    }

    [Theory]
    [DatabaseData]
    public async Task Targets_and_calendars_are_changed_at_the_version_that_was_seen_and_all_that_is_open_is_aimed_anew(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var inquiry = await desk.AskAsync();
        var setup = await desk.Setup.ReadAsync(Token);
        setup.Calendars.Should().ContainSingle().Which.Calendar.JapaneseHolidays.Should().BeTrue("the company is in Japan");
        (await DueAsync(test)).Should().Be(Desk.Monday.AddHours(8));

        (await desk.Setup.SaveTargetsAsync(desk.Sato, [new(InquiryPriority.Normal, 60, 600)], 0, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await desk.Setup.SaveTargetsAsync(desk.Tanaka, [new(InquiryPriority.Normal, 700, 600)], 0, Token)).Problems.Should().ContainKey("normal");
        Desk.Held(await desk.Setup.SaveTargetsAsync(desk.Tanaka, [new(InquiryPriority.Normal, 60, 600)], setup.TargetsVersion, Token));
        (await DueAsync(test)).Should().Be(Desk.Monday.AddHours(1));
        (await desk.Setup.SaveTargetsAsync(desk.Tanaka, [new(InquiryPriority.Normal, 30, 600)], setup.TargetsVersion, Token)).Outcome.Should().Be(ActOutcome.Conflict);

        // a summer break from Monday to Tuesday
        var calendar = setup.Calendars[0].Calendar;
        var saved = Desk.Held(await desk.Setup.SaveCalendarAsync(desk.Tanaka, new(calendar, [new DayOff { CalendarNo = 1, From = new(2026, 10, 5), Until = new(2026, 10, 6), Name = "臨時休業" }]), Token));
        (await DueAsync(test)).Should().Be(Desk.Monday.AddDays(2).AddHours(1));
        (await desk.Setup.SaveCalendarAsync(desk.Tanaka, new(calendar, []), Token)).Outcome.Should().Be(ActOutcome.Conflict, "somebody else saved it meanwhile");

        // Japanese is answered around the clock
        var ja = Desk.Held(await desk.Setup.SaveCalendarAsync(desk.Tanaka, new(new DeskCalendar { Name = "24h", Hours = WeeklyHours.Always.ToString(), Language = "ja" }, []), Token));
        (await DueAsync(test)).Should().Be(Desk.Monday.AddHours(1));
        (await desk.Setup.SaveCalendarAsync(desk.Tanaka, new(new DeskCalendar { Name = "again", Hours = "mon 09:00-18:00", Language = "ja" }, []), Token)).Problems.Should().Equal(new Dictionary<string, string> { ["language"] = "taken" });
        (await desk.Setup.SaveCalendarAsync(desk.Tanaka, new(new DeskCalendar { Name = "", Hours = "mon 9-18", TimeZone = "Mars/Olympus" }, []), Token)).Problems.Keys.Should().BeEquivalentTo("name", "hours", "time_zone");
        Desk.Held(await desk.Setup.RemoveCalendarAsync(desk.Tanaka, ja.Calendar.CalendarNo, ja.Calendar.Version, Token));
        (await DueAsync(test)).Should().Be(Desk.Monday.AddDays(2).AddHours(1));
        saved.DaysOff.Should().ContainSingle();
        inquiry.Version.Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task The_desk_is_closed_on_the_companys_days_off_as_soon_as_they_are_noted_and_no_longer_than_they_stand(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        await desk.AskAsync();
        var days = new CapacityEdits(test.Database, desk.Acts, desk.Settings, desk.Clock);
        var (from, until) = (new DateOnly(2026, 10, 5), new DateOnly(2026, 10, 7));
        await days.AddDaysOffAsync(desk.Sato, desk.Sato.Email!, from, until, null, Token);
        (await DueAsync(test)).Should().Be(Desk.Monday.AddHours(8), "only a colleague is away");

        var off = Desk.Held(await days.AddDaysOffAsync(desk.Tanaka, Absence.Everybody, from, until, "創立記念", Token));
        (await DueAsync(test)).Should().Be(Desk.Monday.AddDays(3).AddHours(8));
        (await desk.Setup.ReadAsync(Token)).CompanyDays.Should().ContainSingle().Which.Note.Should().Be("創立記念");
        Desk.Held(await days.SetDeletedAsync(desk.Tanaka, Absence.Everybody, off.AbsenceId, true, Token));
        (await DueAsync(test)).Should().Be(Desk.Monday.AddHours(8));
        await using var context = test.Database.OpenContext();
        (await context.Journal.CountAsync(entry => entry.Area == JournalAreas.Capacity, Token)).Should().Be(3, "aiming anew loses no entry");
    }

    [Theory]
    [DatabaseData]
    public async Task A_missed_target_is_escalated_once_and_what_rests_is_closed(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var inquiry = await desk.AskAsync(priority: InquiryPriority.Urgent);
        await using (var context = test.Database.OpenContext())
        {
            // an imported one from before the desk, overdue for long
            context.Add(new Core.Activity.Inquiry { AccountNo = 1, SourceId = 1, FactId = "OLD", OpenedAt = Desk.Monday.AddDays(-90), NextDueAt = Desk.Monday.AddDays(-89) });
            await context.SaveChangesAsync(Token);
        }

        (await desk.Watch.RunAsync(Token)).Should().Be((0, 0));
        desk.Clock.Advance(TimeSpan.FromMinutes(61));
        (await desk.Watch.RunAsync(Token)).Should().Be((1, 0), "history is nobody's news");
        (await desk.Watch.RunAsync(Token)).Should().Be((0, 0));
        var escalated = (await desk.PageAsync(inquiry)).Inquiry;
        (escalated.EscalatedTo, escalated.EscalationReason, escalated.EscalatedAt).Should().Be(("tanaka@cs.example", EscalationReasons.FirstResponseMissed, desk.Now));

        // answered, but not resolved in time: that is told too
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, inquiry.Ref, escalated.Version, new("確認します。", null, InquiryState.Open), Token));
        desk.Clock.Advance(TimeSpan.FromDays(2));
        (await desk.Watch.RunAsync(Token)).Escalated.Should().Be(1);
        var again = (await desk.PageAsync(inquiry)).Inquiry;
        again.EscalationReason.Should().Be(EscalationReasons.ResolutionMissed);
        (await desk.PageAsync(inquiry)).Events[^1].By.Should().BeNull("the application did it by itself");

        Desk.Held(await desk.Changes.MoveAsync(desk.Sato, inquiry.Ref, again.Version, InquiryState.Resolved, Token));
        var resolved = desk.Now;
        desk.Clock.Advance(TimeSpan.FromDays(6));
        (await desk.Watch.RunAsync(Token)).Closed.Should().Be(0);
        desk.Clock.Advance(TimeSpan.FromDays(2));
        (await desk.Watch.RunAsync(Token)).Closed.Should().Be(1);
        (await desk.PageAsync(inquiry)).Inquiry.Should().BeEquivalentTo(new { State = InquiryState.Closed, ClosedAt = resolved }, o => o.ExcludingMissingMembers());
    }

    [Theory]
    [DatabaseData]
    public async Task A_customer_says_how_satisfied_they_are_by_a_link_alone(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var inquiry = await desk.AskAsync();
        var link = Desk.Held(await desk.Satisfaction.AskAsync(desk.Sato, inquiry.Ref, Token));
        (await desk.Satisfaction.FindAsync(link.Token, Token)).Should().BeEquivalentTo(new { Reference = inquiry.Ref.Key.FactId, inquiry.Subject, Score = (int?)null }, o => o.ExcludingMissingMembers());
        (await desk.Satisfaction.FindAsync(link.Token[..^1] + "0" + "1", Token)).Should().BeNull();
        (await desk.Satisfaction.AnswerAsync(link.Token, 6, null, Token)).Should().BeFalse();
        (await desk.Satisfaction.AnswerAsync(link.Token, 2, " 遅いです ", Token)).Should().BeTrue();
        (await desk.Satisfaction.AnswerAsync(link.Token, 4, "追記", Token)).Should().BeTrue("said again it replaces what was said");
        var page = await desk.PageAsync(inquiry);
        (page.Inquiry.Satisfaction, page.Satisfaction!.Score, page.Satisfaction.Comment).Should().Be((4, 4, "追記"));
        await using var context = test.Database.OpenContext();
        (await context.SatisfactionRequests.SingleAsync(Token)).TokenHash.Should().NotContain(link.Token);
        desk.Clock.Advance(TimeSpan.FromDays(SatisfactionRequest.Days));
        (await desk.Satisfaction.AnswerAsync(link.Token, 5, null, Token)).Should().BeFalse("the link has expired");
    }

    [Theory]
    [DatabaseData]
    public async Task The_public_form_tells_everybody_the_same_and_strangers_wait_to_be_matched(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var sent = new PublicInquiry("佐々木", "AOI@aoba.example", "青葉", null, "使い方", "教えてください。", null);
        (await desk.Received.ReceiveAsync(sent, Token)).Outcome.Should().Be(ActOutcome.NotFound, "the form is closed until somebody opens it");
        await desk.Settings.SetAsync(desk.Tanaka, "inquiries.public_form", "true", Token);
        (await desk.Received.ReceiveAsync(sent with { Email = "not an address", Body = "" }, Token)).Problems.Should().Equal(new Dictionary<string, string> { ["body"] = "missing", ["email"] = "unreadable" });

        var known = Desk.Held(await desk.Received.ReceiveAsync(sent, Token));
        var stranger = Desk.Held(await desk.Received.ReceiveAsync(sent with { Name = "Stranger", Email = "new@aoba.example" }, Token));
        stranger.Reference.Should().HaveLength(known.Reference.Length);
        var page = (await desk.Query.FindAsync(desk.Sato, new(0, known.Reference), Token))!;
        (page.Contact!.ContactNo, page.Inquiry.Channel).Should().Be((11, "web"));

        (await desk.Received.WaitingAsync(desk.Mori, Token)).Should().BeEmpty();
        (await desk.List.CountsAsync(desk.Mori, Token)).Received.Should().Be(0);
        var waiting = (await desk.Received.WaitingAsync(desk.Sato, Token)).Should().ContainSingle().Subject;
        waiting.Candidates.Should().Equal(new ReceivedCandidate(1, "A1", "株式会社青葉商事", null, null, HasAddress: false));

        var id = waiting.Received.ReceivedId;
        var discarded = Desk.Held(await desk.Received.DiscardAsync(desk.Sato, id, 0, Token));
        (await desk.Received.MatchAsync(desk.Sato, id, 0, 1, null, true, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        var restored = Desk.Held(await desk.Received.RestoreAsync(desk.Sato, id, discarded.Version, Token));
        desk.Clock.Advance(TimeSpan.FromHours(3));
        var matched = Desk.Held(await desk.Received.MatchAsync(desk.Sato, id, restored.Version, 1, null, addContact: true, Token));
        (matched.Ref.Key.FactId, matched.OpenedAt).Should().Be((stranger.Reference, Desk.Monday), "it was opened when it was sent");
        (await desk.PageAsync(matched)).Contact!.Email.Should().Be("new@aoba.example");
        (await desk.Received.MatchAsync(desk.Tanaka, id, restored.Version, 2, null, false, Token)).Outcome.Should().Be(ActOutcome.Conflict, "a colleague was quicker");
        (await desk.Received.WaitingAsync(desk.Sato, Token)).Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Canned_answers_are_everybodys_or_ones_own(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var answers = new CannedAnswers(desk.Acts, test.Database);
        var shared = Desk.Held(await answers.SaveAsync(desk.Sato, new(null, 0, "受付", "first", "Hello {{contact.name|there}}", "{{contact.name}} 様", false), Token));
        var own = Desk.Held(await answers.SaveAsync(desk.Sato, new(null, 0, "自分用", null, "Mine", null, true), Token));
        (await answers.SaveAsync(desk.Sato, new(null, 0, "", null, "{{contact.nmae}}", null, false), Token)).Problems.Should().Equal(new Dictionary<string, string> { ["title"] = "missing", ["body_en"] = "unknown_field" });
        (await answers.ListAsync(desk.Tanaka, Token)).Select(a => a.Title).Should().Equal("受付");
        await answers.UsedAsync(desk.Sato, own.AnswerId, Token);
        (await answers.ListAsync(desk.Sato, Token)).Select(a => a.Title).Should().Equal("自分用", "受付");

        Desk.Held(await answers.SaveAsync(desk.Tanaka, new(shared.AnswerId, shared.Version, "受付", "first", "Hi", "様", false), Token));
        (await answers.SaveAsync(desk.Sato, new(shared.AnswerId, shared.Version, "受付2", null, "Hey", null, false), Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await answers.ArchiveAsync(desk.Tanaka, own.AnswerId, own.Version, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        Desk.Held(await answers.ArchiveAsync(desk.Sato, own.AnswerId, own.Version, Token));
        (await answers.ListAsync(desk.Sato, Token)).Should().ContainSingle();
    }

    private static async Task<DateTime?> DueAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        return await context.Inquiries.Select(i => i.NextDueAt).SingleAsync(Token);
    }
}
