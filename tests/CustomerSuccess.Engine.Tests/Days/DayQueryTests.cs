using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Workday;

namespace CustomerSuccess.Engine.Tests.Days;

/// <summary>The clock stands on Monday, 1 July 2024, 9:00 in Tokyo; every touch takes 15 minutes.</summary>
public sealed class DayQueryTests
{
    private const string Sato = "sato@example.com", Mori = "mori@example.com";

    private static readonly DateOnly Today = new(2024, 7, 1);
    private static readonly DateTime Now = ScoredCompany.Morning.UtcDateTime;
    private static readonly Viewer Boss = ScoredCompany.Manager("boss@example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task A_day_holds_what_fits_and_first_what_came_back_from_snooze(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, [.. Enumerable.Range(1, 6).Select(i => ScoredCompany.Score(i, $"n{i}", 0.5, owner: Sato)), ScoredCompany.Score(7, "other's", 0.9, owner: Mori)]);
        await company.CapacityEdits.SetWeekAsync(Boss, Sato, new WorkWeek([45, 0, 0, 0, 0, 0, 0]), seen: 0, Token);
        (await company.Actions.SnoozeAsync(ScoredCompany.Csm(Sato), 5, "check_in", Today.AddDays(7), "later", cancellation: Token)).Holds.Should().BeTrue();
        var query = Query(test, company);
        var csm = ScoredCompany.Csm(Sato);

        var day = await query.ReadAsync(csm, cancellation: Token);
        day.Touches.Select(touch => (touch.Row.AccountNo, touch.Why)).Should().Equal((1, DayTouchWhy.Planned), (2, DayTouchWhy.Planned), (3, DayTouchWhy.Planned));
        (day.TouchesPlanned, day.Time!.Capacity, day.Time.Planned, day.People.Count).Should().Be((3, 45, 45, 0));

        // done is spent; a colleague's accounts are not among them
        await company.Actions.DoneAsync(csm, 1, "check_in", minutes: 30, cancellation: Token);
        day = await query.ReadAsync(csm, Mori, cancellation: Token);
        day.Touches.Select(touch => touch.Row.AccountNo).Should().Equal(2);
        (day.Time!.Spent, day.Scope.Person).Should().Be((30, Sato));

        company.Clock.Advance(TimeSpan.FromDays(7));
        day = await query.ReadAsync(csm, cancellation: Token);
        day.Touches.Select(touch => (touch.Row.AccountNo, touch.Why, touch.Since)).Should().Equal((5, DayTouchWhy.Back, Today.AddDays(7)), (2, DayTouchWhy.Planned, null), (3, DayTouchWhy.Planned, null), (4, DayTouchWhy.Planned, null));
        await company.Actions.DoneAsync(csm, 5, "check_in", minutes: 45, cancellation: Token);
        day = await query.ReadAsync(csm, cancellation: Token);
        day.Touches.Select(touch => (touch.Row.AccountNo, touch.Why)).Should().Equal([(2, DayTouchWhy.Next), (3, DayTouchWhy.Next), (4, DayTouchWhy.Next)], "nothing fits any more, and what came back was dealt with");
    }

