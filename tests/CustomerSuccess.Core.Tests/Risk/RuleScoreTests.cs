using CsCheck;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

public sealed class RuleScoreTests
{
    [Theory]
    [InlineData(FeatureNames.UsageTrend28, -0.1, 0)]
    [InlineData(FeatureNames.UsageTrend28, -0.45, 10)]
    [InlineData(FeatureNames.UsageTrend28, -1, 20)]
    [InlineData(FeatureNames.UsageTrend28, 2, 0)]
    [InlineData(FeatureNames.SilenceRatio, 1, 0)]
    [InlineData(FeatureNames.SilenceRatio, 2.5, 7.5)]
    [InlineData(FeatureNames.SilenceRatio, 40, 15)]
    [InlineData(FeatureNames.PurchaseSilenceRatio, 4, 15)]
    [InlineData(FeatureNames.UnansweredInquiries, 2, 10)]
    [InlineData(FeatureNames.OpenUrgentInquiries, 3, 15)]
    [InlineData(FeatureNames.NpsLast, 6, 12)]
    [InlineData(FeatureNames.NpsLast, 7, 4)]
    [InlineData(FeatureNames.NpsLast, 9, 0)]
    [InlineData(FeatureNames.NpsChange, -3, 3)]
    [InlineData(FeatureNames.DaysToNotice, 45, 5)]
    [InlineData(FeatureNames.DaysToRenewal, 0, 10)]
    [InlineData(FeatureNames.DaysToRenewal, -5, 0)]
    [InlineData(FeatureNames.ChampionGone, 1, 10)]
    [InlineData(FeatureNames.InvoicesFailed91, 1, 7.5)]
    [InlineData(FeatureNames.InvoicesOverdue, 9, 15)]
    public void A_feature_gives_its_documented_points(string feature, double value, double points) =>
        RuleScore.Of(Table((feature, value)))[0].Should().BeApproximately(points, 1e-12);

    [Fact]
    public void The_notice_deadline_goes_before_the_renewal() =>
        RuleScore.Of(Table((FeatureNames.DaysToNotice, 90), (FeatureNames.DaysToRenewal, 0)))[0].Should().Be(0);

    [Fact]
    public void An_account_of_which_nothing_is_known_scores_nothing() =>
        RuleScore.Of(Table([.. Read.Select(name => (name, double.NaN))]))[0].Should().Be(0);

    [Fact]
    public void The_worst_account_scores_a_hundred() =>
        RuleScore.Of(Table(
            (FeatureNames.UsageTrend28, -1), (FeatureNames.SilenceRatio, 10), (FeatureNames.OpenUrgentInquiries, 2), (FeatureNames.NpsLast, 0),
            (FeatureNames.NpsChange, -9), (FeatureNames.DaysToNotice, 0), (FeatureNames.ChampionGone, 1), (FeatureNames.InvoicesFailed91, 5)))[0].Should().Be(100);

    [Fact]
    public void The_reasons_sum_to_the_score_and_the_score_stays_between_0_and_100() =>
        Gen.OneOf(Gen.Const(double.NaN), Gen.Double[-50, 400]).Array[Read.Length].Sample(values =>
        {
            var table = Table([.. Read.Zip(values)]);
            var score = RuleScore.Of(table)[0];
            var reasons = RuleScore.Explain(table, 0);
            return score is >= 0 and <= 100
                && Math.Abs(reasons.Sum(r => r.Points) - score) < 1e-9
                && reasons.All(r => r.Points > 0 && !string.IsNullOrEmpty(r.Feature))
                && reasons.Zip(reasons.Skip(1)).All(pair => pair.First.Points >= pair.Second.Points);
        });

    private static readonly string[] Read =
    [
        FeatureNames.UsageTrend28, FeatureNames.SilenceRatio, FeatureNames.PurchaseSilenceRatio, FeatureNames.UnansweredInquiries, FeatureNames.OpenUrgentInquiries,
        FeatureNames.NpsLast, FeatureNames.NpsChange, FeatureNames.DaysToNotice, FeatureNames.DaysToRenewal, FeatureNames.ChampionGone, FeatureNames.InvoicesFailed91, FeatureNames.InvoicesOverdue,
    ];

    private static FeatureTable Table(params (string Name, double Value)[] values) =>
        new([1], [new DateOnly(2024, 6, 30)], [.. values.Select(v => FeatureColumn.OfNumbers(v.Name, [v.Value]))]);
}
