using System.Globalization;
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
using Microsoft.Extensions.DependencyInjection;
using static CustomerSuccess.Engine.Tests.Analytics.OracleFigures;

namespace CustomerSuccess.Engine.Tests.Analytics;

/// <summary>What executives read, out of both databases.</summary>
public sealed class RetentionReportTests
{
    private static readonly RetentionPeriod Spring = new(new DateOnly(2024, 2, 29), new DateOnly(2024, 5, 31));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RavenStack_gives_the_oracles_figures_and_its_bridge_closes_against_the_rows()
    {
        var terms = SharedFiles.Require("data", "ravenstack", "ravenstack_subscriptions.csv");
        var oracle = SharedFiles.Require("oracle", "ravenstack-retention.csv");
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var context = test.Database.OpenContext())
        {
            var numbers = new Dictionary<string, int>();
            foreach (var row in Rows(terms))
            {
                if (!numbers.TryGetValue(row["account_id"], out var no))
                {
                    numbers.Add(row["account_id"], no = numbers.Count + 1);
                    context.Accounts.Add(Customer(no));
                }

                context.Subscriptions.Add(new Subscription
                {
                    AccountNo = no,
                    SourceId = 1,
                    FactId = row["subscription_id"],
                    Currency = "USD",
                    Seats = int.Parse(row["seats"], CultureInfo.InvariantCulture),
                    Plan = row["plan_tier"],
                    Mrr = decimal.Parse(row["mrr_amount"], CultureInfo.InvariantCulture),
                    StartedOn = Day(row["start_date"]),
                    EndedOn = DayOrNull(row["end_date"]),
                });
            }

            context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = new DateOnly(2024, 12, 31) });
            await context.SaveChangesAsync(Token);
        }

        using var books = Books(test);
        var report = new RetentionReport(test.Database, books);
        var overview = await report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token);
        var expected = Rows(oracle).ToList();
        overview.Periods.Should().HaveCount(expected.Count);
        foreach (var (figures, row) in overview.Periods.Zip(expected))
        {
            figures.Period.End.ToString("yyyy-MM", CultureInfo.InvariantCulture).Should().Be(row["month"]);
            foreach (var (column, figure) in new (string, decimal?)[]
            {
                ("accounts", figures.Accounts), ("mrr", figures.Mrr), ("mrr_start", figures.Bridge?.Start), ("new", figures.Bridge?.New), ("reactivation", figures.Bridge?.Reactivation),
                ("expansion", figures.Bridge?.Expansion), ("contraction", figures.Bridge?.Contraction), ("churn", figures.Bridge?.Churn), ("fx", figures.Bridge?.Fx),
                ("accounts_new", figures.Bridge?.AccountsNew), ("accounts_churned", figures.Bridge?.AccountsChurned),
            })
            {
                MustEqual((double?)figure, row[column], 0.005, $"{column} in {row["month"]}");
            }

            foreach (var (column, figure) in new (string, double?)[]
            {
                ("grr", figures.Rates?.Gross), ("nrr", figures.Rates?.Net), ("logo_retention", figures.Rates?.Logo),
                ("grr_12m", figures.Yearly?.Gross), ("nrr_12m", figures.Yearly?.Net), ("logo_retention_12m", figures.Yearly?.Logo),
            })
            {
                MustEqual(figure, row[column], 1e-6, $"{column} in {row["month"]}");
            }
        }

        overview.Year!.Rates.Should().Be(overview.Periods[^1].Yearly, "the headline is the last month's trailing year");
        var check = await report.CheckAsync(Viewer.System, overview.Year.Period, Token);
        (check.Difference, check.StartDifference).Should().Be((0, 0));
        check.EndRows.Should().BePositive();
        var parts = await report.PartsAsync(Viewer.System, RetentionScope.All, RetentionSlice.Plan, overview.Year.Period, Token);
        parts.Sum(part => part.Figures.Bridge!.Expansion).Should().Be(overview.Year.Bridge!.Expansion);
        overview.Year.Bridge.ExpansionBy.Sum.Should().Be(overview.Year.Bridge.Expansion);
    }

    [Theory]
    [DatabaseData]
    public async Task Every_figure_opens_the_accounts_behind_it(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = Books(test);
        var report = new RetentionReport(test.Database, books);
        var overview = await report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Quarter, null, Token);
        overview.Last.Should().Be(new DateOnly(2024, 6, 30), "the month in which contracts end is not whole");
        var check = await report.CheckAsync(Viewer.System, Spring, Token);
        var bridge = check.Figures.Bridge!;
        bridge.Should().Be(new MrrBridge(60, 8, 0, 15, 0, 20, 0)
        {
            AccountsNew = 1,
            AccountsExpanded = 1,
            AccountsChurned = 1,
            ExpansionBy = new(0, 10, 5, 0),
            ChurnInvoluntary = 20,
            AccountsInvoluntary = 1,
        });
        (check.Difference, check.StartDifference, check.StartRows, check.EndRows).Should().Be((0, 0, 3, 5));

        var all = await report.MovementsAsync(Viewer.System, new(Spring, RetentionScope.All), 0, 10, Token);
        (all.Total, all.Start, all.Change, all.End).Should().Be((4, 60, 3, 63));
        var left = (await report.MovementsAsync(Viewer.System, new(Spring, RetentionScope.All) { Kind = MovementKind.Churn }, 0, 10, Token)).Rows.Single();
        (left.AccountId, left.Change, left.Reason, left.Will, left.LeftOn).Should().Be(("A2", -20, "Payment failed", ChurnWill.Involuntary, new DateOnly(2024, 4, 10)));
        var grown = (await report.MovementsAsync(Viewer.System, new(Spring, RetentionScope.All) { Kind = MovementKind.Expansion, Part = SplitPart.Products }, 0, 10, Token)).Rows.Single();
        (grown.AccountId, grown.Split).Should().Be(("A1", new MrrSplit(0, 10, 5, 0)));
        (await report.MovementsAsync(Viewer.System, new(Spring, RetentionScope.All) { Cohort = new DateOnly(2024, 3, 31) }, 0, 10, Token)).Rows.Select(row => row.AccountId).Should().Equal("A4");
        (await report.MovementsAsync(Viewer.System, new(default, RetentionScope.All) { Life = 4 }, 0, 10, Token)).Rows.Select(row => row.AccountId).Should().Equal("A2");
        (await report.ReasonsAsync(Viewer.System, RetentionScope.All, Spring, Token)).Should().Equal(new ReasonPart("Payment failed", ChurnWill.Involuntary, 1, 20));

        var cohorts = await report.CohortsAsync(Viewer.System, RetentionScope.All, Token);
        cohorts.Select(cohort => (cohort.Month.Month, cohort.Accounts, Last: cohort.Cells[^1].Accounts)).Should().Equal((1, 3, 2), (3, 1, 1));
        var survival = await report.SurvivalAsync(Viewer.System, RetentionScope.All, Token);
        (survival.Customers, survival.Left, survival.WatchedUntil).Should().Be((4, 1, new DateOnly(2024, 6, 14)));
        survival.Points.Should().BeEmpty("four customers make no curve");
    }

    [Theory]
    [DatabaseData]
    public async Task Slices_are_what_accounts_were_at_the_start_and_only_the_viewers_own_are_seen(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = Books(test);
        var report = new RetentionReport(test.Database, books);
        var parts = await report.PartsAsync(Viewer.System, RetentionScope.All, RetentionSlice.Segment, Spring, Token);
        // A1 became Enterprise in April, A3 was never described
        parts.Select(part => (part.Value, part.Figures.AccountsAtStart, part.Figures.Mrr)).Should().Equal(("-", 1, 30), ("SMB", 2, 33));
        parts.Sum(part => part.Figures.Bridge!.New).Should().Be(8);
        var later = RetentionPeriod.Month(new DateOnly(2024, 6, 30));
        (await report.PartsAsync(Viewer.System, RetentionScope.All, RetentionSlice.Segment, later, Token)).Select(part => part.Value).Should().Equal("-", "Enterprise", "SMB");
        (await report.OverviewAsync(Viewer.System, new RetentionScope(Segment: "Enterprise"), PeriodGrain.Month, null, Token)).Periods[^1].Mrr.Should().Be(25);

        var own = new Viewer("u", "A@example.com", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: true);
        (await report.OverviewAsync(own, RetentionScope.All, PeriodGrain.Month, null, Token)).Periods[^1].Mrr.Should().Be(25);
        (await report.CheckAsync(own, Spring, Token)).Difference.Should().Be(0);
        (await report.MovementsAsync(own, new(Spring, RetentionScope.All), 0, 10, Token)).Rows.Select(row => row.AccountId).Should().Equal("A1");
    }

    [Theory]
    [DatabaseData]
    public async Task Kept_figures_follow_every_change_as_a_full_reading_would(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = Books(test);
        var report = new RetentionReport(test.Database, books);
        await MrrAsync(report);
        await ChangeAsync(test, 1, context => context.Subscriptions.Add(Term(1, "late", 7, new DateOnly(2024, 2, 1), null)));
        (await MrrAsync(report)).Should().Be(70);
        await ChangeAsync(test, 3, context => context.Subscriptions.Single(term => term.AccountNo == 3 && term.FactId == "S").VoidedBy = 9);
        (await MrrAsync(report)).Should().Be(40);
        await ChangeAsync(test, 5, context =>
        {
            context.Accounts.Add(Customer(5));
            context.Subscriptions.Add(Term(5, "S", 100, new DateOnly(2024, 3, 1), new DateOnly(2024, 4, 1)));
            context.Subscriptions.Add(Term(5, "T", 3, new DateOnly(2024, 5, 1), null));
        });
        using var anew = Books(test);
        var whole = await new RetentionReport(test.Database, anew).OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token);
        (await report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token)).Periods.Should().Equal(whole.Periods);
        whole.Periods[^1].Mrr.Should().Be(43);
    }

    [Fact]
    public async Task Figures_stand_while_nothing_that_they_are_made_of_changes()
    {
        await using var test = await CompanyAsync(DatabaseKind.Sqlite);
        using var books = Books(test);
        var report = new RetentionReport(test.Database, books);
        Task<RetentionOverview> Overview() => report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token);
        var figure = await Overview();
        var own = (await books.OpenAsync(Token)).Once("own", () => "before");
        await ChangeAsync(test, 1, context => context.Touches.Add(new Touch { AccountNo = 1, SourceId = 1, FactId = "t", Kind = "call", At = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc) }));
        (await Overview()).Should().BeSameAs(figure, "a touch is no part of it");
        (await books.OpenAsync(Token)).Once("own", () => "after").Should().NotBe(own, "other figures may be of touches");

        await ChangeAsync(test, 1, context => context.SurveyResponses.Add(new SurveyResponse { AccountNo = 1, SourceId = 1, FactId = "n", Kind = "nps", Score = 9, ScaleMax = 10, RespondedAt = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc) }));
        (await Overview()).Should().BeSameAs(figure, "an answer changes no contract");
        await ChangeAsync(test, 1, context => context.AccountValues.Where(value => value.AccountNo == 1).First().Value = "another");
        (await Overview()).Should().NotBeSameAs(figure);
    }

    [Fact]
    public async Task Figures_are_computed_ahead_once_after_each_change()
    {
        await using var test = await CompanyAsync(DatabaseKind.Sqlite);
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(test.Database.Options);
        await using var engine = services.BuildServiceProvider();
        var report = engine.GetRequiredService<RetentionReport>();
        using var keep = ActivatorUtilities.CreateInstance<KeepBooks>(engine);
        (await keep.RunAsync(Token)).Should().BeTrue();
        var before = await MrrAsync(report);
        (await keep.RunAsync(Token)).Should().BeFalse("nothing changed");
        await ChangeAsync(test, 1, context => context.Subscriptions.Add(Term(1, "late", 7, new DateOnly(2024, 2, 1), null)));
        (await keep.RunAsync(Token)).Should().BeTrue();
        (await MrrAsync(report)).Should().Be(before + 7);
    }

    [Theory]
    [DatabaseData]
    public async Task Kept_figures_follow_rates_and_reaches_that_change_without_any_account(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = Books(test);
        var report = new RetentionReport(test.Database, books);
        await ChangeAsync(test, 1, context =>
        {
            context.Subscriptions.Add(Term(1, "abroad", 10, new DateOnly(2024, 6, 1), null));
            context.Subscriptions.Local.Single(term => term.FactId == "abroad").Currency = "EUR";
            context.ExchangeRates.AddRange(Enumerable.Range(5, 3).Select(month => new ExchangeRate { SourceId = 1, Currency = "EUR", Month = new DateOnly(2024, month, 1), Rate = 1, ImportFileId = 1 }));
        });
        (await MrrAsync(report)).Should().Be(73);

        await using var context = test.Database.OpenContext();
        foreach (var rate in context.ExchangeRates)
        {
            (rate.Rate, rate.ImportFileId) = (2, 2);
        }

        await context.SaveChangesAsync(Token);
        (await MrrAsync(report)).Should().Be(83);

        context.SourceReaches.Single().Stated = new DateOnly(2024, 4, 30);
        await context.SaveChangesAsync(Token);
        (await report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token)).Last.Should().Be(new DateOnly(2024, 4, 30));
    }

    private static async Task<decimal> MrrAsync(RetentionReport report) => (await report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token)).Periods[^1].Mrr;

    private static async Task ChangeAsync(TestDatabase test, int accountNo, Action<CustomerSuccessContext> change)
    {
        await using var context = test.Database.OpenContext();
        change(context);
        await AppSource.NoteChangeAsync(context, accountNo, new DateOnly(2024, 1, 1), Token);
        await context.SaveChangesAsync(Token);
    }

    /// <summary>Four customers: one that grows by seats and a product and changes segment, one whose payment fails, one that stays, one that comes.</summary>
    private static async Task<TestDatabase> CompanyAsync(DatabaseKind kind)
    {
        var test = await TestDatabase.CreateAsync(kind);
        await using var context = test.Database.OpenContext();
        context.Accounts.AddRange(Enumerable.Range(1, 4).Select(no => Customer(no, no == 1 ? "a@example.com" : "b@example.com")));
        context.Attributes.Add(new AttributeDefinition { AttributeId = 1, Record = "accounts", Name = "segment", Type = AttributeType.Category });
        context.AccountValues.AddRange(Value(1, DateOnly.MinValue, "SMB"), Value(1, new DateOnly(2024, 4, 15), "Enterprise"), Value(2, DateOnly.MinValue, "SMB"), Value(4, new DateOnly(2024, 3, 1), "SMB"));
        context.Subscriptions.AddRange(
            Term(1, "S", 10, new DateOnly(2024, 1, 10), new DateOnly(2024, 4, 1), 2), Term(1, "T", 20, new DateOnly(2024, 4, 1), null, 4), Term(1, "U", 5, new DateOnly(2024, 5, 1), null, 1, "Archive"),
            Term(2, "S", 20, new DateOnly(2024, 1, 5), new DateOnly(2024, 4, 10), 1), Term(3, "S", 30, new DateOnly(2024, 1, 20), null), Term(4, "S", 8, new DateOnly(2024, 3, 3), null),
            Term(3, "free", 0, new DateOnly(2024, 5, 3), null));
        context.Subscriptions.Local.Single(term => term is { AccountNo: 2, FactId: "S" }).EndReason = "Payment failed";
        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = new DateOnly(2024, 7, 15) });
        await context.SaveChangesAsync(Token);
        return test;
    }

    private static CompanyBooks Books(TestDatabase test) => new(test.Database, new SettingsStore(test.Database, TimeProvider.System));

    private static Account Customer(int no, string? owner = null) => new() { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"a{no}", OwnerEmail = owner };

    private static AccountValue Value(int no, DateOnly from, string value) => new() { AccountNo = no, AttributeId = 1, ValidFrom = from, Value = value };

    private static Subscription Term(int no, string id, decimal mrr, DateOnly start, DateOnly? end, int? seats = null, string product = "Core") =>
        new() { AccountNo = no, SourceId = 1, FactId = id, Currency = "USD", Mrr = mrr, StartedOn = start, EndedOn = end, Seats = seats, Product = product };
}
