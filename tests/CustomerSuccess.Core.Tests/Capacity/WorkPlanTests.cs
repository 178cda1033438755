using CsCheck;
using CustomerSuccess.Core.Capacity;

namespace CustomerSuccess.Core.Tests.Capacity;

public sealed class WorkPlanTests
{
    private const double Shortest = 10;

    private static readonly DateOnly Monday = new(2026, 11, 30);

    private static readonly Gen<WorkItem[]> Queue =
        Gen.Select(Gen.Int[1, 1000], Gen.OneOf(Gen.Const(0.0), Gen.Const(10.0), Gen.Const(15.0), Gen.Const(25.0), Gen.Const(45.0)), Gen.Bool, (account, minutes, danger) => new WorkItem(account, minutes, danger)).Array[0, 40].Select(items => items.DistinctBy(item => item.AccountNo).ToArray());

    private static readonly Gen<WorkDay[]> Days =
        Gen.Select(Gen.OneOf(Gen.Const(0.0), Gen.Const(30.0), Gen.Const(60.0), Gen.Const(240.0)), Gen.OneOf(Gen.Const(0.0), Gen.Const(20.0), Gen.Const(300.0)), (capacity, spent) => (capacity, spent)).Array[1, 7]
            .Select(days => days.Select((day, i) => new WorkDay(Monday.AddDays(i), day.capacity, i == 0 ? day.spent : 0, 0)).ToArray());

    [Fact]
    public void No_day_is_given_more_than_it_has_and_every_minute_is_of_somebody() =>
        Gen.Select(Queue, Days).Sample((queue, days) =>
        {
            var plan = WorkPlan.Of(queue, days, Shortest);
            return plan.Days.All(day => day.Planned == 0 || day.Spent + day.Planned <= day.Capacity)
                && plan.Days.All(day => day.Planned == queue.Where(item => plan.Planned.TryGetValue(item.AccountNo, out var on) && on == day.Day).Sum(item => item.Minutes))
                && plan.InDanger == queue.Count(item => item.InDanger && plan.Planned.ContainsKey(item.AccountNo));
        });

    [Fact]
    public void What_fits_today_does_not_depend_on_later_days_and_is_what_a_greedy_reader_of_the_list_takes() =>
        Gen.Select(Queue, Days).Sample((queue, days) =>
        {
            var left = days[0].Left;
            var taken = new List<int>();
            foreach (var item in queue)
            {
                if (item.Minutes > 0 && item.Minutes <= left)
                {
                    left -= item.Minutes;
                    taken.Add(item.AccountNo);
                }
            }

            var today = WorkPlan.Of(queue, days, Shortest).Planned.Where(planned => planned.Value == Monday).Select(planned => planned.Key);
            return today.Order().SequenceEqual(taken.Order());
        });

    [Fact]
    public void Nothing_that_still_fitted_was_left_out() =>
        Gen.Select(Queue, Days).Sample((queue, days) =>
        {
            var plan = WorkPlan.Of(queue, days, Shortest);
            return queue.Where(item => item.Minutes > 0 && !plan.Planned.ContainsKey(item.AccountNo)).All(item => plan.Days.All(day => day.Left < item.Minutes));
        });

    [Fact]
    public void A_list_is_read_only_as_far_as_something_may_still_fit()
    {
        IEnumerable<WorkItem> Endless()
        {
            for (var no = 1; ; no++)
            {
                yield return new(no, 20, false);
            }
        }

        WorkPlan.Of(Endless(), [new(Monday, 240, 35, 0), new(Monday.AddDays(1), 60, 0, 0)], Shortest).Planned.Should().HaveCount(10 + 3);
    }

    [Fact]
    public void A_week_reads_back_as_it_was_written_and_nothing_else_does()
    {
        var week = new WorkWeek([240, 240, 0, 180.5, 60, 0, 0]);
        WorkWeek.Parse(week.ToString()).Should().Be(week);
        week.On(DayOfWeek.Monday).Should().Be(240);
        week.On(DayOfWeek.Thursday).Should().Be(180.5);
        week.On(DayOfWeek.Sunday).Should().Be(0);
        foreach (var wrong in (string?[])[null, "", "1,2,3", "1,2,3,4,5,6,1441", "1,2,3,4,5,6,-1", "a,2,3,4,5,6,7", "1,2,3,4,5,6,7,8"])
        {
            WorkWeek.Parse(wrong).Should().BeNull("{0}", wrong);
        }
    }

    [Fact]
    public void Days_off_and_holidays_have_no_minutes()
    {
        Absence Off(DateOnly from, DateOnly until, DateTime? deleted = null) => new() { Email = "a@example.com", AbsenceId = "1", From = from, Until = until, DeletedAt = deleted };
        var calendar = new CsmCalendar(WorkWeek.Weekdays(120), [Off(Monday, Monday.AddDays(1)), Off(Monday.AddDays(3), Monday.AddDays(3), DateTime.UnixEpoch)], day => day == Monday.AddDays(2));
        Enumerable.Range(0, 7).Select(i => calendar.MinutesOn(Monday.AddDays(i))).Should().Equal(0, 0, 0, 120, 120, 0, 0);
        calendar.AwayOn(Monday.AddDays(1)).Should().NotBeNull();
        calendar.AwayOn(Monday.AddDays(2)).Should().BeNull("a holiday is nobody's absence");
        new Core.Settings.CompanySettings().IsHoliday(new(2026, 11, 23)).Should().BeTrue("Labour Thanksgiving Day");
        (new Core.Settings.CompanySettings() with { TimeZone = "Europe/Berlin" }).IsHoliday(new(2026, 11, 23)).Should().BeFalse();
        (new Core.Settings.CompanySettings() with { TimeZone = "Europe/Berlin", CsmHolidays = "japan" }).IsHoliday(new(2026, 11, 23)).Should().BeTrue();
    }
}
