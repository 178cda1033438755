using CsCheck;
using CustomerSuccess.Core.Tasks;

namespace CustomerSuccess.Core.Tests.Tasks;

public sealed class RecurrenceTests
{
    private static readonly DateOnly Sunday = new(2024, 9, 1);

    private static readonly Gen<Recurrence> Any = Gen.OneOf(
        Gen.Int[1, 60].Select(every => Recurrence.Daily(every)),
        Gen.Const(Recurrence.Weekdays),
        Gen.Select(Gen.Int[1, 8], Gen.Enum<DayOfWeek>().Array[1, 7], (every, days) => Recurrence.Weekly(every, days)),
        Gen.Select(Gen.Int[1, 24], Gen.Int[1, 31], Recurrence.Monthly));

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 20_000].Select(day => new DateOnly(2000, 1, 1).AddDays(day));

    [Theory]
    [InlineData("day/1", "2024-02-28", "2024-02-29")]
    [InlineData("day/10", "2024-12-30", "2025-01-09")]
    [InlineData("weekday", "2024-09-05", "2024-09-06")]
    [InlineData("weekday", "2024-09-06", "2024-09-09")]
    [InlineData("weekday", "2024-09-07", "2024-09-09")]
    [InlineData("week/1/mon,thu", "2024-09-02", "2024-09-05")]
    [InlineData("week/1/mon,thu", "2024-09-05", "2024-09-09")]
    [InlineData("week/2/mon,thu", "2024-09-05", "2024-09-16")]
    [InlineData("week/1/sun", "2024-09-01", "2024-09-08")]
    [InlineData("week/3/wed", "2024-09-02", "2024-09-04")]
    [InlineData("month/1/31", "2024-01-31", "2024-02-29")]
    [InlineData("month/1/31", "2024-02-29", "2024-03-31")]
    [InlineData("month/1/30", "2025-01-30", "2025-02-28")]
    [InlineData("month/1/30", "2025-02-28", "2025-03-30")]
    [InlineData("month/3/15", "2024-11-15", "2025-02-15")]
    [InlineData("month/1/20", "2024-09-05", "2024-09-20")]
    [InlineData("month/12/29", "2024-02-29", "2025-02-28")]
    [InlineData("month/12/29", "2027-02-28", "2028-02-29")]
    public void The_next_occurrence(string recurrence, string due, string next) =>
        Recurrence.Parse(recurrence)!.After(Day(due)).Should().Be(Day(next));

    [Theory]
    [InlineData("day/1", "2024-09-01", "2024-09-10", "2024-09-10")]
    [InlineData("day/7", "2024-09-01", "2024-09-10", "2024-09-15")]
    [InlineData("week/1/mon", "2024-09-02", "2024-09-09", "2024-09-09")]
    [InlineData("week/1/mon", "2024-09-02", "2024-09-10", "2024-09-16")]
    [InlineData("week/1/mon", "2024-09-09", "2024-09-02", "2024-09-16")]
    [InlineData("month/1/31", "2024-01-31", "2024-03-05", "2024-03-31")]
    public void What_was_missed_is_not_made_up_for(string recurrence, string due, string done, string next) =>
        Recurrence.Parse(recurrence)!.Next(Day(due), Day(done)).Should().Be(Day(next));

    [Fact]
    public void The_next_comes_after_the_due_day_and_not_before_the_day_it_was_done_and_no_occurrence_lies_between() =>
        Gen.Select(Any, Days, Gen.Int[-400, 4000]).Sample((recurrence, due, late) =>
        {
            var done = due.AddDays(late);
            var next = recurrence.Next(due, done);
            // a second way: step by step from the due day
            var step = recurrence.After(due);
            while (step < done)
            {
                step = recurrence.After(step);
            }

            return next > due && next >= done && next == step;
        }, iter: 2000);

    [Fact]
    public void A_series_keeps_its_days_however_long_it_runs() =>
        Gen.Select(Any, Days).Sample((recurrence, due) =>
        {
            var day = recurrence.After(due);
            for (var i = 0; i < 60; i++)
            {
                var next = recurrence.After(day);
                var fits = recurrence.Unit switch
                {
                    RecurrenceUnit.Day => next.DayNumber - day.DayNumber == recurrence.Every,
                    RecurrenceUnit.Weekday => next.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && next.DayNumber - day.DayNumber <= 3,
                    RecurrenceUnit.Week => recurrence.DaysOfWeek.Contains(next.DayOfWeek),
                    _ => next.Day == Math.Min(recurrence.DayOfMonth, DateTime.DaysInMonth(next.Year, next.Month))
                        && (12 * (next.Year - day.Year)) + next.Month - day.Month == recurrence.Every,
                };
                if (!fits || next <= day)
                {
                    return false;
                }

                day = next;
            }

            return true;
        }, iter: 500);

    [Fact]
    public void It_is_read_back_as_it_was_written() =>
        Any.Sample(recurrence => Recurrence.Parse(recurrence.ToString()) == recurrence, iter: 500);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("day")]
    [InlineData("day/0")]
    [InlineData("day/367")]
    [InlineData("day/-1")]
    [InlineData("week/1/")]
    [InlineData("week/1/fun")]
    [InlineData("month/1/32")]
    [InlineData("month/1/0")]
    [InlineData("year/1")]
    public void What_is_no_recurrence_is_none(string? text) => Recurrence.Parse(text).Should().BeNull();

    [Fact]
    public void A_time_that_has_passed_is_overdue_and_a_day_only_once_it_is_over()
    {
        WorkTask Task(DateOnly? due, int? minute) => new() { TaskId = "t", SeriesId = "t", Title = "t", AssigneeEmail = "a", CreatedByUser = "u", DueOn = due, DueMinute = minute };
        Task(Sunday, null).IsOverdue(Sunday, 1439).Should().BeFalse();
        Task(Sunday, 540).IsOverdue(Sunday, 540).Should().BeFalse();
        Task(Sunday, 540).IsOverdue(Sunday, 541).Should().BeTrue();
        Task(Sunday, null).IsOverdue(Sunday.AddDays(1), 0).Should().BeTrue();
        Task(null, null).IsOverdue(Sunday, 0).Should().BeFalse();
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
