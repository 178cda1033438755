using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Workday;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Playbooks;

/// <summary>Customers whose contract has ended: suggestions, draws, and whether they come back.</summary>
public sealed class WinBackTests
{
    private const string Play = "win_back";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Who_left_is_suggested_within_every_limit_and_stands_in_no_other_queue(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await using (var facts = Company(test))
        {
            // 101 and 102 left long enough ago, 102 paid more; 103 left last week; 104 was thoroughly unhappy; nobody of 105 wishes to hear of us; 106 was written to yesterday
            foreach (var (no, end, mrr) in new[] { (101, 90, 100m), (102, 120, 9_000m), (103, 176, 100m), (104, 90, 100m), (105, 90, 100m), (106, 90, 100m) })
            {
                facts.Account(no).OwnerEmail = "sato@example.com";
                facts.Term(no, 0, end, mrr).EndReason = "Price";
            }

            facts.Answer(104, 60, 1);
            var person = facts.Contact(105, 1);
            (person.OptOutEmail, person.OptOutPhone) = (true, true);
            facts.Touch(106, 180);
            await facts.SaveAsync();
        }

        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0", Token);
        await ScoreAsync(company, test);
        var query = new WinBackQuery(test.Database, company.Settings, company.Clock);
        (await query.PageAsync(Viewer.System, false, null, 0, 10, Token)).Total.Should().Be(0, "the play is off");

        await TurnOnAsync(company, test);
        await ScoreAsync(company, test);
        var page = await query.PageAsync(Viewer.System, true, null, 0, 10, Token);
        page.Rows.Select(row => row.AccountNo).Should().Equal([102, 101], "what was lost decides the order");
        var row = page.Rows[0];
        (row.Contract!.EndedOn, row.Contract.Mrr, row.Contract.Reason).Should().Be((TestCompany.Day(120), 9_000m, "Price"));
        var touch = row.Suggestions.Should().ContainSingle().Subject;
        (touch.Play, touch.ReasonCode, touch.ReasonArgs["mrr"], touch.IsUpsell).Should().Be((Play, "contract_ended", 9_000, false));
        touch.Value.Should().BePositive();
        (await company.Queue.PageAsync(Viewer.System, new(), Core.Risk.QueueSort.Rank, false, 0, 100, Token)).Rows.Select(own => own.AccountNo).Should().Equal([1, 2, 3, 4, 5]);
        (await query.PageAsync(ScoredCompany.Csm("mori@example.com"), true, null, 0, 10, Token)).Total.Should().Be(0, "another's accounts");
        (await company.Accounts.FindAsync(Viewer.System, "A102", "", Token))!.WinBack.Should().ContainSingle().Which.Play.Should().Be(Play);

        // the day of whoever looks after them names them too, beside the day's minutes
        var days = new DayQuery(
            test.Database, company.Settings, company.Queue, company.Capacity, new InquiryListQuery(test.Database, company.Settings, company.Clock),
            new TaskQuery(test.Database, company.Settings, company.Clock), new MentionInbox(test.Database, company.Acts), company.Clock);
        var day = (await days.ReadAsync(ScoredCompany.Csm("sato@example.com"), cancellation: Token)).WinBacks;
        var worth = page.Rows.Where(own => own.Suggestions[0].Value > 0).Select(own => own.AccountId).ToList();
        worth.Should().Contain("A102");
        (day.Total, string.Join(',', day.Rows.Select(own => own.AccountId))).Should().Be((worth.Count, string.Join(',', worth)), "a minute that costs more than it brings is no work of a day");
        (day.Rows[0].EndedOn, day.Rows[0].Mrr, day.Rows[0].Touch.Play).Should().Be((TestCompany.Day(120), 9_000m, Play));
        (await days.ReadAsync(ScoredCompany.Csm("mori@example.com"), cancellation: Token)).WinBacks.Total.Should().Be(0, "another's accounts");
        (await days.ReadAsync(Viewer.System, cancellation: Token)).WinBacks.Total.Should().Be(worth.Count, "the team's day");

        // the page of the play: who it would be offered to now, and how often past months would have
        var plays = new PlayQuery(test.Database, company.Settings, company.Clock);
        var preview = await plays.PreviewAsync(Viewer.System, PlayCatalogue.Find(Play)!, Token);
        preview.Accounts.Select(own => own.AccountNo).Should().BeEquivalentTo([101, 102, 105, 106], "limits apart");
        (preview.Total, preview.Of).Should().Be((4, 11));
        (await plays.FindAsync(Viewer.System, Play, Token))!.Row.Suggested.Should().Be(2);
        var past = await new PlayHistory(test.Database, company.Settings, new AsOfDates(test.Database), new BuildObservations(test.Database, company.Settings), new BuildFeatures(test.Database, company.Settings)).RunAsync(PlayCatalogue.Find(Play)!, Token);
        past.IsWinBack.Should().BeTrue();
        past.Months.Select(month => (month.Month, month.Accounts, month.Matching)).Should().Contain((new DateOnly(2024, 5, 31), 5, 4)).And.Contain((new DateOnly(2024, 3, 31), 4, 0));

        // done is done, through the cool-down
        (await company.Actions.DoneAsync(ScoredCompany.Manager("boss@example.com"), 102, Play, cancellation: Token)).Holds.Should().BeTrue();
        (await query.PageAsync(Viewer.System, true, null, 0, 10, Token)).Rows.Select(own => own.AccountNo).Should().Equal(101);
        (await days.ReadAsync(ScoredCompany.Csm("sato@example.com"), cancellation: Token)).WinBacks.Rows.Select(own => own.AccountId).Should().Equal(worth.Where(own => own != "A102"));
        (await query.PageAsync(Viewer.System, false, null, 0, 10, Token)).Total.Should().Be(2);
        company.Clock.Advance(TimeSpan.FromDays(1));
        await ScoreAsync(company, test);
        (await query.PageAsync(Viewer.System, false, null, 0, 10, Token)).Rows.Select(own => own.AccountNo).Should().Equal(101);
    }

