using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

/// <summary>Stages, flows and what is read off them.</summary>
public sealed class LifecycleTests
{
    private static readonly DateOnly First = new(2024, 1, 1);
    private static readonly CustomerStage[] Stages = Enum.GetValues<CustomerStage>();

    private static readonly Gen<int[]> Days = Gen.Int[0, 700].Array[0, 12];

    [Fact]
    public void Stock_and_flows_of_a_month_give_the_stock_of_the_next_whatever_customers_do()
    {
        Days.Array[1, 20].Sample(customers =>
        {
            var histories = customers.Select(days => new PurchaseHistory(days.Select(day => (First.AddDays(day), 10m)))).ToList();
            StageMonth? former = null;
            Func<PurchaseHistory, CustomerStage?> stageBefore = _ => null;
            foreach (var end in MonthEnds.Between(First, First.AddDays(760)))
            {
                CustomerStage? Stage(PurchaseHistory history) => CustomerStages.Of(history, end, 90, 120, history.CountUntil(end) % 2 == 0);
                var month = new StageMonth(end);
                foreach (var history in histories)
                {
                    if (Stage(history) is { } stage)
                    {
                        month.Add(stageBefore(history), stage, 1);
                    }
                }

                foreach (var stage in Stages)
                {
                    ((former?[stage] ?? 0) + month.Into(stage) - month.OutOf(stage)).Should().Be(month[stage]);
                }

                month.ActiveBefore.Should().Be(former?.Active ?? 0);
                month.LapsedBefore.Should().Be(former?.Lapsed ?? 0);
                (month.Active + month.Lapsed).Should().Be(histories.Count(history => history.CountUntil(end) > 0));
                month.Money.Should().Be(month.Active);
                (former, stageBefore) = (month, Stage);
            }
        }, iter: 100);
    }

    [Fact]
    public void Customers_who_buy_are_new_then_regular_or_loyal_lapse_and_come_back()
    {
        var history = new PurchaseHistory([(new DateOnly(2024, 1, 10), 5m), (new DateOnly(2024, 10, 1), 7m)]);
        CustomerStage? On(int year, int month, int day, bool loyal = false) => CustomerStages.Of(history, new DateOnly(year, month, day), 90, 120, loyal);
        On(2024, 1, 9).Should().BeNull();
        On(2024, 1, 10).Should().Be(CustomerStage.New);
        On(2024, 4, 9).Should().Be(CustomerStage.Regular, "90 days have passed");
        On(2024, 4, 9, loyal: true).Should().Be(CustomerStage.Loyal);
        On(2024, 5, 9, loyal: true).Should().Be(CustomerStage.Loyal, "120 days after it");
        On(2024, 5, 10, loyal: true).Should().Be(CustomerStage.Lapsed);
        On(2024, 10, 1, loyal: true).Should().Be(CustomerStage.Reactivated);
        On(2024, 12, 30).Should().Be(CustomerStage.Regular);
    }

    [Fact]
    public void Contract_customers_are_loyal_by_their_scores_alone()
    {
        var mrr = MrrTimeline.Of([new Subscription { AccountNo = 1, FactId = "1", Mrr = 10, Currency = "USD", StartedOn = new(2024, 1, 1), EndedOn = new(2024, 9, 1) }]);
        CustomerStages.Of(mrr, new DateOnly(2024, 2, 1), 90, 31, isLoyal: true).Should().Be(CustomerStage.New);
        CustomerStages.Of(mrr, new DateOnly(2024, 5, 1), 90, 31, isLoyal: true).Should().Be(CustomerStage.Loyal);
        CustomerStages.Of(mrr, new DateOnly(2024, 5, 1), 90, 31, isLoyal: false).Should().Be(CustomerStage.Regular);
        CustomerStages.Of(mrr, new DateOnly(2024, 9, 1), 90, 31, isLoyal: true).Should().Be(CustomerStage.Lapsed);
        CustomerStages.Of(mrr, new DateOnly(2023, 9, 1), 90, 31, isLoyal: true).Should().BeNull();
    }

