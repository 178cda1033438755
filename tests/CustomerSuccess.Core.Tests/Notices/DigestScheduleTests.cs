using CustomerSuccess.Core.Notices;

namespace CustomerSuccess.Core.Tests.Notices;

public sealed class DigestScheduleTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), Lisbon = TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon");

    [Theory]
    [InlineData("2026-11-26T22:59:59Z", null, null)] // 7:59 on Friday
    [InlineData("2026-11-26T23:00:00Z", null, "2026-11-27")]
    [InlineData("2026-11-27T12:00:00Z", null, "2026-11-27")] // late is better than never
    [InlineData("2026-11-27T12:00:00Z", "2026-11-27", null)]
    [InlineData("2026-11-27T15:00:00Z", "2026-11-27", null)] // Saturday, 0:00
    [InlineData("2026-11-28T03:00:00Z", "2026-11-27", null)]
    [InlineData("2026-11-29T23:00:00Z", "2026-11-27", "2026-11-30")]
    public void A_digest_is_due_once_on_each_business_day_from_its_hour_on(string now, string? done, string? due) =>
        DigestSchedule.DueOn(Utc(now), 8, Tokyo, IsWeekend, done is null ? null : DateOnly.Parse(done, System.Globalization.CultureInfo.InvariantCulture))
            .Should().Be(due is null ? null : DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(2026, 3, 8, 2, "2026-03-08T07:00:00Z")] // 2:00 does not exist: 3:00 EDT
    [InlineData(2026, 11, 1, 1, "2026-11-01T05:00:00Z")] // 1:00 comes twice: the first, EDT
    [InlineData(2026, 11, 1, 8, "2026-11-01T13:00:00Z")]
    [InlineData(2026, 10, 31, 8, "2026-10-31T12:00:00Z")]
    public void The_hour_follows_summer_time(int year, int month, int day, int hour, string moment) =>
        DigestSchedule.MomentOn(new(year, month, day), hour, NewYork).Should().Be(Utc(moment));

    [Fact]
    public void Over_two_years_each_business_day_has_one_digest_whatever_the_hour()
    {
        foreach (var zone in new[] { Tokyo, NewYork, Lisbon })
        {
            for (var hour = 0; hour < 24; hour += 1)
            {
                DateOnly? done = null;
                var days = new List<DateOnly>();
                for (var now = Utc("2026-01-01T00:00:00Z"); now < Utc("2028-01-01T00:00:00Z"); now = now.AddMinutes(30))
                {
                    if (DigestSchedule.DueOn(now, hour, zone, IsWeekend, done) is { } day)
                    {
                        days.Add(day);
                        done = day;
                    }
                }

                days.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
                var expected = Enumerable.Range(0, 728).Select(i => new DateOnly(2026, 1, 2).AddDays(i)).Where(day => !IsWeekend(day));
                expected.Except(days).Should().BeEmpty("{0} at {1}", zone.Id, hour);
            }
        }
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
