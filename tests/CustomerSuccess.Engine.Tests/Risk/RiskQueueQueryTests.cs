using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Risk;

public sealed class RiskQueueQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Without_a_finished_run_there_is_no_queue(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await using (var context = test.Database.OpenContext())
        {
            context.ScoreRuns.Add(new ScoreRun { AsOf = new DateOnly(2024, 6, 30), StartedAt = ScoredCompany.Morning.UtcDateTime });
            await context.SaveChangesAsync(Token);
        }

        var page = await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 50, Token);
        page.Should().BeEquivalentTo(new RiskQueuePage(null, 0, []));
    }

    [Theory]
    [DatabaseData]
    public async Task Accounts_without_the_figure_come_last_in_either_direction(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "Leaves", probability: null, health: null), ScoredCompany.Score(2, "b", 0.2, 50), ScoredCompany.Score(3, "a", 0.1, 900), ScoredCompany.Score(4, "c", 0.2, 50));
        foreach (var sort in Enum.GetValues<QueueSort>())
        {
            var up = await OrderAsync(company, new(), sort, false);
            var down = await OrderAsync(company, new(), sort, true);
            up.Should().BeEquivalentTo([1, 2, 3, 4]);
            if (sort is QueueSort.Rank or QueueSort.Risk or QueueSort.ExpectedLoss or QueueSort.Health)
            {
                up[^1].Should().Be(1, "{0}", sort);
                down[^1].Should().Be(1, "{0}", sort);
            }
        }

        (await OrderAsync(company, new(), QueueSort.Risk, true)).Should().Equal(2, 4, 3, 1);
        (await OrderAsync(company, new(), QueueSort.Mrr, true)).Should().Equal(3, 1, 2, 4);
        (await OrderAsync(company, new(), QueueSort.Name, false)).Should().Equal(3, 2, 4, 1);
    }

    [Theory]
    [DatabaseData]
    public async Task Pages_are_stretches_of_one_order(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, [.. Enumerable.Range(1, 25).Select(i => ScoredCompany.Score(i, $"n{i % 3}", 0.1, 10 * (i % 4)))]);
        foreach (var sort in Enum.GetValues<QueueSort>())
        {
            var whole = await OrderAsync(company, new(), sort, true);
            var pages = new List<int>();
            for (var offset = 0; offset < 25; offset += 7)
            {
                var page = await company.Queue.PageAsync(Viewer.System, new(), sort, true, offset, 7, Token);
                page.Total.Should().Be(25);
                pages.AddRange(page.Rows.Select(row => row.AccountNo));
            }

            pages.Should().Equal(whole, "{0}", sort);
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Filters_narrow_and_search_ignores_width_and_kana(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1,
            ScoredCompany.Score(1, "ヤマダ商店", 0.3, 2000, "a@example.com", "|usage_fell|nps_low|", health: 20),
            ScoredCompany.Score(2, "Acme 100%", 0.2, 100, "b@example.com", "|nps_low|", health: 40),
            ScoredCompany.Score(3, "Beta_x", null, 100, "b@example.com", "", health: 80));
        async Task Expect(RiskQueueFilter filter, params int[] accounts) =>
            (await OrderAsync(company, filter, QueueSort.Name, false)).Should().BeEquivalentTo(accounts, "{0}", filter);

        await Expect(new() { Search = "ﾔﾏﾀﾞ" }, 1);
        await Expect(new() { Search = "ＡＣＭＥ" }, 2);
        await Expect(new() { Search = "a-3" }, 3);
        await Expect(new() { Search = "0%" }, 2);
        await Expect(new() { Search = "%" }, 2);
        await Expect(new() { Search = "_" }, 3);
        await Expect(new() { Owner = "b@example.com" }, 2, 3);
        await Expect(new() { Segment = "enterprise" }, 1);
        await Expect(new() { Band = HealthBand.Danger }, 1);
        await Expect(new() { Band = HealthBand.Watch }, 2);
        await Expect(new() { Band = HealthBand.Good }, 3);
        await Expect(new() { State = ScoreState.Leaving }, 3);
        await Expect(new() { Play = "nps_low" }, 1, 2);
        await Expect(new() { Play = "nps" });
        await Expect(new() { Play = "nps_low", Owner = "a@example.com" }, 1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_viewer_of_the_own_portfolio_sees_no_other_account(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "a", owner: "Me@Example.com"), ScoredCompany.Score(2, "b", owner: "you@example.com"), ScoredCompany.Score(3, "c"));
        var page = await company.Queue.PageAsync(ScoredCompany.Csm("me@example.com"), new(), QueueSort.Rank, false, 0, 50, Token);
        page.Rows.Select(row => row.AccountNo).Should().Equal(1);
        page.Total.Should().Be(1);
        var choices = await company.Queue.ChoicesAsync(ScoredCompany.Csm("me@example.com"), Token);
        choices.Owners.Should().Equal(new QueueChoice("Me@Example.com", 1));
        (await company.Accounts.FindAsync(ScoredCompany.Csm("me@example.com"), "A-2", cancellation: Token)).Should().BeNull();
        (await company.Accounts.FindAsync(ScoredCompany.Csm("me@example.com"), "A-1", cancellation: Token)).Should().NotBeNull();
        (await company.Accounts.TouchesAsync(ScoredCompany.Csm("me@example.com"), 2, 0, 10, Token)).Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task The_newest_finished_run_is_shown_whole_while_the_next_is_written(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "a", 0.5), ScoredCompany.Score(2, "b", 0.1));
        await using (var context = test.Database.OpenContext())
        {
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 2, AsOf = new DateOnly(2024, 7, 31), StartedAt = ScoredCompany.Morning.UtcDateTime });
            var half = ScoredCompany.Score(1, "a", 0.9);
            half.ScoreRunId = 2;
            context.AccountScores.Add(half);
            await context.SaveChangesAsync(Token);
        }

        var page = await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 50, Token);
        page.Run!.ScoreRunId.Should().Be(1);
        page.Rows.Select(row => row.Probability).Should().Equal(0.5, 0.1);
        page.Rows[0].Drivers.Should().Equal(new Driver("nps_last", 3, null, 0.09, 8));
        page.Rows[0].Suggestions.Should().ContainSingle().Which.ReasonArgs["days"].Should().Be(12);
    }

    [Theory]
    [DatabaseData]
    public async Task Opportunities_are_the_accounts_to_which_something_can_be_sold_in_their_own_order(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "a", 0.5), ScoredCompany.Offer(2, "b", 2, 50), ScoredCompany.Offer(3, "c", 1, 20, owner: "me@example.com"), ScoredCompany.Offer(4, "d", 3, 900));
        var filter = new RiskQueueFilter { List = QueueList.Opportunities };
        (await OrderAsync(company, filter, QueueSort.Rank, false)).Should().Equal(3, 2, 4);
        (await OrderAsync(company, filter, QueueSort.Growth, true)).Should().Equal(4, 2, 3);
        (await OrderAsync(company, filter with { Owner = RiskQueueFilter.Nobody }, QueueSort.Rank, false)).Should().Equal(2, 4);
        (await company.Queue.ChoicesAsync(Viewer.System, QueueList.Opportunities, Token)).Plays.Select(play => play.Value).Should().Equal("add_seats");
        (await company.Queue.ChoicesAsync(Viewer.System, Token)).Plays.Select(play => play.Value).Should().Equal("check_in");

        var row = (await company.Queue.PageAsync(Viewer.System, filter, QueueSort.Rank, false, 0, 1, Token)).Rows.Single();
        (row.Next(QueueList.Risk)!.Play, row.Next(QueueList.Opportunities)!.Play, row.Growth, row.OpportunityRank).Should().Be(("check_in", "add_seats", 20m, 1));
        await company.Actions.SnoozeAsync(Viewer.System, 3, "add_seats", new DateOnly(2024, 7, 3), "budget", cancellation: Token);
        await company.Actions.DismissAsync(Viewer.System, 2, "check_in", "known", cancellation: Token);
        (await OrderAsync(company, filter with { HideHandled = true }, QueueSort.Rank, false)).Should().Equal(2, 4);
        (await OrderAsync(company, new() { HideHandled = true }, QueueSort.Rank, false)).Should().Equal([1, 3, 4], "each list has its own touches");
        (await company.Queue.AccountsAsync(Viewer.System, filter, [2], 10, Token)).Should().Equal(3, 4);
        company.Clock.Advance(TimeSpan.FromDays(2));
        (await OrderAsync(company, filter with { HideHandled = true }, QueueSort.Rank, false)).Should().Equal(3, 2, 4);
    }

    [Theory]
    [DatabaseData]
    public async Task Rows_stand_together_by_groups_and_add_up_to_what_their_heads_say(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, [.. Enumerable.Range(1, 23).Select(no => ScoredCompany.Score(no, $"n{no}", no % 5 == 0 ? null : 0.01 * no, 100 * no, no % 3 == 0 ? null : $"csm{no % 3}@example.com", health: no % 4 == 0 ? null : 5 * no, plays: no % 7 == 0 ? "" : "|usage_fell|"))]);
        foreach (var grouping in Enum.GetValues<QueueGrouping>())
        {
            var groups = await company.Queue.GroupsAsync(Viewer.System, new(), grouping, Token);
            var whole = new List<RiskQueueRow>();
            for (var offset = 0; offset < 23; offset += 4)
            {
                var page = await company.Queue.GroupedPageAsync(Viewer.System, new(), grouping, groups, QueueSort.Mrr, true, offset, 4, Token);
                page.Total.Should().Be(23);
                whole.AddRange(page.Rows);
            }

            whole.Select(row => row.AccountNo).Should().OnlyHaveUniqueItems().And.HaveCount(23, "{0}", grouping);
            string? KeyOf(RiskQueueRow row) => grouping switch
            {
                QueueGrouping.Owner => row.OwnerEmail,
                QueueGrouping.Segment => row.Segment,
                QueueGrouping.Product => row.Product,
                QueueGrouping.Band => row.Band?.ToString(),
                _ => row.TopPlay,
            };
            var begin = 0;
            foreach (var group in groups)
            {
                var own = whole.GetRange(begin, group.Accounts);
                own.Select(KeyOf).Distinct().Should().Equal([group.Key], "{0}", grouping);
                own.Select(row => row.Mrr).Should().BeInDescendingOrder();
                (group.Mrr, group.Expected ?? 0).Should().Be((own.Sum(row => row.Mrr), own.Sum(row => row.ExpectedLoss ?? 0)));
                begin += group.Accounts;
            }

            begin.Should().Be(23);
            if (grouping == QueueGrouping.Band)
            {
                groups.Select(group => group.Key).Should().Equal("Danger", "Watch", "Good", null);
            }
        }
    }

    private static async Task<List<int>> OrderAsync(ScoredCompany company, RiskQueueFilter filter, QueueSort sort, bool descending)
    {
        var page = await company.Queue.PageAsync(Viewer.System, filter, sort, descending, 0, 100, Token);
        page.Total.Should().Be(page.Rows.Count);
        return [.. page.Rows.Select(row => row.AccountNo)];
    }
}
