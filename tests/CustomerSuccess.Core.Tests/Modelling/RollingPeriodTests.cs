using CsCheck;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class RollingPeriodTests
{
    private static readonly DateOnly Start = new(2023, 1, 31);

    [Fact]
    public void Two_years_give_four_periods_of_three_months_with_everything_known_before_each()
    {
        var periods = RollingPeriod.Of(Months(24), 135);
        periods.Select(p => (p.From, p.To)).Should().Equal(
            (Month(12), Month(14)), (Month(15), Month(17)), (Month(18), Month(20)), (Month(21), Month(23)));
        periods[0].Train.Should().Equal([0, 1, 2, 3, 4, 5, 6, 7], "what became of 2023-08-31 is known 135 days later, on 2024-01-13, and the first period begins with 2024-01-31");
    }

    [Fact]
    public void A_short_history_gives_fewer() => RollingPeriod.Of(Months(11), 31).Should().ContainSingle().Which.Test.Should().HaveCount(5);

    [Fact]
    public void A_stated_first_day_is_kept() => RollingPeriod.Of(Months(24), 31, Month(18)).Select(p => p.From).Should().Equal(Month(18), Month(21));

    [Fact]
    public void No_dates_give_none() => RollingPeriod.Of([], 135).Should().BeEmpty();

    [Fact]
    public void Whatever_the_dates_nothing_is_judged_twice_or_learned_before_it_was_known() =>
        Gen.Select(Gen.Int[0, 60].Array[0, 200], Gen.Int[0, 300]).Sample((months, days) =>
        {
            DateOnly[] dates = [.. months.Select(Month)];
            var periods = RollingPeriod.Of(dates, days);
            periods.Count.Should().BeLessThanOrEqualTo(RollingPeriod.Most);
            periods.SelectMany(p => p.Test).Should().OnlyHaveUniqueItems();
            foreach (var period in periods)
            {
                period.Train.Should().NotBeEmpty().And.OnlyContain(r => dates[r].AddDays(days) <= period.From);
                period.Test.Should().NotBeEmpty().And.OnlyContain(r => dates[r] >= period.From && dates[r] <= period.To);
            }
        });

    private static DateOnly Month(int months) => Start.AddDays(1).AddMonths(months).AddDays(-1);

    private static DateOnly[] Months(int count) => [.. Enumerable.Range(0, count).Select(Month)];
}
