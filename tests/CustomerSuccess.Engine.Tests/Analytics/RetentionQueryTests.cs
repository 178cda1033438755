using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using static CustomerSuccess.Engine.Tests.Analytics.OracleFigures;

namespace CustomerSuccess.Engine.Tests.Analytics;

public sealed class RetentionQueryTests
{
    [Theory]
    [DatabaseData]
    public async Task RavenStack_gives_the_oracles_figures(DatabaseKind kind)
    {
        var terms = SharedFiles.Require("data", "ravenstack", "ravenstack_subscriptions.csv");
        var oracle = SharedFiles.Require("oracle", "ravenstack-retention.csv");
        await using var test = await TestDatabase.CreateAsync(kind);
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
                    Mrr = decimal.Parse(row["mrr_amount"], CultureInfo.InvariantCulture),
                    StartedOn = Day(row["start_date"]),
                    EndedOn = DayOrNull(row["end_date"]),
                });
            }

            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var months = await Query(test).RunAsync(Viewer.System, new DateOnly(2023, 1, 1), new DateOnly(2024, 12, 31), TestContext.Current.CancellationToken);
        var expected = Rows(oracle).ToList();
        months.Should().HaveCount(expected.Count);
        foreach (var (month, row) in months.Zip(expected))
        {
            month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture).Should().Be(row["month"]);
            foreach (var (column, figure) in new (string, double?)[]
            {
                ("accounts", month.Accounts), ("accounts_new", month.Bridge?.AccountsNew), ("accounts_reactivated", month.Bridge?.AccountsReactivated),
                ("accounts_expanded", month.Bridge?.AccountsExpanded), ("accounts_contracted", month.Bridge?.AccountsContracted), ("accounts_churned", month.Bridge?.AccountsChurned),
            })
            {
                MustEqual(figure, row[column], 0, $"{column} in {row["month"]}");
            }

            foreach (var (column, figure) in new (string, decimal?)[]
            {
                ("mrr", month.Mrr), ("mrr_start", month.Bridge?.Start), ("new", month.Bridge?.New), ("reactivation", month.Bridge?.Reactivation),
                ("expansion", month.Bridge?.Expansion), ("contraction", month.Bridge?.Contraction), ("churn", month.Bridge?.Churn), ("fx", month.Bridge?.Fx),
            })
            {
                MustEqual((double?)figure, row[column], 0.005, $"{column} in {row["month"]}");
            }

            foreach (var (column, figure) in new (string, double?)[]
            {
                ("grr", month.Monthly?.Gross), ("nrr", month.Monthly?.Net), ("logo_retention", month.Monthly?.Logo),
                ("grr_12m", month.Yearly?.Gross), ("nrr_12m", month.Yearly?.Net), ("logo_retention_12m", month.Yearly?.Logo),
            })
            {
                MustEqual(figure, row[column], 1e-6, $"{column} in {row["month"]}");
            }
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Only_what_the_viewer_may_see_and_what_stands_is_counted(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            foreach (var no in Enumerable.Range(1, 3))
            {
                var customer = Customer(no);
                customer.OwnerEmail = no == 1 ? "a@example.com" : null;
                context.Accounts.Add(customer);
                context.Subscriptions.Add(Term(no, "S", 100 * no));
            }

            var voided = Term(1, "V", 5000);
            voided.VoidedBy = 1;
            context.Subscriptions.Add(voided);
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await MrrAsync(test, Viewer.System)).Should().Be(600);
        (await MrrAsync(test, Own("a@example.com"))).Should().Be(100);
        (await MrrAsync(test, Own(null))).Should().Be(0, "a viewer without an address owns nothing");
    }

    [Theory]
    [DatabaseData]
    public async Task Other_currencies_come_by_the_months_rate_and_never_without(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            context.Accounts.Add(Customer(1));
            var term = Term(1, "S", 10_000);
            term.Currency = "JPY";
            context.Subscriptions.Add(term);
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var query = () => MrrAsync(test, Viewer.System);
        await query.Should().ThrowAsync<InvalidOperationException>().WithMessage("*JPY*2024-03*");
        await using (var context = test.Database.OpenContext())
        {
            context.ExchangeRates.Add(new ExchangeRate { SourceId = 1, Currency = "JPY", Month = new DateOnly(2024, 3, 1), Rate = 0.007 });
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await MrrAsync(test, Viewer.System)).Should().Be(70);
    }

    [Theory]
    [DatabaseData]
    public async Task An_empty_company_has_no_months(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        (await Query(test).RunAsync(Viewer.System, null, null, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    private static async Task<decimal> MrrAsync(TestDatabase test, Viewer viewer) =>
        (await Query(test).RunAsync(viewer, new DateOnly(2024, 3, 1), new DateOnly(2024, 3, 31), TestContext.Current.CancellationToken)).Single().Mrr;

    private static Viewer Own(string? email) => new("u", email, new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: true);

    private static RetentionQuery Query(TestDatabase test) => new(test.Database, new SettingsStore(test.Database, TimeProvider.System));

    private static Account Customer(int no) => new() { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"a{no}" };

    private static Subscription Term(int no, string id, decimal mrr) => new() { AccountNo = no, SourceId = 1, FactId = id, Currency = "USD", Mrr = mrr, StartedOn = new DateOnly(2024, 3, 5) };
}
