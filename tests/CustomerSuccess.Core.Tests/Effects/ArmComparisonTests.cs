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
    public void A_relative_effect_leaves_out_no_effect_where_the_difference_does() =>
        Gen.Select(AnyArm, AnyArm, Gen.Bool, Gen.Double[1, 4]).Sample((one, other, isUpsell, critical) =>
        {
            if (one.Outcomes == 0 || other.Outcomes == 0)
            {
                return true;
            }

            var arms = new Arms(one, other);
            var (difference, relative) = (ArmComparison.Difference(arms, critical), ArmComparison.Relative(arms, isUpsell, critical));
            // where an end lies on "no effect" to the last digit, rounding decides
            bool Same(double end, double ratio) => Math.Abs(end) < 1e-9 || end > 0 == (isUpsell ? ratio > 0 : ratio < 0);
            return relative.Lower <= relative.Value + 1e-9 && relative.Value <= relative.Upper + 1e-9
                && Same(difference.Lower, isUpsell ? relative.Lower : relative.Upper) && Same(difference.Upper, isUpsell ? relative.Upper : relative.Lower);
        });

    [Fact]
    public void A_relative_effect_has_about_the_interval_of_the_ratio_where_there_is_much()
    {
        // 2,000 of 20,000 against 4,000 of 20,000: ratio 0.5, standard error of its logarithm √(1/2,000 − 1/20,000 + 1/4,000 − 1/20,000) = 0.025495
        var found = ArmComparison.Relative(new(new(20_000, 2_000), new(20_000, 4_000)), isUpsell: false, 1.96);
        found.Value.Should().BeApproximately(0.5, 1e-12);
        found.Lower.Should().BeApproximately(1 - (0.5 * Math.Exp(1.96 * 0.025495)), 1e-3);
        found.Upper.Should().BeApproximately(1 - (0.5 * Math.Exp(-1.96 * 0.025495)), 1e-3);
    }

    [Fact]
    public void Nobody_of_the_held_out_leaving_bounds_the_ratio_on_one_side_alone()
    {
        var found = ArmComparison.Relative(new(new(100, 5), new(100, 0)), isUpsell: false, 1.96);
        double.IsNegativeInfinity(found.Lower).Should().BeTrue();
        found.Upper.Should().BeInRange(-10, 1);
    }

    [Fact]
    public void Nobody_in_an_arm_says_nothing() => double.IsNaN(ArmComparison.Difference(new(new(0, 0), new(9, 1)), 2).Value).Should().BeTrue();
}
