using CsCheck;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class HindsightTests
{
    private static readonly DateOnly January = new(2025, 1, 31);

    [Fact]
    public void The_list_goes_by_value_and_is_set_beside_one_by_risk()
    {
        HindsightRow[] rows =
        [
            Row(1, 0.05, 1000, left: false, valuePerMinute: 9),
            Row(2, 0.30, 100, left: true, valuePerMinute: 5),
            Row(3, 0.20, 300, left: true, valuePerMinute: 7),
            Row(4, 0.01, 50, left: false, valuePerMinute: 0),
        ];
        var hindsight = new Hindsight(rows, 2, 0.8, 1, 50, 1);
        hindsight.Months().Should().Equal(new HindsightMonth(January, 4, 2, 2, 1, 400, 300, 2, 400));
        // 10 % of two of four leavers' MRR × 0.8 × 20 months less 30 minutes each
        hindsight.Profit("USD")!.Queue.Value.Should().BeApproximately((0.1 * 300 * 0.8 * 20) - 60, 1e-9);
        hindsight.Profit("USD")!.AtRandom.Value.Should().BeApproximately((((0.1 * 400 * 0.8 * 20) / 4) - 30) * 2, 1e-9);
        var half = hindsight.Capacities().First(point => point.Accounts == 2);
        (half.Precision, half.Found).Should().Be((1, 1), "by risk, both contacted accounts left");
    }

    [Fact]
    public void Without_money_there_is_no_profit()
    {
        var hindsight = new Hindsight([Row(1, 0.2, null, left: true, valuePerMinute: 1)], 2, 0.8, 1, 50, 1);
        hindsight.Profit("USD").Should().BeNull();
        hindsight.Months()[0].LeftMrr.Should().BeNull();
        hindsight.Capacities()[0].Profit.Should().BeNull();
    }

    [Fact]
    public void Groups_show_an_auc_from_ten_outcomes_on_and_add_up()
    {
        HindsightRow[] rows = [.. Enumerable.Range(0, 60).Select(i => Row(i, i % 3 == 0 ? 0.3 : 0.1, 100, left: i % 4 == 0, valuePerMinute: 1))];
        int[] events = [.. Enumerable.Range(0, 60).Select(i => i % 4 == 0 ? i : -1)];
        var groups = new Hindsight(rows, 5, 0.8, 1, 50, 1).Segments("plan", row => row.Row < 48 ? "a" : "b", events);
        groups.Select(g => (g.Name, g.Rows, g.Outcomes, g.RocAuc is null)).Should().Equal(("a", 48, 12, false), ("b", 12, 3, true));
        groups[0].ObservedRate.Should().Be(0.25);
        groups[0].MeanProbability.Should().BeApproximately(0.1 + (0.2 / 3), 1e-9);
    }

    [Fact]
    public void Whoever_is_ranked_more_capacity_never_finds_fewer() =>
        Gen.Select(Gen.Double[0.01, 0.5].Array[1, 60], Gen.Int[1, 20], Gen.Int[0, 1000]).Sample((probabilities, capacity, seed) =>
        {
            HindsightRow[] rows = [.. probabilities.Select((p, i) => Row(i, p, 100 + i, left: (i * 7 + seed) % 3 == 0, valuePerMinute: p * i))];
            var hindsight = new Hindsight(rows, capacity, 0.8, 1, 30, 1);
            var month = hindsight.Months().Single();
            month.Listed.Should().Be(Math.Min(capacity, rows.Length));
            month.Caught.Should().BeLessThanOrEqualTo(Math.Min(month.Left, month.Listed));
            hindsight.Capacities().Select(point => point.Found).Should().BeInAscendingOrder();
        });

    private static HindsightRow Row(int account, double probability, decimal? mrr, bool left, double valuePerMinute) =>
        new(account, account, January, probability, 10, mrr, left ? January.AddDays(40) : null, valuePerMinute, 0.1, 30, 20);
}
