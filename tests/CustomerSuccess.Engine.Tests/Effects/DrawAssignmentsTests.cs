using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Effects;

public sealed class DrawAssignmentsTests
{
    private const string Play = "check_in";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Who_is_held_out_is_not_told_to_anybody_and_stays_held_out_for_the_year(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test, 60);
        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0.3", Token);
        await Score(company, test).RunAsync(TestCompany.Day(150), cancellation: Token);
        (await DrawsAsync(test)).Should().BeEmpty("nobody is drawn for a day that has passed");

        await Score(company, test).RunAsync(cancellation: Token);
        var drawn = await DrawsAsync(test);
        drawn.Should().HaveCount(60).And.OnlyContain(own => own.Play == Play && own.AssignedOn == new DateOnly(2024, 7, 1) && own.PlayVersion == "0");
        foreach (var own in drawn)
        {
            (own.Arm == "held_out").Should().Be(Holdout.Draw(1, "", $"A{own.AccountNo}", Play, 2024) < 0.3);
        }

        var heldOut = drawn.Where(own => own.Arm == "held_out").Select(own => own.AccountNo).ToHashSet();
        heldOut.Count.Should().BeInRange(8, 28);
        await OnlyOfferedAreToldAsync();
        (await new PlayQuery(test.Database, company.Settings, company.Clock).PreviewAsync(Viewer.System, PlayCatalogue.Find(Play)!, Token)).Total.Should().Be(60 - heldOut.Count);

        // the next day, with a share of everybody's own: nothing changes for who was drawn
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0", Token);
        await Score(company, test).RunAsync(cancellation: Token);
        (await DrawsAsync(test)).Should().BeEquivalentTo(drawn);
        await OnlyOfferedAreToldAsync();

        // the next year everybody's turn comes anew
        company.Clock.Advance(TimeSpan.FromDays(200));
        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0.3", Token);
        await Score(company, test).RunAsync(cancellation: Token);
        (await DrawsAsync(test)).Count(own => own.AssignedOn.Year == 2025).Should().Be(60);

