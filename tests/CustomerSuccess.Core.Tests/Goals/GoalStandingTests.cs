using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Goals;

namespace CustomerSuccess.Core.Tests.Goals;

public sealed class GoalStandingTests
{
    private static readonly DateOnly Start = new(2026, 1, 1), Due = new(2026, 12, 31);

    [Theory]
    // a share over everybody, from 0.80 to 0.90: half way by the end of June
    [InlineData("2026-06-30", 0.84, "Behind")]
    [InlineData("2026-06-30", 0.851, "OnTrack")]
    [InlineData("2026-06-30", 0.90, "Reached")]
    [InlineData("2026-12-31", 0.90, "Reached")]
    [InlineData("2026-12-31", 0.899, "Missed")]
    public void A_figure_over_everybody_is_taken_as_it_is(string month, double value, string status) =>
        Standing(Goal(GoalMeasure.Grr, 0.8m, 0.9m), new(Day(month), value, null, null, 500)).Should().Be(status);

    [Theory]
    // NPS from 0 to 40: about 20 by the end of June
    [InlineData("2026-06-30", 10, -10, 30, 60, "TooFewToTell")]
    [InlineData("2026-06-30", 10, 5, 15, 900, "Behind")]
    [InlineData("2026-06-30", 30, 10, 50, 60, "OnTrack")]
    [InlineData("2026-06-30", 50, 41, 59, 300, "Reached")]
    [InlineData("2026-12-31", 30, 10, 50, 60, "TooFewToTell")]
    [InlineData("2026-12-31", 45, 30, 60, 90, "TooFewToTell")]
    [InlineData("2026-12-31", 30, 25, 35, 900, "Missed")]
    [InlineData("2026-12-31", 50, 41, 59, 300, "Reached")]
    [InlineData("2026-06-30", -60, -90, -30, 9, "TooFewToTell")]
    public void A_figure_that_chance_bears_upon_is_judged_by_its_interval(string month, double value, double lower, double upper, int n, string status) =>
        Standing(Goal(GoalMeasure.Nps, 0, 40), new(Day(month), value, lower, upper, n)).Should().Be(status);

    [Theory]
    // hours until the first response, from 10 to 4: less is better
    [InlineData("2026-06-30", 8, 7.5, 9, "Behind")]
    [InlineData("2026-06-30", 8, 6.5, 9, "TooFewToTell")]
    [InlineData("2026-06-30", 6, 5, 7.5, "OnTrack")]
    [InlineData("2026-12-31", 3, 2.5, 3.9, "Reached")]
    [InlineData("2026-12-31", 5, 4.5, 6, "Missed")]
    public void Less_is_better_where_the_measure_says_so(string month, double value, double lower, double upper, string status) =>
        Standing(Goal(GoalMeasure.FirstResponse, 10, 4), new(Day(month), value, lower, upper, 80)).Should().Be(status);

    [Fact]
    public void An_end_that_is_not_known_may_lie_anywhere() =>
        Standing(Goal(GoalMeasure.FirstResponse, 10, 4), new(Due, 3, 2, null, 80)).Should().Be("TooFewToTell", "many still wait");

    [Fact]
    public void Only_months_that_have_ended_within_the_goals_time_count()
    {
        var goal = Goal(GoalMeasure.Grr, 0.8m, 0.9m);
        MeasurePoint[] points = [new(Day("2025-12-31"), 0.1, null, null, 9), new(Day("2026-02-28"), 0.83, null, null, 9), new(Day("2026-03-31"), 0.2, null, null, 9), new(Day("2027-01-31"), 0.3, null, null, 9)];
        GoalStanding.Of(goal, points, Day("2026-03-30")).Point!.Month.Should().Be(Day("2026-02-28"));
        GoalStanding.Of(goal, points, Day("2027-02-28")).Point!.Month.Should().Be(Day("2026-03-31"), "the year after is not the goal's");
        GoalStanding.Of(goal, [points[0], points[3]], Day("2027-02-28")).Status.Should().Be(GoalStatus.NotMeasured);
    }

