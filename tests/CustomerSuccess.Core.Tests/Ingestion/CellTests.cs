using System.Globalization;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Core.Tests.Ingestion;

public sealed class CellTests
{
    [Theory]
    [InlineData("2024-04-01", "2024-04-01")]
    [InlineData("2024/4/1", "2024-04-01")]
    [InlineData("2024.4.1", "2024-04-01")]
    [InlineData("20240401", "2024-04-01")]
    [InlineData("2024年4月1日", "2024-04-01")]
    [InlineData("２０２４年４月１日", "2024-04-01")]
    [InlineData("２０２４－０４－０１", "2024-04-01")]
    [InlineData("2024年 4月 1日", "2024-04-01")]
    [InlineData("令和6年4月1日", "2024-04-01")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("平成元年1月8日", "1989-01-08")]
    [InlineData("昭和64年1月7日", "1989-01-07")]
    [InlineData("大正15年12月24日", "1926-12-24")]
    [InlineData("明治45年7月29日", "1912-07-29")]
    [InlineData("平成36年3月31日", "2024-03-31")]
    [InlineData("R6.4.1", "2024-04-01")]
    [InlineData("r6/4/1", "2024-04-01")]
    [InlineData("H31.4.30", "2019-04-30")]
    [InlineData("㋿6年4月1日", "2024-04-01")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("9999-12-31", "9999-12-31")]
    [InlineData("05-05-2024", "2024-05-05")]
    public void A_date_is_read_in_every_form_of_the_contract(string cell, string iso)
    {
        DateCell.TryDay(cell, DayOrder.Unknown, out var day).Should().Be(DateResult.Ok);
        day.Should().Be(DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("31-02-2024")]
    [InlineData("2024-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("2024-4")]
    [InlineData("2024/4-1")]
    [InlineData("0024-04-01")]
    [InlineData("1-4-24")]
    [InlineData("令和元年4月30日")]
    [InlineData("令和0年5月1日")]
    [InlineData("R.4.1")]
    [InlineData("2024年4月1")]
    [InlineData("tomorrow")]
    [InlineData("45383")]
    [InlineData("=TODAY()")]
    public void What_is_no_date_of_the_calendar_is_refused(string cell) =>
        DateCell.TryDay(cell, DayOrder.DayFirst, out _).Should().Be(DateResult.Invalid);

    [Theory]
    [InlineData("01-04-2024", DayOrder.DayFirst, 4, 1)]
    [InlineData("01-04-2024", DayOrder.MonthFirst, 1, 4)]
    [InlineData("1/4/2024", DayOrder.DayFirst, 4, 1)]
    [InlineData("1.4.2024", DayOrder.DayFirst, 4, 1)]
    public void Day_and_month_stand_in_the_files_order(string cell, DayOrder order, int month, int date)
    {
        DateCell.TryDay(cell, DayOrder.Unknown, out _).Should().Be(DateResult.NeedsOrder);
        DateCell.TryDay(cell, order, out var day).Should().Be(DateResult.Ok);
        day.Should().Be(new DateOnly(2024, month, date));
    }

    [Fact]
    public void Every_day_of_two_centuries_reads_back_in_every_form()
    {
        string[] forms = ["yyyy-MM-dd", "yyyy/M/d", "yyyy'年'M'月'd'日'", "yyyyMMdd", "yyyy.M.d"];
        for (var day = new DateOnly(1900, 1, 1); day.Year < 2100; day = day.AddDays(1))
        {
            foreach (var form in forms)
            {
                DateCell.TryDay(day.ToString(form, CultureInfo.InvariantCulture), DayOrder.Unknown, out var read).Should().Be(DateResult.Ok);
                if (read != day)
                {
                    Assert.Fail($"{day:o} in {form} reads as {read:o}");
                }
            }
        }
    }

    [Theory]
    [InlineData("2024-04", 2024, 4)]
    [InlineData("2024/4", 2024, 4)]
    [InlineData("2024年4月", 2024, 4)]
    [InlineData("202404", 2024, 4)]
    [InlineData("2024-04-17", 2024, 4)]
    public void A_month_is_its_first_day(string cell, int year, int month)
    {
        DateCell.TryMonth(cell, DayOrder.Unknown, out var first).Should().Be(DateResult.Ok);
        first.Should().Be(new DateOnly(year, month, 1));
    }

    [Theory]
    [InlineData("2024-04-01T13:05:00Z", "2024-04-01T13:05:00.000")]
    [InlineData("2024-04-01T13:05:00+09:00", "2024-04-01T04:05:00.000")]
    [InlineData("2024-04-01 13:05:06.789-0530", "2024-04-01T18:35:06.789")]
    [InlineData("2024-04-01T13:05:12.345", "2024-04-01T04:05:12.345")]
    [InlineData("2024/4/1 9:05", "2024-04-01T00:05:00.000")]
    [InlineData("2024年4月1日 13時05分", "2024-04-01T04:05:00.000")]
    [InlineData("2024年4月1日13:05", null)]
    [InlineData("13/04/2024 1:05 PM", "2024-04-13T04:05:00.000")]
    [InlineData("13/04/2024 12:05 am", "2024-04-12T15:05:00.000")]
    [InlineData("２０２４－０４－０１　１３：０５", "2024-04-01T04:05:00.000")]
    [InlineData("令和6年4月1日", "2024-03-31T15:00:00.000")]
    [InlineData("2024-04-01 24:00", null)]
    [InlineData("2024-04-01 13:60", null)]
    [InlineData("2024-04-01 13", null)]
    [InlineData("2024-04-01T13:05+25:00", null)]
    [InlineData("2024-04-01 13:05 PM", null)]
    public void A_time_without_offset_is_in_the_sources_zone(string cell, string? utc)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var result = InstantCell.TryRead(cell, DayOrder.DayFirst, out var written);
        var read = result == DateResult.Ok ? written.ToUtc(zone)?.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) : null;
        read.Should().Be(utc);
    }

    [Theory]
    [InlineData("1,234", 1234)]
    [InlineData("１，２３４", 1234)]
    [InlineData("-12.5", -12.5)]
    [InlineData("−12.5", -12.5)]
    [InlineData("1e3", 1000)]
    [InlineData("1,234,567.25", 1234567.25)]
    [InlineData("0", 0)]
    [InlineData("12345678901", 12345678901)]
    public void A_number_may_be_grouped_and_wide(string cell, double value)
    {
        NumberCell.TryNumber(cell, out var read).Should().BeTrue();
        read.Should().Be(value);
    }

    [Theory]
    [InlineData("1,23")]
    [InlineData("1234,567")]
    [InlineData("1.234,56")]
    [InlineData("12a")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("--1")]
    [InlineData("=1+1")]
    [InlineData("5%")]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("1,")]
    public void What_is_no_number_is_refused(string cell)
    {
        NumberCell.TryNumber(cell, out _).Should().BeFalse();
        NumberCell.TryMoney(cell, out _, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("1000", 1000, null)]
    [InlineData("¥1,000", 1000, "JPY")]
    [InlineData("￥１，０００", 1000, "JPY")]
    [InlineData("\\1,000", 1000, "JPY")]
    [InlineData("1,000円", 1000, "JPY")]
    [InlineData("1000 円", 1000, "JPY")]
    [InlineData("$12.50", 12.5, "USD")]
    [InlineData("-$12.50", -12.5, "USD")]
    [InlineData("$-12.50", -12.5, "USD")]
    [InlineData("US$ 12.50", 12.5, "USD")]
    [InlineData("12.50 USD", 12.5, "USD")]
    [InlineData("(1,000)", -1000, null)]
    [InlineData("▲1,000", -1000, null)]
    [InlineData("△1,000円", -1000, "JPY")]
    [InlineData("0.12345", 0.1234, null)]
    public void Money_may_carry_its_mark(string cell, double value, string? currency)
    {
        NumberCell.TryMoney(cell, out var read, out var mark).Should().BeTrue();
        read.Should().Be((decimal)value);
        mark.Should().Be(currency);
    }

    [Theory]
    [InlineData("12.5%")]
    [InlineData("１２％")]
    [InlineData("1e5")]
    [InlineData("円")]
    [InlineData("¥")]
    [InlineData("$1$")]
    [InlineData("-(5)")]
    public void What_is_no_money_is_refused(string cell) => NumberCell.TryMoney(cell, out _, out _).Should().BeFalse();

    [Theory]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    [InlineData("Yes", true)]
    [InlineData("１", true)]
    [InlineData("はい", true)]
    [InlineData("いいえ", false)]
    [InlineData("有", true)]
    [InlineData("無", false)]
    [InlineData("○", true)]
    [InlineData("×", false)]
    public void Flags_are_read_in_both_languages(string cell, bool value)
    {
        WordCell.TryFlag(cell, out var read).Should().BeTrue();
        read.Should().Be(value);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("maybe")]
    [InlineData("x")]
    public void What_is_neither_yes_nor_no_is_refused(string cell) => WordCell.TryFlag(cell, out _).Should().BeFalse();

    [Theory]
    [InlineData("month", 1)]
    [InlineData("Annual", 12)]
    [InlineData("四半期", 3)]
    [InlineData("半年", 6)]
    [InlineData("年払い", 12)]
    [InlineData("１２か月", 12)]
    public void Billing_intervals_are_read_in_both_languages(string cell, int months)
    {
        WordCell.TryInterval(cell, out var read).Should().BeTrue();
        read.Should().Be(months);
    }

    [Fact]
    public void A_cut_never_halves_a_character() => CellText.Cut("a😎b", 2).Should().Be("a");
}