        async Task OnlyOfferedAreToldAsync()
        {
            var rows = (await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token)).Rows;
            rows.Select(row => row.Rank).Should().Equal(Enumerable.Range(1, 60).Cast<int?>());
            rows.Should().OnlyContain(row => heldOut.Contains(row.AccountNo) == (row.TopPlay == null) && heldOut.Contains(row.AccountNo) == (row.Suggestions.Count == 0));
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Those_are_drawn_first_whose_touch_fits_into_the_week(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test, 30);
        await company.Settings.SetAsync(Viewer.System, "csm.minutes_per_day", "20", Token);
        await Score(company, test).RunAsync(cancellation: Token);
        var drawn = await DrawsAsync(test);
        drawn.Should().HaveCount(10, "two touches of ten minutes fit into each of five days");
        var first = (await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token)).Rows;
        first.Where(row => row.TopPlay is not null).Take(10 - drawn.Count(own => own.Arm == "held_out")).Select(row => row.AccountNo).Should().BeSubsetOf(drawn.Select(own => own.AccountNo));
    }

    [Theory]
    [DatabaseData]
    public async Task An_imported_draw_stands_like_one_of_our_own(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test, 10);
        await using (var facts = new TestCompany(test.Database, firstFact: 10_000))
        {
            facts.Assign(3, 100, Play, isOffered: false);
            facts.Assign(4, 100, Play, isOffered: true);
            await facts.SaveAsync();
        }

        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0.001", Token);
        await Score(company, test).RunAsync(cancellation: Token);
        (await DrawsAsync(test)).Select(own => (own.AccountNo, own.AssignedOn.Month)).Should().Contain((3, 4)).And.Contain((4, 4)).And.OnlyHaveUniqueItems(own => own.AccountNo);
        var rows = (await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token)).Rows;
        rows.Where(row => row.TopPlay is null).Select(row => row.AccountNo).Should().Equal(3);
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_measured_moves_the_value_of_a_touch_and_the_share(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test, 10);
        await using (var facts = new TestCompany(test.Database, firstFact: 10_000))
        {
            // 200 who were drawn in January: of those offered 8 left, of those held out 40; one paid nothing, one is of another play, one has come lately
            for (var no = 1_001; no <= 1_200; no++)
            {
                var (isOffered, place) = (no <= 1_100, (no - 1_001) % 100);
                facts.Account(no, segment: place % 2 == 0 ? "even" : "odd");
                facts.Term(no, 0, end: place < (isOffered ? 8 : 40) ? 60 : null);
                facts.Assign(no, 20, Play, isOffered, version: place < 50 ? "1" : "2");
            }

            facts.Account(1_201);
            facts.Term(1_201, 0, end: 10);
            facts.Assign(1_201, 20, Play, isOffered: true);
            facts.Assign(1_001, 20, "reconnect", isOffered: true);
            facts.Assign(1, 175, Play, isOffered: true);
            facts.Touch(1_001, 25).Play = Play;
            await facts.SaveAsync();
        }

        using var books = new CompanyBooks(test.Database, company.Settings);
        using var drawn = new EffectBooks(test.Database);
        var report = await new EffectsQuery(test.Database, company.Settings, new AsOfDates(test.Database), books, drawn, company.Clock).RunAsync(Token);
        report.KnownUntil.Should().Be(TestCompany.Day(181));
        var row = report.Plays.Single(own => own.Entry.Play.Key == Play);
        row.Effect.Known.Should().Be(new Arms(new(100, 8), new(100, 40)));
        (row.Effect.Verdict, row.Effect.NotPaying, row.Effect.Pending, row.Done, row.DoneAnyway).Should().Be((EffectVerdict.Works, 1, 1, 1, 0));
        row.Segments.Select(segment => (segment.Part, segment.Effect.Known.HeldOut)).Should().Equal(("even", new Arm(50, 20)), ("odd", new Arm(50, 20)));
        row.Versions.Select(version => (version.Part, version.Effect.Known.Offered)).Should().BeEquivalentTo([("1", new Arm(50, 8)), ("2", new Arm(50, 0)), ("", new Arm(0, 0))]);
        (row.StatedShare, row.Share).Should().Be((0.1, 0.1 * Holdout.AfterAnswer));
        row.Effect.Learned.Value.Should().BeInRange(0.15, 0.8);

        // whoever counts in a figure stands behind it, named to whoever may see the account
        var query = new EffectsQuery(test.Database, company.Settings, new AsOfDates(test.Database), books, drawn, company.Clock);
        (await query.AccountsAsync(Viewer.System, new(Play) { Offered = true, Happened = true }, 0, 5, Token))!.Total.Should().Be(row.Effect.Known.Offered.Outcomes);
        (await query.AccountsAsync(Viewer.System, new(Play) { Offered = false, Known = true }, 0, 5, Token))!.Rows.Should().HaveCount(5).And.OnlyContain(one => one.Draw.IsKnown && !one.Draw.IsOffered);
        (await query.AccountsAsync(Viewer.System, new(Play) { Until = row.Effect.Looks[^1].On }, 0, 5, Token))!.Total.Should().Be(row.Effect.Known.Accounts);
        var csm = new Viewer("u", "nobody@cs.example", new HashSet<string> { Roles.Csm }, true);
        (await query.AccountsAsync(csm, new(Play) { Known = true }, 0, 5, Token))!.Should().BeEquivalentTo(new { Total = 0, Hidden = row.Effect.Known.Accounts });
        (await query.AccountsAsync(Viewer.System, new("nothing"), 0, 5, Token)).Should().BeNull();

        await Score(company, test).RunAsync(cancellation: Token);
        await using var context = test.Database.OpenContext();
        var effects = await context.Suggestions.AsNoTracking().Where(own => own.Play == Play && own.AccountNo <= 10).Select(own => own.Effect).Distinct().ToListAsync(Token);
        effects.Should().ContainSingle().Which.Should().BeApproximately(row.Effect.Learned.Value, 1e-9);
    }

    private static async Task<List<Assignment>> DrawsAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        return await context.Assignments.AsNoTracking().OrderBy(own => own.AssignedOn).ThenBy(own => own.AccountNo).ToListAsync(Token);
    }

    /// <summary>Accounts that nothing is wrong with: there is one play for them.</summary>
    private static async Task<ScoredCompany> CompanyAsync(TestDatabase test, int accounts)
    {
        await using var facts = new TestCompany(test.Database);
        for (var no = 1; no <= accounts; no++)
        {
            facts.Account(no);
            facts.Term(no, 0, mrr: 100 * no);
            for (var day = 1; day <= 181; day += 4)
            {
                facts.Use(no, day, 20);
            }
        }

        facts.Reach("usage", 181);
        facts.Reach("subscriptions", 181);
        await facts.SaveAsync();
        return new ScoredCompany(test);
    }

    private static ScoreAccounts Score(ScoredCompany company, TestDatabase test)
    {
        var (observations, features) = (new BuildObservations(test.Database, company.Settings), new BuildFeatures(test.Database, company.Settings));
        var models = new ModelRegistry(test.Database, company.Settings, company.Clock);
        return new(test.Database, company.Settings, new AsOfDates(test.Database), observations, features, new FeatureSnapshots(test.Database), models, new UpdateHealthHistory(test.Database, company.Settings, observations, features), new KeepRunFigures(test.Database, observations, features, models, new(test.Database, company.Settings)), company.Clock);
    }
}
