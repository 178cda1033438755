using System.Globalization;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Tests.Shared;

public sealed class FormatTests
{
    [Theory]
    [InlineData("en", "¥1,234,568", "Sep 3, 2026", "12.3%", "Sep 2026")]
    [InlineData("ja", "¥1,234,568", "2026/09/03", "12.3%", "2026年9月")]
    public void Numbers_and_days_are_written_as_the_culture_writes_them(string culture, string money, string day, string percent, string month)
    {
        using var _ = new InCulture(culture);
        Format.Money(1234567.6m, "JPY").Should().Be(money);
        Format.Day(new DateOnly(2026, 9, 3)).Should().Be(day);
        Format.Percent(0.1234).Should().Be(percent);
        Format.Month(new DateOnly(2026, 9, 1)).Should().Be(month);
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        Format.Money((decimal?)null, "USD").Should().Be(Format.Missing);
        Format.Percent(double.NaN).Should().Be(Format.Missing);
        Format.Day(null).Should().Be(Format.Missing);
        Format.Score(null).Should().Be(Format.Missing);
    }

    [Fact]
    public void A_loss_has_its_sign_before_the_currency() => Format.Money(-5m, "USD").Should().Be("−$5");
}

/// <summary>Runs a test as a reader of one language.</summary>
internal sealed class InCulture : IDisposable
{
    private readonly (CultureInfo Culture, CultureInfo UiCulture) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public InCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(name);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
}
