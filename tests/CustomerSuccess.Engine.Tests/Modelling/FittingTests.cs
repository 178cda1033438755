using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class FittingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Our_trees_score_as_FastTree_does(bool weighted)
    {
        var data = Synthetic.Wide(4_000, 12, 1);
        var plan = TrainingPlan.For(data.Rows, data.Rows) with { Trees = 60 };
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        double[] weights = [.. all.Select(i => weighted ? 1 + (i % 3) : 1.0)];
        var encoder = EncoderFit.Of(data.Table, all, data.Labels, weights, new int[data.Rows], plan);
        var inputs = encoder.TreeInputs(data.Table, all);
        var width = encoder.Encoder.TreeColumn.Length;
        var ml = FastTreeTrainer.Context(plan);
        var (transformer, view) = FastTreeTrainer.Train(ml, inputs, width, data.Labels, weights, plan);
        var scored = transformer.Transform(view);
        var expected = scored.GetColumn<float>("Score").ToArray();
        var probability = scored.GetColumn<float>("Probability").ToArray();
        var ours = FastTreeTrainer.Fit(inputs, width, data.Labels, weights, plan);
        for (var i = 0; i < data.Rows; i++)
        {
            var row = inputs.AsSpan(i * width, width);
            ours.Score(row).Should().BeApproximately(expected[i], 2e-6);
            (1 / (1 + Math.Exp(-ours.LogOdds(row)))).Should().BeApproximately(probability[i], 2e-6);
        }

        ours.Trees.Length.Should().Be(60);
        ours.Trees[0].LeafCover.Sum().Should().BeApproximately(weights.Sum(), 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Our_trees_score_as_LightGBM_does(bool weighted)
    {
        Assert.SkipUnless(LightGbmTrainer.IsAvailable, "LightGBM has no native library for this processor");
        var data = Synthetic.Wide(4_000, 12, 1);
        var plan = TrainingPlan.For(data.Rows, data.Rows) with { Learner = TreeLearner.LightGbm, Trees = 60, Leaves = 16 };
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        double[] weights = [.. all.Select(i => weighted ? 1 + (i % 3) : 1.0)];
        var encoder = EncoderFit.Of(data.Table, all, data.Labels, weights, new int[data.Rows], plan);
        var inputs = encoder.TreeInputs(data.Table, all);
        var width = encoder.Encoder.TreeColumn.Length;
        var (transformer, view) = LightGbmTrainer.Train(FastTreeTrainer.Context(plan), inputs, width, data.Labels, weights, plan);
        var scored = transformer.Transform(view);
        var expected = scored.GetColumn<float>("Score").ToArray();
        var probability = scored.GetColumn<float>("Probability").ToArray();
        var ours = LightGbmTrainer.Fit(inputs, width, data.Labels, weights, plan);
        for (var i = 0; i < data.Rows; i++)
        {
            var row = inputs.AsSpan(i * width, width);
            ours.Score(row).Should().BeApproximately(expected[i], 2e-6);
            (1 / (1 + Math.Exp(-ours.LogOdds(row)))).Should().BeApproximately(probability[i], 1e-6);
        }

        var fewer = LightGbmTrainer.Fit(inputs, width, data.Labels, weights, plan with { Trees = 20 });
        ours.Trees.Take(20).Should().BeEquivalentTo(fewer.Trees, "the first trees do not depend on how many follow");
        var base0 = ours.Base;
        var contributions = new TreeContributions(ours);
        var byInput = new double[width];
        contributions.Add(inputs.AsSpan(0, width), byInput);
        (base0 + byInput.Sum()).Should().BeApproximately(ours.LogOdds(inputs.AsSpan(0, width)), 1e-9);
    }

    [Fact]
    public void The_same_data_and_plan_give_the_same_model_whatever_the_threads()
    {
        var data = Synthetic.Wide(2_500, 10, 2);
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        var plan = TrainingPlan.For(data.Rows, 500) with { Trees = 30 };
        var first = ModelFitter.Fit(data, all, plan, TestContext.Current.CancellationToken).Model.Hash;
        var second = "";
        var thread = new Thread(() => second = ModelFitter.Fit(data, all, plan).Model.Hash);
        thread.Start();
        thread.Join();
        second.Should().Be(first);
        ModelFitter.Fit(data, all, plan with { Seed = 1 }, TestContext.Current.CancellationToken).Model.Hash.Should().NotBe(first);
    }

    [Fact]
    public void Missing_answers_that_foretell_churn_are_found()
    {
        // 90 % of the accounts without an answer leave, 10 % of the others; the answers themselves mean nothing
        var random = new SeededRandom(6);
        const int n = 3_000;
        var nps = new double[n];
        var labels = new bool[n];
        for (var i = 0; i < n; i++)
        {
            var silent = random.Next(10) < 2;
            nps[i] = silent ? double.NaN : random.Next(11);
            labels[i] = random.Next(10) < (silent ? 9 : 1);
        }

        var data = new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, n)], new DateOnly[n], [FeatureColumn.OfNumbers(FeatureNames.NpsLast, nps)]),
            labels, [.. labels.Select((l, i) => l ? i : -1)], [.. labels.Select(_ => 1.0)]);
        var fitted = ModelFitter.Fit(data, [.. Enumerable.Range(0, n / 2)], TrainingPlan.For(n / 2, 300), TestContext.Current.CancellationToken);
        int[] later = [.. Enumerable.Range(n / 2, n / 2)];
        var predictions = fitted.Model.Predict(data.Table.Take(later));
        for (var i = 0; i < later.Length; i++)
        {
            var missing = double.IsNaN(nps[later[i]]);
            predictions[i].Probability.Should().BeInRange(missing ? 0.8 : 0.05, missing ? 0.97 : 0.2);
            predictions[i].Points[0].Should().Match(points => missing ? points > 0.4 : points < 0, "the reason is the missing answer");
        }
    }

    [Fact]
    public void Probabilities_of_rare_outcomes_keep_what_they_promise()
    {
        var data = Synthetic.Panel(4_000, 6, 0.02, 1, 3);
        int[] learn = [.. Enumerable.Range(0, data.Rows).Where(r => data.Table.AccountNo[r] % 2 == 0)], judge = [.. Enumerable.Range(0, data.Rows).Where(r => data.Table.AccountNo[r] % 2 == 1)];
        var model = ModelFitter.Fit(data, learn, TrainingPlan.For(learn.Length, data.OutcomesIn(learn)), TestContext.Current.CancellationToken).Model;
        var found = new RankedScores(model.Probabilities(data.Table.Take(judge)), [.. judge.Select(r => data.Labels[r])], true, new int[judge.Length], 1)
            .Measure([.. judge.Select(_ => 1.0)]);
        found.Ece.Should().BeLessThan(0.01);
        found.RocAuc.Should().BeGreaterThan(0.7);
    }

    [Fact]
    public void Points_of_a_fitted_model_sum_to_what_is_shown()
    {
        var data = Synthetic.Wide(3_000, 8, 4);
        var model = ModelFitter.Fit(data, [.. Enumerable.Range(0, 2_000)], TrainingPlan.For(2_000, 400), TestContext.Current.CancellationToken).Model;
        var table = data.Table.Take([.. Enumerable.Range(2_000, 500)]);
        var shown = model.Probabilities(table);
        var predictions = model.Predict(table);
        for (var i = 0; i < shown.Length; i++)
        {
            (predictions[i].BaseProbability + predictions[i].Points.Sum()).Should().BeApproximately(shown[i], 1e-9);
        }
    }

    [Fact]
    public void Many_rows_are_calibrated_on_accounts_kept_from_the_fit()
    {
        var data = Synthetic.Wide(22_000, 6, 5);
        var plan = TrainingPlan.For(data.Rows, data.Rows / 3) with { Trees = 40 };
        plan.CalibrationRows.Should().Be(CalibrationRows.HeldOut);
        var model = ModelFitter.Fit(data, [.. Enumerable.Range(0, data.Rows)], plan, TestContext.Current.CancellationToken).Model;
        model.Trees.Trees[0].LeafCover.Sum().Should().Be(data.Rows * 4.0 / 5);
    }

    [Fact]
    public void A_table_without_any_telling_column_predicts_the_base_rate()
    {
        var labels = Enumerable.Range(0, 400).Select(i => i % 4 == 0).ToArray();
        var data = new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, 400)], new DateOnly[400], [FeatureColumn.OfNumbers("constant", [.. labels.Select(_ => 1.0)])]),
            labels, [.. labels.Select((l, i) => l ? i : -1)], [.. labels.Select(_ => 1.0)]);
        var model = ModelFitter.Fit(data, [.. Enumerable.Range(0, 400)], TrainingPlan.For(400, 100), TestContext.Current.CancellationToken).Model;
        model.Probabilities(data.Table).Should().AllSatisfy(p => p.Should().BeApproximately(0.25, 0.01));
    }
}
