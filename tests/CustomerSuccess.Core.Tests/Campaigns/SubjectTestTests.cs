using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;

namespace CustomerSuccess.Core.Tests.Campaigns;

public sealed class SubjectTestTests
{
    [Theory]
    [InlineData(2, 100, 0.25)]
    [InlineData(2, 1000, 0.03)]
    [InlineData(3, 300, 0.2)]
    [InlineData(5, 200, 0.4)]
    public void Equal_subjects_seldom_have_a_winner(int subjects, int each, double rate)
    {
        const int Trials = 4_000;
        var random = new Random(20261126);
        var winners = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            List<Arm> arms = [.. Enumerable.Range(0, subjects).Select(_ => Draw(random, each, rate))];
            winners += SubjectTest.Choose(arms).Verdict == SubjectVerdict.Winner ? 1 : 0;
        }

        // 5 % and what chance adds to it in so many trials
        ((double)winners / Trials).Should().BeLessThan(0.05 + (3 * Math.Sqrt(0.05 * 0.95 / Trials)));
    }

    [Fact]
    public void A_subject_that_is_only_as_good_as_the_best_other_is_seldom_called_the_winner()
    {
        const int Trials = 4_000;
        var random = new Random(7);
        var winners = Enumerable.Range(0, Trials).Count(_ => SubjectTest.Choose([Draw(random, 400, 0.3), Draw(random, 400, 0.3), Draw(random, 400, 0.1)]).Verdict == SubjectVerdict.Winner);
        ((double)winners / Trials).Should().BeLessThan(0.05 + (3 * Math.Sqrt(0.05 * 0.95 / Trials)));
    }

    [Fact]
    public void A_better_subject_is_found_and_the_right_one_is_called()
    {
        var random = new Random(11);
        var choices = Enumerable.Range(0, 1_000).Select(_ => SubjectTest.Choose([Draw(random, 1_000, 0.2), Draw(random, 1_000, 0.27), Draw(random, 1_000, 0.19)])).ToList();
        choices.Count(choice => choice is { Verdict: SubjectVerdict.Winner, Subject: 1 }).Should().BeGreaterThan(850);
        choices.Should().NotContain(choice => choice.Verdict == SubjectVerdict.Winner && choice.Subject != 1);
    }

    [Fact]
    public void Nothing_is_said_of_few_and_of_equal_ones_the_first_is_taken()
    {
        SubjectTest.Choose([new(49, 40), new(500, 0)]).Should().Be(new SubjectChoice(SubjectVerdict.TooFew, 0));
        SubjectTest.Choose([new(0, 0), new(0, 0)]).Should().Be(new SubjectChoice(SubjectVerdict.TooFew, 0));
        SubjectTest.Choose([new(500, 100), new(500, 100)]).Should().Be(new SubjectChoice(SubjectVerdict.Unclear, 0));
        SubjectTest.Critical(2).Should().BeApproximately(1.959964, 1e-5);
    }

    [Fact]
    public void A_share_has_wilsons_interval()
    {
        // Agresti and Coull (1998): 0 of 10 gives 0 to 0.278
        var none = SubjectTest.Share(new(10, 0));
        (none.Value, none.Lower).Should().Be((0, 0));
        none.Upper.Should().BeApproximately(0.2775, 0.0005);
        SubjectTest.Share(default).Value.Should().Be(double.NaN);
    }

    private static Arm Draw(Random random, int accounts, double rate) => new(accounts, Enumerable.Range(0, accounts).Count(_ => random.NextDouble() < rate));
}
