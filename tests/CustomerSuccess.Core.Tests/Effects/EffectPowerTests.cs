using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Effects;

public sealed class EffectPowerTests
{
    [Theory]
    [InlineData(0.15, 0.4, 0.5)]
    [InlineData(0.20, 0.5, 0.2)]
    [InlineData(0.30, -0.4, 0.3)]
    public void So_many_assignments_find_the_effect_four_times_in_five(double rate, double effect, double share)
    {
        var n = EffectPower.Needed(rate, effect, isUpsell: false, share)!.Value;
        var random = new SeededRandom(11);
        var found = 0;
        for (var trial = 0; trial < 1_000; trial++)
        {
            var arms = default(Arms);
            for (var i = 0; i < n; i++)
            {
                var isOffered = Uniform(ref random) >= share;
                arms = arms.With(isOffered, Uniform(ref random) < (isOffered ? rate * (1 - effect) : rate));
            }

            found += ArmComparison.Difference(arms, ArmComparison.WhileLooking(n)).Contains(0) ? 0 : 1;
        }

        found.Should().BeInRange(750, 860);
    }

    [Fact]
    public void Smaller_effects_rarer_outcomes_and_smaller_shares_take_more()
    {
        var usual = EffectPower.Needed(0.1, 0.2, isUpsell: false, 0.2);
        EffectPower.Needed(0.1, 0.1, isUpsell: false, 0.2).Should().BeGreaterThan(3 * usual!.Value);
        EffectPower.Needed(0.05, 0.2, isUpsell: false, 0.2).Should().BeGreaterThan(usual.Value);
        EffectPower.Needed(0.1, 0.2, isUpsell: false, 0.1).Should().BeGreaterThan(usual.Value);
        EffectPower.Needed(0.1, 0, isUpsell: false, 0.2).Should().BeNull();
    }

    [Fact]
    public void What_is_noticeable_with_so_many_needs_about_so_many()
    {
        var effect = EffectPower.Noticeable(4_000, 0.1, isUpsell: false, 0.3)!.Value;
        EffectPower.Needed(0.1, effect, isUpsell: false, 0.3).Should().BeInRange(3_900, 4_000);
        EffectPower.Noticeable(60, 0.1, isUpsell: false, 0.3).Should().BeNull();
    }

    private static double Uniform(ref SeededRandom random) => (random.NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
