using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(CalibrationKind.Platt)]
    [InlineData(CalibrationKind.Beta)]
    [InlineData(CalibrationKind.Isotonic)]
    public void Every_shape_is_smooth_and_strictly_increasing_and_reads_back_from_the_models_text(CalibrationKind kind)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (logOdds, labels, weights) = Draw(3_000, seed, Bent);
            var calibrator = CalibrationChoice.Of(kind, logOdds, labels, weights);
            calibrator.Kind.Should().Be(kind);
            var model = ModelText.Read(ModelText.Write(new ScoringModel(new Encoder([]), new TreeEnsemble([], 1), new LinearModel(0, [], [], [], 1), 0, calibrator)));
            for (var s = -12.0; s < 12; s += 0.01)
            {
                calibrator.LogOdds(s + 0.01).Should().BeGreaterThan(calibrator.LogOdds(s));
                calibrator.SlopeAt(s).Should().BeApproximately((calibrator.LogOdds(s + 1e-5) - calibrator.LogOdds(s - 1e-5)) / 2e-5, 1e-2);
                model.Calibrator.Probability(s).Should().Be(calibrator.Probability(s));
            }

            var later = calibrator.Then(0.8, -0.3);
            later.LogOdds(1.2).Should().BeApproximately((0.8 * calibrator.LogOdds(1.2)) - 0.3, 1e-9);
        }
    }

    [Fact]
    public void A_bend_that_a_straight_line_cannot_follow_is_chosen_and_pays_on_fresh_rows()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var (logOdds, labels, weights) = Draw(8_000, seed, Bent);
            var (calibrator, report) = CalibrationChoice.Fit(logOdds, labels, weights, [.. Enumerable.Range(0, labels.Length)], 1);
            report.Kind.Should().NotBe(CalibrationKind.Platt);
            report.Tried.Should().HaveCount(3);
            var fresh = Draw(20_000, seed + 100, Bent);
            Loss(calibrator, fresh).Should().BeLessThan(Loss(Calibrator.Fit(logOdds, labels, weights), fresh));
        }
    }

    [Fact]
    public void A_straight_line_stays_straight()
    {
        var bent = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var (logOdds, labels, weights) = Draw(4_000, seed, s => (0.7 * s) - 0.4);
            bent += CalibrationChoice.Fit(logOdds, labels, weights, [.. Enumerable.Range(0, labels.Length)], 1).Report.Kind == CalibrationKind.Platt ? 0 : 1;
        }

        bent.Should().BeLessThanOrEqualTo(6, "one standard error is passed by chance in some draws");
    }

    [Fact]
    public void Few_outcomes_bear_a_straight_line_only()
    {
        var (logOdds, labels, weights) = Draw(500, 1, s => s - 1.5);
        var (calibrator, report) = CalibrationChoice.Fit(logOdds, labels, weights, [.. Enumerable.Range(0, labels.Length)], 1);
        calibrator.Kind.Should().Be(CalibrationKind.Platt);
        report.Tried.Should().ContainSingle();
    }

    private static double Bent(double s) => s < 0 ? 0.5 * s : 1.6 * s;

    private static double Loss(Calibrator calibrator, (double[] LogOdds, bool[] Labels, double[] Weights) rows) =>
        rows.LogOdds.Zip(rows.Labels, (s, y) => -Math.Log(y ? calibrator.Probability(s) : 1 - calibrator.Probability(s))).Average();

    private static (double[] LogOdds, bool[] Labels, double[] Weights) Draw(int rows, int seed, Func<double, double> truth)
    {
        var random = new SeededRandom((ulong)seed);
        var logOdds = new double[rows];
        var labels = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            logOdds[i] = ((random.Next(1_000_000) + random.Next(1_000_000) + random.Next(1_000_000)) / 1_000_000.0 * 3) - 4.5;
            labels[i] = random.Next(1_000_000) < 1_000_000 / (1 + Math.Exp(-truth(logOdds[i])));
        }

        return (logOdds, labels, [.. labels.Select(_ => 1.0)]);
    }
}
