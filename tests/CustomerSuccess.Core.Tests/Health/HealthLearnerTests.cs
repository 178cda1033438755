using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Health;

public sealed class HealthLearnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly DateOnly June = new(2024, 6, 30);

    [Fact]
    public void Weights_follow_what_drives_churn_and_nothing_that_raises_the_risk_gets_one()
    {
        // engagement 2 : support 1; a better relationship leaves more
        var learned = HealthLearner.Learn(Rows(6000, 1, (_, x) => (-4 * Ill(x[1])) + (-2 * Ill(x[2])) + (2 * Ill(x[5]))), Token)!;
        learned.Company[HealthDimension.Engagement].Should().BeInRange(52, 80);
        learned.Company[HealthDimension.Support].Should().BeInRange(20, 45);
        learned.Company[HealthDimension.Relationship].Should().Be(0);
        learned.Company.Values.Sum().Should().Be(100);
    }

    [Fact]
    public void Where_all_dimensions_count_alike_the_weights_stay_near_equal()
    {
        var learned = HealthLearner.Learn(Rows(6000, 2, (_, x) => -x.Sum(Ill)), Token)!;
        HealthWeights.Dimensions.Should().OnlyContain(d => learned.Company.Share(d) > 0.09 && learned.Company.Share(d) < 0.25);
    }

    [Fact]
    public void A_segment_differs_only_where_its_outcomes_say_so()
    {
        HealthRow[] rows =
        [
            .. Rows(5000, 3, (_, x) => -4 * Ill(x[1]), "large"),
            .. Rows(5000, 4, (_, x) => -4 * Ill(x[2]), "small"),
            .. Rows(20, 5, (_, x) => -4 * Ill(x[0]), "rare"),
        ];
        var learned = HealthLearner.Learn(rows, Token)!;
        learned.Segments["large"][HealthDimension.Engagement].Should().BeGreaterThan(learned.Segments["small"][HealthDimension.Engagement] + 40);
        learned.Segments["small"][HealthDimension.Support].Should().BeGreaterThan(learned.Segments["large"][HealthDimension.Support] + 40);
        learned.Segments.Should().NotContainKey("rare");
    }

    [Fact]
    public void Missing_dimensions_neither_stop_nor_sway_it()
    {
        var rows = Rows(8000, 6, (_, x) => (-4 * Ill(x[1])) + (-2 * Ill(x[2])));
        var random = SeededRandom.Of(9, 0);
        foreach (var row in rows)
        {
            // the answer is missing in two of three, at random
            row.Point.Sentiment = random.Next(3) > 0 ? null : row.Point.Sentiment;
            row.Point.Support = random.Next(3) > 1 ? null : row.Point.Support;
        }

        var learned = HealthLearner.Learn(rows, Token)!;
        (learned.Company[HealthDimension.Engagement] / learned.Company[HealthDimension.Support]).Should().BeInRange(1.2, 3.3);
        learned.Company[HealthDimension.Sentiment].Should().BeLessThan(15);
    }

    [Fact]
    public void Too_few_outcomes_teach_nothing() =>
        HealthLearner.Learn([.. Rows(2000, 7, (_, _) => 0).Where(row => !row.Churned).Take(500), .. Rows(2000, 8, (_, _) => 0).Where(row => row.Churned).Take(29)], Token).Should().BeNull();

    [Fact]
    public void Bands_are_told_apart_only_where_chance_does_not_explain_it()
    {
        var rule = HealthRule.Default;
        HealthEvidence.Bands(Rows(3000, 10, (_, x) => -x.Sum(Ill) * 2), rule, 90).Order.Should().Be(BandOrder.Ordered);
        HealthEvidence.Bands(Rows(3000, 11, (_, x) => x.Sum(Ill) * 2), rule, 90).Order.Should().Be(BandOrder.Wrong);
        HealthEvidence.Bands(Rows(40, 12, (_, x) => -x.Sum(Ill) * 2), rule, 90).Order.Should().Be(BandOrder.TooFew);
    }

    [Fact]
    public void No_churn_counts_twice_in_the_bands()
    {
        HealthRow[] rows = [.. new[] { June, June.AddDays(-30), June.AddDays(-61), June.AddDays(-91) }.SelectMany(day => Rows(100, 13, (_, _) => 0, day: day))];
        var test = HealthEvidence.Bands(rows, HealthRule.Default, 90);
        (test.MonthEnds, test.From, test.To).Should().Be((2, June.AddDays(-91), June));
        test.Bands.Sum(band => band.Rows).Should().Be(200);
    }

    [Fact]
    public void Skill_is_measured_against_equal_weights_on_the_same_rows()
    {
        var rows = Rows(3000, 14, (_, x) => -5 * Ill(x[1]));
        var skill = HealthEvidence.Skill(rows, [HealthRule.Default, HealthRule.Default with { Company = new([0, 1, 0, 0, 0, 0]) }]);
        skill[0].OverEqual.Should().BeNull();
        skill[1].OverEqual!.Lower.Should().BePositive();
        skill[1].Auc!.Value.Should().BeGreaterThan(skill[0].Auc!.Value);
        skill[2].Auc!.Value.Should().BeApproximately(0.5, 1e-9, "every rule score is 0 here");
    }

    private static double Ill(double health) => (health - 50) / 100;

    /// <summary>Rows with evenly spread dimensions, a fifth of which churn at the middle.</summary>
    private static HealthRow[] Rows(int count, int seed, Func<int, double[], double> logOdds, string? segment = null, DateOnly? day = null)
    {
        var random = SeededRandom.Of(seed, 1);
        double Uniform() => (random.NextUInt64() >> 11) * (1.0 / (1UL << 53));
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var x = Enumerable.Range(0, 6).Select(_ => 100 * Uniform()).ToArray();
            var churned = Uniform() < 1 / (1 + Math.Exp(1.4 - logOdds(i, x)));
            var point = new HealthPoint { AccountNo = (seed * 100_000) + i, AsOf = day ?? June, Adoption = x[0], Engagement = x[1], Support = x[2], Sentiment = x[3], Commercial = x[4], Relationship = x[5], RuleScore = 0 };
            return new HealthRow(point, segment, churned, churned ? June.AddDays(30) : null, 100, churned ? 0 : 100);
        })];
    }
}
