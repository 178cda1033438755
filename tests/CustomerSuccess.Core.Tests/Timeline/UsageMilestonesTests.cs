using CsCheck;
using CustomerSuccess.Core.Timeline;

namespace CustomerSuccess.Core.Tests.Timeline;

public sealed class UsageMilestonesTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    [Fact]
    public void First_use_a_silence_and_the_return() =>
        Tell(30, 0, 1, 2, 20, 21).Should().Equal((0, "usage_first", 0), (3, "usage_silent", 17), (20, "usage_returned", 17));

    [Fact]
    public void A_silence_that_lasts_is_told_until_where_the_data_reach() =>
        Tell(30, 0, 1, 2).Should().Equal((0, "usage_first", 0), (3, "usage_silent", 28));

    [Fact]
    public void Two_weeks_are_no_silence_for_who_comes_every_week()
    {
        Tell(70, 0, 7, 14, 21, 42, 49, 56, 63, 70).Select(told => told.Kind).Should().Equal("usage_first");
        Tell(70, 0, 7, 14, 21, 50, 57, 64, 70).Select(told => told.Kind).Should().Equal("usage_first", "usage_silent", "usage_returned");
    }

    [Fact]
    public void Nothing_is_told_of_who_never_came() => Tell(100).Should().BeEmpty();

    [Fact]
    public void Every_return_ends_a_silence_of_at_least_two_weeks() =>
        Gen.Int[0, 400].Array[1, 80].Sample(days =>
        {
            var ordered = days.Distinct().Order().ToArray();
            var told = Tell(400, ordered).ToList();
            return told[0] == (ordered[0], "usage_first", 0)
                && told.Skip(1).All(turn => turn.SilentDays >= UsageMilestones.LeastSilentDays)
                && told.Where(turn => turn.Kind == "usage_returned").All(turn => ordered.Contains(turn.Day) && told.Contains((turn.Day - turn.SilentDays, "usage_silent", turn.SilentDays)));
        });

    private static IEnumerable<(int Day, string Kind, int SilentDays)> Tell(int until, params int[] days) =>
        UsageMilestones.Of([.. days.Select(day => Start.AddDays(day))], Start.AddDays(until)).Select(turn => (turn.Day.DayNumber - Start.DayNumber, turn.Kind, turn.SilentDays));
}