    [Theory]
    [DatabaseData]
    public async Task Renewals_moves_of_health_and_voices_are_those_of_the_accounts_and_of_all_for_the_team(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        AccountScore Of(int no, string owner, int renewsIn, double health)
        {
            var score = ScoredCompany.Score(no, $"n{no}", 0.5, mrr: 100 * no, owner: owner, health: health);
            (score.RenewsOn, score.Adoption, score.Support) = (Today.AddDays(renewsIn), health, health);
            return score;
        }

        await company.AddRunAsync(1, Of(1, Sato, 30, 20), Of(2, Sato, 31, 80), Of(3, Sato, 91, 50), Of(4, Sato, -1, 50), Of(5, Mori, 0, 30), Of(6, "SATO@example.com", 90, 50));
        await using (var context = test.Database.OpenContext())
        {
            var before = new DateOnly(2024, 6, 20);
            context.HealthPoints.AddRange([new() { AccountNo = 1, AsOf = before, Total = 50, Adoption = 60, Support = 40 }, new() { AccountNo = 2, AsOf = before, Total = 60, Adoption = 60, Support = 60 }, new() { AccountNo = 3, AsOf = before, Total = 45, Adoption = 45, Support = 45 }, new() { AccountNo = 5, AsOf = before, Total = 90, Adoption = 90, Support = 90 }, new() { AccountNo = 3, AsOf = new DateOnly(2024, 6, 28), Total = 99 }]);
            context.ReceivedMails.AddRange([Mail(1, "r1", -2), Mail(1, "r2", -8), Mail(5, "r3", -1), Mail(2, "r4", -1, ReceivedKind.AutoReply)]);
            context.SurveyResponses.AddRange([Answer(2, "s1", 3, -13, "遅い"), Answer(2, "s2", 10, -15), Answer(5, "s3", 9, -1)]);
            context.Touches.Add(new Touch { AccountNo = 2, SourceId = 1, FactId = "t1", At = Now.AddDays(-1) });
            context.Inquiries.Add(Inquiry(5, "i1", Sato, Now.AddHours(-1)));
            context.InquiryMessages.Add(new InquiryMessage { AccountNo = 5, SourceId = 1, FactId = "i1", MessageId = "m1", Kind = MessageKind.Customer, At = Now.AddHours(-3), Body = "まだですか" });
            await context.SaveChangesAsync(Token);
        }

        var query = Query(test, company);
        var mine = await query.ReadAsync(Boss, Sato, cancellation: Token);
        mine.Renewals.Windows.Should().Equal(new RenewalWindow(30, 1, 100, 1), new RenewalWindow(60, 1, 200, 0), new RenewalWindow(90, 1, 600, 0));
        mine.Renewals.Rows.Select(row => row.AccountNo).Should().Equal(1, 2, 6);
        (mine.Moves.Since, mine.Moves.Fell, mine.Moves.Rose).Should().Be((new DateOnly(2024, 6, 20), 1, 1));
        mine.Moves.Rows.Select(move => move.AccountNo).Should().Equal(1, 2);
        var change = mine.Moves.Rows[0].Change;
        (change.Before, change.After, change.Parts.Sum(part => part.Points)).Should().Be((50, 20, -30));
        change.Parts[0].Part.Should().Be("adoption");
        mine.Voices.Select(voice => (voice.Id, voice.Waits)).Should().Equal(("m1", true), ("r1", true), ("1:s1", false));
        mine.Voices[2].Should().BeEquivalentTo(new { Score = 3.0, Text = "遅い", Kind = DayVoiceKind.Nps });

        var team = await query.ReadAsync(Boss, cancellation: Token);
        (team.Scope.Person, team.Team.Count).Should().Be((null, 2));
        team.People.Should().Equal(Mori, Sato);
        team.Renewals.Windows[0].Should().Be(new RenewalWindow(30, 2, 600, 2));
        team.Moves.Rows.Select(move => move.AccountNo).Should().Equal(5, 1, 2);
        team.Voices.Select(voice => voice.Id).Should().BeEquivalentTo("m1", "r3", "1:s3", "r1", "1:s1");
        (await query.ReadAsync(Boss, Mori, cancellation: Token)).Moves.Rows.Select(move => move.AccountNo).Should().Equal([5], "what is kept for the team is not taken for a person's");
        (await query.ReadAsync(ScoredCompany.Csm(Mori), Sato, cancellation: Token)).Voices.Select(voice => voice.Id).Should().NotContain("r1", "it is another's portfolio");
    }

