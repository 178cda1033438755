using CsCheck;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

public sealed class FigureTests
{
    [Theory]
    [InlineData(50, 30, 20, 30.0, 14.05113, 44.201297)]
    [InlineData(5, 3, 2, 30.0, -19.050615, 65.204462)]
    [InlineData(0, 0, 1, -100.0, -98.498649, 48.498649)]
    [InlineData(10, 0, 0, 100.0, 47.503552, 100)]
    public void NPS_has_an_interval_by_the_adjusted_Wald_method(int promoters, int passives, int detractors, double score, double lower, double upper)
    {
        var nps = NetPromoter.Of(promoters, passives, detractors)!;
        (nps.Score, nps.Answers).Should().Be((score, promoters + passives + detractors));
        nps.Lower.Should().BeApproximately(lower, 1e-6);
        nps.Upper.Should().BeApproximately(upper, 1e-6);
    }

    [Fact]
    public void Nobody_asked_is_no_score() => NetPromoter.Of(0, 0, 0).Should().BeNull();

    [Fact]
    public void Every_given_case_of_NPS_is_met()
    {
        var file = SharedFiles.Require("oracle", "nps-cases.csv");
        foreach (var cells in File.ReadLines(file).Skip(1).Select(line => line.Split(',')))
        {
            var nps = NetPromoter.Of(Whole(cells[0]), Whole(cells[1]), Whole(cells[2]));
            if (cells[4].Length == 0)
            {
                nps.Should().BeNull();
                continue;
            }

            nps!.Score.Should().BeApproximately(Number(cells[4]), 1e-6);
            nps.Lower.Should().BeApproximately(Number(cells[5]), 1e-6);
            nps.Upper.Should().BeApproximately(Number(cells[6]), 1e-6);
        }
    }

    [Fact]
    public void Percentiles_without_running_times_are_those_of_linear_interpolation()
    {
        Gen.Double[0, 1000].List[1, 60].Select(Gen.Double[0, 1]).Sample((times, share) =>
        {
            var waiting = new WaitingTimes();
            times.ForEach(time => waiting.Add(time, running: false));
            var sorted = times.Order().ToList();
            var position = share * (sorted.Count - 1);
            var low = (int)Math.Min(position, sorted.Count - 1);
            var high = Math.Min(low + 1, sorted.Count - 1);
            waiting.Percentile(share)!.Value.Should().BeApproximately(sorted[low] + ((sorted[high] - sorted[low]) * (position - low)), 1e-6);
        });
    }

    [Fact]
    public void What_still_runs_lengthens_percentiles_and_may_leave_them_out_of_reach()
    {
        var waiting = new WaitingTimes();
        foreach (var time in new[] { 1d, 2, 3 })
        {
            waiting.Add(time, running: false);
        }

        waiting.Percentile(0.5).Should().Be(2);
        waiting.Add(2.5, running: true);
        waiting.Add(2.5, running: true);
        waiting.Percentile(0.5).Should().BeGreaterThan(2);
        for (var i = 0; i < 10; i++)
        {
            waiting.Add(5, running: true);
        }

        waiting.Percentile(0.5).Should().BeNull("most still wait");
        new WaitingTimes().Percentile(0.5).Should().BeNull();
    }

    [Fact]
    public void No_digit_of_a_percentile_lies_beyond_the_last_time()
    {
        var waiting = new WaitingTimes();
        waiting.Add(7d / 30, running: false);
        waiting.Add(11d / 12, running: false);
        waiting.Add(0, running: true);
        waiting.Percentile(0.75).Should().BeLessThanOrEqualTo(11d / 12);
    }

    [Fact]
    public void A_percentile_lies_among_the_times_that_ended_and_grows_with_its_share()
    {
        Gen.Double[0, 100].List[1, 30].Select(Gen.Double[0, 100].List[1, 30]).Sample((done, running) =>
        {
            var waiting = new WaitingTimes();
            done.ForEach(time => waiting.Add(time, running: false));
            running.ForEach(time => waiting.Add(time, running: true));
            double?[] percentiles = [.. new[] { 0.1, 0.25, 0.5, 0.75, 0.9 }.Select(waiting.Percentile)];
            var reached = percentiles.TakeWhile(p => p is not null).ToList();
            reached.Should().BeInAscendingOrder();
            reached.Count(p => p < done.Min() || p > done.Max()).Should().Be(0);
            percentiles.Skip(reached.Count).Count(p => p is not null).Should().Be(0, "a curve that is out of reach stays so");
        });
    }

    [Fact]
    public void Ties_share_a_score_and_scores_lie_between_1_and_5()
    {
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 8], Gen.Int[0, 20]).List[1, 80].Sample(rows =>
        {
            var scores = Rfm.Score([.. rows.Select((row, i) => new RfmValues($"C{i:D3}", row.Item1, row.Item2, row.Item3))]);
            foreach (var score in scores)
            {
                score.R.Should().Be(1 + (5 * rows.Count(row => row.Item1 > score.Values.Recency) / rows.Count)).And.BeInRange(1, 5);
                score.F.Should().Be(1 + (5 * rows.Count(row => row.Item2 < score.Values.Frequency) / rows.Count)).And.BeInRange(1, 5);
                score.M.Should().Be(1 + (5 * rows.Count(row => row.Item3 < score.Values.Money) / rows.Count)).And.BeInRange(1, 5);
            }

            var table = Rfm.Table(scores);
            table.Sum(cell => cell.Accounts).Should().Be(rows.Count);
            table.Sum(cell => cell.Money).Should().Be(rows.Sum(row => row.Item3));
        });
    }

    [Fact]
    public void Deciles_are_ten_equal_groups_highest_first_ties_by_id()
    {
        var deciles = Rfm.Deciles([.. Enumerable.Range(1, 20).Select(i => new RfmValues($"C{i:D2}", 0, 1, i <= 18 ? 10 : 100))]);
        deciles.Should().HaveCount(10).And.OnlyContain(d => d.Accounts == 2);
        deciles[0].Should().Be(new Decile(1, 2, 200, 200 / 380.0, 200 / 380.0));
        deciles[9].CumulativeShare.Should().Be(1);
        Rfm.Deciles([new RfmValues("A", 1, 0, 0)]).Should().Equal(new Decile(1, 1, 0, null, null));
        Rfm.Deciles([]).Should().BeEmpty();
    }

    private static int Whole(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