    [Fact]
    public void Days_of_use_are_counted_as_a_list_of_days_counts_them()
    {
        Gen.Select(Days, Gen.Int[-50, 800], Gen.Int[-50, 800]).Sample((days, from, to) =>
        {
            var sorted = days.Select(day => First.AddDays(day)).Order().ToList();
            var use = new ActiveDays([.. sorted.Select(day => day.DayNumber)]);
            var (after, until) = (First.AddDays(from), First.AddDays(to));
            use.Between(after, until).Should().Be(sorted.Distinct().Count(day => day > after && day <= until));
            use.LastUntil(until).Should().Be(sorted.Where(day => day <= until).Select(day => (DateOnly?)day).LastOrDefault());
            var bought = new PurchaseHistory(sorted.Select(day => (day, 2m)));
            bought.Between(after, until).Should().Be((sorted.Count(day => day > after && day <= until), 2m * sorted.Count(day => day > after && day <= until)));
        });
    }

    [Fact]
    public void A_score_is_reached_above_the_value_that_tells_it()
    {
        Gen.Select(Gen.Int[0, 9].Array[1, 40], Gen.Int[1, 5]).Sample((values, score) =>
        {
            var scores = Rfm.Score([.. values.Select((value, i) => new RfmValues($"{i}", 1, value, value))]);
            var least = Rfm.ScoresAbove([.. values], score);
            scores.Select(one => one.F >= score).Should().Equal(values.Select(value => !(value <= least)));
        });
    }

    [Fact]
    public void Deciles_of_some_are_those_of_all()
    {
        Gen.Int[0, 5].Array[1, 45].Sample(money =>
        {
            var customers = money.Select((one, i) => new RfmValues($"{i:000}", 1, 1, one)).ToList();
            var all = Rfm.Deciles(customers);
            all.Sum(decile => decile.Accounts).Should().Be(customers.Count);
            Rfm.Deciles(customers, Rfm.DecilesOf(customers)).Should().Equal(all);
        });
    }

    [Fact]
    public void An_alarm_is_fewer_customers_with_more_money_and_what_followed_is_counted()
    {
        CustomersAndMoney Month(int i, int active, decimal money) => new(MonthEnds.OnOrAfter(First.AddMonths(i)), active, money);
        List<CustomersAndMoney> months = [Month(0, 100, 50), Month(1, 99, 51), Month(2, 98, 52), Month(3, 97, 53), Month(4, 97, 54), Month(5, 97, 54), Month(6, 97, 54), Month(7, 97, 54), Month(8, 97, 52), Month(9, 96, 40)];
        LeadingIndicator.Of(months).Select(indicator => indicator.IsAlarm).Should().Equal(true, true, true, false, false, false, false);
        LeadingIndicator.History(months).Should().Be((1, 1), "one spell, six months after which money is less");
        LeadingIndicator.Of([.. months.Take(3)]).Should().BeEmpty();
    }

