using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class ModelPartsTests
{
    [Fact]
    public void The_ridge_solution_has_no_slope_left()
    {
        var random = new SeededRandom(11);
        const int n = 400, p = 12;
        var inputs = Enumerable.Range(0, p).Select(_ => new double[n]).ToArray();
        var labels = new bool[n];
        var weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < p; j++)
            {
                inputs[j][i] = random.Next(1000) / 100.0;
            }

            // two inputs that say the same: only the penalty tells them apart
            inputs[p - 1][i] = inputs[0][i];
            labels[i] = random.Next(100) < 10 * inputs[0][i];
            weights[i] = 1 + random.Next(3);
        }

        var regression = new RidgeRegression(inputs, labels, weights);
        foreach (var penalty in new[] { 100.0, 1.0 })
        {
            var fit = regression.Fit(penalty);
            var gradient = new double[p + 1];
            for (var i = 0; i < n; i++)
            {
                var row = inputs.Select(x => x[i]).ToArray();
                var residual = weights[i] * (1 / (1 + Math.Exp(-fit.LogOdds(row))) - (labels[i] ? 1 : 0));
                gradient[p] += residual;
                for (var j = 0; j < p; j++)
                {
                    gradient[j] += residual * (row[j] - fit.Mean[j]) / fit.Deviation[j];
                }
            }

            for (var j = 0; j < p; j++)
            {
                (gradient[j] + (penalty * fit.Weight[j])).Should().BeApproximately(0, 1e-3);
            }

            gradient[p].Should().BeApproximately(0, 1e-3);
        }
    }

    [Fact]
    public void Separable_outcomes_still_give_finite_weights()
    {
        double[] x = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        var fit = new RidgeRegression([x], [.. x.Select(v => v > 49)], [.. x.Select(_ => 1.0)]).Fit(1);
        double.IsFinite(fit.Weight[0]).Should().BeTrue();
        fit.Weight[0].Should().BePositive();
    }

    [Fact]
    public void The_calibrator_finds_the_true_line_and_always_rises()
    {
        var random = new SeededRandom(2);
        var scores = new double[20_000];
        var labels = new bool[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = (random.Next(1_000_001) / 100_000.0) - 5;
            labels[i] = random.Next(1_000_000) < 1_000_000 / (1 + Math.Exp(-((0.5 * scores[i]) - 1)));
        }

        var weights = new double[scores.Length];
        Array.Fill(weights, 1);
        var found = Calibrator.Fit(scores, labels, weights);
        found.Slope.Should().BeApproximately(0.5, 0.05);
        found.Offset.Should().BeApproximately(-1, 0.1);

        var reversed = Calibrator.Fit(scores, [.. labels.Select(label => !label)], weights);
        reversed.Probability(1).Should().BeGreaterThan(reversed.Probability(-1), "a score that ranks the wrong way round is flattened, not turned over");
    }

    [Fact]
    public void An_outcome_does_not_leak_through_a_category_that_names_each_account()
    {
        var random = new SeededRandom(4);
        const int n = 600;
        var labels = Enumerable.Range(0, n).Select(_ => random.Next(2) == 0).ToArray();
        var table = new FeatureTable(
            [.. Enumerable.Range(0, n)],
            new DateOnly[n],
            [FeatureColumn.OfCategories("id", [.. Enumerable.Range(0, n)], [.. Enumerable.Range(0, n).Select(i => $"c{i}")])]);
        int[] rows = [.. Enumerable.Range(0, n)];
        double[] weights = [.. rows.Select(_ => 1.0)];
        var folds = AccountFolds.Of(table.AccountNo, rows, labels, 5, 1);
        var fit = EncoderFit.Of(table, rows, labels, weights, folds, new TrainingPlan());
        fit.Encoder.Columns.Should().ContainSingle().Which.Kind.Should().Be(EncodingKind.Rate);
        var training = fit.TreeInputs(table, rows);
        new RankedScores([.. training.Select(x => (double)x)], labels, false, new int[n], 1).Measure(weights).RocAuc.Should().Be(0.5);
    }

    [Fact]
    public void Columns_are_read_as_the_training_rows_had_them()
    {
        var table = new FeatureTable([1, 2, 3, 4], new DateOnly[4],
        [
            FeatureColumn.OfNumbers("constant", [5, 5, 5, 5]),
            FeatureColumn.OfNumbers("empty", [double.NaN, double.NaN, double.NaN, double.NaN]),
            FeatureColumn.OfNumbers("number", [3, double.NaN, 7, 1e9]),
            FeatureColumn.OfCategories("plan", [0, 1, -1, 2], ["a", "b", "only later"]),
        ]);
        var fit = EncoderFit.Of(table, [0, 1, 2], [true, false, true, false], [1, 1, 1, 1], [0, 1, 0, 1], new TrainingPlan());
        fit.Encoder.Columns.Select(c => c.Name).Should().Equal("number", "plan");
        // number: missing is 3 − 1; plan: a, b, missing
        fit.Encoder.TreeInputs(table, [0, 1, 2, 3]).Should().Equal(
            3, 1, 0, 0,
            2, 0, 1, 0,
            7, 0, 0, 1,
            1e9f, 0, 0, 0);
        // the regression sees mean and indicator, and does not run beyond the training range
        var linear = fit.Encoder.LinearInputs(table, [0, 1, 3]);
        linear[0].Should().Equal(3, 5, 7);
        linear[1].Should().Equal(0, 1, 0);
    }

    [Fact]
    public void A_model_reads_back_from_its_text_bit_for_bit()
    {
        var model = SmallModel();
        var text = ModelText.Write(model);
        var again = ModelText.Read(text);
        ModelText.Write(again).Should().Equal(text);
        again.Hash.Should().Be(model.Hash);
        var table = SmallTable();
        again.Probabilities(table).Should().Equal(model.Probabilities(table));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"format\":2}")]
    [InlineData("[1,2]")]
    public void What_is_no_model_is_refused(string text) =>
        FluentActions.Invoking(() => ModelText.Read(System.Text.Encoding.UTF8.GetBytes(text))).Should().Throw<FormatException>();

    [Fact]
    public void Points_sum_to_the_shown_probability()
    {
        var model = SmallModel();
        var table = SmallTable();
        var plain = model.Probabilities(table);
        var predictions = model.Predict(table);
        for (var row = 0; row < table.Rows; row++)
        {
            var (probability, basis, points) = predictions[row];
            probability.Should().BeApproximately(plain[row], 1e-12);
            (basis + points.Sum()).Should().BeApproximately(probability, 1e-12);
            points.Should().HaveCount(table.Columns.Count);
        }

        predictions.Select(p => p.Probability).Distinct().Should().HaveCountGreaterThan(3);
    }

    [Fact]
    public void A_column_that_the_table_lacks_moves_the_base_not_the_sum()
    {
        var model = SmallModel();
        var table = SmallTable();
        var without = table with { Columns = [table.Columns[1]] };
        foreach (var (probability, basis, points) in model.Predict(without))
        {
            points.Should().ContainSingle();
            (basis + points[0]).Should().BeApproximately(probability, 1e-12);
        }
    }

    private static FeatureTable SmallTable() => new([1, 2, 3, 4, 5], new DateOnly[5],
    [
        FeatureColumn.OfNumbers("usage", [0, 12.5, 300, double.NaN, 40]),
        FeatureColumn.OfCategories("plan", [0, 1, -1, 2, 0], ["Pro", "基本", "new"]),
    ]);

    private static ScoringModel SmallModel() => new(
        new Encoder(
        [
            new ColumnEncoding("usage", EncodingKind.Number) { MissingCode = -1, HasMissing = true, Log = true, High = 7, Mean = 2.1, Knots = [1.25] },
            new ColumnEncoding("plan", EncodingKind.Levels) { HasMissing = true, Levels = ["Pro", "基本"] },
        ]),
        new TreeEnsemble(
        [
            new Tree([0, 2], [12.5f, 0.5f], [1, ~1], [~0, ~2], [-0.3, 0.1 / 3, 2], [50, 20, 7]),
            new Tree([], [], [], [], [0.25], [77]),
        ], 0.1),
        new LinearModel(-1.5, [0.3, -0.2, 0.7, 0, 0.1, -0.4], [2.1, 0.8, 0.1, 0.4, 0.3, 0.3], [1.1, 0.5, 0.3, 0.5, 0.4, 0.4], 10),
        0.5,
        new Calibrator(1.1, -0.2));
}
