using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class TrainingTests
{
    [Fact]
    public void A_real_signal_is_found_and_its_card_says_all()
    {
        var trained = TrainedPanel.Trained;
        var card = trained.Card;
        card.Verdict.Should().Be(Verdict.Skilled);
        card.Split.Should().Be("time");
        card.Train.To!.Value.AddDays(31).Should().BeOnOrBefore(card.Test.From!.Value);
        card.Metrics!.Model.RocAuc!.Lower.Should().BeGreaterThan(0.6);
        card.Metrics.Model.LogLoss!.Value.Should().BeLessThan(card.Metrics.BaseRate.LogLoss!.Value);
        card.Metrics.RuleScore!.LogLoss.Should().BeNull("a rule score is no probability");
        card.Differences!.RuleScore!.RocAuc!.Lower.Should().BePositive();
        card.Columns[0].Name.Should().Be("usage");
        card.Reliability.Sum(bin => bin.Rows).Should().Be(card.Test.Rows);
        card.LiftCurve[^1].Should().Be(new LiftPoint(1, 1, 1));
        card.TestedHash.Should().Be(trained.Tested!.Hash).And.NotBe(card.ServedHash);
        card.ServedHash.Should().Be(trained.Served!.Hash);
        trained.Served.Trees.Trees[0].LeafCover.Sum().Should().Be(card.Data.Rows, "what is served was refitted on every labelled date");
        ModelCard.Parse(card.ToJson()).ToJson().Should().Be(card.ToJson());
    }

    [Fact]
    public void Shuffled_labels_are_hardly_ever_taken_for_skill()
    {
        var data = Synthetic.Panel(400, 12, 0.06, 1, 2);
        // how often over a hundred seeds is measured beside the tests; a leak would be taken for skill nearly always
        var claimed = Enumerable.Range(0, 6).Count(seed => Train(data.Shuffle(seed), shuffled: seed).Card.Verdict == Verdict.Skilled);
        claimed.Should().BeLessThanOrEqualTo(1);
        Train(data).Card.Verdict.Should().Be(Verdict.Skilled, "else the test would prove nothing");
    }

    [Fact]
    public void Too_few_outcomes_fit_nothing_and_say_how_many_there_were()
    {
        var trained = Train(Synthetic.Panel(150, 12, 0.01, 1, 3));
        trained.Card.Verdict.Should().Be(Verdict.TooFewOutcomes);
        trained.Card.Train.Outcomes.Should().BeInRange(1, 29);
        (trained.Tested, trained.Served, trained.Card.TestedHash, trained.Card.Metrics).Should().Be((null, null, null, null));
    }

    [Fact]
    public void No_observation_at_all_is_too_few() =>
        Train(Synthetic.Panel(0, 0, 0.1, 1, 1)).Card.Verdict.Should().Be(Verdict.TooFewOutcomes);

    [Fact]
    public void A_model_below_the_rule_score_is_refused()
    {
        var data = Synthetic.Panel(400, 12, 0.06, 1, 2);
        // rules that know the outcome
        var truth = Enumerable.Range(0, data.Rows).Where(r => data.Labels[r]).Select(r => (data.Table.AccountNo[r], data.Table.AsOf[r])).ToHashSet();
        var trained = Train(data, rules: table => [.. Enumerable.Range(0, table.Rows).Select(r => truth.Contains((table.AccountNo[r], table.AsOf[r])) ? 100.0 : 0)]);
        trained.Card.Verdict.Should().Be(Verdict.NoBetterThanRules);
        trained.Served.Should().BeNull();
        trained.Card.ServedHash.Should().BeNull();
    }

    [Fact]
    public void Data_of_one_date_are_tested_by_accounts()
    {
        var trained = Train(Synthetic.Panel(1_500, 1, 0.15, 1, 5));
        trained.Card.Split.Should().Be("account_folds");
        trained.Card.Verdict.Should().Be(Verdict.Skilled);
        trained.Card.Test.Rows.Should().Be(1_500);
    }

    private static TrainedModel Train(LabelledTable data, int? shuffled = null, Func<Core.Features.FeatureTable, double[]>? rules = null) => ModelTraining.Run(
        data,
        new TrainingTask(Target.Churn, "2024-06-30-1", new DateOnly(2024, 6, 30), new CardDefinition(0, 31, 0), null, 20, rules ?? (table => table.Find("noise")!.Numbers!), shuffled, new DateTime(2024, 7, 1, 0, 0, 0, DateTimeKind.Utc)),
        _ => { },
        TestContext.Current.CancellationToken);
}
