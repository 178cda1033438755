using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests.Effects;

public sealed class HoldoutTests
{
    private static readonly LabelRule Rule = new(14, 90, 31);

    [Fact]
    public void The_draw_is_even_and_differs_by_account_play_year_and_seed()
    {
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(i => Holdout.Draw(1, "", $"A{i}", "check_in", 2026))];
        draws.Should().OnlyContain(u => u >= 0 && u < 1);
        draws.Count(u => u < 0.1).Should().BeInRange(1_870, 2_130);
        foreach (var other in new Func<int, double>[] { i => Holdout.Draw(1, "", $"A{i}", "reconnect", 2026), i => Holdout.Draw(1, "", $"A{i}", "check_in", 2027), i => Holdout.Draw(2, "", $"A{i}", "check_in", 2026), i => Holdout.Draw(1, "n", $"A{i}", "check_in", 2026) })
        {
            // whoever is held out of one is held out of another by chance alone
            Enumerable.Range(0, 20_000).Count(i => draws[i] < 0.1 && other(i) < 0.1).Should().BeInRange(150, 250);
        }
    }

    [Fact]
    public void The_same_draw_gives_the_same_number_everywhere() => Holdout.Draw(1, "", "A00001", "check_in", 2026).Should().BeApproximately(Once, 1e-15);

    [Fact]
    public void A_draw_stands_through_its_year_and_until_its_outcome_is_decided()
    {
        Holdout.Stands(new(2026, 1, 1), new(2026, 12, 31), Rule).Should().BeTrue();
        Holdout.Stands(new(2026, 1, 1), new(2027, 1, 1), Rule).Should().BeFalse();
        Holdout.Stands(new(2026, 12, 20), new(2027, 5, 4), Rule).Should().BeTrue();
        Holdout.Stands(new(2026, 12, 20), new(2027, 5, 5), Rule).Should().BeFalse();
        Holdout.Stands(new(2026, 12, 20), new(2026, 12, 19), Rule).Should().BeFalse();
    }

    [Theory]
    [InlineData(EffectVerdict.TooLittle, 0.1)]
    [InlineData(EffectVerdict.TooEarly, 0.1)]
    [InlineData(EffectVerdict.Harms, 0.1)]
    [InlineData(EffectVerdict.Works, 0.02)]
    [InlineData(EffectVerdict.DoesNotWork, 0.02)]
    public void The_share_falls_to_a_fifth_once_the_answer_is_in(EffectVerdict verdict, double share) =>
        Holdout.ShareOf(PlayCatalogue.Find("check_in")!, verdict, new CompanySettings()).Should().BeApproximately(share, 1e-12);

    [Fact]
    public void A_play_may_name_its_own_share_and_an_answer_is_kept_from_nobody()
    {
        Holdout.Stated(PlayCatalogue.Find("check_in")! with { HoldoutShare = 0.3 }, new CompanySettings()).Should().Be(0.3);
        Holdout.Stated(PlayCatalogue.Find("check_in")!, new CompanySettings { HoldoutShare = 0.25 }).Should().Be(0.25);
        Holdout.Stated(PlayCatalogue.Find("answer_inquiry")!, new CompanySettings()).Should().Be(0);
    }

    /// <summary>The first eight bytes of the SHA-256 of the five parts on lines of their own, reckoned outside.</summary>
    private const double Once = 0.7429395970881109;
}
