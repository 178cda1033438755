using System.Globalization;
using CsCheck;
using CustomerSuccess.Core.BusinessTime;

namespace CustomerSuccess.Core.Tests.BusinessTime;

public sealed class BusinessCalendarTests
{
    private static readonly string[] ZoneIds = ["Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "UTC"];
    private static readonly string[] Weeks =
    [
        "mon 09:00-18:00; tue 09:00-18:00; wed 09:00-18:00; thu 09:00-18:00; fri 09:00-18:00",
        "mon 09:00-12:00 13:00-17:30; thu 00:00-24:00; sun 01:00-03:00",
        "sat 22:00-24:00; sun 00:00-06:00",
        WeeklyHours.Always.ToString(),
    ];

    // two years around 2011, whose end Samoa spent by leaving a day out
    private static readonly Gen<DateTime> AnyInstant = Gen.Long[0, 2 * 365 * 24 * 3600 * 1000L].Select(ms => new DateTime(2011, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(ms));
    private static readonly Gen<TimeSpan> AnyTime = Gen.Long[0, 90 * 3600 * 1000L].Select(ms => TimeSpan.FromMilliseconds(ms));
    private static readonly Gen<BusinessCalendar> AnyCalendar = Gen.Select(Gen.OneOf(ZoneIds.Select(Gen.Const).ToArray()), Gen.OneOf(Weeks.Select(Gen.Const).ToArray()), Gen.Int[0, 9])
        .Select((zone, week, off) => new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), WeeklyHours.Parse(week), day => day.DayNumber % 10 == off || (off > 5 && JapaneseHolidays.On(day) is not null)));

    [Fact]
    public void Time_that_was_added_is_time_that_has_gone_by() => Gen.Select(AnyCalendar, AnyInstant, AnyTime).Sample((calendar, from, time) =>
        calendar.Between(from, calendar.Add(from, time)!.Value) == time);

    [Fact]
    public void Time_summed_once_is_time_counted_day_by_day() => Gen.Select(AnyCalendar, AnyInstant, AnyInstant).Sample((calendar, a, b) =>
    {
        var (from, until) = a < b ? (a, b) : (b, a);
        var open = new OpenTime(calendar, from, until);
        return new[] { (From: from, Until: until), (From: from.AddDays(1), Until: until.AddHours(-3)), (From: from.AddDays(-2), Until: from.AddDays(2)) }.All(one => open.Between(one.From, one.Until) == calendar.Between(one.From, one.Until));
    });

    [Fact]
    public void Adding_in_two_steps_is_adding_at_once() => Gen.Select(AnyCalendar, AnyInstant, AnyTime, AnyTime).Sample((calendar, from, first, second) =>
        calendar.Add(calendar.Add(from, first)!.Value, second) is var stepped && (second == TimeSpan.Zero || stepped == calendar.Add(from, first + second)));

    [Fact]
    public void Time_between_is_the_sum_of_its_parts() => Gen.Select(AnyCalendar, AnyInstant, AnyInstant, AnyInstant).Sample((calendar, a, b, c) =>
    {
        var sorted = new[] { a, b, c }.Order().ToArray();
        return calendar.Between(sorted[0], sorted[1]) + calendar.Between(sorted[1], sorted[2]) == calendar.Between(sorted[0], sorted[2]);
    });

    [Fact]
    public void Open_time_is_counted_as_the_minutes_at_which_it_is_open() => Gen.Select(AnyCalendar, AnyInstant, Gen.Int[1, 3000]).Sample(
        (calendar, from, minutes) =>
        {
            // every boundary lies on a whole minute
            var start = new DateTime(from.Ticks - (from.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
            var open = Enumerable.Range(0, minutes).Count(minute => calendar.IsOpen(start.AddMinutes(minute)));
            return calendar.Between(start, start.AddMinutes(minutes)) == TimeSpan.FromMinutes(open);
        },
        iter: 30);

    [Fact]
    public void Day_and_night_is_plain_time() => Gen.Select(Gen.OneOf(ZoneIds.Select(Gen.Const).ToArray()), AnyInstant, AnyTime).Sample((zone, from, time) =>
        new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), WeeklyHours.Always, _ => false).Add(from, time) == from + time);

    [Theory]
    [InlineData("2026-11-20T08:30Z", 60, "2026-11-24T00:30Z")] // Friday 17:30 in Tokyo, then Labour Thanksgiving on Monday
    [InlineData("2026-11-20T08:30Z", 30, "2026-11-20T09:00Z")] // until closing time, not until the next opening
    [InlineData("2026-12-28T03:00Z", 600, "2027-01-04T04:00Z")] // own days off over New Year
    [InlineData("2026-09-19T00:00Z", 1, "2026-09-24T00:01Z")] // five days of silver week
    public void Tokyo_counts_its_office_hours(string from, int minutes, string due)
    {
        var calendar = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), WeeklyHours.Office, day => JapaneseHolidays.On(day) is not null || day is { Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 });
        calendar.Add(At(from), TimeSpan.FromMinutes(minutes)).Should().Be(At(due));
    }

    [Fact]
    public void A_day_on_which_the_clock_changes_is_shorter_or_longer()
    {
        var newYork = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), WeeklyHours.Parse("sun 00:00-24:00"), _ => false);
        newYork.Between(At("2026-03-08T00:00Z"), At("2026-03-10T00:00Z")).Should().Be(TimeSpan.FromHours(23));
        newYork.Between(At("2026-11-01T00:00Z"), At("2026-11-03T00:00Z")).Should().Be(TimeSpan.FromHours(25));
    }

    [Fact]
    public void A_day_that_a_zone_leaves_out_has_no_hours()
    {
        var samoa = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia"), WeeklyHours.Parse("thu 09:00-17:00; fri 09:00-17:00; sat 09:00-17:00"), _ => false);
        samoa.Between(At("2011-12-29T10:00Z"), At("2011-12-31T10:00Z")).Should().Be(TimeSpan.FromHours(16), "Thursday was followed by Saturday");
        samoa.Add(At("2011-12-30T02:00Z"), TimeSpan.FromHours(2)).Should().Be(At("2011-12-30T20:00Z"), "an hour of Thursday, and one of Saturday");
    }

    [Fact]
    public void Who_never_opens_is_never_due()
    {
        var closed = new BusinessCalendar(TimeZoneInfo.Utc, WeeklyHours.Office, _ => true);
        closed.Add(At("2026-01-01T00:00Z"), TimeSpan.FromMinutes(1)).Should().BeNull();
        closed.Add(At("2026-01-01T00:00Z"), TimeSpan.Zero).Should().Be(At("2026-01-01T00:00Z"));
    }

    [Theory]
    [InlineData("mon 9:00-18:00", "mon 09:00-18:00")]
    [InlineData(" fri 13:00-24:00 00:00-12:00 ; mon 09:00-18:00 ", "mon 09:00-18:00; fri 00:00-12:00 13:00-24:00")]
    public void Hours_are_written_as_they_are_read(string text, string written)
    {
        WeeklyHours.Parse(text).ToString().Should().Be(written);
        WeeklyHours.Parse(written).ToString().Should().Be(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mon")]
    [InlineData("mon 18:00-09:00")]
    [InlineData("mon 09:00-12:00 11:00-13:00")]
    [InlineData("mon 09:00-24:30")]
    [InlineData("mon 09:00-18:00; mon 19:00-20:00")]
    [InlineData("someday 09:00-18:00")]
    [InlineData("mon 09:60-18:00")]
    public void What_makes_no_sense_is_refused(string text) => WeeklyHours.TryParse(text).Should().BeNull();

    private static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
