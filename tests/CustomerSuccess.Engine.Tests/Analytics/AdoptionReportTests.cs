using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Analytics;

public sealed class AdoptionReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Every_figure_is_the_count_of_the_accounts_that_it_opens(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var company = new TestCompany(test.Database))
        {
            for (var no = 1; no <= 6; no++)
            {
                company.Account(no);
                company.Term(no, no <= 3 ? 0 : 40 + no, no == 3 ? 150 : null, mrr: 100 * no);
            }

            // one and two use the board; one's people are counted, and its own rows win over theirs
            company.Use(1, 1, 5, "board");
            company.Use(1, 180, 7, "board", users: 3);
            company.Use(1, 180, 99, "board", contact: 11);
            company.Use(1, 181, 2, "board", contact: 12);
            company.Use(2, 170, 4, "board");
            company.Use(4, 60, 1, "board");
            company.Use(5, 120, 1, "board");
            company.Use(2, 175, 1, "chart");
            company.Use(3, 20, 1, "relic");
            company.Reach("usage", 181);
            company.Reach("subscriptions", 181);
            await company.SaveAsync();
        }

        var report = await RunAsync(test);
        var overview = await report.OverviewAsync(Viewer.System, Token);
        var board = overview.Tally!.Features.Single(feature => feature.Metric == "board");
        (overview.Tally.Paying, board.Accounts, board.Uses, board.Users, board.MedianUses).Should().Be((5, 2, 13, 3, 6.5), "account 1 used it 7 + 2 times, two people by name and three at once on one day; account 2 four times, and nobody said by how many");
        (board.NewCustomers, board.Within30, board.Within90, board.MedianDays).Should().Be((3, 1, 2, 45.5), "accounts 4 to 6 began after usage was counted: after 16 and 75 days, and never");
        board.Months.TakeLast(3).Should().Equal(1, 0, 2);
        overview.Tally.Pairs.Single().Both.Should().Be(1);
        overview.Head!.Quiet.Should().Equal(new QuietMetric("relic", TestCompany.Day(20)));
        overview.Head.Metrics.Should().OnlyContain(metric => overview.VerdictOf(metric) == AdoptionVerdict.TooFew);

        async Task<IEnumerable<int>> Behind(AdoptionAsk ask) => (await report.AccountsAsync(Viewer.System, ask, 0, 100, Token)).Rows.Select(row => row.AccountNo);
        (await Behind(new("board"))).Should().Equal(1, 2);
        (await Behind(new("board", AdoptionGroup.NotUsing))).Should().BeEquivalentTo([4, 5, 6]);
        (await Behind(new("board", AdoptionGroup.Soon))).Should().Equal(4);
        (await Behind(new("board", AdoptionGroup.Later))).Should().Equal(5);
        (await Behind(new("board", AdoptionGroup.Never))).Should().Equal(6);
        (await Behind(new("board") { With = "chart" })).Should().Equal(2);
        (await Behind(new("board") { MonthsAgo = 0 })).Should().BeEquivalentTo([1, 2]);
        (await Behind(new("board") { MonthsAgo = 2 })).Should().Equal(5);
        (await Behind(new("relic"))).Should().BeEmpty();
        (await report.OverviewAsync(ScoredCompany.Csm("nobody@example.com"), Token)).Tally!.Paying.Should().Be(0);
        (await report.AccountsAsync(ScoredCompany.Csm("nobody@example.com"), new("board"), 0, 100, Token)).Total.Should().Be(0);
    }

    [Fact]
    public async Task The_feature_that_keeps_customers_is_found_and_the_one_of_large_customers_is_not_praised()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // the company in data/demo, in dollars
        await SeedAsync(test.Database, new DemoPlan(280, 30, 38) { Automation = true });
        var report = await RunAsync(test);
        var overview = await report.OverviewAsync(Viewer.System, Token);
        overview.Head!.Metrics.Where(metric => overview.VerdictOf(metric) == AdoptionVerdict.Keeps).Select(metric => metric.Metric).Should().Equal("automation");
        overview.VerdictOf(overview.Head.Metrics.Single(metric => metric.Metric == "api_call")).Should().Be(AdoptionVerdict.TooFew, "hardly any customer of that size goes without it");

        var compared = overview.Head.Metrics.Single(metric => metric.Metric == "automation").Comparison!;
        compared.Lower.Should().BePositive();
        var left = await report.AccountsAsync(Viewer.System, new("automation", AdoptionGroup.OthersLeft), 0, 1, Token);
        left.Total.Should().BeInRange(1, compared.Leavers);
    }

    private static async Task<AdoptionReport> RunAsync(TestDatabase test)
    {
        var settings = new SettingsStore(test.Database, TimeProvider.System);
        using var books = new CompanyBooks(test.Database, settings);
        await using var context = test.Database.OpenContext();
        var until = (await context.SourceReaches.ToListAsync(Token)).Max(reach => reach.CompleteUntil);
        var figure = await AdoptionFigures.OfAsync(new ScoreRun { ScoreRunId = 1, AsOf = until!.Value, UsageUntil = until }, await books.OpenAsync(Token), test.Database, Token);
        context.RunFigures.Add(figure!);
        await context.SaveChangesAsync(Token);
        return new(test.Database, new(test.Database), settings);
    }

    /// <summary>Contracts and usage of a simulated company, without its other facts and without the time that an import takes.</summary>
    private static async Task SeedAsync(Database database, DemoPlan plan)
    {
        List<Account> accounts = [];
        List<Subscription> terms = [];
        List<UsageDay> usage = [];
        var metrics = new Dictionary<string, int>();
        foreach (var customer in DemoCompany.Accounts(plan))
        {
            var no = accounts.Count + 1;
            accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"Account {no}", NameSort = $"account {no}", SourceId = 1 });
            terms.AddRange(customer.Rows(DemoFiles.Subscriptions).Select(row => new Subscription { AccountNo = no, SourceId = 1, FactId = (string)row[0]!, Plan = (string?)row[3], Mrr = (decimal)row[5]!, Currency = (string)row[6]!, StartedOn = (DateOnly)row[7]!, EndedOn = (DateOnly?)row[12] }));
            usage.AddRange(customer.Rows(DemoFiles.Usage).GroupBy(row => (Day: (DateOnly)row[1]!, Metric: (string)row[2]!)).Select(day =>
            {
                if (!metrics.TryGetValue(day.Key.Metric, out var id))
                {
                    metrics[day.Key.Metric] = id = metrics.Count + 1;
                }

                return new UsageDay { AccountNo = no, Day = day.Key.Day, MetricId = id, SourceId = 1, Count = day.Sum(row => Convert.ToDouble(row[4], System.Globalization.CultureInfo.InvariantCulture)) };
            }));
        }

        await using var context = database.OpenContext();
        context.AddRange(accounts);
        context.AddRange(terms);
        context.AddRange(metrics.Select(metric => new Metric { MetricId = metric.Value, Name = metric.Key }));
        foreach (var record in (string[])["usage", "subscriptions"])
        {
            context.SourceReaches.Add(new() { SourceId = 1, Record = record, Latest = plan.Last });
        }

        await context.SaveChangesAsync(Token);
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        await context.InsertAllAsync(usage, Token);
        await transaction.CommitAsync(Token);
    }
}
