using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Tests.Analytics;

public sealed class StandingBookTests
{
    private static readonly BookStamp Stamp = new(7, 1, 9, default, "", "USD");

    [Fact]
    public void Readers_are_given_what_stands_for_a_limited_time_after_a_later_fact_was_seen()
    {
        var clock = new Watch();
        var standing = Standing(clock);
        clock.Passed = TimeSpan.FromHours(1);
        standing.MayStandFor(Stamp with { Change = 8 }).Should().BeTrue("nothing came for an hour, and this was seen just now");
        clock.Passed += StandingBook.Longest - TimeSpan.FromSeconds(1);
        standing.MayStandFor(Stamp with { Change = 9 }).Should().BeTrue();
        clock.Passed += TimeSpan.FromSeconds(1);
        standing.MayStandFor(Stamp with { Change = 9 }).Should().BeFalse("computing ahead fails");
    }

    [Fact]
    public void What_was_computed_by_other_settings_or_of_accounts_that_are_no_more_is_given_to_nobody()
    {
        var standing = Standing(new Watch());
        standing.MayStandFor(Stamp with { Settings = "JPY" }).Should().BeFalse();
        standing.MayStandFor(Stamp with { Accounts = 8 }).Should().BeFalse();
        standing.MayStandFor(Stamp with { Accounts = 10, ImportFile = 2 }).Should().BeTrue();
    }

    private static StandingBook Standing(TimeProvider clock) => new(new CompanyBook(Stamp, new CompanySettings(), new CurrencyRates("USD", []), new Dictionary<int, BookEntry>()), clock);

    private sealed class Watch : TimeProvider
    {
        public TimeSpan Passed { get; set; } = TimeSpan.FromSeconds(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
