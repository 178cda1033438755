using CustomerSuccess.Core.Feedback;

namespace CustomerSuccess.Core.Tests.Feedback;

public sealed class ThemeTrendTests
{
    [Fact]
    public void A_share_of_one_source_is_compared_as_a_difference_of_two_shares()
    {
        // by hand: 30/100 against 10/100
        var change = ThemeTrend.Of([[new(30, 100, 10, 100)]]).Single();
        change.Difference.Should().BeApproximately(0.2, 1e-12);
        change.Course.Should().Be(ThemeCourse.Rising);
        // (|30 − 20| − ½)² / (100·100·40·160 / (200²·199)) = 11.22
        change.P.Should().BeApproximately(0.0008, 0.0001);
        (change.Lower, change.Upper).Should().Match<(double? Lower, double? Upper)>(interval => interval.Lower > 0.08 && interval.Lower < 0.1 && interval.Upper > 0.3 && interval.Upper < 0.32);
    }

    [Fact]
    public void A_wave_of_comments_is_no_rise()
    {
        // nobody was asked before: inquiries alone can be compared, and they stand still
        var change = ThemeTrend.Of([[new(80, 200, 0, 0), new(10, 100, 10, 100)]]).Single();
        (change.Difference, change.Course).Should().Be((0, ThemeCourse.Same));
        ThemeTrend.Of([[new(80, 200, 0, 0), new(0, 0, 10, 100)]]).Single().Should().Be(new ThemeTrend(null, null, null, null, ThemeCourse.TooFew));
        ThemeTrend.Of([[new(5, 19, 4, 300)]]).Single().Course.Should().Be(ThemeCourse.TooFew);
        ThemeTrend.Of([[new(4, 300, 3, 300)]]).Single().Course.Should().Be(ThemeCourse.TooFew);
    }

    /// <summary>Fifteen themes of various sizes and two sources, nothing changed: at most one page in twenty calls anything a change.</summary>
    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    public void Noise_is_called_a_change_on_at_most_one_page_in_twenty(int customers)
    {
        const int Pages = 1_500;
        var random = new Random(11);
        var alarms = 0;
        for (var page = 0; page < Pages; page++)
        {
            List<IReadOnlyList<ThemeStratum>> themes = [];
            for (var theme = 0; theme < 15; theme++)
            {
                var share = 0.02 + (0.4 * random.NextDouble());
                int Count(int of) => Enumerable.Range(0, of).Count(_ => random.NextDouble() < share);
                themes.Add([new(Count(customers), customers, Count(customers / 2), customers / 2), new(Count(customers / 3), customers / 3, Count(customers), customers)]);
            }

            alarms += ThemeTrend.Of(themes).Any(change => change.Course is ThemeCourse.Rising or ThemeCourse.Falling) ? 1 : 0;
        }

        // three standard errors above 5 %
        ((double)alarms / Pages).Should().BeLessThan(0.05 + (3 * Math.Sqrt(0.05 * 0.95 / Pages)));
    }

    [Fact]
    public void The_interval_holds_the_true_difference_and_a_true_rise_is_found()
    {
        const int Draws = 2_000;
        var random = new Random(5);
        var (held, found) = (0, 0);
        for (var draw = 0; draw < Draws; draw++)
        {
            int Count(int of, double share) => Enumerable.Range(0, of).Count(_ => random.NextDouble() < share);
            var change = ThemeTrend.Of([[new(Count(200, 0.25), 200, Count(160, 0.1), 160), new(Count(60, 0.35), 60, Count(90, 0.2), 90)]]).Single();
            held += change.Lower <= 0.15 && change.Upper >= 0.15 ? 1 : 0;
            found += change.Course == ThemeCourse.Rising ? 1 : 0;
        }

        ((double)held / Draws).Should().BeInRange(0.935, 0.965);
        ((double)found / Draws).Should().BeGreaterThan(0.95);
    }
}
