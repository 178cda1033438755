using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Playbooks;

public sealed class SuggestionActionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly DateOnly Today = new(2024, 7, 1);

    [Theory]
    [DatabaseData]
    public async Task Done_writes_one_touch_however_often_it_is_asked(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var first = await company.Actions.DoneAsync(ScoredCompany.Csm("me@example.com"), 1, "usage_fell", note: "spoke with Ms Sato", cancellation: Token);
        var again = await company.Actions.DoneAsync(ScoredCompany.Csm("me@example.com"), 1, "usage_fell", cancellation: Token);

        first.Outcome.Should().Be(ActOutcome.Done);
        again.Should().BeEquivalentTo(ActResult.Unchanged(first.Value!));
        var touch = (await company.Accounts.TouchesAsync(Viewer.System, 1, 0, 10, Token))!.Rows.Should().ContainSingle().Subject;
        touch.Play.Should().Be("usage_fell");
        touch.OwnerEmail.Should().Be("me@example.com");
        touch.Minutes.Should().Be(15);
        touch.Notes.Should().Be("spoke with Ms Sato");
        await using var context = test.Database.OpenContext();
        (await context.Sources.SingleAsync(Token)).Name.Should().Be("app");
        (await context.AccountChanges.SingleAsync(Token)).EarliestDay.Should().Be(Today);
        (await SuggestionsAsync(company, 1)).Select(s => s.State).Should().Equal(SuggestionState.Done, SuggestionState.Open);
    }

    [Theory]
    [DatabaseData]
    public async Task Undo_opens_the_suggestion_again_and_voids_the_touch(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var done = await company.Actions.DoneAsync(Viewer.System, 1, "usage_fell", cancellation: Token);
        (await company.Actions.UndoAsync(Viewer.System, 1, done.Value!.ActionId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Actions.UndoAsync(Viewer.System, 1, done.Value.ActionId, Token)).Outcome.Should().Be(ActOutcome.Unchanged);

        (await SuggestionsAsync(company, 1)).Should().OnlyContain(s => s.State == SuggestionState.Open);
        (await company.Accounts.TouchesAsync(Viewer.System, 1, 0, 10, Token))!.Total.Should().Be(0);
        (await company.Accounts.FindAsync(Viewer.System, "A-1", cancellation: Token))!.PastActions.Should().ContainSingle().Which.IsUndone.Should().BeTrue();
    }

    [Theory]
    [DatabaseData]
    public async Task A_snoozed_suggestion_stays_away_until_its_day(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        (await company.Actions.SnoozeAsync(Viewer.System, 2, "check_in", Today.AddDays(3), "on holiday", cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        for (var day = 0; day < 5; day++)
        {
            (await SuggestionsAsync(company, 2)).Single().State.Should().Be(day < 3 ? SuggestionState.Snoozed : SuggestionState.Open, "day {0}", day);
            var page = await company.Queue.PageAsync(Viewer.System, new() { HideHandled = true }, QueueSort.Rank, false, 0, 10, Token);
            page.Rows.Select(row => row.AccountNo).Should().Equal(day < 3 ? [1] : [1, 2]);
            page.Total.Should().Be(page.Rows.Count);
            company.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Theory]
    [DatabaseData]
    public async Task A_later_choice_replaces_the_earlier_one(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await company.Actions.DoneAsync(Viewer.System, 1, "usage_fell", cancellation: Token);
        await company.Actions.DismissAsync(Viewer.System, 1, "usage_fell", "season", cancellation: Token);
        (await SuggestionsAsync(company, 1))[0].Action!.Reason.Should().Be("season");
        (await company.Accounts.TouchesAsync(Viewer.System, 1, 0, 10, Token))!.Total.Should().Be(0, "a touch that did not happen is no fact");
    }

    [Theory]
    [DatabaseData]
    public async Task Handled_accounts_are_those_touched_or_without_an_open_suggestion(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        async Task<IEnumerable<int>> Open() => (await company.Queue.PageAsync(Viewer.System, new() { HideHandled = true }, QueueSort.Rank, false, 0, 10, Token)).Rows.Select(row => row.AccountNo);

        await company.Actions.DismissAsync(Viewer.System, 1, "usage_fell", "season", cancellation: Token);
        (await Open()).Should().Equal([1, 2], "another suggestion is still open");
        await company.Actions.DismissAsync(Viewer.System, 1, "nps_low", "known", cancellation: Token);
        (await Open()).Should().Equal(2);
        await company.Actions.DoneAsync(Viewer.System, 2, "check_in", cancellation: Token);
        (await Open()).Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task What_cannot_be_done_changes_nothing_and_says_why(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var reader = new Viewer("r", "r@example.com", new HashSet<string> { Roles.ReadOnly, Roles.Executive }, false);
        (await company.Actions.DoneAsync(reader, 1, "usage_fell", cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Actions.DoneAsync(ScoredCompany.Csm("other@example.com"), 1, "usage_fell", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Actions.DoneAsync(Viewer.System, 1, "no_such_play", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Actions.DoneAsync(Viewer.System, 99, "usage_fell", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await company.Actions.DoneAsync(Viewer.System, 1, "usage_fell", minutes: -1, cancellation: Token)).Outcome.Should().Be(ActOutcome.Invalid);
        (await company.Actions.SnoozeAsync(Viewer.System, 1, "usage_fell", Today, "later", cancellation: Token)).Outcome.Should().Be(ActOutcome.Invalid);
        (await company.Actions.SnoozeAsync(Viewer.System, 1, "usage_fell", Today.AddDays(1), " ", cancellation: Token)).Outcome.Should().Be(ActOutcome.Invalid);
        (await company.Actions.DismissAsync(Viewer.System, 1, "usage_fell", "", cancellation: Token)).Outcome.Should().Be(ActOutcome.Invalid);
        await using var context = test.Database.OpenContext();
        (await context.SuggestionActions.CountAsync(Token)).Should().Be(0);
        (await context.Touches.CountAsync(Token)).Should().Be(0);
    }

    [Theory]
    [DatabaseData]
    public async Task Two_people_at_once_make_one_touch(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => company.Actions.DoneAsync(Viewer.System, 1, "usage_fell", cancellation: Token), Token)));
        results.Count(result => result.Outcome == ActOutcome.Done).Should().Be(1);
        (await company.Accounts.TouchesAsync(Viewer.System, 1, 0, 10, Token))!.Total.Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Whoever_looked_before_a_colleague_acted_is_told_and_changes_nothing(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var theirs = (await company.Actions.DismissAsync(ScoredCompany.Csm("me@example.com"), 1, "usage_fell", "season", cancellation: Token)).Value!;
        var mine = await company.Actions.DoneAsync(Viewer.System, 1, "usage_fell", seen: new(null), cancellation: Token);
        (mine.Outcome, mine.Value!.ActionId, mine.Value.ByEmail).Should().Be((ActOutcome.Conflict, theirs.ActionId, "me@example.com"));
        (await SuggestionsAsync(company, 1))[0].State.Should().Be(SuggestionState.Dismissed);
        (await company.Actions.DoneAsync(Viewer.System, 1, "usage_fell", seen: new(theirs.ActionId), cancellation: Token)).Outcome.Should().Be(ActOutcome.Done, "now it is known");
    }

    [Theory]
    [DatabaseData]
    public async Task Many_are_acted_on_at_once_and_taken_back_at_once(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, [.. Enumerable.Range(1, 5).Select(no => ScoredCompany.Score(no, $"n{no}", 0.5, plays: no == 4 ? "" : "|usage_fell|nps_low|")), ScoredCompany.Offer(6, "n6", 1, 30)]);
        var seenAt = company.Clock.GetUtcNow().UtcDateTime;
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await company.Actions.DismissAsync(ScoredCompany.Manager("boss@example.com"), 2, "nps_low", "known", cancellation: Token);
        var snooze = new SuggestionAct(SuggestionActionKind.Snoozed) { Until = Today.AddDays(7), Reason = "trade fair" };
        var acted = (await company.Actions.TakeAllAsync(Viewer.System, QueueList.Risk, [1, 2, 3, 4, 6, 99], snooze, seenAt, Token)).Value!;
        acted.Taken.Select(own => (own.AccountNo, own.AccountName, own.Action.Play)).Should().Equal((1, "n1", "usage_fell"), (3, "n3", "usage_fell"), (6, "n6", "check_in"));
        acted.Left.Select(own => (own.AccountNo, own.Theirs?.ByEmail)).Should().Equal((2, "boss@example.com"), (4, null));
        (await SuggestionsAsync(company, 1)).Select(s => s.State).Should().Equal(SuggestionState.Snoozed, SuggestionState.Open);

        var sold = (await company.Actions.TakeAllAsync(Viewer.System, QueueList.Opportunities, [5, 6], new(SuggestionActionKind.Done), seenAt, Token)).Value!;
        sold.Taken.Should().ContainSingle().Which.Action.Play.Should().Be("add_seats");
        (await company.Accounts.TouchesAsync(Viewer.System, 6, 0, 10, Token))!.Total.Should().Be(1);

        (await company.Actions.UndoAllAsync(Viewer.System, acted.Taken, Token)).Value!.Taken.Should().HaveCount(3);
        (await company.Actions.UndoAllAsync(Viewer.System, acted.Taken, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await SuggestionsAsync(company, 1)).Should().OnlyContain(s => s.State == SuggestionState.Open);
        (await company.Actions.TakeAllAsync(Viewer.System, QueueList.Risk, [], snooze, null, Token)).Outcome.Should().Be(ActOutcome.Invalid);
        (await company.Actions.TakeAllAsync(Viewer.System, QueueList.Risk, [1], snooze with { Reason = "" }, null, Token)).Outcome.Should().Be(ActOutcome.Invalid);
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_put_aside_is_kept_with_the_numbers_of_its_reason_for_the_next_runs(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await company.Actions.DismissAsync(Viewer.System, 1, "usage_fell", "season", cancellation: Token);
        await company.Actions.SnoozeAsync(Viewer.System, 2, "check_in", Today.AddDays(2), "away", cancellation: Token);
        async Task<Dictionary<int, TouchLimits>> Limits(int days)
        {
            await using var context = test.Database.OpenContext();
            return await TouchLimitsQuery.ReadAsync(context, Today, ScoredCompany.Morning.UtcDateTime.AddDays(days), await company.Settings.ReadAsync(Token), Token);
        }

        var aside = (await Limits(0))[1];
        var (same, other) = (new PlayReason("usage_fell", new Dictionary<string, double> { ["days"] = 12, ["change"] = -0.4 }), new PlayReason("gone_silent", new Dictionary<string, double>()));
        (aside.KeepAway("usage_fell", same), aside.KeepAway("usage_fell", other), aside.KeepAway("nps_low", same)).Should().Be((true, false, false));
        aside.PutAside.Single().Args.Should().BeEquivalentTo(new Dictionary<string, double> { ["days"] = 12 });
        (await Limits(1)).Should().ContainKey(2);
        (await Limits(2)).Should().NotContainKey(2, "its day has come");
        (await Limits(500))[1].PutAside.Should().ContainSingle("a dismissed one waits for its reason to change");
    }

    [Theory]
    [DatabaseData]
    public async Task Sending_the_mail_of_a_suggestion_does_it_and_taking_the_mail_back_opens_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        (await company.Settings.SetAsync(Viewer.System, "mail.from_address", "cs@company.example", Token)).Should().BeTrue();
        var mailbox = new Mailbox(test.Database, company.Acts, company.Settings, new MailLinks(test.Database, company.Settings), new MailBell(), company.Clock);
        var mail = new NewMail { AccountNo = 1, ToAddress = "ito@aoba.example", Origin = MailOrigin.Play, OriginId = "usage_fell", Subject = "Hello", Body = "How are you?" };
        var me = ScoredCompany.Csm("me@example.com");

        var held = await mailbox.SendAsync(me, mail with { Subject = "" }, Token);
        (held.Value!.Status, (await SuggestionsAsync(company, 1))[0].State).Should().Be((MailStatus.Held, SuggestionState.Open), "what is held back was not done");
        await company.Actions.SnoozeAsync(me, 1, "usage_fell", Today.AddDays(3), "later", cancellation: Token);
        var sent = await mailbox.SendAsync(me, mail, Token);
        sent.Value!.Status.Should().Be(MailStatus.Queued);
        await mailbox.SendAsync(me, mail with { OriginStep = 2, OriginId = "nps_low" }, Token);
        (await SuggestionsAsync(company, 1)).Select(s => s.State).Should().Equal([SuggestionState.Done, SuggestionState.Open], "a step of a sequence is nobody's suggestion");
        await using var context = test.Database.OpenContext();
        (await context.Touches.CountAsync(Token)).Should().Be(0, "nobody was contacted yet");

        (await mailbox.CancelAsync(me, 1, sent.Value.MailId, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        (await SuggestionsAsync(company, 1))[0].State.Should().Be(SuggestionState.Open);
    }

    private static async Task<ScoredCompany> CompanyAsync(TestDatabase test)
    {
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "a", 0.5, owner: "me@example.com", plays: "|usage_fell|nps_low|"), ScoredCompany.Score(2, "b", 0.1));
        return company;
    }

    private static async Task<IReadOnlyList<SuggestedTouch>> SuggestionsAsync(ScoredCompany company, int account) =>
        (await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 10, Token)).Rows.Single(row => row.AccountNo == account).Suggestions;
}
