using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class RecalibrationTests
{
    [Fact]
    public void Outcomes_that_have_become_twice_as_likely_are_followed()
    {
        var (line, after) = Fit(0.8, 4_000, 1);
        line.Pays.Should().BeTrue();
        line.Offset.Should().BeApproximately(0.8, 0.2);
        line.Slope.Should().BeApproximately(1, 0.15);
        after.Should().BeApproximately(line.LogLossAfter, 0.03);
    }

    [Fact]
    public void A_calibration_that_still_holds_is_mostly_left_alone()
    {
        Enumerable.Range(1, 20).Count(seed => Fit(0, 1_500, seed).Line.Pays).Should().BeLessThanOrEqualTo(4);
    }

    private static (Recalibration Line, double Fresh) Fit(double shift, int rows, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        (double[] S, bool[] Y) Draw()
        {
            var s = new double[rows];
            var y = new bool[rows];
            for (var i = 0; i < rows; i++)
            {
                s[i] = (random.Next(1_000_000) / 250_000.0) - 4;
                y[i] = random.Next(1_000_000) < 1_000_000 / (1 + Math.Exp(-(s[i] + shift)));
            }

            return (s, y);
        }

        var (logOdds, labels) = Draw();
        var line = Recalibration.Of(logOdds, labels, [.. labels.Select(_ => 1.0)], [.. Enumerable.Range(0, rows)], 1);
        var (fresh, outcomes) = Draw();
        var calibrator = new Calibrator(1, 0).Then(line.Slope, line.Offset);
        return (line, fresh.Zip(outcomes, (s, y) => -Math.Log(y ? calibrator.Probability(s) : 1 - calibrator.Probability(s))).Average());
    }
}
