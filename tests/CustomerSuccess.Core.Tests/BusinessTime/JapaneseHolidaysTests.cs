using System.Globalization;
using CustomerSuccess.Core.BusinessTime;

namespace CustomerSuccess.Core.Tests.BusinessTime;

public sealed class JapaneseHolidaysTests
{
    [Fact]
    public void Every_year_equals_what_another_implementation_says()
    {
        var expected = File.ReadLines(Path.Combine(SharedFiles.Root(), "tests", "CustomerSuccess.Core.Tests", "BusinessTime", "japanese-holidays.txt"))
            .Where(line => !line.StartsWith('#')).ToList();
        var actual = Enumerable.Range(JapaneseHolidays.FirstYear, JapaneseHolidays.LastYear - JapaneseHolidays.FirstYear + 1)
            .SelectMany(JapaneseHolidays.Of)
            .Select(holiday => string.Create(CultureInfo.InvariantCulture, $"{holiday.Day:yyyy-MM-dd} {holiday.Holiday}"))
            .ToList();
        actual.Except(expected).Should().BeEmpty();
        expected.Except(actual).Should().BeEmpty();
        actual.Should().HaveCount(2076);
    }

    [Theory]
    [InlineData("2019-04-30", JapaneseHoliday.Citizens)] // between two holidays, one of them for a single year
    [InlineData("2026-09-22", JapaneseHoliday.Citizens)]
    [InlineData("2026-05-06", JapaneseHoliday.Substitute)] // the third day on, since 2007
    [InlineData("2021-08-09", JapaneseHoliday.Substitute)]
    [InlineData("1988-05-04", JapaneseHoliday.Citizens)]
    public void Days_that_stand_in_or_between_are_known(string day, JapaneseHoliday holiday) =>
        JapaneseHolidays.On(DateOnly.Parse(day, CultureInfo.InvariantCulture)).Should().Be(holiday);

    [Fact]
    public void Beyond_the_formulae_nothing_is_claimed()
    {
        JapaneseHolidays.On(new DateOnly(2100, 1, 1)).Should().BeNull();
        JapaneseHolidays.Of(1979).Should().BeEmpty();
    }
}