    [Fact]
    public void The_three_effects_add_up_to_the_deviation_and_the_needed_customers_lead_to_the_goal()
    {
        Gen.Select(Gen.Int[0, 9].Array[12], Gen.Int[0, 9].Array[12], Gen.Int[0, 3].Array[12], Gen.Int[100, 400]).Sample((came, lost, back, goal) =>
        {
            var months = new List<StageMonth>();
            var (active, lapsed) = (200, 20);
            for (var i = 0; i < 12; i++)
            {
                var month = new StageMonth(MonthEnds.OnOrAfter(First.AddMonths(i)));
                Add(month, null, CustomerStage.New, came[i]);
                Add(month, CustomerStage.Regular, CustomerStage.Lapsed, lost[i]);
                Add(month, CustomerStage.Lapsed, CustomerStage.Reactivated, Math.Min(lapsed, back[i]));
                Add(month, CustomerStage.Regular, CustomerStage.Regular, active - lost[i]);
                Add(month, CustomerStage.Lapsed, CustomerStage.Lapsed, lapsed - Math.Min(lapsed, back[i]));
                (active, lapsed) = (month.Active, month.Lapsed);
                months.Add(month);
            }

            var diagnosis = CustomerDiagnosis.Of(months, goal, 12)!;
            diagnosis.Months.Should().Be(10, "the first month has levels only");
            diagnosis.Change.Should().Be(months[^1].Active - months[^2].Active);
            diagnosis.Remainder.Should().BeApproximately(0, 1e-9);
            (diagnosis.Came.Deviation + diagnosis.WonBack.Deviation - diagnosis.Lost.Deviation).Should().BeApproximately(diagnosis.Deviation, 1e-9);
            diagnosis.Needed.ToStand.Should().BeApproximately(Math.Max(0, (diagnosis.Lost.Rate * active) - (diagnosis.WonBack.Rate * lapsed)), 1e-9);
            var (a, l) = ((double)active, (double)lapsed);
            for (var i = 0; i < 12; i++)
            {
                var (gone, returned) = (a * diagnosis.Lost.Rate, l * diagnosis.WonBack.Rate);
                (a, l) = (a - gone + returned + diagnosis.Needed.ToGoal!.Value, l + gone - returned);
            }

            (diagnosis.Needed.ToGoal == 0 ? Math.Min(a, goal) : a).Should().BeApproximately(goal, 1e-6);
        });

        CustomerDiagnosis.Of([new(First)], null, 12).Should().BeNull("one month tells no rate");

        static void Add(StageMonth month, CustomerStage? from, CustomerStage to, int count)
        {
            for (var i = 0; i < count; i++)
            {
                month.Add(from, to, 1);
            }
        }
    }

    [Fact]
    public void A_flow_differs_where_a_poisson_count_would_hardly_do_so()
    {
        new FlowDeviation(25, 10, 0.1, 1000).IsReal.Should().BeTrue();
        new FlowDeviation(16, 10, 0.1, 1000).IsReal.Should().BeFalse("10 ± 6.2");
        new FlowDeviation(17, 10, 0.1, 1000).IsReal.Should().BeTrue();
        new FlowDeviation(17, 10, 0.1, 20).IsReal.Should().BeFalse("the rate itself rests on 20 customers");
    }

    [Fact]
    public void Second_purchases_are_followed_for_as_long_as_each_customer_could_make_them()
    {
        DateOnly Day(int number) => First.AddDays(number);
        IReadOnlyList<DateOnly>[] customers = [[Day(0), Day(30), Day(40)], [Day(0)], [Day(100), Day(150)], [Day(190)]];
        var steps = RepeatPurchases.Steps(customers, Day(200));
        (steps[0].From, steps[0].Customers, steps[0].Bought).Should().Be((1, 4, 2));
        // 10 days: one is last seen; at 30 one of three buys, at 50 one of two
        steps[0].Within90!.Share.Should().BeApproximately(1 - (2.0 / 3 / 2), 1e-12);
        steps[0].Within365.Should().BeNull("nobody was watched so long");
        (steps[1].Customers, steps[1].Bought).Should().Be((2, 1));
        RepeatPurchases.Intervals(customers).Should().Be(new PurchaseIntervals(3, 20, 30, 40, 46));
        RepeatPurchases.ByMonth(customers, Day(200), 90).Should().Equal(new FirstBuyers(new(2024, 1, 31), 2, 1), new FirstBuyers(new(2024, 4, 30), 1, null), new FirstBuyers(new(2024, 7, 31), 1, null));
    }

    [Fact]
    public void Purchases_of_one_day_are_one_occasion()
    {
        var summary = new PurchaseHistory([(First, 5m), (First, 6m), (First.AddDays(14), 7m), (First.AddDays(99), 8m)]).SummaryOn(First.AddDays(28));
        summary.Should().Be(new PurchaseSummary(1, 2, 4));
        new PurchaseHistory([(First, 5m)]).SummaryOn(First.AddDays(-1)).Should().BeNull();
    }
}