    [Fact]
    public void The_path_goes_straight_from_one_interim_target_to_the_next_and_its_text_reads_back()
    {
        GoalStep[] steps = [new(Day("2026-09-30"), 30), new(Day("2026-03-31"), 5.5m)];
        var text = GoalPath.WriteSteps(steps);
        text.Should().Be("2026-03-31=5.5;2026-09-30=30");
        var path = new GoalPath(Start, 0, Due, 40, GoalPath.ParseSteps(text + ";nonsense;2026-99-99=1"));
        path.On(Day("2025-12-31")).Should().BeNull();
        (path.On(Start), path.On(Day("2026-03-31")), path.On(Day("2026-09-30")), path.On(Due), path.On(Day("2027-05-01"))).Should().Be((0, 5.5, 30, 40, 40));
        path.On(Day("2026-06-30")).Should().BeApproximately(5.5 + (24.5 * 91 / 183), 1e-9);
        GoalPath.WriteSteps([]).Should().BeNull();
    }

    [Fact]
    public void A_goal_on_NPS_that_is_exactly_reached_is_hardly_ever_called_missed_and_one_far_off_nearly_always()
    {
        // 300 answers at a time; the true score is 30
        var random = new Random(11);
        string Draw(decimal target)
        {
            var groups = new int[3];
            for (var i = 0; i < 300; i++)
            {
                groups[random.NextDouble() switch { < 0.5 => (int)NpsGroup.Promoter, < 0.8 => (int)NpsGroup.Passive, _ => (int)NpsGroup.Detractor }]++;
            }

            var score = NetPromoter.Of(groups)!;
            return Standing(Goal(GoalMeasure.Nps, -50, target), new(Due, score.Score, score.Lower, score.Upper, score.Answers));
        }

        const int Trials = 4000;
        var (missed, reached, far) = (0, 0, 0);
        for (var i = 0; i < Trials; i++)
        {
            var status = Draw(30);
            missed += status == nameof(GoalStatus.Missed) ? 1 : 0;
            reached += status == nameof(GoalStatus.Reached) ? 1 : 0;
            far += Draw(50) == nameof(GoalStatus.Missed) ? 1 : 0;
        }

        (missed / (double)Trials).Should().BeInRange(0.01, 0.04, "one time in forty");
        (reached / (double)Trials).Should().BeInRange(0.01, 0.04);
        (far / (double)Trials).Should().BeGreaterThan(0.95);
    }

    [Theory]
    [InlineData("2026-01-15", null, null)]
    [InlineData("2026-01-31", null, null)]
    [InlineData("2026-02-01", null, "2026-01-31")]
    [InlineData("2026-02-28", "2026-01-31", null)]
    [InlineData("2026-03-01", "2026-01-31", "2026-02-28")]
    [InlineData("2027-06-01", "2026-11-30", "2026-12-31")]
    [InlineData("2027-06-01", "2026-12-31", null)]
    public void A_review_is_due_once_a_month_has_ended_until_the_month_that_decides(string today, string? reviewed, string? due) =>
        GoalReviews.Due(Goal(GoalMeasure.Grr, 0.8m, 0.9m), reviewed is null ? null : Day(reviewed), Day(today)).Should().Be(due is null ? null : Day(due));

    [Fact]
    public void Every_measure_stands_in_the_catalogue_once() =>
        MeasureCatalogue.All.Select(definition => definition.Measure).Should().BeEquivalentTo(Enum.GetValues<GoalMeasure>());

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Standing(Goal goal, MeasurePoint point) => GoalStanding.Of(goal, [point], Day("2027-01-15")).Status.ToString();

    private static Goal Goal(GoalMeasure measure, decimal start, decimal target) => new() { GoalId = "g", Title = "g", OwnerEmail = "a@cs.example", Measure = measure, StartOn = Start, StartValue = start, DueOn = Due, TargetValue = target };
}
