using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Health;

public sealed class HealthSchemesTests
{
    private static readonly HealthRule SentimentOnly = HealthRule.Default with { Company = new([0, 0, 0, 1, 0, 0]) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Every_change_is_a_version_and_undoing_adds_one_that_equals_the_one_before(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        var schemes = new HealthSchemes(test.Database, company.Clock);
        var own = HealthRule.Default with { Segments = new Dictionary<string, HealthWeights> { ["small"] = new([1, 2, 3, 4, 5, 6]) }, Good = 70 };
        (await schemes.SaveAsync(Viewer.System, SentimentOnly, "asked by all", null, Token)).Outcome.Should().Be(SchemeOutcome.Saved);
        (await schemes.SaveAsync(Viewer.System, own, null, 1, Token)).Outcome.Should().Be(SchemeOutcome.Saved);
        (await company.Settings.ReadAsync(Token)).HealthGood.Should().Be(70, "lists cut bands by the setting");
        (await schemes.UndoAsync(Viewer.System, cancellation: Token)).Outcome.Should().Be(SchemeOutcome.Saved);
        (await schemes.RestoreAsync(Viewer.System, 0, cancellation: Token)).InForce!.Rule().SameAs(HealthRule.Default).Should().BeTrue();

        var history = await schemes.HistoryAsync(Token);
        history.Select(version => (version.SchemeNo, version.Restores, version.Source)).Should().Equal(
            (4, 0, WeightSource.Equal), (3, 1, WeightSource.ByHand), (2, null, WeightSource.ByHand), (1, null, WeightSource.ByHand));
        history[1].Rule().SameAs(SentimentOnly).Should().BeTrue();
        history[2].Rule().SameAs(own).Should().BeTrue();
        history[3].Comment.Should().Be("asked by all");
        (await company.Settings.ReadAsync(Token)).HealthGood.Should().Be(60);
    }

    [Theory]
    [DatabaseData]
    public async Task Readers_change_nothing_and_nobody_overwrites_what_they_did_not_see(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var schemes = new HealthSchemes(test.Database, new ScoredCompany(test).Clock);
        var csm = new Viewer("u", "u@example.com", new HashSet<string> { Roles.Csm }, false);
        (await schemes.SaveAsync(csm, SentimentOnly, null, null, Token)).Outcome.Should().Be(SchemeOutcome.Forbidden);
        (await schemes.SaveAsync(Viewer.System, HealthRule.Default with { Watch = 60 }, null, null, Token)).Outcome.Should().Be(SchemeOutcome.Invalid);
        (await schemes.SaveAsync(Viewer.System, SentimentOnly, null, 0, Token)).Outcome.Should().Be(SchemeOutcome.Saved);
        (await schemes.SaveAsync(Viewer.System, HealthRule.Default with { Good = 80 }, null, 0, Token)).Outcome.Should().Be(SchemeOutcome.Overtaken);
        (await schemes.SaveAsync(Viewer.System, SentimentOnly, null, 1, Token)).Outcome.Should().Be(SchemeOutcome.Unchanged);
        (await schemes.HistoryAsync(Token)).Should().ContainSingle();
    }

    [Theory]
    [DatabaseData]
    public async Task A_band_set_as_a_setting_is_a_version_too(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        (await company.Settings.SetAsync(Viewer.System, "health.good", "72", Token)).Should().BeTrue();
        (await company.Settings.SetAsync(Viewer.System, "health.watch", "72", Token)).Should().BeFalse("a band would be empty");
        var scheme = await new HealthSchemes(test.Database, company.Clock).InForceAsync(Token);
        (scheme!.SchemeNo, scheme.Good, scheme.Watch).Should().Be((1, 72, 35));
    }

    [Theory]
    [DatabaseData]
    public async Task New_weights_hold_from_the_next_scoring_and_rewrite_nothing_that_was_there(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await Score(company, test).RunAsync(cancellation: Token);
        var before = await HistoryAsync(test, 1);
        await new HealthSchemes(test.Database, company.Clock).SaveAsync(Viewer.System, SentimentOnly, null, null, Token);
        await using (var facts = new TestCompany(test.Database, 900))
        {
            // makes all month ends be computed again
            facts.Context.AccountChanges.Add(new() { AccountNo = 1, ChangeNo = 7, EarliestDay = TestCompany.Day(0), ImportFileId = 2 });
            await facts.SaveAsync();
        }

        company.Clock.Advance(TimeSpan.FromDays(1));
        await Score(company, test).RunAsync(cancellation: Token);
        var after = await HistoryAsync(test, 1);
        after.Where(point => point.Reconstructed).Should().BeEquivalentTo(before.Where(point => point.Reconstructed));
        var now = after.Single(point => !point.Reconstructed);
        (now.SchemeNo, now.Total).Should().Be((1, now.Sentiment));
        before.Single(point => !point.Reconstructed).Total.Should().NotBe(now.Total);
        var query = new HealthQuery(test.Database, company.Settings, new HealthRows(test.Database, company.Settings), company.Clock);
        (await query.OverviewAsync(Viewer.System, Token)).SchemeNo.Should().Be(1, "the page says whether what is shown is by the version in force");
    }

    [Theory]
    [DatabaseData]
    public async Task A_judgement_counts_from_the_next_scoring_ages_out_and_can_be_withdrawn(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var judgements = new Judgements(test.Database, company.Acts, company.Settings);
        (await judgements.RecordAsync(Viewer.System, 1, HealthBand.Danger, " ", Token)).Outcome.Should().Be(ActOutcome.Invalid);
        (await judgements.RecordAsync(Viewer.System, 99, HealthBand.Danger, "gone", Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await judgements.RecordAsync(Viewer.System, 1, HealthBand.Danger, "their budget was cut", Token)).Outcome.Should().Be(ActOutcome.Done);
        async Task<HealthPoint> NowAsync()
        {
            await Score(company, test).RunAsync(cancellation: Token);
            return (await HistoryAsync(test, 1)).Single(point => !point.Reconstructed);
        }

        var fresh = await NowAsync();
        var own = HealthWeights.Equal.Total(fresh)!.Value;
        fresh.JudgementPoints.Should().BeApproximately(-own * 25 / 125, 1e-9);
        fresh.Total.Should().BeApproximately(own * 100 / 125, 1e-9);
        company.Clock.Advance(TimeSpan.FromDays(45));
        (await NowAsync()).JudgementPoints.Should().BeApproximately(-own * 12.5 / 112.5, 1e-9);
        company.Clock.Advance(TimeSpan.FromDays(45));
        (await NowAsync()).JudgementPoints.Should().BeNull();
        await judgements.RecordAsync(Viewer.System, 1, HealthBand.Good, "renewed by word", Token);
        (await NowAsync()).JudgementPoints.Should().BePositive();
        await judgements.WithdrawAsync(Viewer.System, 1, (await judgements.OfAsync(Viewer.System, 1, Token))[0].JudgementId, Token);
        (await NowAsync()).JudgementPoints.Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task A_study_reads_what_became_of_accounts_and_what_was_kept(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var facts = new TestCompany(test.Database))
        {
            for (var no = 1; no <= 12; no++)
            {
                facts.Account(no, segment: "small");
                // half of them leave 60 days after the first month end; one that stays pays half from then on
                facts.Term(no, 0, no <= 6 ? 90 : no == 7 ? 90 : null, mrr: 100);
                if (no == 7)
                {
                    facts.Term(no, 90, mrr: 50);
                }

                facts.Answer(no, 5, no <= 6 ? 2 : 9);
            }

            facts.Use(12, 200, 1);
            facts.Reach("usage", 200);
            facts.Reach("subscriptions", 200);
            await facts.SaveAsync();
        }

        var company = new ScoredCompany(test);
        await Score(company, test).RunAsync(cancellation: Token);
        var rows = new HealthRows(test.Database, company.Settings);
        var labelled = await rows.ReadAsync(Token);
        labelled.Share.Should().Be(1);
        var first = labelled.Rows.Where(row => row.Point.AsOf == TestCompany.Day(30)).ToDictionary(row => row.Point.AccountNo);
        first.Values.Count(row => row.Churned).Should().Be(6);
        first[1].Should().BeEquivalentTo(new { Churned = true, ChurnEventOn = (DateOnly?)TestCompany.Day(90), Mrr = (decimal?)100, MrrKept = (decimal?)0, Segment = "small" });
        first[7].MrrKept.Should().Be(50);
        first[8].MrrKept.Should().Be(100);
        first[1].Point.Sentiment.Should().BeLessThan(first[8].Point.Sentiment!.Value);

        var study = await new StudyHealth(test.Database, rows, new HealthSchemes(test.Database, company.Clock), company.Clock).RunAsync(null, Token);
        study.Learned.Should().BeNull("six outcomes teach nothing");
        study.Bands.Order.Should().Be(BandOrder.TooFew);
    }

    private static async Task<List<HealthPoint>> HistoryAsync(TestDatabase test, int account)
    {
        await using var context = test.Database.OpenContext();
        return await context.HealthPoints.AsNoTracking().Where(point => point.AccountNo == account).OrderBy(point => point.AsOf).ToListAsync(Token);
    }

    /// <summary>Ten accounts with usage and an answer each, scored on the day after the facts end.</summary>
    private static async Task<ScoredCompany> CompanyAsync(TestDatabase test)
    {
        await using var facts = new TestCompany(test.Database);
        for (var no = 1; no <= 10; no++)
        {
            facts.Account(no);
            facts.Term(no, 0, mrr: 100);
            facts.Answer(no, 20, no);
            for (var day = 1; day <= 181; day += 10 - (no / 2))
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
        return new(test.Database, company.Settings, new AsOfDates(test.Database), observations, features, new FeatureSnapshots(test.Database), new ModelRegistry(test.Database, company.Settings, company.Clock), new UpdateHealthHistory(test.Database, company.Settings, observations, features), new KeepRunFigures(test.Database, observations, features, new ModelRegistry(test.Database, company.Settings, company.Clock), new(test.Database, company.Settings)), company.Clock);
    }
}
