using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Playbooks;

/// <summary>Facts that come in after a score run, on the day after the last day of use.</summary>
public sealed class FollowFactsTests
{
    private const string Detractor = "detractor_call", Urgent = "resolve_urgent", Waiting = "answer_inquiry", CheckIn = PlayCatalogue.CheckIn;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task An_answer_stands_in_the_queue_at_once_and_the_next_run_finds_the_same(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var events = await EventsAsync(test, accounts: 12);
        (await events.RowAsync(3)).Suggestions.Select(touch => touch.Play).Should().Equal(CheckIn);

        await events.AnswerAsync(3, 2);
        (await events.Follow.RunAsync(Token)).Should().Be(new FollowedFacts(1, 1, 1));
        var row = await events.RowAsync(3);
        var touch = row.Suggestions.Should().ContainSingle("who has a better reason is not merely checked in with").Subject;
        (touch.Play, touch.ReasonCode, touch.State, touch.At).Should().Be((Detractor, "nps_detractor", SuggestionState.Open, events.Now));
        touch.ReasonArgs.Should().Contain("score", 2).And.Contain("days", 0);
        (row.TopPlay, row.Nps).Should().Be((Detractor, 2));
        await events.RanksAreRightAsync();
        var notice = (await events.NoticesAsync()).Should().ContainSingle().Subject;
        (notice.Kind, notice.AccountNo, notice.ToUser, notice.RecordId).Should().Be(("play_fired", 3, "u-sato", Detractor));

        // nothing new: nothing happens, and nobody is told twice
        (await events.Follow.RunAsync(Token)).Should().Be(new FollowedFacts(0, 0, 0));
        await events.AnswerAsync(3, 1);
        (await events.Follow.RunAsync(Token)).Should().Be(new FollowedFacts(1, 0, 0));
        (await events.RowAsync(3)).Suggestions[0].ReasonArgs.Should().Contain("score", 1);
        (await events.NoticesAsync()).Should().ContainSingle();

        // a run is as of the last day of use, and knows the answer of today all the same
        var before = await events.SuggestedAsync();
        await events.ScoreAsync();
        (await events.SuggestedAsync()).Should().Equal(before);

        // who is content again is offered it no more
        await events.AnswerAsync(3, 9);
        (await events.Follow.RunAsync(Token)).Withdrawn.Should().Be(1);
        (await events.RowAsync(3)).Suggestions.Should().NotContain(one => one.Play == Detractor && one.ReasonCode == "nps_detractor");
        await events.RanksAreRightAsync();
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_done_stays_done_and_what_comes_afterwards_is_to_be_done_too(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var events = await EventsAsync(test, accounts: 5);
        (await events.Company.Actions.TakeAsync(Viewer.System, 2, CheckIn, new(SuggestionActionKind.Done), null, Token)).Holds.Should().BeTrue();
        (await events.Follow.RunAsync(Token)).Should().Be(new FollowedFacts(0, 0, 0), "a contact of ours is no reason to contact them");
        (await events.RowAsync(2, hideHandled: true)).Should().BeNull("it is done");

        events.Company.Clock.Advance(TimeSpan.FromHours(1));
        await events.AskAsync(2, "urgent");
        (await events.Follow.RunAsync(Token)).Suggested.Should().BeGreaterThan(0);
        var row = (await events.RowAsync(2, hideHandled: true))!;
        row.Suggestions.Single(touch => touch.Play == CheckIn).State.Should().Be(SuggestionState.Done);
        row.Suggestions.Single(touch => touch.Play == Urgent).State.Should().Be(SuggestionState.Open);
        row.TopPlay.Should().Be(row.Suggestions[0].Play).And.NotBe(CheckIn);

        // what was done for an event is in its cool-down when the next one comes
        foreach (var touch in row.Suggestions.Where(touch => touch.State == SuggestionState.Open))
        {
            (await events.Company.Actions.TakeAsync(Viewer.System, 2, touch.Play, new(SuggestionActionKind.Done), null, Token)).Holds.Should().BeTrue();
        }

        events.Company.Clock.Advance(TimeSpan.FromHours(1));
        await events.AskAsync(2, "urgent");
        (await events.Follow.RunAsync(Token)).Suggested.Should().Be(0);
        (await events.RowAsync(2, hideHandled: true)).Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task Whoever_is_held_out_opted_out_or_of_a_play_that_is_off_is_left_alone(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var events = await EventsAsync(test, accounts: 8);
        await events.Company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0.5", Token);
        for (var no = 1; no <= 8; no++)
        {
            await events.AnswerAsync(no, 1);
        }

        var heldOut = Enumerable.Range(1, 8).Where(no => Holdout.Draw(1, "", $"A{no}", Detractor, 2024) < 0.5).ToList();
        heldOut.Count.Should().BeInRange(1, 7);
        (await events.Follow.RunAsync(Token)).Accounts.Should().Be(8);
        for (var no = 1; no <= 8; no++)
        {
            (await events.RowAsync(no)).Suggestions.Any(touch => touch.Play == Detractor).Should().Be(!heldOut.Contains(no), $"account {no}");
        }

        await using (var context = test.Database.OpenContext())
        {
            (await context.Assignments.AsNoTracking().Where(own => own.Play == Detractor && own.Arm == "held_out").Select(own => own.AccountNo).Order().ToListAsync(Token)).Should().Equal(heldOut);
        }

        (await events.NoticesAsync()).Select(notice => notice.AccountNo).Should().NotIntersectWith(heldOut);

        // a run that comes later draws nobody anew
        await events.ScoreAsync();
        (await events.SuggestedAsync()).Where(own => own.Play == Detractor).Select(own => own.AccountNo).Should().NotIntersectWith(heldOut);

        // the play is deleted, or turned off, before the event is looked at
        var edits = new PlayEdits(test.Database, events.Company.Acts, new PlayNames(test.Database, events.Company.Clock), events.Company.Clock);
        (await edits.SaveAsync(Viewer.System, PlayCatalogue.Find(Urgent)! with { IsOn = false }, 0, Token)).Holds.Should().BeTrue();
        await events.AskAsync(heldOut[0], "urgent");
        await events.Follow.RunAsync(Token);
        (await events.RowAsync(heldOut[0])).Suggestions.Select(touch => touch.Play).Should().Contain(Waiting).And.NotContain(Urgent);
    }

    [Theory]
    [DatabaseData]
    public async Task Two_plays_that_want_one_account_the_same_day_stand_in_order_and_a_contact_holds_back_the_one_that_is_no_reply(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var events = await EventsAsync(test, accounts: 3);
        var own = PlayCatalogue.Find(Detractor)! with { Key = "own_followup", NameEn = "Follow up", IsReply = false, Minutes = 10, PriorEffect = 0.2 };
        var edits = new PlayEdits(test.Database, events.Company.Acts, new PlayNames(test.Database, events.Company.Clock), events.Company.Clock);
        var saved = await edits.SaveAsync(Viewer.System, own, null, Token);
        saved.Holds.Should().BeTrue(string.Join(' ', saved.Problems));
        (await events.Company.Actions.TakeAsync(Viewer.System, 1, CheckIn, new(SuggestionActionKind.Done), null, Token)).Holds.Should().BeTrue();
        events.Company.Clock.Advance(TimeSpan.FromMinutes(1));
        await events.AnswerAsync(1, 2);
        await events.AnswerAsync(2, 2);
        await events.Follow.RunAsync(Token);
        (await events.RowAsync(2)).Suggestions.Select(touch => touch.Play).Should().Equal("own_followup", Detractor);
        (await events.RowAsync(1)).Suggestions.Where(touch => touch.State == SuggestionState.Open).Select(touch => touch.Play).Should().Equal([Detractor], "a contact was made today, and only the customer who waits for us is contacted again");

        // the contact by one of the two takes nothing away that stands, and the other is not suggested anew
        (await events.Company.Actions.TakeAsync(Viewer.System, 2, "own_followup", new(SuggestionActionKind.Done), null, Token)).Holds.Should().BeTrue();
        events.Company.Clock.Advance(TimeSpan.FromMinutes(1));
        await events.AnswerAsync(2, 1);
        (await events.Follow.RunAsync(Token)).Suggested.Should().Be(0);
        (await events.RowAsync(2)).Suggestions.Select(touch => (touch.Play, touch.State)).Should().BeEquivalentTo([("own_followup", SuggestionState.Done), (Detractor, SuggestionState.Open)]);
    }

    [Theory]
    [DatabaseData]
    public async Task A_sequence_ends_with_the_event_that_takes_its_reason_away(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var events = await EventsAsync(test, accounts: 3);
        var step = new PlayStep { Channel = Channels.Internal, SubjectEn = "Look", SubjectJa = "確認", Minutes = 5 };
        var play = PlayCatalogue.Find(Detractor)! with { NameEn = "Detractors", NameJa = "批判者", Sequence = new PlaySequence { Steps = [step], EndsWhenReasonGone = true } };
        var edits = new PlayEdits(test.Database, events.Company.Acts, new PlayNames(test.Database, events.Company.Clock), events.Company.Clock);
        var saved = await edits.SaveAsync(Viewer.System, play, 0, Token);
        saved.Holds.Should().BeTrue(string.Join(' ', saved.Problems));
        await events.AnswerAsync(1, 2);
        await events.Follow.RunAsync(Token);
        await using (var context = test.Database.OpenContext())
        {
            context.Enrolments.Add(new Enrolment { AccountNo = 1, EnrolmentId = "e1", Play = Detractor, PlayVersion = 1, StartedBy = "u", State = EnrolmentState.Running, StartedAt = events.Now, NextStep = 1 });
            await context.SaveChangesAsync(Token);
        }

        await events.AskAsync(1, "low");
        await events.Follow.RunAsync(Token);
        (await events.EnrolmentAsync()).State.Should().Be(EnrolmentState.Running, "the reason holds");
        await events.AnswerAsync(1, 10);
        await events.Follow.RunAsync(Token);
        var ended = await events.EnrolmentAsync();
        (ended.State, ended.EndReason).Should().Be((EnrolmentState.Left, EnrolmentEnds.ReasonGone));
    }

    [Theory]
    [DatabaseData]
    public async Task A_whole_file_and_what_was_there_before_are_for_a_score_run(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var events = await EventsAsync(test, accounts: 3);
        await events.AnswerAsync(1, 2);
        await using (var context = test.Database.OpenContext())
        {
            for (var no = 10_000; no < 10_000 + FollowFacts.Most; no++)
            {
                context.AccountChanges.Add(new AccountChange { AccountNo = no, ChangeNo = 100 + no, EventNo = 100 + no, EarliestDay = TestCompany.Day(1), ImportFileId = 1 });
            }

            await context.SaveChangesAsync(Token);
        }

        (await events.Follow.RunAsync(Token)).Accounts.Should().Be(0);
        (await events.RowAsync(1)).Suggestions.Select(touch => touch.Play).Should().Equal(CheckIn);
    }

    private static async Task<Events> EventsAsync(TestDatabase test, int accounts)
    {
        await using (var facts = new TestCompany(test.Database))
        {
            facts.Context.Users.Add(new User { Id = "u-sato", UserName = "sato@example.com", Email = "sato@example.com", NormalizedEmail = "SATO@EXAMPLE.COM" });
            for (var no = 1; no <= accounts; no++)
            {
                facts.Account(no).OwnerEmail = "sato@example.com";
                facts.Term(no, 0, mrr: 100 * no);
                for (var day = 1; day <= 181; day += 4)
                {
                    facts.Use(no, day, 20);
                }
            }

            facts.Reach("usage", 181);
            facts.Reach("subscriptions", 181);
            await facts.SaveAsync();
        }

        var events = new Events(test);
        await events.Company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0", Token);
        await events.ScoreAsync();
        await events.Follow.RunAsync(Token);
        return events;
    }

    private sealed class Events : IDisposable
    {
        private readonly TestDatabase _test;
        private readonly LiveChanges _live;
        private int _facts;

        public Events(TestDatabase test)
        {
            (_test, Company) = (test, new ScoredCompany(test));
            _live = new(test.Database, Company.Clock, NullLogger<LiveChanges>.Instance);
            Follow = new(test.Database, Company.Acts, Company.Settings, new AsOfDates(test.Database), new BuildFeatures(test.Database, Company.Settings), _live, Company.Clock, NullLogger<FollowFacts>.Instance);
        }

        public ScoredCompany Company { get; }

        public FollowFacts Follow { get; }

        public DateTime Now => Company.Clock.GetUtcNow().UtcDateTime;

        public Task AnswerAsync(int account, double score) => AddAsync(new SurveyResponse { AccountNo = account, SourceId = 0, FactId = $"e{++_facts}", Kind = "nps", Score = score, ScaleMax = 10, RespondedAt = Now }, account);

        public Task AskAsync(int account, string priority) => AddAsync(new Inquiry { AccountNo = account, SourceId = 0, FactId = $"e{++_facts}", OpenedAt = Now, Priority = priority }, account);

        public async Task ScoreAsync()
        {
            var (observations, features) = (new BuildObservations(_test.Database, Company.Settings), new BuildFeatures(_test.Database, Company.Settings));
            var models = new ModelRegistry(_test.Database, Company.Settings, Company.Clock);
            await new ScoreAccounts(_test.Database, Company.Settings, new AsOfDates(_test.Database), observations, features, new FeatureSnapshots(_test.Database), models, new UpdateHealthHistory(_test.Database, Company.Settings, observations, features), new KeepRunFigures(_test.Database, observations, features, models, new(_test.Database, Company.Settings)), Company.Clock).RunAsync(cancellation: Token);
        }

        public async Task<RiskQueueRow> RowAsync(int account) => (await RowAsync(account, hideHandled: false))!;

        public async Task<RiskQueueRow?> RowAsync(int account, bool hideHandled) =>
            (await Company.Queue.PageAsync(Viewer.System, new() { HideHandled = hideHandled }, QueueSort.Rank, false, 0, 100, Token)).Rows.SingleOrDefault(row => row.AccountNo == account);

        /// <summary>Places follow the values, without a gap.</summary>
        public async Task RanksAreRightAsync()
        {
            var rows = (await Company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token)).Rows;
            rows.Select(row => row.Rank).Should().Equal(Enumerable.Range(1, rows.Count).Cast<int?>());
            rows.Select(row => row.AccountNo).Should().Equal(rows.OrderByDescending(row => row.ValuePerMinute).ThenByDescending(row => row.RuleScore).ThenByDescending(row => row.Mrr).Select(row => row.AccountNo));
        }

        public async Task<List<(int AccountNo, string Play, string Reason)>> SuggestedAsync()
        {
            await using var context = _test.Database.OpenContext();
            var run = await context.ScoreRuns.MaxAsync(own => own.ScoreRunId, Token);
            return (await context.Suggestions.AsNoTracking().Where(own => own.ScoreRunId == run).OrderBy(own => own.AccountNo).ThenBy(own => own.Rank).ToListAsync(Token)).ConvertAll(own => (own.AccountNo, own.Play, own.ReasonCode));
        }

        public async Task<List<Core.Notices.Notice>> NoticesAsync()
        {
            await using var context = _test.Database.OpenContext();
            return await context.Notices.AsNoTracking().OrderBy(notice => notice.At).ToListAsync(Token);
        }

        public async Task<Enrolment> EnrolmentAsync()
        {
            await using var context = _test.Database.OpenContext();
            return await context.Enrolments.AsNoTracking().SingleAsync(Token);
        }

        public void Dispose()
        {
            Follow.Dispose();
            _live.Dispose();
        }

        private async Task AddAsync(object fact, int account)
        {
            await using var context = _test.Database.OpenContext();
            context.Add(fact);
            await AppSource.NumberAsync(context, Token);
            await AppSource.NoteChangeAsync(context, account, DateOnly.FromDateTime(Now), Token);
            await context.SaveChangesAsync(Token);
        }
    }
}
