using System.Globalization;
using CsCheck;
using CustomerSuccess.Core.Handouts;

namespace CustomerSuccess.Core.Tests.Handouts;

public sealed class SendScheduleTests
{
    private static readonly string[] Zones = ["Asia/Tokyo", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "UTC"];

    [Theory]
    // Monday 8:00 in Tokyo is Sunday 23:00 UTC
    [InlineData(SendCadence.Weekly, "Asia/Tokyo", 8, 1, 1, "2026-11-26T03:00", "2026-11-29T23:00")]
    [InlineData(SendCadence.Weekly, "Asia/Tokyo", 8, 1, 1, "2026-11-29T23:00", "2026-12-06T23:00")]
    [InlineData(SendCadence.Weekly, "Asia/Tokyo", 8, 1, 1, "2026-11-29T22:59", "2026-11-29T23:00")]
    // months that have no 31st end with it
    [InlineData(SendCadence.Monthly, "Asia/Tokyo", 9, 31, 1, "2027-02-01T00:00", "2027-02-28T00:00")]
    [InlineData(SendCadence.Monthly, "Asia/Tokyo", 9, 31, 1, "2028-02-01T00:00", "2028-02-29T00:00")]
    [InlineData(SendCadence.Monthly, "Asia/Tokyo", 9, 30, 1, "2027-02-28T00:00", "2027-03-30T00:00")]
    // New York's clocks leave out 2:00 on 8 March 2026 and show 1:00 twice on 1 November
    [InlineData(SendCadence.Monthly, "America/New_York", 2, 8, 1, "2026-03-01T00:00", "2026-03-08T07:00")]
    [InlineData(SendCadence.Monthly, "America/New_York", 1, 1, 1, "2026-10-15T00:00", "2026-11-01T05:00")]
    [InlineData(SendCadence.Monthly, "America/New_York", 1, 1, 1, "2026-11-01T05:00", "2026-12-01T06:00")]
    [InlineData(SendCadence.Monthly, "America/New_York", 8, 1, 1, "2026-03-01T12:00", "2026-03-01T13:00")]
    [InlineData(SendCadence.Monthly, "America/New_York", 8, 1, 1, "2026-03-02T00:00", "2026-04-01T12:00")]
    // a fiscal year from April has its quarters' ends in front of April, July, October, January
    [InlineData(SendCadence.Quarterly, "Asia/Tokyo", 7, 5, 4, "2026-11-26T00:00", "2027-01-04T22:00")]
    [InlineData(SendCadence.Quarterly, "Asia/Tokyo", 7, 5, 2, "2026-11-26T00:00", "2027-02-04T22:00")]
    [InlineData(SendCadence.Quarterly, "Asia/Kolkata", 7, 31, 3, "2026-11-01T00:00", "2026-12-31T01:30")]
    public void The_next_sending_follows_the_clocks_of_its_zone(SendCadence cadence, string zone, int hour, int day, int fiscal, string after, string next) =>
        new SendSchedule(cadence, DayOfWeek.Monday, day, hour, zone, fiscal).After(Utc(after)).Should().Be(Utc(next));

    [Fact]
    public void Whatever_is_chosen_sendings_go_on_at_the_hour_that_was_chosen_and_none_is_left_out() =>
        Gen.Select(Gen.Int[0, 2].Select(i => (SendCadence)i), Gen.Int[0, 6], Gen.Int[1, 31], Gen.Int[0, 23], Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]), Gen.Int[1, 12], Gen.Int[0, 60 * 24 * 800]).Sample((cadence, weekDay, monthDay, hour, zone, fiscal, minutes) =>
        {
            var schedule = new SendSchedule(cadence, (DayOfWeek)weekDay, monthDay, hour, zone, fiscal);
            var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes);
            var next = schedule.After(at);
            next.Should().BeAfter(at);
            schedule.Latest(next).Should().Be(next);
            schedule.Latest(next.AddTicks(-1)).Should().BeBefore(next);
            schedule.After(schedule.Latest(at)).Should().Be(next, "none lies between the last and the next");
            var local = TimeZoneInfo.ConvertTimeFromUtc(next, TimeZoneInfo.FindSystemTimeZoneById(zone));
            (local.Hour == hour || TimeZoneInfo.FindSystemTimeZoneById(zone).IsInvalidTime(local.Date.AddHours(hour))).Should().BeTrue();
            if (cadence == SendCadence.Weekly)
            {
                ((int)local.DayOfWeek).Should().Be(weekDay);
            }
            else
            {
                local.Day.Should().Be(Math.Min(monthDay, DateTime.DaysInMonth(local.Year, local.Month)));
            }
        }, iter: 300);

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
