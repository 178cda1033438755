using CsCheck;
using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Tests.Health;

public sealed class HealthChangeTests
{
    private static readonly DateOnly June = new(2024, 6, 30);

    private static readonly Gen<double?> Value = Gen.OneOf(Gen.Const((double?)null), Gen.Double[0, 100].Select(v => (double?)v));

    private static readonly Gen<HealthWeights> Weights = Gen.Int[0, 5].Select(i => (double)i).Array[6].Where(w => w.Sum() > 0).Select(w => new HealthWeights(w));

    [Fact]
    public void Parts_add_up_whatever_appears_vanishes_or_is_weighed_anew() =>
        Gen.Select(Value.Array[6], Value.Array[6], Weights, Weights, Value, Value).Sample((a, b, wa, wb, ja, jb) =>
        {
            var (from, to) = (Point(June.AddDays(-7), a, wa, ja / 10), Point(June, b, wb, jb / 10));
            var change = HealthChange.Between(from, wa, to, wb);
            return change is null
                ? from.Total is null || to.Total is null
                : change.Whole() is var (whole, parts) && parts.Sum(part => part.Points) == whole
                    && whole == Math.Round(to.Total!.Value) - Math.Round(from.Total!.Value)
                    && Math.Abs(change.Parts.Sum(part => part.Points) - (to.Total!.Value - from.Total!.Value)) < 1e-9;
        });

    [Theory]
    [InlineData(61.5, 62.5, 0)]
    [InlineData(62.5, 61.5, 0)]
    [InlineData(10.5, 11.5, 2)]
    [InlineData(11.5, 10.5, -2)]
    [InlineData(10.5, 10.5000000001, 1)]
    public void Whole_parts_add_up_where_both_ends_are_halves(double from, double to, int points)
    {
        var alone = new HealthWeights([1, 0, 0, 0, 0, 0]);
        var change = HealthChange.Between(Point(June.AddDays(-7), [from, null, null, null, null, null], alone), alone, Point(June, [to, null, null, null, null, null], alone), alone)!;
        var (whole, parts) = change.Whole();
        (whole, parts.Sum(part => part.Points)).Should().Be((points, points));
    }

    [Fact]
    public void Parts_too_small_to_tell_are_the_strongest_ones_too()
    {
        double?[] tiny = [9e-10, 9e-10, 9e-10, 9e-10, 9e-10, 0];
        var change = HealthChange.Between(Point(June.AddDays(-7), [0, 0, 0, 0, 0, 0], HealthWeights.Equal), HealthWeights.Equal, Point(June, [.. tiny.Take(5), 60], HealthWeights.Equal), HealthWeights.Equal)!;
        change.Parts.Should().ContainSingle().Which.Points.Should().BeApproximately(change.After - change.Before, 1e-12);
    }

    [Fact]
    public void A_dimension_that_alone_moved_is_the_whole_change()
    {
        var change = HealthChange.Between(
            Point(June.AddDays(-7), [60, 50, 40, null, 70, 20], HealthWeights.Equal),
            HealthWeights.Equal,
            Point(June, [60, 20, 40, null, 70, 20], HealthWeights.Equal),
            HealthWeights.Equal)!;
        change.Parts.Should().ContainSingle().Which.Should().Match<HealthPart>(part => part.Part == "engagement" && Math.Abs(part.Points + 6) < 1e-9);
    }

    [Fact]
    public void An_answer_that_appears_is_its_own_part_and_leaves_the_others_at_nothing()
    {
        // 50 without it; (50 × 5 + 20) / 6 = 45 with it
        var change = HealthChange.Between(
            Point(June.AddDays(-7), [50, 50, 50, null, 50, 50], HealthWeights.Equal),
            HealthWeights.Equal,
            Point(June, [50, 50, 50, 20, 50, 50], HealthWeights.Equal),
            HealthWeights.Equal)!;
        change.Parts.Should().ContainSingle().Which.Should().Match<HealthPart>(part => part.Part == "sentiment" && Math.Abs(part.Points + 5) < 1e-9);
    }

    [Fact]
    public void New_weights_alone_are_the_part_of_the_weights()
    {
        double?[] values = [90, 10, 50, 50, 50, 50];
        var heavy = new HealthWeights([0, 1, 0, 0, 0, 0]);
        var change = HealthChange.Between(Point(June.AddDays(-7), values, HealthWeights.Equal), HealthWeights.Equal, Point(June, values, heavy), heavy)!;
        change.Parts.Should().ContainSingle().Which.Should().Match<HealthPart>(part => part.Part == "weights" && Math.Abs(part.Points + 40) < 1e-9);
    }

    [Fact]
    public void Shares_in_whole_per_cent_add_up_to_100() =>
        Gen.Double[0.001, 9].Array[6].Sample(values => new HealthWeights(values).Rounded().Values.Sum() == 100);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(45, 5.55556)]
    [InlineData(90, 0)]
    [InlineData(-1, 0)]
    public void A_judgement_counts_less_each_day_and_ends_after_90(int age, double points)
    {
        var judgement = new Judgement { JudgementId = "1", Reason = "", ByUser = "", Band = HealthBand.Good, Day = June.AddDays(-age) };
        Judgement.Points(50, judgement, June, 25).Should().BeApproximately(points, 1e-4);
    }

    private static HealthPoint Point(DateOnly day, double?[] v, HealthWeights weights, double? judgement = null)
    {
        var point = new HealthPoint { AsOf = day, Adoption = v[0], Engagement = v[1], Support = v[2], Sentiment = v[3], Commercial = v[4], Relationship = v[5], JudgementPoints = judgement };
        point.Total = weights.Total(point) + (judgement ?? 0);
        return point;
    }
}
