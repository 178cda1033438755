using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Accounts;

public sealed class AccountQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Lists_are_cut_newest_first_with_their_whole_length_and_go_on_by_offset(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var facts = new TestCompany(test.Database))
        {
            facts.Account(1);
            facts.Account(2);
            facts.Term(1, 0, end: 30);
            facts.Term(1, 30);
            for (var day = 0; day < 25; day++)
            {
                facts.Ask(1, day);
            }

            facts.Ask(2, 99);
            facts.Ask(1, 100).VoidedBy = 1;
            await facts.SaveAsync();
        }

        var accounts = new ScoredCompany(test).Accounts;
        var page = (await accounts.FindAsync(Viewer.System, "A1", cancellation: Token))!;
        page.Header.AccountNo.Should().Be(1);
        (page.Run, page.Score).Should().Be((null, null), "nothing has been scored");
        var inquiries = (await accounts.InquiriesAsync(Viewer.System, 1, 0, AccountQuery.FirstRows, Token))!;
        inquiries.Total.Should().Be(25, "a voided one, and another account's, do not count");
        inquiries.Rows.Select(i => i.OpenedAt).Should().Equal(Enumerable.Range(0, AccountQuery.FirstRows).Select(i => TestCompany.Noon(24 - i)));
        var rest = (await accounts.InquiriesAsync(Viewer.System, 1, AccountQuery.FirstRows, 50, Token))!;
        rest.Rows.Select(i => i.OpenedAt).Should().Equal(Enumerable.Range(0, 5).Select(i => TestCompany.Noon(4 - i)));
        (await accounts.TouchesAsync(Viewer.System, 1, 0, 10, Token))!.Total.Should().Be(0);
        (await accounts.FindAsync(Viewer.System, "nobody", cancellation: Token)).Should().BeNull();
        (await accounts.FindAsync(Viewer.System, "A1", "elsewhere", Token)).Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task Usage_by_week_counts_an_accounts_rows_or_its_peoples_never_both(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var facts = new TestCompany(test.Database))
        {
            facts.Account(1);
            facts.Use(1, 0, 10);
            facts.Use(1, 0, 7, contact: 5);
            facts.Use(1, 6, 3, contact: 5);
            facts.Use(1, 6, 4, contact: 6);
            facts.Use(1, 7, 1, source: 1);
            facts.Use(1, 7, 2, source: 2);
            facts.Use(1, 7, 50, metric: "exports");
            facts.Use(1, 13, 5, metric: "searches");
            facts.Use(1, 14, 1000);
            await facts.SaveAsync();
        }

        var usage = (await new ScoredCompany(test).Accounts.UsageAsync(Viewer.System, 1, TestCompany.Day(13), weeks: 2, metrics: 2, cancellation: Token))!;
        usage.Weeks.Should().Equal(TestCompany.Day(0), TestCompany.Day(7));
        usage.Metrics.Select(m => m.Metric).Should().Equal("exports", "logins");
        usage.Metrics[0].Counts.Should().Equal(0, 50);
        usage.Metrics[1].Counts.Should().Equal(17, 3);
        usage.Rest.Should().Equal(0, 5);
    }
}
