using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Analytics;

/// <summary>Stages, cells, deciles and lapsed customers, out of both databases, each with the accounts behind it.</summary>
public sealed class LifecycleReportTests
{
    private static readonly DateOnly Last = new(2025, 6, 30), FirstUse = new(2024, 1, 1);
    private static readonly string[] Segments = ["SMB", "Enterprise"];
    private static readonly StageChoice[] From = [StageChoice.Nobody, StageChoice.New, StageChoice.Regular, StageChoice.Loyal, StageChoice.Reactivated, StageChoice.Lapsed];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Months_close_slices_sum_to_the_whole_and_every_figure_opens_its_accounts()
    {
        await using var test = await CompanyAsync(DatabaseKind.Sqlite);
        using var books = Books(test);
        using var activities = new ActivityBooks(test.Database);
        var report = new LifecycleReport(books, activities);
        var overview = await report.OverviewAsync(Viewer.System, LifecycleScope.All, 12, Token);
        (overview.ByContracts, overview.Last, overview.Months.Count).Should().Be((true, Last, 13));
        foreach (var (before, now) in overview.Months.Zip(overview.Months.Skip(1)))
        {
            (before.Active + now.Came + now.WonBack - now.Lost).Should().Be(now.Active);
            foreach (var stage in Enum.GetValues<CustomerStage>())
            {
                (before[stage] + now.Into(stage) - now.OutOf(stage)).Should().Be(now[stage]);
            }
        }

        var last = overview.Months[^1];
        last.Active.Should().BePositive();
        overview.Months.Sum(month => month.Lost).Should().BePositive();
        overview.Months.Sum(month => month.WonBack).Should().BePositive();
        last[CustomerStage.Loyal].Should().BePositive();
        var parts = await Task.WhenAll(Segments.Select(segment => report.OverviewAsync(Viewer.System, new LifecycleScope(Segment: segment), 12, Token)));
        foreach (var (i, stage) in from i in Enumerable.Range(0, 13) from stage in Enum.GetValues<CustomerStage>() select (i, stage))
        {
            parts.Sum(part => part.Months[i][stage]).Should().Be(overview.Months[i][stage]);
            parts.Sum(part => part.Months[i].MoneyOf(stage)).Should().Be(overview.Months[i].MoneyOf(stage));
            parts.Sum(part => part.Months[i].Into(stage)).Should().Be(overview.Months[i].Into(stage));
        }

        // paying accounts and MRR are those of retention
        var retention = (await new RetentionReport(test.Database, books).OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, 12, Token)).Periods;
        overview.Months.Skip(1).Select(month => (month.Active, month.Money)).Should().Equal(retention.Select(month => (month.Accounts, month.Mrr)));

        foreach (var (from, to) in From.SelectMany(_ => From.Skip(1), (before, now) => (before, now)))
        {
            var count = last.Moved(from == StageChoice.Nobody ? null : Enum.Parse<CustomerStage>(from.ToString()), Enum.Parse<CustomerStage>(to.ToString()));
            (await report.AccountsAsync(Viewer.System, new(Last, LifecycleScope.All) { From = from, To = to }, 0, 10, Token)).Total.Should().Be(count, $"{from} to {to}");
        }

