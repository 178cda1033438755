using CsCheck;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

public sealed class LifetimeValueTests
{
    [Fact]
    public void The_value_is_the_designs_sum_month_by_month()
    {
        var hazard = 1 - Math.Pow(1 - 0.1, 30.4 / 90);
        var months = Enumerable.Range(0, 60).Sum(m => Math.Pow(1 - hazard, m) * Math.Pow(1.1, -m / 12.0));
        ((double)LifetimeValue.Of(0.1, 90, 1_000, 0.8, new HazardSpread(0.5)).Value).Should().BeApproximately(800 * months, 0.001);
    }

    [Fact]
    public void An_account_that_cannot_leave_stays_sixty_months() =>
        LifetimeValue.Of(0, 90, 1_000, 1, new HazardSpread(0.5)).Should().Match<LifetimeValue>(v => v.Lower == v.Upper && v.Value == v.Upper);

    [Fact]
    public void Riskier_accounts_are_worth_less_and_bounds_keep_their_order() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1.2]).Sample((a, b, sigma) =>
        {
            var spread = new HazardSpread(sigma);
            LifetimeValue safer = LifetimeValue.Of(Math.Min(a, b), 90, 500, 0.8, spread), riskier = LifetimeValue.Of(Math.Max(a, b), 90, 500, 0.8, spread);
            safer.Value.Should().BeGreaterThanOrEqualTo(riskier.Value);
            safer.Lower.Should().BeGreaterThanOrEqualTo(riskier.Lower);
            riskier.Lower.Should().BeLessThanOrEqualTo(riskier.Value);
            riskier.Value.Should().BeLessThanOrEqualTo(riskier.Upper);
        });

    [Fact]
    public void Lives_drawn_by_chance_stay_within_their_interval_as_often_as_stated() =>
        Gen.Select(Gen.Double[0.005, 0.2], Gen.Double[0, 1], Gen.Int[0, 10_000]).Sample((hazard, sigma, seed) =>
        {
            var spread = new HazardSpread(sigma);
            var (fewest, most) = LifetimeValue.Months(hazard, spread);
            var random = new Random(seed);
            const int draws = 4_000;
            var inside = 0;
            for (var i = 0; i < draws; i++)
            {
                var factor = spread.Factors[random.Next(spread.Factors.Count)];
                var months = 1;
                while (months < 60 && random.NextDouble() < Math.Pow(1 - hazard, factor))
                {
                    months++;
                }

                inside += months >= fewest && months <= most ? 1 : 0;
            }

            ((double)inside / draws).Should().BeGreaterThan(LifetimeValue.Coverage - 0.03, "whole months make the interval coarse, never too narrow");
        }, iter: 40);
}
