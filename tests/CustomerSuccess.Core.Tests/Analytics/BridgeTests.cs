using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

/// <summary>The bridge over periods of any length, what it consists of, cohorts and periods, over random histories.</summary>
public sealed class BridgeTests
{
    private static readonly DateOnly First = new(2023, 1, 31), Last = new(2024, 12, 31);

    /// <summary>Histories with products, seats that some sources do not count, several currencies, gaps and reasons.</summary>
    private static readonly Gen<List<Subscription>> Histories = (
        from account in Gen.Int[1, 6]
        from start in Gen.Int[0, 900]
        from days in Gen.Int[1, 400]
        from open in Gen.Bool
        from mrr in Gen.Int[0, 5000]
        from seats in Gen.Int[-1, 6]
        from product in Gen.Int[0, 2]
        from plan in Gen.Int[0, 2]
        from currency in Gen.Int[0, 2].Select(i => new[] { "JPY", "USD", "EUR" }[i])
        from reason in Gen.Int[0, 2].Select(i => new[] { null, "price", "Payment failed" }[i])
        select new Subscription
        {
            AccountNo = account,
            SourceId = 1,
            FactId = "",
            Product = product == 0 ? null : $"P{product}",
            Plan = plan == 0 ? null : $"L{plan}",
            Seats = seats < 0 ? null : seats,
            Currency = currency,
            Mrr = mrr / 100m,
            StartedOn = new DateOnly(2022, 6, 1).AddDays(start),
            EndedOn = open ? null : new DateOnly(2022, 6, 1).AddDays(start + days),
            EndReason = open ? null : reason,
        }).List[0, 40];

    private static readonly Gen<RetentionPeriod> Periods =
        from start in Gen.Int[0, 22]
        from months in Gen.Int[1, 12]
        select new RetentionPeriod(MonthEnds.OnOrAfter(First.AddDays(-27).AddMonths(start)), MonthEnds.OnOrAfter(First.AddDays(-27).AddMonths(start + months)));

    [Fact]
    public void The_bridge_of_any_period_closes_and_its_parts_sum_to_expansion_and_contraction()
    {
        Histories.Select(Periods).Sample((terms, period) =>
        {
            var figures = Of(terms, [period])[0];
            if (figures.Bridge is not { } b)
            {
                return;
            }

            (b.Start + b.New + b.Reactivation + b.Expansion - b.Contraction - b.Churn + b.Fx).Should().Be(figures.Mrr);
            b.ExpansionBy.Sum.Should().Be(b.Expansion);
            b.ContractionBy.Sum.Should().Be(b.Contraction);
            (b.ChurnVoluntary + b.ChurnInvoluntary).Should().BeLessThanOrEqualTo(b.Churn);
            (b.AccountsVoluntary + b.AccountsInvoluntary).Should().BeLessThanOrEqualTo(b.AccountsChurned);
            (figures.AccountsAtStart + b.AccountsNew + b.AccountsReactivated - b.AccountsChurned).Should().Be(figures.Accounts);
            figures.AccountsAtStart.Should().Be(Accounts(terms).Count(a => a.Mrr.IsPaying(period.Start)));
            b.Start.Should().Be(Accounts(terms).Sum(a => a.Mrr.On(period.Start, c => Rate(c, period.Start))));
            if (figures.Rates is { } rates && b.Start > 0)
            {
                rates.Net.Should().BeApproximately((double)((b.Start + b.Expansion - b.Contraction - b.Churn) / b.Start), 1e-9);
            }
        });
    }

    [Fact]
    public void Rows_behind_a_figure_sum_to_it()
    {
        Histories.Select(Periods).Sample((terms, period) =>
        {
            var figures = Of(terms, [period])[0];
            var rows = Accounts(terms).Select(account => AccountMovement.Between(account, period, Rate)).ToList();
            foreach (var row in rows)
            {
                (row.Mrr.Start + row.Mrr.Change + row.Mrr.Fx).Should().Be(row.Mrr.End);
                row.Split.Sum.Should().Be(row.Mrr.Kind is MrrMovementKind.Expansion or MrrMovementKind.Contraction ? row.Mrr.Change : 0);
            }

            rows.Count(row => row.Pays).Should().Be(figures.Accounts);
            rows.Count(row => row.Paid).Should().Be(figures.AccountsAtStart);
            rows.Where(row => row.Mrr.Kind == MrrMovementKind.Churn).Sum(row => -row.Mrr.Change).Should().Be(figures.Bridge?.Churn ?? 0);
        });
    }

