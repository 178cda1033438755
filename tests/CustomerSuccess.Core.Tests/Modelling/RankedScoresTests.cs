using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class RankedScoresTests
{
    [Fact]
    public void Figures_equal_their_definitions_on_rows_with_ties_and_weights()
    {
        var random = new SeededRandom(3);
        for (var run = 0; run < 50; run++)
        {
            var n = 20 + random.Next(60);
            var scores = new double[n];
            var labels = new bool[n];
            var weights = new double[n];
            for (var i = 0; i < n; i++)
            {
                (scores[i], labels[i], weights[i]) = (random.Next(12) / 12.0, random.Next(3) == 0, random.Next(3));
            }

            (labels[0], labels[1], weights[0], weights[1]) = (true, false, 1, 1);
            var found = new RankedScores(scores, labels, true, new int[n], n).Measure(weights);
            found.RocAuc.Should().BeApproximately(PairwiseAuc(scores, labels, weights), 1e-12);
            found.PrAuc.Should().BeApproximately(AveragePrecision(scores, labels, weights), 1e-12);
            var all = weights.Sum();
            found.Brier.Should().BeApproximately(Enumerable.Range(0, n).Sum(i => weights[i] * Math.Pow(scores[i] - (labels[i] ? 1 : 0), 2)) / all, 1e-12);
        }
    }

    [Fact]
    public void A_row_drawn_twice_counts_like_two_rows()
    {
        double[] scores = [0.9, 0.7, 0.6, 0.4, 0.2, 0.1];
        bool[] labels = [true, false, true, false, true, false];
        double[] doubled = [.. scores, .. scores.Take(2)];
        bool[] doubledLabels = [.. labels, .. labels.Take(2)];
        var once = new RankedScores(scores, labels, true, new int[6], 3).Measure([2, 2, 1, 1, 1, 1]);
        var twice = new RankedScores(doubled, doubledLabels, true, new int[8], 3).Measure([1, 1, 1, 1, 1, 1, 1, 1]);
        once.Should().Be(twice);
    }

    [Fact]
    public void Log_loss_is_of_natural_logarithms()
    {
        var found = new RankedScores([0.8, 0.3], [true, false], true, [1, 1], 2).Measure([1, 1]);
        found.LogLoss.Should().BeApproximately(-(Math.Log(0.8) + Math.Log(0.7)) / 2, 1e-12);
    }

    [Fact]
    public void Calibration_error_is_the_gap_of_each_tenth()
    {
        // 100 rows of distinct scores: tenth k promises about (k + 0.5) / 10 and keeps exactly k of 10
        var scores = Enumerable.Range(0, 100).Select(i => (i + 0.5) / 100).ToArray();
        var labels = Enumerable.Range(0, 100).Select(i => i % 10 < i / 10).ToArray();
        new RankedScores(scores, labels, true, new int[100], 10).Measure([.. scores.Select(_ => 1.0)]).Ece.Should().BeApproximately(0.05, 1e-9);
    }

    [Fact]
    public void A_constant_score_has_neither_skill_nor_lift_and_is_one_bin()
    {
        var labels = Enumerable.Range(0, 40).Select(i => i % 4 == 0).ToArray();
        var found = new RankedScores([.. labels.Select(_ => 0.25)], labels, true, new int[40], 4).Measure([.. labels.Select(_ => 1.0)]);
        (found.RocAuc, found.LiftAt10, found.LiftAtCapacity, found.Ece).Should().Be((0.5, 1, 1, 0));
    }

    [Fact]
    public void Lift_looks_at_the_top_tenth_and_capacity_at_the_top_of_each_date()
    {
        var scores = Enumerable.Range(0, 20).Select(i => 1 - (i / 20.0)).ToArray();
        bool[] labels = [.. Enumerable.Range(0, 20).Select(i => i is 0 or 5 or 10 or 15)];
        int[] dates = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 1 : 2)];
        var found = new RankedScores(scores, labels, false, dates, 1).Measure([.. scores.Select(_ => 1.0)]);
        found.PrecisionAt10.Should().BeApproximately(0.5, 1e-12);
        found.LiftAt10.Should().BeApproximately(2.5, 1e-12);
        found.PrecisionAtCapacity.Should().Be(1);
        found.LogLoss.Should().Be(double.NaN);
    }

    [Fact]
    public void Intervals_draw_accounts_whole()
    {
        // one account's rows repeated a hundred times say no more than once
        var random = new SeededRandom(5);
        var few = Enumerable.Range(0, 60).Select(_ => (Score: random.Next(1000) / 1000.0, Label: random.Next(2) == 0)).ToArray();
        Estimate Interval(int copies)
        {
            var rows = few.SelectMany((row, account) => Enumerable.Repeat((row, account), copies)).ToArray();
            var ranked = new RankedScores([.. rows.Select(r => r.row.Score)], [.. rows.Select(r => r.row.Label)], true, new int[rows.Length], 1);
            return new Backtest([.. rows.Select(r => r.account)], [.. rows.Select(_ => 1.0)], 200, 1).Measure([ranked])[0].Estimate(m => m.RocAuc)!;
        }

        Interval(100).Lower.Should().BeApproximately(Interval(1).Lower!.Value, 1e-9);
        Interval(1).Upper.Should().BeGreaterThan(Interval(1).Lower!.Value + 0.1);
    }

    private static double PairwiseAuc(double[] scores, bool[] labels, double[] weights)
    {
        double won = 0, all = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (labels[i] && !labels[j])
                {
                    all += weights[i] * weights[j];
                    won += weights[i] * weights[j] * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
                }
            }
        }

        return won / all;
    }

    private static double AveragePrecision(double[] scores, bool[] labels, double[] weights)
    {
        var positive = Enumerable.Range(0, scores.Length).Where(i => labels[i]).Sum(i => weights[i]);
        double sum = 0, before = 0;
        foreach (var cut in scores.Distinct().OrderDescending())
        {
            double taken = 0, hit = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                taken += scores[i] >= cut ? weights[i] : 0;
                hit += scores[i] >= cut && labels[i] ? weights[i] : 0;
            }

            if (taken > 0)
            {
                sum += (hit - before) / positive * (hit / taken);
                before = hit;
            }
        }

        return sum;
    }
}