        var active = await report.AccountsAsync(Viewer.System, new(Last, LifecycleScope.All) { To = StageChoice.Active }, 0, 5, Token);
        (active.Total, active.Money, active.Rows.Count).Should().Be((last.Active, last.Money, 5));
        active.Rows.Select(row => row.Money).Should().BeInDescendingOrder();
    }

    [Fact]
    public async Task The_table_moves_and_what_came_next_open_their_accounts()
    {
        await using var test = await CompanyAsync(DatabaseKind.Sqlite);
        using var books = Books(test);
        using var activities = new ActivityBooks(test.Database);
        var report = new LifecycleReport(books, activities);
        var table = await report.TableAsync(Viewer.System, LifecycleScope.All, Last, Token);
        var scores = Rfm.Score(await new RfmQuery(test.Database, Settings(test)).RunAsync(Viewer.System, Last, Token));
        table.Cells.Where(cell => cell.Customers > 0).OrderBy(cell => (cell.R, cell.F)).Select(cell => new RfmCell(cell.R, cell.F, cell.Customers, cell.Money)).Should().Equal(Rfm.Table(scores), "the report of the command line has the same cells");
        (await report.DecilesAsync(Viewer.System, LifecycleScope.All, Last, Token)).Should().Equal(Rfm.Deciles([.. scores.Select(score => score.Values)]));
        table.Next.Sum(cell => cell.Customers).Should().BePositive();
        foreach (var (cell, next) in table.Cells.Zip(table.Next))
        {
            (cell.CustomersBefore + cell.Entered - cell.Left).Should().Be(cell.Customers);
            var ask = new LifecycleAccountAsk(Last, LifecycleScope.All) { R = cell.R, F = cell.F };
            async Task<int> Count(LifecycleAccountAsk asked) => (await report.AccountsAsync(Viewer.System, asked, 0, 1, Token)).Total;
            (await Count(ask), await Count(ask with { Entered = true }), await Count(ask with { Entered = false })).Should().Be((cell.Customers, cell.Entered, cell.Left));
            (await Count(ask with { Next = true }), await Count(ask with { Next = true, Fate = NextFate.Kept })).Should().Be((next.Customers, next.Kept));
        }

        var halves = await Task.WhenAll(Segments.Select(segment => report.TableAsync(Viewer.System, new LifecycleScope(Segment: segment), Last, Token)));
        halves.Sum(half => half.Money).Should().Be(table.Money);
        halves.Sum(half => half.Next.Sum(cell => cell.Kept)).Should().Be(table.Next.Sum(cell => cell.Kept));
        var deciles = await Task.WhenAll(Segments.Select(segment => report.DecilesAsync(Viewer.System, new LifecycleScope(Segment: segment), Last, Token)));
        deciles.Sum(some => some.Sum(decile => decile.Accounts)).Should().Be(table.Customers);
    }

    [Fact]
    public async Task Lapsed_customers_are_worth_what_came_back_before()
    {
        await using var test = await CompanyAsync(DatabaseKind.Sqlite);
        using var books = Books(test);
        using var activities = new ActivityBooks(test.Database);
        var report = new LifecycleReport(books, activities);
        var overview = await report.OverviewAsync(Viewer.System, LifecycleScope.All, 12, Token);
        var winBack = (await report.WinBackAsync(Viewer.System, LifecycleScope.All, Token))!;
        var rows = await report.AccountsAsync(Viewer.System, new(Last, LifecycleScope.All) { WinBack = true, Sort = LifecycleSort.Worth }, 0, 200, Token);
        rows.Total.Should().Be(overview.Months[^1].Lapsed).And.Be(winBack.Groups.Sum(group => group.Customers));
        (winBack.ByContracts, winBack.Spells > winBack.Returns, winBack.Returns > 0).Should().Be((true, true, true));
        rows.Rows.Where(row => row.Chance is not null).Should().NotBeEmpty().And.OnlyContain(row => row.Chance >= 0 && row.Chance <= 1 && Math.Abs(row.Worth!.Value - ((decimal)row.Chance!.Value * row.Money * 12)) < 0.01m);
        rows.Rows.Sum(row => row.Worth ?? 0).Should().BeApproximately(winBack.Groups.Sum(group => group.Worth ?? 0), 0.01m);
        (await report.RepeatsAsync(Viewer.System, LifecycleScope.All, null, 90, Token)).Should().BeNull("nobody buys here");
    }

    [Theory]
    [DatabaseData]
    public async Task Kept_figures_follow_use_and_purchases_as_a_full_reading_would_and_a_portfolio_shows_its_own(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = Books(test);
        using var activities = new ActivityBooks(test.Database);
        var report = new LifecycleReport(books, activities);
        await report.TableAsync(Viewer.System, LifecycleScope.All, Last, Token);
        await ChangeAsync(test, 7, context => context.Usage.AddRange(Enumerable.Range(1, 20).Select(day => new UsageDay { AccountNo = 7, SourceId = 2, Day = new DateOnly(2025, 6, day), MetricId = 1, Count = 1 })));
        await MustEqualANewReadingAsync(test, report);

        var own = new Viewer("u", "even@example.com", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: true);
        var (mine, all) = (await report.OverviewAsync(own, LifecycleScope.All, 12, Token), await report.OverviewAsync(Viewer.System, LifecycleScope.All, 12, Token));
        mine.Months[^1].Active.Should().Be((await report.OverviewAsync(Viewer.System, new LifecycleScope(Owner: "even@example.com"), 12, Token)).Months[^1].Active).And.BeLessThan(all.Months[^1].Active);

        // with purchases, recency and frequency are theirs
        await ChangeAsync(test, 3, context => context.Purchases.Add(new Purchase { AccountNo = 3, SourceId = 1, FactId = "p", PurchasedOn = new DateOnly(2025, 5, 5), Amount = 40, Currency = "USD" }));
        var table = await report.TableAsync(Viewer.System, LifecycleScope.All, Last, Token);
        (table.ByPurchases, table.Customers, table.Money).Should().Be((true, 1, 40));
        await MustEqualANewReadingAsync(test, report);
    }

    [Fact]
    public async Task A_company_without_anything_says_so()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var books = Books(test);
        using var activities = new ActivityBooks(test.Database);
        var report = new LifecycleReport(books, activities);
        var overview = await report.OverviewAsync(Viewer.System, LifecycleScope.All, 12, Token);
        (overview.Last, overview.Diagnosis, overview.Indicators.Count, overview.HasPurchases).Should().Be((null, null, 0, false));
        (await report.WinBackAsync(Viewer.System, LifecycleScope.All, Token)).Should().BeNull();
        (await report.SummariesAsync(Viewer.System, null, Token)).Should().BeEmpty();
    }

    private static async Task MustEqualANewReadingAsync(TestDatabase test, LifecycleReport report)
    {
        using var books = Books(test);
        using var activities = new ActivityBooks(test.Database);
        var anew = new LifecycleReport(books, activities);
        var ask = new LifecycleAccountAsk(Last, LifecycleScope.All);
        (await report.AccountsAsync(Viewer.System, ask, 0, 500, Token)).Rows.Should().Equal((await anew.AccountsAsync(Viewer.System, ask, 0, 500, Token)).Rows);
        (await report.TableAsync(Viewer.System, LifecycleScope.All, Last, Token)).Cells.Should().Equal((await anew.TableAsync(Viewer.System, LifecycleScope.All, Last, Token)).Cells);
    }

    private static async Task ChangeAsync(TestDatabase test, int accountNo, Action<CustomerSuccessContext> change)
    {
        await using var context = test.Database.OpenContext();
        change(context);
        await AppSource.NoteChangeAsync(context, accountNo, new DateOnly(2025, 1, 1), Token);
        await context.SaveChangesAsync(Token);
    }

    /// <summary>120 customers who start over four years, of whom some leave for good, some leave and come back, and who use the product more or less often.</summary>
    private static async Task<TestDatabase> CompanyAsync(DatabaseKind kind)
    {
        var test = await TestDatabase.CreateAsync(kind);
        await using var context = test.Database.OpenContext();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Attributes.AddRange(new[] { "segment", "owner_email" }.Select((name, i) => new AttributeDefinition { AttributeId = i + 1, Record = "accounts", Name = name, Type = AttributeType.Category }));
        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = Last });
        var random = new Random(3);
        for (var no = 1; no <= 120; no++)
        {
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no:000}", Name = $"A{no}", NameSort = $"a{no:000}", OwnerEmail = no % 2 == 0 ? "even@example.com" : "odd@example.com" });
            context.AccountValues.AddRange(
                new AccountValue { AccountNo = no, AttributeId = 1, ValidFrom = DateOnly.MinValue, Value = Segments[no % 2] },
                new AccountValue { AccountNo = no, AttributeId = 2, ValidFrom = DateOnly.MinValue, Value = no % 2 == 0 ? "even@example.com" : "odd@example.com" });
            var start = new DateOnly(2021, 1, 10).AddDays(random.Next(1550));
            var leaves = no % 3 != 0 ? start.AddDays(100 + random.Next(300)) : (DateOnly?)null;
            leaves = leaves < Last ? leaves : null;
            var returns = leaves?.AddDays(60 + random.Next(200));
            Term("S", start, leaves);
            if (no % 6 == 1 && returns < Last)
            {
                Term("T", returns.Value, null);
            }

            var often = 1 + random.Next(6);
            for (var day = start > FirstUse ? start : FirstUse; day <= Last && !(day >= leaves && !(day >= returns && no % 6 == 1)); day = day.AddDays(often))
            {
                context.Usage.Add(new UsageDay { AccountNo = no, SourceId = 1, Day = day, MetricId = 1, Count = 1 });
            }

            void Term(string id, DateOnly from, DateOnly? to) => context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = id, Currency = "USD", Mrr = 10 + random.Next(90), StartedOn = from, EndedOn = to });
        }

        await context.SaveChangesAsync(Token);
        return test;
    }

    private static CompanyBooks Books(TestDatabase test) => new(test.Database, Settings(test));

    private static SettingsStore Settings(TestDatabase test) => new(test.Database, TimeProvider.System);
}
