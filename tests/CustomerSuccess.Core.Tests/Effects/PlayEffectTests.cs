using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Effects;

public sealed class PlayEffectTests
{
    private static readonly LabelRule Rule = new(14, 90, 31);

    private static readonly DateOnly First = new(2024, 1, 1), Today = new(2026, 1, 1);

    [Theory]
    [InlineData(49, 0, 500, 100, EffectVerdict.TooLittle)]
    [InlineData(500, 30, 49, 20, EffectVerdict.TooLittle)]
    [InlineData(500, 30, 500, 100, EffectVerdict.Works)]
    [InlineData(500, 100, 500, 30, EffectVerdict.Harms)]
    [InlineData(500, 50, 500, 60, EffectVerdict.TooEarly)]
    [InlineData(20_000, 2_000, 20_000, 2_000, EffectVerdict.DoesNotWork)]
    public void Each_state_of_knowledge_has_its_word(int offered, int left, int heldOut, int alsoLeft, EffectVerdict verdict) =>
        Of(Draws(offered, left, heldOut, alsoLeft), new(0.2, 50, false, 0.5, 0.1)).Verdict.Should().Be(verdict);

    [Fact]
    public void More_of_what_a_play_sells_is_good() =>
        Of(Draws(500, 100, 500, 30), new(0.2, 50, true, 0.5, 0.1)).Verdict.Should().Be(EffectVerdict.Works);

    [Fact]
    public void What_is_not_known_is_counted_apart()
    {
        var draws = Draws(100, 10, 100, 20).Append(new(Today, true, OutcomeState.Pending)).Append(new(First, false, OutcomeState.NotPaying));
        var effect = Of(draws, new(0.2, 50, false, 0.5, 0.1));
        (effect.Offered, effect.HeldOut, effect.Pending, effect.NotPaying).Should().Be((101, 101, 1, 1));
        effect.Known.Should().Be(new Arms(new(100, 10), new(100, 20)));
    }

    [Fact]
    public void The_answer_is_expected_when_enough_are_drawn_at_this_pace_and_their_time_is_over()
    {
        // 360 in the last 180 days, two a day
        var draws = Enumerable.Range(0, 360).Select(i => new Drawn(Today.AddDays(-i / 2), i % 2 == 0, OutcomeState.Pending)).ToList();
        var effect = Of(draws, new(0.4, 50, false, 0.5, 0.1));
        effect.Pace.Should().BeApproximately(60, 1e-9);
        var missing = effect.PlannedEnd!.Value - 360;
        effect.AnswerOn.Should().Be(Today.AddDays((int)Math.Ceiling(missing / 2.0) + Rule.Span));
        effect.Noticeable.Should().BeInRange(0.4, 0.7);
        Of([], new(0.4, 50, false, 0.5, 0.1)).AnswerOn.Should().BeNull("nobody is drawn");
    }

    [Fact]
    public void A_part_of_the_accounts_is_drawn_towards_the_whole()
    {
        var large = Draws(400, 20, 400, 60).Select(draw => (draw, (string?)"large"));
        var small = Draws(400, 60, 400, 60).Select(draw => (draw, (string?)"small"));
        var few = Draws(20, 0, 20, 9).Select(draw => (draw, (string?)"few"));
        var effects = LearnedEffects.Of([.. large, .. small, .. few], new(0.1, 50, false, 0.5, 0.1), Rule, Today);
        effects.Segments.Keys.Should().Equal("large", "small");
        effects.Of("large").Should().BeGreaterThan(effects.Of(null)).And.BeLessThan(0.67);
        effects.Of("small").Should().BeLessThan(effects.Of(null)).And.BeGreaterThan(0);
        effects.Of("few").Should().Be(effects.Of(null));
    }

    /// <summary>
    /// Plays of random rates, effects and shares, each looked at every 25 outcomes: whoever acts on the first look that seems to say something is fooled by an interval
    /// for one look, and not by one for all looks.
    /// </summary>
    [Fact]
    public void Planned_intervals_cover_19_of_20_and_those_while_looking_all_looks_together()
    {
        const int Plays = 2_000, Draws = 3_000;
        var random = new SeededRandom(5);
        var (planned, looking, peeking, praised, harmless) = (0, 0, 0, 0, 0);
        double[] effects = [-0.4, 0, 0, 0.2, 0.5], shares = [0.1, 0.3, 0.5];
        for (var play = 0; play < Plays; play++)
        {
            var (rate, effect, share) = (0.04 + (0.26 * Uniform(ref random)), effects[random.Next(effects.Length)], shares[random.Next(shares.Length)]);
            var truth = -rate * effect;
            var (arms, always, once, called) = (default(Arms), true, true, false);
            for (var i = 1; i <= Draws; i++)
            {
                var isOffered = Uniform(ref random) >= share;
                arms = arms.With(isOffered, Uniform(ref random) < (isOffered ? rate * (1 - effect) : rate));
                if (i % 25 == 0 && arms.AreEnough)
                {
                    var seen = ArmComparison.Difference(arms, ArmComparison.WhileLooking(i));
                    (always, called) = (always && seen.Contains(truth), called || seen.Upper < 0);
                    once &= ArmComparison.Difference(arms, ArmComparison.AtPlannedEnd).Contains(truth);
                }
            }

            planned += ArmComparison.Difference(arms, ArmComparison.AtPlannedEnd).Contains(truth) ? 1 : 0;
            (looking, peeking) = (looking + (always ? 1 : 0), peeking + (once ? 1 : 0));
            (harmless, praised) = effect > 0 ? (harmless, praised) : (harmless + 1, praised + (called ? 1 : 0));
        }

        ((double)planned / Plays).Should().BeInRange(0.93, 0.97);
        ((double)looking / Plays).Should().BeGreaterThanOrEqualTo(0.95);
        ((double)peeking / Plays).Should().BeLessThan(0.85, "this is why there is a second kind of interval");
        ((double)praised / harmless).Should().BeLessThanOrEqualTo(0.03);
    }

    private static PlayEffect Of(IEnumerable<Drawn> draws, EffectPrior prior) => PlayEffect.Of(draws, prior, Rule, Today);

    private static IEnumerable<Drawn> Draws(int offered, int left, int heldOut, int alsoLeft) =>
        Enumerable.Range(0, offered).Select(i => new Drawn(First.AddDays(i % 300), true, i < left ? OutcomeState.Happened : OutcomeState.NotHappened))
            .Concat(Enumerable.Range(0, heldOut).Select(i => new Drawn(First.AddDays(i % 300), false, i < alsoLeft ? OutcomeState.Happened : OutcomeState.NotHappened)));

    private static double Uniform(ref SeededRandom random) => (random.NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
