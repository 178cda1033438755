using CsCheck;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests.Settings;

public sealed class CompanyDaysTests
{
    [Theory]
    [InlineData("Asia/Tokyo", "2024-09-01", 540, "2024-09-01T00:00:00Z")]
    [InlineData("Europe/Berlin", "2024-03-31", 150, "2024-03-31T01:00:00Z")] // 02:30 is left out: the moment after, 03:00 summer time
    [InlineData("Europe/Berlin", "2024-10-27", 150, "2024-10-27T00:30:00Z")] // 02:30 comes twice: the first
    [InlineData("America/Santiago", "2024-09-08", 0, "2024-09-08T04:00:00Z")] // midnight is left out
    [InlineData("Pacific/Auckland", "2024-01-01", 0, "2023-12-31T11:00:00Z")]
    public void A_time_of_the_companys_clock_is_one_instant(string zone, string day, int minute, string utc)
    {
        var settings = new CompanySettings { TimeZone = zone };
        settings.InstantOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), minute)
            .Should().Be(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime);
    }

    [Fact]
    public void A_day_begins_within_itself_in_every_zone_and_days_follow_one_another() =>
        Gen.Select(Gen.OneOf(Gen.Const("Asia/Tokyo"), Gen.Const("Europe/Berlin"), Gen.Const("America/Santiago"), Gen.Const("Pacific/Apia"), Gen.Const("Europe/Dublin"), Gen.Const("Asia/Beirut"), Gen.Const("UTC")), Gen.Int[0, 12_000]).Sample((zone, day) =>
        {
            var settings = new CompanySettings { TimeZone = zone };
            var date = new DateOnly(1995, 1, 1).AddDays(day);
            // a zone that crossed the date line left a whole day out
            if (zone == "Pacific/Apia" && date == new DateOnly(2011, 12, 30))
            {
                return true;
            }

            var start = settings.StartOf(date);
            return settings.DayOf(start) == date && settings.DayOf(start.AddMilliseconds(-1)) < date;
        }, iter: 2000);
}
