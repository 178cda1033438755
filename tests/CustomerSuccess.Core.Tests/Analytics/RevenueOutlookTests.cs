using CsCheck;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

public sealed class RevenueOutlookTests
{
    private static readonly DateOnly End = new(2025, 1, 31);

    private static readonly RevenuePace Pace = new(12, 100, 10_000, LogoChurn: 0.02, MrrChurn: 0.01, NetExpansion: 0.005, NewCustomers: 3, NewMrr: 240, WonBack: 1, WonBackMrr: 50);

    [Fact]
    public void The_pace_is_the_average_of_months_weighted_by_what_was_there()
    {
        var months = new[]
        {
            Month(1, 100, 10_000, null),
            Month(2, 99, 9_900, new MrrBridge(10_000, 0, 0, 100, 0, 200, 0) { AccountsChurned = 2, AccountsNew = 1 }),
            Month(3, 99, 10_000, new MrrBridge(9_900, 300, 0, 0, 100, 100, 0) { AccountsChurned = 1, AccountsNew = 1 }),
            Month(4, 100, 10_150, new MrrBridge(10_000, 0, 50, 200, 0, 100, 0) { AccountsChurned = 1, AccountsReactivated = 2 }),
        };
        var pace = RevenuePace.Of(months)!;
        pace.Should().BeEquivalentTo(new { Months = 3, Customers = 100, Mrr = 10_150m, NewCustomers = 2.0 / 3, NewMrr = 100m, WonBackMrr = 50m / 3, MrrOfOne = 101.5m });
        pace.LogoChurn.Should().BeApproximately(4.0 / (100 + 99 + 99), 1e-12);
        pace.MrrChurn.Should().BeApproximately(400.0 / 29_900, 1e-12);
        pace.NetExpansion.Should().BeApproximately(200.0 / 29_900, 1e-12);
        RevenuePace.Of(months[..3]).Should().BeNull("two months are no pace");
    }

    [Fact]
    public void The_pace_goes_on_month_by_month()
    {
        var outlook = RevenueOutlook.Of(Pace, new(), End);
        outlook.Should().HaveCount(12);
        outlook[0].Should().BeEquivalentTo(new { Month = new DateOnly(2025, 2, 28), Mrr = 10_000m - 100 + 50 + 240 + 50 });
        outlook[0].Customers.Should().BeApproximately(100 - 2 + 3 + 1, 1e-9);
        outlook[1].Customers.Should().BeApproximately((102 * 0.98) + 4, 1e-9);
        outlook[11].Month.Should().Be(new DateOnly(2026, 1, 31));
    }

    [Fact]
    public void Less_churn_more_won_and_won_back_never_do_harm() =>
        Gen.Select(Gen.Double[-1, 0], Gen.Double[0, 20], Gen.Double[0, 1], Gen.Double[0, 0.2], Gen.Double[0, 0.2]).Sample((churn, winBack, won, logo, mrr) =>
        {
            var pace = Pace with { LogoChurn = logo, MrrChurn = mrr };
            var same = RevenueOutlook.Of(pace, new(), End);
            foreach (var levers in new[] { new RevenueLevers(Churn: churn), new RevenueLevers(WinBack: winBack), new RevenueLevers(NewCustomers: won) })
            {
                var changed = RevenueOutlook.Of(pace, levers, End);
                for (var i = 0; i < same.Count; i++)
                {
                    Assert.True(changed[i].Customers >= same[i].Customers - 1e-9 && changed[i].Mrr >= same[i].Mrr - 0.01m);
                }
            }
        });

    private static RetentionMonth Month(int month, int accounts, decimal mrr, MrrBridge? bridge) => new(new DateOnly(2025, month, 1).AddMonths(1).AddDays(-1), accounts, mrr, bridge, null, null);
}
