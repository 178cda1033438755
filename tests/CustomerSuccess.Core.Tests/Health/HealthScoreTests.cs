using CsCheck;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests.Health;

public sealed class HealthScoreTests
{
    private static readonly DateOnly June = new(2024, 6, 30);

    [Fact]
    public void Percentiles_are_mid_ranks() =>
        MidRank.Percentiles([10, 30, double.NaN, 10, 20]).Should().Equal(25, 87.5, double.NaN, 25, 62.5);

    [Fact]
    public void Percentiles_lie_between_0_and_100_and_keep_the_order() =>
        Gen.OneOf(Gen.Const(double.NaN), Gen.Int[-5, 5].Select(i => (double)i), Gen.Double).Array[0, 40].Sample(values =>
        {
            var percentiles = MidRank.Percentiles(values);
            for (var i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i]) != double.IsNaN(percentiles[i]) || percentiles[i] is <= 0 or >= 100)
                {
                    return false;
                }

                for (var j = 0; j < values.Length; j++)
                {
                    if (values[i] < values[j] && !(percentiles[i] < percentiles[j]))
                    {
                        return false;
                    }
                }
            }

            return true;
        });

    [Fact]
    public void A_dimension_is_the_percentile_of_the_mean_of_its_features_and_the_total_their_mean()
    {
        // support: fewer urgent inquiries are better, more satisfaction is better; sentiment: the third never answered
        var table = Table(
            (FeatureNames.OpenUrgentInquiries, [0, 1, 3]),
            (FeatureNames.Satisfaction91, [5, 3, double.NaN]),
            (FeatureNames.NpsLast, [2, 9, double.NaN]));
        var points = HealthScore.Of(table);
        points.Select(p => p.Support).Should().Equal([100 * 2.5 / 3, 100 * 1.5 / 3, 100 * 0.5 / 3]);
        points.Select(p => p.Sentiment).Should().Equal(25, 75, null);
        points.Select(p => p.Total).Should().Equal([((100 * 2.5 / 3) + 25) / 2, ((100 * 1.5 / 3) + 75) / 2, 100 * 0.5 / 3]);
        points.Should().OnlyContain(p => p.Adoption == null && p.Engagement == null && p.Commercial == null && p.Relationship == null);
    }

    [Fact]
    public void Nothing_known_is_no_health() => HealthScore.Of(Table((FeatureNames.NpsLast, [double.NaN])))[0].Total.Should().BeNull();

    [Fact]
    public void Dates_are_compared_within_themselves()
    {
        var table = new FeatureTable([1, 1, 2, 2], [June, June.AddDays(-30), June, June.AddDays(-30)], [FeatureColumn.OfNumbers(FeatureNames.NpsLast, [9, 1, 8, 2])]);
        HealthScore.Of(table).Select(p => p.Sentiment).Should().Equal(75, 25, 25, 75);
    }

    [Fact]
    public void More_of_a_good_thing_never_lowers_health() =>
        Gen.Select(Gen.Double[0, 10].Array[2, 12], Gen.Int[0, 11], Gen.Double[0, 5]).Sample((nps, who, more) =>
        {
            who %= nps.Length;
            var before = HealthScore.Of(Table((FeatureNames.NpsLast, nps)))[who].Total;
            nps[who] += more;
            return HealthScore.Of(Table((FeatureNames.NpsLast, nps)))[who].Total >= before;
        });

    [Theory]
    [InlineData(60, HealthBand.Good)]
    [InlineData(59.999, HealthBand.Watch)]
    [InlineData(35, HealthBand.Watch)]
    [InlineData(34.999, HealthBand.Danger)]
    public void Bands_begin_at_their_settings(double health, HealthBand band) => HealthBands.Of(health, new CompanySettings()).Should().Be(band);

    [Fact]
    public void Without_health_there_is_no_band() => HealthBands.Of(null, new CompanySettings()).Should().BeNull();

    private static FeatureTable Table(params (string Name, double[] Values)[] columns) => new(
        [.. Enumerable.Range(1, columns[0].Values.Length)],
        [.. columns[0].Values.Select(_ => June)],
        [.. columns.Select(c => FeatureColumn.OfNumbers(c.Name, c.Values))]);
}
