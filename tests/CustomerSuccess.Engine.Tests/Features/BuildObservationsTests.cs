using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Features;

public sealed class BuildObservationsTests
{
    private static readonly LabelRule Rule = new(14, 90, 31);

    [Theory]
    [DatabaseData]
    public async Task Paying_accounts_are_seen_at_month_ends_and_others_by_their_outcomes(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var company = new TestCompany(test.Database))
        {
            for (var no = 1; no <= 4; no++)
            {
                company.Account(no);
            }

            company.Term(1, 0);
            company.Term(2, 0, 150);
            company.Term(3, 0, 150).NoticeOn = TestCompany.Day(40);
            company.Term(3, 5).VoidedBy = 9;
            company.Outcome(3, 30, churned: false); // ignored: the account has terms
            company.Outcome(4, 30, churned: false);
            company.Outcome(4, 60, churned: true);
            company.Reach("subscriptions", 366);
            await company.SaveAsync();
        }

        var build = new BuildObservations(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        var found = await build.AtMonthEndsAsync(null, Rule, TestContext.Current.CancellationToken);
        found.Should().BeInAscendingOrder((a, b) => (a.AccountNo, a.AsOf).CompareTo((b.AccountNo, b.AsOf)));
        found.Where(o => o.AccountNo == 1).Should().HaveCount(12).And.OnlyContain(o => o.Churned != true && o.Mrr == 100);
        found.Count(o => o.AccountNo == 1 && o.Churned is not null).Should().Be(7, "the label of 31 August needs 13 January of the next year");
        found.Where(o => o.AccountNo == 2 && o.Churned == true).Select(o => o.AsOf).Should().Equal(
            [new DateOnly(2024, 2, 29), new DateOnly(2024, 3, 31), new DateOnly(2024, 4, 30)], "day 150 is 30 May");
        found.Where(o => o.AccountNo == 2 && o.Churned == true).Select(o => o.ChurnEventOn).Distinct().Should().Equal(TestCompany.Day(150));
        found.Where(o => o.AccountNo == 3 && o.Leaving).Select(o => o.AsOf).Should().Equal(new DateOnly(2024, 2, 29), new DateOnly(2024, 3, 31), new DateOnly(2024, 4, 30));
        found.Where(o => o.AccountNo == 3 && o.Leaving).Should().OnlyContain(o => o.Churned == null);
        found.Where(o => o.AccountNo == 4).Should().Equal(
            new Observation(4, TestCompany.Day(30), null, false, null, null, false),
            new Observation(4, TestCompany.Day(60), null, true, null, TestCompany.Day(60), false));

        (await build.AtMonthEndsAsync(TestCompany.Day(200), Rule, TestContext.Current.CancellationToken))
            .Where(o => o.Churned is not null && o.AccountNo < 4).Should().OnlyContain(o => o.AsOf.AddDays(135) <= TestCompany.Day(200), "as of day 200 nothing later is known");
        (await build.AtAsync(TestCompany.Day(45), Rule, TestContext.Current.CancellationToken)).Select(o => (o.AccountNo, o.Leaving)).Should()
            .Equal((1, false), (2, false), (3, true), (4, false));
        (await build.AtAsync(TestCompany.Day(300), Rule, TestContext.Current.CancellationToken)).Select(o => o.AccountNo).Should().Equal(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Scores_are_made_as_of_the_usage_and_labels_reach_to_the_contracts(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var dates = new AsOfDates(test.Database);
        (await dates.ReachesAsync(TestContext.Current.CancellationToken)).ScoreAsOf.Should().BeNull();
        await using (var company = new TestCompany(test.Database))
        {
            company.Reach("purchases", 80);
            company.Reach("subscriptions", 90);
            await company.SaveAsync();
            (await dates.ReachesAsync(TestContext.Current.CancellationToken)).ScoreAsOf.Should().Be(TestCompany.Day(80));
            company.Reach("usage", 100, source: 1);
            company.Reach("usage", 95, source: 2);
            company.Reach("usage", 10, source: 3);
            company.Reach("subscriptions", 60, source: 2);
            await company.SaveAsync();
        }

        var reaches = await dates.ReachesAsync(TestContext.Current.CancellationToken);
        reaches.ScoreAsOf.Should().Be(TestCompany.Day(95), "source 3 was given up");
        reaches.Contracts.Should().Be(TestCompany.Day(60));
        reaches.Latest.Should().Be(TestCompany.Day(100));
    }

    [Fact]
    public async Task A_company_without_contracts_scores_its_listed_accounts_that_are_not_known_to_have_left()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var company = new TestCompany(test.Database))
        {
            company.Account(1);
            company.Account(2).Unlisted = true;
            company.Account(3);
            company.Outcome(3, 10, churned: true);
            await company.SaveAsync();
        }

        var build = new BuildObservations(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        (await build.AtAsync(TestCompany.Day(20), Rule, TestContext.Current.CancellationToken)).Select(o => o.AccountNo).Should().Equal(1);
        (await build.AtAsync(TestCompany.Day(5), Rule, TestContext.Current.CancellationToken)).Select(o => o.AccountNo).Should().Equal(1, 3);
    }
}
