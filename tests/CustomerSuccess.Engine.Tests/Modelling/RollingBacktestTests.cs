using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class RollingBacktestTests
{
    private static readonly TrainingPlan Plan = new() { RowsPerLeaf = 20 };

    [Fact]
    public void A_signal_that_holds_is_found_in_every_period()
    {
        var data = Synthetic.Panel(600, 18, 0.04, 1, 1);
        var (card, scores) = Run(data);
        card.Periods.Should().HaveCount(3);
        card.Limit.Should().BeNull();
        card.Periods.Should().OnlyContain(p => p.Metrics.RocAuc!.Lower > 0.55 && p.Metrics.LogLoss!.Value < p.Metrics.BaseRateLogLoss && p.Metrics.RuleScoreAuc!.Upper < p.Metrics.RocAuc.Value);
        card.Pooled!.RocAuc!.Lower.Should().BeGreaterThan(card.Periods.Min(p => p.Metrics.RocAuc!.Lower!.Value), "more rows say more");
        card.Rows!.Rows.Should().Be(scores.Rows.Length).And.Be(card.Periods.Sum(p => p.Test.Rows));
        card.Pooled.MeanProbability.Should().BeApproximately(card.Pooled.ObservedRate, 0.015);
    }

    [Fact]
    public void What_happened_in_a_period_or_after_it_does_not_move_its_predictions()
    {
        var data = Synthetic.Panel(500, 18, 0.05, 1, 2);
        var (card, before) = Run(data);
        var first = card.Periods[0];
        var turned = data with { Labels = [.. data.Labels.Select((label, r) => label ^ (data.Table.AsOf[r] > first.TrainTo && r % 2 == 0))], Events = [.. Enumerable.Range(0, data.Rows)] };
        var (_, after) = Run(turned);
        after.Model[..first.Test.Rows].Should().Equal(before.Model[..first.Test.Rows]);
        after.Model[first.Test.Rows..].Should().NotEqual(before.Model[first.Test.Rows..], "later periods learn from it");
    }

    [Fact]
    public void Periods_with_too_few_outcomes_are_left_out_and_said_so()
    {
        var (card, scores) = Run(Synthetic.Panel(160, 18, 0.012, 1, 3));
        card.Limit.Should().Be(BacktestLimit.Outcomes);
        card.Periods.Should().BeEmpty();
        (card.Pooled, card.Rows).Should().Be((null, null));
        scores.Rows.Should().BeEmpty();
    }

    private static (CardBacktest Card, TestScores Scores) Run(LabelledTable data) => RollingBacktest.Run(
        data,
        new TrainingTask(Target.Churn, "2024-06-30-1", new DateOnly(2024, 6, 30), new CardDefinition(0, 31, 0), null, 20, table => table.Find("noise")!.Numbers!, null, default),
        Plan,
        _ => { },
        TestContext.Current.CancellationToken);
}
