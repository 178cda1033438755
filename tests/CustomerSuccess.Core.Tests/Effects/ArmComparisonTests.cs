using CsCheck;
using CustomerSuccess.Core.Effects;

namespace CustomerSuccess.Core.Tests.Effects;

public sealed class ArmComparisonTests
{
    private static readonly Gen<Arm> AnyArm = Gen.Int[1, 5_000].SelectMany(n => Gen.Int[0, n].Select(x => new Arm(n, x)));

    /// <summary>Intervals that Newcombe prints (1998, table II, method 10).</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    public void The_interval_at_the_planned_end_is_Newcombes(int x, int n, int y, int m, double lower, double upper)
    {
        var found = ArmComparison.Difference(new(new(n, x), new(m, y)), ArmComparison.AtPlannedEnd);
        found.Value.Should().BeApproximately(((double)x / n) - ((double)y / m), 1e-12);
        found.Lower.Should().BeApproximately(lower, 6e-5);
        found.Upper.Should().BeApproximately(upper, 6e-5);
    }

    [Fact]
    public void Looking_costs_width_least_where_the_boundary_is_narrowest()
    {
        ArmComparison.WhileLooking(1_000).Should().BeApproximately(3.035, 0.001);
        foreach (var n in new[] { 50, 200, 1_000, 5_000, 100_000 })
        {
            ArmComparison.WhileLooking(n).Should().BeGreaterThan(2.9).And.BeLessThan(5);
        }
    }

    [Fact]
    public void An_interval_holds_its_estimate_and_mirrors_when_the_arms_change_places() =>
        Gen.Select(AnyArm, AnyArm).Sample((one, other) =>
        {
            var (found, mirrored) = (ArmComparison.Difference(new(one, other), 2.5), ArmComparison.Difference(new(other, one), 2.5));
            return found.Contains(found.Value) && found.Lower >= -1 - 1e-12 && found.Upper <= 1 + 1e-12
                && Math.Abs(found.Lower + mirrored.Upper) < 1e-12 && Math.Abs(found.Upper + mirrored.Lower) < 1e-12;
        });

    [Fact]
    public void A_relative_effect_and_a_difference_have_one_sign() =>
        Gen.Select(AnyArm, AnyArm, Gen.Bool).Sample((one, other, isUpsell) =>
        {
            if (one.Outcomes == 0 || other.Outcomes == 0)
            {
                return true;
            }

            var arms = new Arms(one, other);
            var (difference, relative) = (ArmComparison.Difference(arms, 2).Value, ArmComparison.Relative(arms, isUpsell, 2));
            return relative.Lower <= relative.Value + 1e-12 && relative.Value <= relative.Upper + 1e-12
                && (Math.Abs(difference) < 1e-12 || difference > 0 == (isUpsell ? relative.Value > 0 : relative.Value < 0));
        });

    [Fact]
    public void A_relative_effect_has_the_interval_of_the_ratio()
    {
        // 20 of 200 against 40 of 200: ratio 0.5, standard error of its logarithm √(1/20 − 1/200 + 1/40 − 1/200) = 0.25495
        var found = ArmComparison.Relative(new(new(200, 20), new(200, 40)), isUpsell: false, 1.96);
        found.Value.Should().BeApproximately(0.5, 1e-12);
        found.Lower.Should().BeApproximately(1 - (0.5 * Math.Exp(1.96 * 0.254951)), 1e-5);
        found.Upper.Should().BeApproximately(1 - (0.5 * Math.Exp(-1.96 * 0.254951)), 1e-5);
    }

    [Fact]
    public void Nobody_in_an_arm_says_nothing() => double.IsNaN(ArmComparison.Difference(new(new(0, 0), new(9, 1)), 2).Value).Should().BeTrue();
}