    [Theory]
    [DatabaseData]
    public async Task Inquiries_tasks_and_mentions_are_the_person_s_and_mentions_nobody_else_sees(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "n1", owner: Sato), ScoredCompany.Score(2, "n2", owner: Mori));
        await using (var context = test.Database.OpenContext())
        {
            context.Inquiries.AddRange([Inquiry(1, "late", "Sato@example.com", Now.AddHours(-1)), Inquiry(1, "soon", Sato, Now.AddHours(2)), Inquiry(1, "tomorrow", Sato, Now.AddHours(20)), Inquiry(2, "theirs", Mori, Now.AddHours(-2)), Inquiry(2, "nobody's", null, null)]);
            context.WorkTasks.AddRange([Assigned("late", -1, Sato), Assigned("today", 0, Sato, by: "boss@example.com"), Assigned("some day", null, Sato), Assigned("away", -3, Sato, snoozed: 2), Assigned("theirs", -1, Mori)]);
            context.Mentions.Add(new Mention { AccountNo = 1, MentionId = "n", ToUser = Sato, Area = "note", RecordId = "note1", Excerpt = "@sato", At = Now.AddHours(-1), ByUser = "x", ByEmail = Mori });
            context.InquiryMessages.Add(new InquiryMessage { AccountNo = 1, SourceId = 1, FactId = "late", MessageId = "c", Kind = MessageKind.Note, At = Now, Body = "look", AuthorEmail = Mori });
            context.InquiryMentions.Add(new InquiryMention { AccountNo = 1, SourceId = 1, FactId = "late", MessageId = "c", Email = Sato, At = Now });
            await context.SaveChangesAsync(Token);
        }

        var query = Query(test, company);
        var day = await query.ReadAsync(ScoredCompany.Csm(Sato), cancellation: Token);
        (day.Inquiries.Open, day.Inquiries.Missed, day.Inquiries.DueToday).Should().Be((3, 1, 1));
        day.Inquiries.Rows.Select(row => row.Key.FactId).Should().Equal("late", "soon", "tomorrow");
        (day.Tasks.Open, day.Tasks.Overdue, day.Tasks.Today, day.Tasks.FromOthers, day.Tasks.Total).Should().Be((3, 1, 1, 1, 3));
        day.Tasks.Rows.Select(row => row.Task.Title).Should().Equal("late", "today", "some day");
        day.Mentions.Select(mention => (mention.MentionId, mention.Inquiry is null)).Should().Equal(("c", false), ("n", true));

        var team = await query.ReadAsync(Boss, DayScope.Team, cancellation: Token);
        (team.Inquiries.Open, team.Inquiries.Missed, team.Inquiries.Unassigned).Should().Be((5, 2, 1));
        team.Tasks.Rows.Select(row => row.Task.Title).Should().BeEquivalentTo("late", "theirs");
        (await query.ReadAsync(Boss, Sato, cancellation: Token)).Mentions.Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Before_anything_is_scored_a_day_has_its_tasks(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await using (var context = test.Database.OpenContext())
        {
            context.WorkTasks.Add(Assigned("late", -1, Sato, account: 0));
            await context.SaveChangesAsync(Token);
        }

        var day = await Query(test, company).ReadAsync(ScoredCompany.Csm(Sato), cancellation: Token);
        (day.Run, day.Time, day.Touches.Count, day.Tasks.Overdue).Should().Be((null, null, 0, 1));
    }

    private static DayQuery Query(TestDatabase test, ScoredCompany company) => new(
        test.Database, company.Settings, company.Queue, company.Capacity, new InquiryListQuery(test.Database, company.Settings, company.Clock),
        new TaskQuery(test.Database, company.Settings, company.Clock), new MentionInbox(test.Database, company.Acts), company.Clock);

    private static ReceivedMail Mail(int account, string id, int days, ReceivedKind kind = ReceivedKind.Reply) =>
        new() { AccountNo = account, ReceivedId = id, MessageId = $"<{id}>", Kind = kind, Subject = "Re: hello", Text = "thanks", FromName = "Tanaka", ReceivedAt = Now.AddDays(days) };

    private static SurveyResponse Answer(int account, string id, double score, int days, string? comment = null) =>
        new() { AccountNo = account, SourceId = 1, FactId = id, Kind = "nps", Score = score, ScaleMax = 10, RespondedAt = Now.AddDays(days), Comment = comment };

    private static Inquiry Inquiry(int account, string id, string? assignee, DateTime? due) => new()
    {
        AccountNo = account,
        SourceId = 1,
        FactId = id,
        Subject = id,
        State = InquiryState.Open,
        Status = "open",
        OpenedAt = Now.AddDays(-2),
        ChangedAt = Now.AddDays(-1),
        Assignee = assignee,
        AssigneeKey = InquiryWork.KeyOf(assignee),
        NextDueAt = due,
        CustomerSpokeLast = true,
    };

    private static WorkTask Assigned(string title, int? due, string to, string? by = null, int? snoozed = null, int account = 1) => new()
    {
        AccountNo = account,
        TaskId = title,
        SeriesId = title,
        Title = title,
        AssigneeEmail = to,
        DueOn = due is { } days ? Today.AddDays(days) : null,
        CreatedAt = Now,
        CreatedByUser = by ?? to,
        CreatedByEmail = by ?? to,
        SnoozedUntil = snoozed is { } until ? Today.AddDays(until) : null,
        Version = 1,
    };
}