    [Fact]
    public void Slices_sum_to_the_whole_even_where_accounts_move_between_them()
    {
        Histories.Select(Periods).Sample((terms, period) =>
        {
            // what an account is changes in the middle of the time
            static bool Early(AccountContracts account, RetentionPeriod asked) => (account.Terms.Count + (asked.Start.Year == 2023 ? 0 : 1)) % 2 == 0;
            var history = Accounts(terms).Min(account => CohortTally.FirstMonthEnd(account.Mrr, Last));
            var (even, odd) = (new RetentionTally([period], Rate, null, history), new RetentionTally([period], Rate, null, history));
            foreach (var account in Accounts(terms))
            {
                even.Add(account, asked => Early(account, asked));
                odd.Add(account, asked => !Early(account, asked));
            }

            var (whole, a, b) = (Of(terms, [period])[0], even.Figures()[0], odd.Figures()[0]);
            (a.Accounts + b.Accounts).Should().Be(whole.Accounts);
            (a.Mrr + b.Mrr).Should().Be(whole.Mrr);
            (a.AccountsAtStart + b.AccountsAtStart).Should().Be(whole.AccountsAtStart);
            (a.AccountsYearBefore + b.AccountsYearBefore).Should().Be(whole.AccountsYearBefore);
            if (whole.Bridge is { } w)
            {
                (a.Bridge!.Start + b.Bridge!.Start).Should().Be(w.Start);
                (a.Bridge.New + b.Bridge.New).Should().Be(w.New);
                (a.Bridge.Reactivation + b.Bridge.Reactivation).Should().Be(w.Reactivation);
                (a.Bridge.Expansion + b.Bridge.Expansion).Should().Be(w.Expansion);
                (a.Bridge.ExpansionBy + b.Bridge.ExpansionBy).Should().Be(w.ExpansionBy);
                (a.Bridge.Contraction + b.Bridge.Contraction).Should().Be(w.Contraction);
                (a.Bridge.Churn + b.Bridge.Churn).Should().Be(w.Churn);
                (a.Bridge.Fx + b.Bridge.Fx).Should().Be(w.Fx);
            }
        });
    }

    [Fact]
    public void Cohorts_sum_to_who_pays_and_what_at_every_month_end()
    {
        Histories.Sample(terms =>
        {
            var tally = new CohortTally(Last, Rate);
            var accounts = Accounts(terms).ToList();
            accounts.ForEach(tally.Add);
            var cohorts = tally.Cohorts();
            foreach (var end in MonthEnds.Between(First, Last))
            {
                var cells = cohorts.Where(cohort => cohort.Month <= end).Select(cohort => cohort.Cells[new RetentionPeriod(cohort.Month, end).Months]).ToList();
                cells.Sum(cell => cell.Accounts).Should().Be(accounts.Count(account => account.Mrr.IsPaying(end)));
                cells.Sum(cell => cell.Mrr).Should().Be(accounts.Sum(account => account.Mrr.On(end, c => Rate(c, end))));
            }

            cohorts.Sum(cohort => cohort.Accounts).Should().Be(accounts.Count(account => CohortTally.FirstMonthEnd(account.Mrr, Last) is not null));
            foreach (var cohort in cohorts)
            {
                cohort.Cells.Should().HaveCount(new RetentionPeriod(cohort.Month, Last).Months + 1, "the triangle ends with the data");
                cohort.Mrr.Should().Be(cohort.Cells[0].Mrr);
            }
        });
    }