    [Theory]
    [DatabaseData]
    public async Task Who_is_held_out_is_not_suggested_and_the_effect_is_who_came_back(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await using (var facts = Company(test))
        {
            for (var no = 101; no <= 130; no++)
            {
                facts.Account(no);
                facts.Term(no, 0, 90);
            }

            // drawn in January, having left in December: of those offered 12 of 40 came back within the horizon, of those held out 2 of 40; one was a customer all along
            for (var no = 1_001; no <= 1_080; no++)
            {
                var (isOffered, place) = (no <= 1_040, (no - 1_001) % 40);
                facts.Account(no);
                facts.Term(no, -400, -20);
                if (place < (isOffered ? 12 : 2))
                {
                    facts.Term(no, 40);
                }

                facts.Assign(no, 10, Play, isOffered);
            }

            facts.Assign(1, 10, Play, isOffered: true);
            await facts.SaveAsync();
        }

        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0.4", Token);
        await TurnOnAsync(company, test);
        using var books = new CompanyBooks(test.Database, company.Settings);
        using var effects = new EffectBooks(test.Database);
        var row = (await new EffectsQuery(test.Database, company.Settings, new AsOfDates(test.Database), books, effects, company.Clock).RunAsync(Token)).Plays.Single(own => own.Entry.Play.Key == Play);
        row.Effect.Known.Should().Be(new Arms(new(40, 12), new(40, 2)));
        (row.Effect.NotPaying, row.Effect.IsWinBack, row.Effect.IsUpsell).Should().Be((1, true, true));
        row.Effect.Difference.Value.Should().BeApproximately(0.25, 1e-9);

        await ScoreAsync(company, test);
        var heldOut = Enumerable.Range(101, 30).Where(no => Holdout.Draw(1, "", $"A{no}", Play, 2024) < 0.4).ToList();
        heldOut.Count.Should().BeInRange(3, 27);
        await using var context = test.Database.OpenContext();
        var drawn = await context.Assignments.AsNoTracking().Where(own => own.Play == Play && own.AccountNo > 100 && own.AccountNo <= 130).ToListAsync(Token);
        drawn.Should().HaveCount(30, "thirty times fifteen minutes fit into a week");
        drawn.Where(own => own.Arm == "held_out").Select(own => own.AccountNo).Should().BeEquivalentTo(heldOut);
        var listed = (await new WinBackQuery(test.Database, company.Settings, company.Clock).PageAsync(Viewer.System, true, null, 0, 100, Token)).Rows.Select(own => own.AccountNo).Where(no => no <= 130);
        listed.Should().BeEquivalentTo(Enumerable.Range(101, 30).Except(heldOut));
    }

    /// <summary>Five who pay.</summary>
    private static TestCompany Company(TestDatabase test)
    {
        var facts = new TestCompany(test.Database);
        for (var no = 1; no <= 5; no++)
        {
            facts.Account(no);
            facts.Term(no, -500, mrr: 600 - (100 * no));
            for (var day = 1; day <= 181; day += 4)
            {
                facts.Use(no, day, 20);
            }
        }

        facts.Reach("usage", 181);
        facts.Reach("subscriptions", 181);
        return facts;
    }

    private static async Task TurnOnAsync(ScoredCompany company, TestDatabase test) =>
        (await new PlayEdits(test.Database, company.Acts, new PlayNames(test.Database, company.Clock), company.Clock).SaveAsync(Viewer.System, PlayCatalogue.Find(Play)! with { IsOn = true }, 0, Token)).Holds.Should().BeTrue();

    private static async Task ScoreAsync(ScoredCompany company, TestDatabase test)
    {
        var (observations, features) = (new BuildObservations(test.Database, company.Settings), new BuildFeatures(test.Database, company.Settings));
        var models = new ModelRegistry(test.Database, company.Settings, company.Clock);
        await new ScoreAccounts(test.Database, company.Settings, new AsOfDates(test.Database), observations, features, new FeatureSnapshots(test.Database), models, new UpdateHealthHistory(test.Database, company.Settings, observations, features), new KeepRunFigures(test.Database, observations, features, models, new(test.Database, company.Settings)), company.Clock).RunAsync(cancellation: Token);
    }
}
