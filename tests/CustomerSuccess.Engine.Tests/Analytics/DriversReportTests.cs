using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Analytics;

public sealed class DriversReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Reasons_are_the_scores_in_money_and_every_mark_opens_its_accounts(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await ScoreAccountsTests.CompanyAsync(test);
        await ScoreAccountsTests.RegisterAsync(ScoreAccountsTests.Models(company, test), test, company);
        await ScoreAccountsTests.Score(company, test).RunAsync(cancellation: Token);
        var report = new DriversReport(test.Database, new(test.Database));
        var overview = await report.OverviewAsync(Viewer.System, cancellation: Token);
        var queue = (await company.Queue.PageAsync(Viewer.System, new() { State = ScoreState.Scored }, QueueSort.Rank, false, 0, 100, Token)).Rows;

        var part = overview.Part!;
        part.Accounts.Should().Be(29);
        part.ExpectedLoss.Should().BeApproximately(queue.Sum(row => row.Probability!.Value * (double)row.Mrr), 0.01 * queue.Count);
        (part.BaseLoss + part.Totals.Sum(total => total.Net)).Should().BeApproximately(part.ExpectedLoss, 0.01);
        overview.Segments.Sum(segment => segment.ExpectedLoss).Should().BeApproximately(part.ExpectedLoss, 0.01);
        overview.Segments.Select(segment => segment.Segment).Should().BeEquivalentTo(["small", null]);

        var usage = overview.Ranked[0];
        usage.Theme.Should().Be(FeatureThemes.UsageTheme);
        var behind = await report.AccountsAsync(Viewer.System, new(usage.Theme), 0, 100, Token);
        behind.AtStake.Should().BeApproximately(usage.AtStake, 0.01);
        behind.Rows.Should().BeInDescendingOrder(row => row.AtStake).And.OnlyContain(row => row.Points > 0);
        behind.Rows.Select(row => row.AccountNo).Should().Equal([27, 24, 21, 18, 15, 12, 9, 6, 3], "usage fell for every third account, and MRR grows with the number");
        (await report.AccountsAsync(Viewer.System, new(usage.Theme) { RaisedOnly = true }, 0, 1, Token)).Total.Should().Be(usage.Raised);
        var lowered = await report.AccountsAsync(Viewer.System, new(usage.Theme) { Lowered = true }, 0, 100, Token);
        lowered.AtStake.Should().BeApproximately(usage.Lowered, 0.01);
        foreach (var segment in overview.Segments)
        {
            var own = await report.AccountsAsync(Viewer.System, new(usage.Theme) { Segment = segment.Segment ?? RetentionScope.Unknown }, 0, 100, Token);
            own.AtStake.Should().BeApproximately(segment.Totals.Single(total => total.Theme == usage.Theme).AtStake, 0.01);
            (await report.OverviewAsync(Viewer.System, segment.Segment ?? RetentionScope.Unknown, Token)).Part.Should().BeEquivalentTo(segment);
        }

        // the shape: usage falls, risk rises; each interval opens as many accounts as it counts
        var shape = overview.Shapes.Single(found => found.Feature == FeatureNames.UsageTrend28);
        shape.Curve!.Direction(0.0025).Should().Be(EffectDirection.Falls);
        (shape.Curve.Rows.Sum() + shape.Curve.Missing).Should().Be(29);
        for (var place = 0; place < shape.Curve.Rows.Count; place++)
        {
            (await report.AccountsAsync(Viewer.System, new(usage.Theme) { Feature = shape.Feature, Place = place }, 0, 100, Token)).Total.Should().Be(shape.Curve.Rows[place]);
        }

        shape.Density.Sum().Should().Be(shape.Curve.Rows.Sum());
        for (var bar = 0; bar < shape.Density.Count; bar++)
        {
            (await report.AccountsAsync(Viewer.System, new(usage.Theme) { Feature = shape.Feature, Bar = bar }, 0, 1, Token)).Total.Should().Be(shape.Density[bar]);
        }

        // month ends: the model of today looks back; its marks open accounts too
        overview.Months.Should().HaveCount(6);
        overview.Months[^1].AsOf.Should().Be(TestCompany.Day(181));
        overview.Months.Should().BeInAscendingOrder(month => month.AsOf);
        var before = overview.Months[^2];
        (await report.AccountsAsync(Viewer.System, new(usage.Theme, before.AsOf), 0, 100, Token)).AtStake.Should().BeApproximately(before.Part.Totals.Single(total => total.Theme == usage.Theme).AtStake, 0.01);

        // who stayed: by plan and segment; the values sum to who was followed
        overview.Stays.Should().NotBeEmpty().And.OnlyContain(table => table.Parts.Sum(value => value.Customers) == 30);
        foreach (var value in overview.Stays[0].Parts)
        {
            (await report.StaysAsync(Viewer.System, new(overview.Stays[0].Attribute, value.Value, null), 0, 100, Token)).Total.Should().Be(value.Customers);
        }

        // a portfolio's own
        var csm = await report.OverviewAsync(ScoredCompany.Csm("nobody@example.com"), cancellation: Token);
        csm.Part!.Accounts.Should().Be(0);
        csm.Months.Should().BeEmpty();
        (await report.AccountsAsync(ScoredCompany.Csm("nobody@example.com"), new(usage.Theme), 0, 100, Token)).Total.Should().Be(0);
    }

    [Theory]
    [DatabaseData]
    public async Task Without_a_model_the_rules_give_reasons_and_no_money_is_at_stake(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var report = new DriversReport(test.Database, new(test.Database));
        (await report.OverviewAsync(Viewer.System, cancellation: Token)).Run.Should().BeNull("nothing was scored");

        var company = await ScoreAccountsTests.CompanyAsync(test);
        await ScoreAccountsTests.Score(company, test).RunAsync(cancellation: Token);
        var overview = await report.OverviewAsync(Viewer.System, cancellation: Token);
        overview.Run!.IsFallback.Should().BeTrue();
        overview.Part!.BaseLoss.Should().Be(0);
        overview.Shapes.Should().BeEmpty();
        overview.BorneOut.Should().BeNull();
        var usage = overview.Part.Totals.Single(total => total.Theme == FeatureThemes.UsageTheme);
        usage.Raised.Should().Be(9);
        var behind = await report.AccountsAsync(Viewer.System, new(usage.Theme) { RaisedOnly = true }, 0, 100, Token);
        behind.Total.Should().Be(9);
        behind.AtStake.Should().BeNull();
        behind.Rows.Should().OnlyContain(row => row.Probability == null && row.AtStake == null && row.Points > 0);
    }

    [Theory]
    [DatabaseData]
    public async Task What_a_newer_run_or_another_model_replaced_is_not_kept(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await ScoreAccountsTests.CompanyAsync(test);
        await ScoreAccountsTests.Score(company, test).RunAsync(cancellation: Token);
        await ScoreAccountsTests.Score(company, test).RunAsync(cancellation: Token);
        (await KeptAsync(test)).Should().OnlyHaveUniqueItems("an equal month end is kept once").And.HaveCount(6);

        await ScoreAccountsTests.RegisterAsync(ScoreAccountsTests.Models(company, test), test, company);
        var run = await ScoreAccountsTests.Score(company, test).RunAsync(cancellation: Token);
        await using var context = test.Database.OpenContext();
        (await context.RunFigures.Where(figure => figure.Name == "drivers").Select(figure => figure.ModelId).Distinct().ToListAsync(Token)).Should().Equal(run.ChurnModelId);
        (await context.RunFigures.CountAsync(figure => figure.Name == "stays", Token)).Should().Be(1);
    }

    private static async Task<List<DateOnly>> KeptAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        return await context.RunFigures.Where(figure => figure.Name == "drivers").Select(figure => figure.AsOf).ToListAsync(Token);
    }
}