    [Fact]
    public void Seats_count_at_the_starts_price_and_price_is_the_rest()
    {
        var period = RetentionPeriod.Month(new DateOnly(2024, 2, 29));
        Split([Term(100, 10), Term(150, 12, second: true)]).Should().Be(new MrrSplit(30, 20, 0, 0));
        Split([Term(100, 10), Term(100, 20, second: true), Term(40, 4, "add-on", second: true)]).Should().Be(new MrrSplit(-100, 100, 40, 0));
        Split([Term(100, null), Term(150, 12, second: true)]).Should().Be(new MrrSplit(0, 0, 0, 50), "whoever does not count seats cannot tell");
        Split([Term(100, 10), Term(40, 4, "add-on"), Term(100, 10, second: true)]).Should().Be(new MrrSplit(0, 0, -40, 0));

        MrrSplit Split(Subscription[] terms) => AccountMovement.Between(AccountContracts.Of(terms), period, (_, _) => 1).Split;
        static Subscription Term(decimal mrr, int? seats, string product = "core", bool second = false) => new()
        {
            AccountNo = 1,
            SourceId = 1,
            FactId = "",
            Product = product,
            Seats = seats,
            Mrr = mrr,
            Currency = "USD",
            StartedOn = second ? new DateOnly(2024, 2, 10) : new DateOnly(2024, 1, 1),
            EndedOn = second ? null : new DateOnly(2024, 2, 10),
        };
    }

    [Fact]
    public void A_quarter_takes_each_account_once_and_who_came_within_it_is_new()
    {
        var term = new Subscription { AccountNo = 1, SourceId = 1, FactId = "", Currency = "USD", Mrr = 5, StartedOn = new DateOnly(2024, 1, 10) };
        var old = new Subscription { AccountNo = 2, SourceId = 1, FactId = "", Currency = "USD", Mrr = 1, StartedOn = new DateOnly(2023, 1, 10) };
        var quarter = RetentionPeriod.Between(PeriodGrain.Quarter, 1, new DateOnly(2024, 2, 1), new DateOnly(2024, 3, 31)).Single();
        quarter.Should().Be(new RetentionPeriod(new DateOnly(2023, 12, 31), new DateOnly(2024, 3, 31)));
        var bridge = Of([term, old], [quarter])[0].Bridge!;
        (bridge.New, bridge.Reactivation, bridge.AccountsNew).Should().Be((5, 0, 1));
    }

    [Theory]
    [InlineData(PeriodGrain.Year, 4, "2024-03-31 2025-03-31, 2025-03-31 2025-06-30")]
    [InlineData(PeriodGrain.Quarter, 2, "2025-01-31 2025-04-30, 2025-04-30 2025-06-30")]
    [InlineData(PeriodGrain.Month, 4, "2025-02-28 2025-03-31, 2025-03-31 2025-04-30, 2025-04-30 2025-05-31, 2025-05-31 2025-06-30")]
    public void Fiscal_periods_begin_with_their_month_and_the_last_may_be_under_way(PeriodGrain grain, int fiscalStart, string expected) =>
        string.Join(", ", RetentionPeriod.Between(grain, fiscalStart, new DateOnly(2025, 3, 5), new DateOnly(2025, 6, 30)).Select(p => $"{p.Start:yyyy-MM-dd} {p.End:yyyy-MM-dd}")).Should().Be(expected);

    [Theory]
    [InlineData("Payment failed", ChurnWill.Involuntary)]
    [InlineData("ｐａｙｍｅｎｔ overdue", ChurnWill.Involuntary)]
    [InlineData("支払不能", ChurnWill.Involuntary)]
    [InlineData("price", ChurnWill.Voluntary)]
    [InlineData(" ", ChurnWill.Untold)]
    [InlineData(null, ChurnWill.Untold)]
    public void Reasons_tell_who_chose_to_leave(string? reason, ChurnWill will) => new ChurnReasons(new Core.Settings.CompanySettings().InvoluntaryWords).Of(reason).Should().Be(will);

    private static IReadOnlyList<RetentionFigures> Of(IReadOnlyList<Subscription> terms, IReadOnlyList<RetentionPeriod> periods)
    {
        var tally = new RetentionTally(periods, Rate, new ChurnReasons("payment"));
        foreach (var account in Accounts(terms))
        {
            tally.Add(account);
        }

        return tally.Figures();
    }

    private static IEnumerable<AccountContracts> Accounts(IEnumerable<Subscription> terms) => terms.GroupBy(term => term.AccountNo).Select(account => AccountContracts.Of([.. account]));

    private static decimal Rate(string currency, DateOnly day) => currency switch { "USD" => 1m, "EUR" => 1.1m + (0.01m * day.Month), _ => 0.007m + (0.0001m * day.Month) };
}
