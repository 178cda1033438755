using System.Globalization;
using CsCheck;
using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Tests.Outreach;

public sealed class OpenHoursTests
{
    private static readonly OutreachLimits Night = new() { QuietFrom = new(20, 0), QuietTo = new(8, 0) };

    [Theory]
    [InlineData("2026-11-26T10:59Z", "Asia/Tokyo", "2026-11-26T10:59Z")]
    [InlineData("2026-11-26T11:00Z", "Asia/Tokyo", "2026-11-26T23:00Z")]
    [InlineData("2026-11-26T16:00Z", "Asia/Tokyo", "2026-11-26T23:00Z")]
    [InlineData("2026-11-26T23:00Z", "Asia/Tokyo", "2026-11-26T23:00Z")]
    [InlineData("2026-11-26T16:00Z", "America/New_York", "2026-11-26T16:00Z")]
    // the clocks go forward at 02:00 on the 8th and back on the 1st of November
    [InlineData("2026-03-08T06:00Z", "America/New_York", "2026-03-08T12:00Z")]
    [InlineData("2026-11-01T03:00Z", "America/New_York", "2026-11-01T13:00Z")]
    public void Nothing_is_sent_in_the_night_of_whoever_receives_it(string at, string zone, string expected) =>
        OpenHours.AfterQuietHours(Utc(at), TimeZoneInfo.FindSystemTimeZoneById(zone), Night).Should().Be(Utc(expected));

    [Fact]
    public void Quiet_hours_may_lie_within_a_day_or_end_in_the_hour_that_the_clocks_leap_over()
    {
        var lunch = Night with { QuietFrom = new(12, 0), QuietTo = new(13, 0) };
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        OpenHours.AfterQuietHours(Utc("2026-11-26T17:30Z"), newYork, lunch).Should().Be(Utc("2026-11-26T18:00Z"));
        OpenHours.AfterQuietHours(Utc("2026-03-08T06:30Z"), newYork, Night with { QuietTo = new(2, 30) }).Should().Be(Utc("2026-03-08T07:00Z"), "02:30 does not exist: 03:00 is the next that does");
    }

    [Fact]
    public void Weekends_holidays_and_closed_days_are_skipped_where_asked_for()
    {
        var japan = Country.Find("日本")!;
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById(japan.Zone);
        var limits = new OutreachLimits { SkipWeekends = true, SkipHolidays = true, ClosedDays = [("JP", new(2027, 1, 4)), ("US", new(2027, 1, 5))] };
        // Friday the 1st is a holiday, then the weekend, then the company's own closed day
        OpenHours.AfterClosedDay(Utc("2026-12-31T18:00Z"), tokyo, japan, limits).Should().Be(Utc("2027-01-04T15:00Z"));
        OpenHours.AfterClosedDay(Utc("2026-12-31T18:00Z"), tokyo, Country.Find("US"), limits with { SkipWeekends = false }).Should().Be(Utc("2026-12-31T18:00Z"));
    }

    [Fact]
    public void Whatever_moment_is_asked_for_the_one_given_is_open()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.Id.Contains('/')).ToArray();
        Gen.Select(Gen.Int[0, 2 * 365 * 24 * 60], Gen.Int[0, zones.Length - 1], Gen.Int[0, 47], Gen.Int[0, 47]).Sample((minute, pick, from, to) =>
        {
            var zone = zones[pick];
            var limits = new OutreachLimits { QuietFrom = TimeOnly.MinValue.AddMinutes(30 * from), QuietTo = TimeOnly.MinValue.AddMinutes(30 * to) };
            var at = Utc("2026-01-01T00:00Z").AddMinutes(minute);
            var open = OpenHours.AfterQuietHours(at, zone, limits);
            open.Should().BeOnOrAfter(at);
            (open - at).Should().BeLessThan(TimeSpan.FromHours(26));
            if (from != to)
            {
                TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(open, zone)).IsBetween(limits.QuietFrom, limits.QuietTo).Should().BeFalse("{0} {1} {2}-{3}", at, zone.Id, limits.QuietFrom, limits.QuietTo);
            }
        });
    }

    [Theory]
    [InlineData("Europe/Berlin", "JP", "Europe/Berlin")]
    [InlineData("nowhere", "DE", "Europe/Berlin")]
    [InlineData(null, "日本", "Asia/Tokyo")]
    [InlineData(null, "Atlantis", "America/New_York")]
    public void A_person_lives_in_his_own_zone_else_his_countrys_else_the_companys(string? own, string? country, string expected) =>
        PersonZone.Of(own, Country.Find(country), "America/New_York").Id.Should().Be(expected);

    [Fact]
    public void Every_countrys_zone_exists() =>
        Country.Codes.Where(code => !TimeZoneInfo.TryFindSystemTimeZoneById(Country.Find(code)!.Zone, out _)).Should().BeEmpty();

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
