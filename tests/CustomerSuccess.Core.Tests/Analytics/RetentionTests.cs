using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

public sealed class RetentionTests
{
    private static readonly DateOnly[] Months = [.. MonthEnds.Between(new DateOnly(2023, 1, 1), new DateOnly(2024, 12, 31))];

    private static readonly Gen<Subscription> Terms =
        from account in Gen.Int[1, 8]
        from start in Gen.Int[0, 800]
        from days in Gen.Int[1, 300]
        from open in Gen.Bool
        from mrr in Gen.Int[0, 5000]
        from currency in Gen.Int[0, 2].Select(i => new[] { "JPY", "USD", "EUR" }[i])
        select new Subscription
        {
            AccountNo = account,
            SourceId = 1,
            FactId = "",
            Currency = currency,
            Mrr = mrr / 100m,
            StartedOn = new DateOnly(2022, 10, 1).AddDays(start),
            EndedOn = open ? null : new DateOnly(2022, 10, 1).AddDays(start + days),
        };

    [Fact]
    public void The_bridge_always_closes_and_one_month_starts_where_the_last_ended()
    {
        Terms.List[0, 40].Sample(terms =>
        {
            var months = Tally(terms, Rate);
            for (var i = 0; i < months.Count; i++)
            {
                if (months[i].Bridge is not { } b)
                {
                    months.Take(i).Count(m => m.Accounts > 0).Should().Be(0, "only months before any history lack a bridge");
                    continue;
                }

                (b.Start + b.New + b.Reactivation + b.Expansion - b.Contraction - b.Churn + b.Fx).Should().Be(months[i].Mrr);
                Math.Min(b.New, Math.Min(b.Reactivation, Math.Min(b.Expansion, Math.Min(b.Contraction, b.Churn)))).Should().BeGreaterThanOrEqualTo(0);
                if (i > 0)
                {
                    b.Start.Should().Be(months[i - 1].Mrr);
                    (months[i - 1].Accounts + b.AccountsNew + b.AccountsReactivated - b.AccountsChurned).Should().Be(months[i].Accounts);
                }
            }
        });
    }

    [Fact]
    public void Levels_and_ratios_equal_those_read_off_the_terms_one_by_one()
    {
        Terms.List[0, 40].Sample(terms =>
        {
            decimal Mrr(int account, DateOnly day, DateOnly rates) => terms.Where(t => t.AccountNo == account && t.StartedOn <= day && (t.EndedOn is null || t.EndedOn > day)).Sum(t => t.Mrr * Rate(t.Currency, rates));
            foreach (var month in Tally(terms, Rate))
            {
                month.Mrr.Should().Be(Enumerable.Range(1, 8).Sum(a => Mrr(a, month.Month, month.Month)));
                var before = MonthEnds.OnOrAfter(month.Month.AddMonths(-12));
                var paid = Enumerable.Range(1, 8).Where(a => Mrr(a, before, before) > 0).ToList();
                if (paid.Count == 0)
                {
                    month.Yearly.Should().BeNull();
                    continue;
                }

                var start = paid.Sum(a => Mrr(a, before, before));
                month.Yearly!.Net.Should().BeApproximately((double)(paid.Sum(a => Mrr(a, month.Month, before)) / start), 1e-9);
                month.Yearly.Gross.Should().BeApproximately((double)(paid.Sum(a => Math.Min(Mrr(a, before, before), Mrr(a, month.Month, before))) / start), 1e-9);
                month.Yearly.Logo.Should().BeApproximately(paid.Count(a => Mrr(a, month.Month, month.Month) > 0) / (double)paid.Count, 1e-12);
            }
        });
    }

    [Fact]
    public void Rates_move_a_line_of_their_own_and_no_retention()
    {
        var term = new Subscription { AccountNo = 1, SourceId = 1, FactId = "", Currency = "JPY", Mrr = 10_000, StartedOn = new DateOnly(2023, 1, 5) };
        var months = Tally([term], (_, day) => day.Month == 1 ? 0.007m : 0.006m);
        months[1].Bridge.Should().Be(new MrrBridge(70, 0, 0, 0, 0, 0, -10));
        months[1].Monthly.Should().Be(new RetentionRates(1, 1, 1));
    }

    [Fact]
    public void A_missing_rate_is_an_error()
    {
        var term = new Subscription { AccountNo = 1, SourceId = 1, FactId = "", Currency = "JPY", Mrr = 1, StartedOn = new DateOnly(2023, 1, 5) };
        var tally = () => Tally([term], new CurrencyRates("USD", []).On);
        tally.Should().Throw<InvalidOperationException>().WithMessage("*JPY*USD*2023-01*");
    }

    [Fact]
    public void The_first_month_of_all_history_has_levels_only_and_nothing_to_compare_with_is_no_figure()
    {
        var term = new Subscription { AccountNo = 1, SourceId = 1, FactId = "", Currency = "USD", Mrr = 1, StartedOn = new DateOnly(2023, 3, 5), EndedOn = new DateOnly(2023, 5, 1) };
        var months = Tally([term], Rate);
        months[2].Should().Be(new RetentionMonth(new DateOnly(2023, 3, 31), 1, Rate("USD", new DateOnly(2023, 3, 31)), null, null, null));
        months[4].Bridge!.AccountsChurned.Should().Be(1);
        months[4].Monthly.Should().Be(new RetentionRates(0, 0, 0));
        months[5].Monthly.Should().BeNull();
    }

    private static IReadOnlyList<RetentionMonth> Tally(IReadOnlyList<Subscription> terms, Func<string, DateOnly, decimal> rate)
    {
        var tally = new RetentionTally(Months, rate);
        foreach (var account in terms.GroupBy(t => t.AccountNo))
        {
            tally.Add(AccountContracts.Of([.. account]));
        }

        return tally.Months();
    }

    private static decimal Rate(string currency, DateOnly day) => currency switch { "USD" => 1m, "EUR" => 1.1m + (0.01m * day.Month), _ => 0.007m + (0.0001m * day.Month) };
}
