using CsCheck;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;

namespace CustomerSuccess.Core.Tests.Sequences;

public sealed class StepTimingTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private static bool IsClosed(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || JapaneseHolidays.On(day) is not null;

    private static DateTime Utc(int day, int hour, int minute = 0, int month = 11) => new(2026, month, day, hour, minute, 0, DateTimeKind.Utc);

    private static PlayStep Step(int delay, DelayUnit unit = DelayUnit.Days, int? hour = null, DelayFrom from = DelayFrom.Before) => new() { Channel = Channels.Email, Delay = delay, Unit = unit, Hour = hour, From = from };

    [Fact]
    public void A_delay_counts_days_by_the_customers_clock()
    {
        // Thursday 26 November 2026, noon in Tokyo
        var noon = Utc(26, 3);
        Due(Step(0)).Should().Be(noon);
        Due(Step(3)).Should().Be(Utc(29, 3));
        Due(Step(1, DelayUnit.BusinessDays)).Should().Be(Utc(27, 3));
        Due(Step(2, DelayUnit.BusinessDays)).Should().Be(Utc(30, 3), "Saturday and Sunday do not count");
        Due(Step(0, hour: 15)).Should().Be(Utc(26, 6));
        Due(Step(0, hour: 9)).Should().Be(Utc(27, 0), "nine o'clock has passed");
        Due(Step(1, DelayUnit.BusinessDays, hour: 9)).Should().Be(Utc(27, 0));

        // Saturday 21 November; Monday 23 is a holiday in Japan (勤労感謝の日)
        Due(Step(0, DelayUnit.BusinessDays, hour: 10), Utc(21, 3)).Should().Be(Utc(24, 1));

        DateTime Due(PlayStep step, DateTime? from = null) => StepTiming.Due(step, from ?? noon, from ?? noon, Tokyo, IsClosed);
    }

    [Fact]
    public void A_delay_from_the_start_never_passes_the_step_before()
    {
        var start = Utc(2, 3);
        StepTiming.Due(Step(7, from: DelayFrom.Start), start, Utc(4, 3), Tokyo, IsClosed).Should().Be(Utc(9, 3));
        StepTiming.Due(Step(7, from: DelayFrom.Start), start, Utc(12, 5), Tokyo, IsClosed).Should().Be(Utc(12, 5), "the step before was done later");
        StepTiming.Due(Step(7, from: DelayFrom.Start, hour: 9), start, Utc(12, 5), Tokyo, IsClosed).Should().Be(Utc(13, 0));
    }

    [Fact]
    public void The_hour_stays_when_the_clocks_change()
    {
        // 31 October 9:00 in New York is 13:00 UTC, 1 November is 14:00
        var start = Utc(30, 13, month: 10);
        StepTiming.Due(Step(1), start, start, NewYork, _ => false).Should().Be(Utc(31, 13, month: 10));
        StepTiming.Due(Step(2), start, start, NewYork, _ => false).Should().Be(Utc(1, 14));
        // 2:30 does not exist on 8 March 2026
        var night = new DateTime(2026, 3, 7, 7, 30, 0, DateTimeKind.Utc);
        StepTiming.Due(Step(1), night, night, NewYork, _ => false).Should().Be(new DateTime(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc), "the first moment after the leap");
    }

    [Fact]
    public void No_step_is_due_before_it_may_begin_and_the_hour_is_kept() =>
        Gen.Select(Gen.Int[0, 40], Gen.Bool, Gen.Int[-1, 23], Gen.Bool, Gen.Int[0, 500_000], Gen.Int[0, 50_000]).Sample((delay, business, hour, fromStart, minute, later) =>
        {
            var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minute);
            var before = start.AddMinutes(later);
            var due = StepTiming.Due(Step(delay, business ? DelayUnit.BusinessDays : DelayUnit.Days, hour < 0 ? null : hour, fromStart ? DelayFrom.Start : DelayFrom.Before), start, before, Tokyo, IsClosed);
            due.Should().BeOnOrAfter(before);
            var local = TimeZoneInfo.ConvertTimeFromUtc(due, Tokyo);
            if (hour >= 0)
            {
                (local.Hour, local.Minute).Should().Be((hour, 0));
            }

            if (business && (hour >= 0 || !fromStart))
            {
                IsClosed(DateOnly.FromDateTime(local)).Should().BeFalse();
            }

            if (!fromStart && !business)
            {
                (due - before).TotalDays.Should().BeLessThanOrEqualTo(delay + 1);
            }
        }, iter: 500);
}
