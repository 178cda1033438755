using CsCheck;
using CustomerSuccess.Core.Effects;

namespace CustomerSuccess.Core.Tests.Effects;

public sealed class LearnedEffectTests
{
    [Fact]
    public void Nothing_counted_leaves_what_was_stated()
    {
        LearnedEffect.Of(default, isUpsell: false, 0.12, 50).Value.Should().BeApproximately(0.12, 1e-12);
        LearnedEffect.Of(default, isUpsell: true, 0.3, 50).Value.Should().BeApproximately(0.3, 1e-12);
    }

    [Fact]
    public void A_prior_that_weighs_as_much_as_the_data_meets_it_half_way_on_the_logarithm()
    {
        // ratio 0.5 with variance 1/20 − 1/200 + 1/40 − 1/200 = 0.065: as much as 15.38 outcomes weigh
        var found = LearnedEffect.Of(new(new(200, 20), new(200, 40)), isUpsell: false, 0.1, 1 / 0.065);
        found.Value.Should().BeApproximately(1 - Math.Sqrt(0.5 * 0.9), 1e-9);
    }

    [Fact]
    public void The_learned_effect_lies_between_what_was_stated_and_what_was_measured_and_follows_more_data() =>
        Gen.Select(Gen.Int[60, 2_000], Gen.Double[0.05, 0.4], Gen.Double[0.05, 0.4], Gen.Double[0.01, 0.3], Gen.Bool).Sample((n, p, q, stated, isUpsell) =>
        {
            var few = new Arms(new(n, (int)(n * p)), new(n, (int)(n * q)));
            var many = new Arms(new(n * 10, (int)(n * p) * 10), new(n * 10, (int)(n * q) * 10));
            var measured = ArmComparison.Relative(few, isUpsell, 2).Value;
            var (a, b) = (LearnedEffect.Of(few, isUpsell, stated, 50).Value, LearnedEffect.Of(many, isUpsell, stated, 50).Value);
            return a >= Math.Min(stated, measured) - 1e-9 && a <= Math.Max(stated, measured) + 1e-9 && Math.Abs(b - measured) <= Math.Abs(a - measured) + 1e-9;
        });

    [Fact]
    public void An_arm_without_any_outcome_does_not_promise_the_world() =>
        LearnedEffect.Of(new(new(60, 0), new(60, 3)), isUpsell: false, 0.1, 50).Value.Should().BeInRange(0.05, 0.2);
}
