using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

public sealed class SurvivalTests
{
    private static readonly Gen<List<(double Time, bool Left)>> Lives = Gen.Select(Gen.Int[0, 12].Select(t => (double)t), Gen.Bool).List[1, 40];

    /// <summary>Efron's way (1967): whoever is last seen hands its weight on to those who are seen longer. The same curve by another road.</summary>
    [Fact]
    public void The_curve_is_what_redistributing_to_the_right_gives()
    {
        Lives.Sample(lives =>
        {
            var ordered = lives.OrderBy(life => life.Time).ThenByDescending(life => life.Left).ToList();
            var weights = Enumerable.Repeat(1.0 / ordered.Count, ordered.Count).ToArray();
            for (var i = 0; i < ordered.Count; i++)
            {
                if (!ordered[i].Left)
                {
                    for (var later = i + 1; later < ordered.Count; later++)
                    {
                        weights[later] += weights[i] / (ordered.Count - i - 1);
                    }

                    weights[i] = i == ordered.Count - 1 ? weights[i] : 0;
                }
            }

            var longest = lives.Max(life => life.Time);
            foreach (var point in Curve(lives).At(Enumerable.Range(0, 13).Select(t => (double)t)))
            {
                point.Time.Should().BeLessThanOrEqualTo(longest);
                point.Share.Should().BeApproximately(1 - ordered.Select((life, i) => life.Left && life.Time <= point.Time ? weights[i] : 0).Sum(), 1e-9);
                point.AtRisk.Should().Be(lives.Count(life => life.Time >= point.Time));
                point.Left.Should().Be(lives.Count(life => life.Left && life.Time <= point.Time));
                point.Lower.Should().BeInRange(0, point.Share);
                point.Upper.Should().BeInRange(point.Share, 1);
            }
        });
    }

    /// <summary>Freireich's trial of 6-mercaptopurine (1963), as textbooks print it: remission of 21 patients in weeks; R's survfit with conf.type "log-log" gives the interval.</summary>
    [Theory]
    [InlineData(6, 0.857143, 0.619718, 0.951552)]
    [InlineData(10, 0.752941, 0.503200, 0.889362)]
    [InlineData(23, 0.448179, 0.188052, 0.680143)]
    public void The_curve_and_its_interval_are_those_of_the_textbook(double week, double share, double lower, double upper)
    {
        double[] relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23], seen = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        var curve = Curve([.. relapsed.Select(t => (t, true)), .. seen.Select(t => (t, false))]);
        var point = curve.At([week]).Single();
        point.Share.Should().BeApproximately(share, 1e-6);
        point.Lower.Should().BeApproximately(lower, 1e-4);
        point.Upper.Should().BeApproximately(upper, 1e-4);
        curve.Median().Should().Be(23);
    }

    [Fact]
    public void Nobody_is_no_curve_and_where_most_stay_there_is_no_median()
    {
        new SurvivalCurve().At([0, 1]).Should().BeEmpty();
        new SurvivalCurve().Median().Should().BeNull();
        Curve([(1, true), (5, false), (5, false), (5, false)]).Median().Should().BeNull();
    }

    [Fact]
    public void A_life_ends_with_the_first_churn_event_that_is_known_and_a_short_gap_is_none()
    {
        var mrr = MrrTimeline.Of([Term(0, 100), Term(110, 200), Term(260, null)]);
        var first = new DateOnly(2024, 1, 1);
        CustomerLife.Of(mrr, first.AddDays(400), 31).Should().Be(new CustomerLife(first, first.AddDays(200), true), "ten days are no churn, sixty are");
        CustomerLife.Of(mrr, first.AddDays(220), 31).Should().Be(new CustomerLife(first, first.AddDays(189), false), "the gap is not long enough yet");
        CustomerLife.Of(mrr, first.AddDays(20), 31).Should().BeNull();
        CustomerLife.Of(mrr, first.AddDays(400), 31)!.Value.LeftInMonth.Should().Be(7, "200 days lie in the seventh month");

        static Subscription Term(int from, int? to) => new() { AccountNo = 1, SourceId = 1, FactId = "", Currency = "USD", Mrr = 1, StartedOn = new DateOnly(2024, 1, 1).AddDays(from), EndedOn = to is { } end ? new DateOnly(2024, 1, 1).AddDays(end) : null };
    }

    [Fact]
    public void Stages_follow_contracts()
    {
        var first = new DateOnly(2024, 1, 1);
        var mrr = MrrTimeline.Of([Term(0, 200), Term(300, null)]);
        LifecycleStage? On(int day) => LifecycleStages.Of(mrr, first.AddDays(day), 90, 31);
        On(-1).Should().BeNull();
        On(89).Should().Be(LifecycleStage.New);
        On(90).Should().Be(LifecycleStage.Established);
        On(250).Should().Be(LifecycleStage.Lapsed);
        On(389).Should().Be(LifecycleStage.Reactivated);
        On(390).Should().Be(LifecycleStage.Established);

        static Subscription Term(int from, int? to) => new() { AccountNo = 1, SourceId = 1, FactId = "", Currency = "USD", Mrr = 1, StartedOn = new DateOnly(2024, 1, 1).AddDays(from), EndedOn = to is { } end ? new DateOnly(2024, 1, 1).AddDays(end) : null };
    }

    private static SurvivalCurve Curve(IEnumerable<(double Time, bool Left)> lives)
    {
        var curve = new SurvivalCurve();
        foreach (var (time, left) in lives)
        {
            curve.Add(time, left);
        }

        return curve;
    }
}
