using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("prediction.lead_days", "-1")]
    [InlineData("prediction.horizon_days", "0")]
    [InlineData("value.margin", "1.01")]
    [InlineData("company.currency", "yen")]
    [InlineData("company.time_zone", "Mars/Olympus")]
    [InlineData("no.such.key", "1")]
    public void A_value_outside_its_range_is_refused(string key, string value) =>
        new CompanySettings().TrySet(key, value).Should().BeNull();

    [Fact]
    public void Every_key_reads_back_what_it_is_set_to()
    {
        var settings = new CompanySettings();
        foreach (var key in CompanySettings.Keys)
        {
            var value = settings.Get(key)!;
            settings.TrySet(key, value).Should().NotBeNull("{0} = {1} is its own default", key, value);
        }
    }

    [Fact]
    public void A_minute_costs_a_hundred_where_the_currency_is_yen() =>
        new CompanySettings().TrySet("company.currency", "JPY")!.MinuteCost.Should().Be(100);

    [Theory]
    [InlineData("ﾔﾏﾀﾞ商店", "やまだ商店")]
    [InlineData("ヤマダ商店", "やまだ商店")]
    [InlineData("ＡＢＣ Corp", "abc corp")]
    public void Names_that_read_the_same_sort_the_same(string name, string key) => SortKey.Of(name).Should().Be(key);

    [Fact]
    public void A_broken_surrogate_still_has_a_key() => SortKey.Of("a\ud800b").Should().NotBeEmpty();
}
