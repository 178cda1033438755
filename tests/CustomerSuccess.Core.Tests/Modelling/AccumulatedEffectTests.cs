using CsCheck;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class AccumulatedEffectTests
{
    private static readonly Gen<double[]> Columns = Gen.Int[-8, 8].Select(i => i / 2.0).Array[20, 80];

    [Fact]
    public void Of_an_additive_function_the_curve_is_the_summand_though_the_numbers_go_together()
    {
        // f(x, z) = x² − 3 sin z with z close to x: what moves with x must not be charged to it
        Columns.Where(values => values.Distinct().Count() > 1).Sample(values =>
        {
            double[] other = [.. values.Select((value, i) => value + (0.1 * (i % 3)))];
            var curve = AccumulatedEffect.Of(values, AccumulatedEffect.EdgesOf(values), replaced => [.. replaced.Select((x, i) => Additive(x, other[i]))])!;
            for (var k = 1; k < curve.Edges.Count; k++)
            {
                (curve.Effects[k] - curve.Effects[0]).Should().BeApproximately(Square(curve.Edges[k]) - Square(curve.Edges[0]), 1e-9);
            }

            // the second method: partial dependence, which averages over all combinations, and of an additive function gives the same shape
            double Dependence(double x) => other.Average(z => Additive(x, z));
            (curve.Effects[^1] - curve.Effects[0]).Should().BeApproximately(Dependence(curve.Edges[^1]) - Dependence(curve.Edges[0]), 1e-9);
        });
    }

    [Fact]
    public void Where_every_value_is_an_edge_the_curve_is_the_summand_less_its_mean()
    {
        double[] values = [0, 1, 1, 2, 2, 2, 5];
        var curve = AccumulatedEffect.Of(values, AccumulatedEffect.EdgesOf(values), replaced => [.. replaced.Select(Square)])!;
        var mean = values.Average(Square);
        curve.Edges.Should().Equal(0, 1, 2, 5);
        for (var k = 0; k < curve.Edges.Count; k++)
        {
            curve.Effects[k].Should().BeApproximately(Square(curve.Edges[k]) - mean, 1e-12);
        }
    }

    [Fact]
    public void Of_a_product_the_curve_follows_the_slope_where_the_rows_lie()
    {
        // x · z with z = x: locally the slope in x is z = x, so the curve is x² / 2; partial dependence would be a straight line
        double[] values = [.. Enumerable.Range(0, 101).Select(i => i / 10.0)];
        var curve = AccumulatedEffect.Of(values, AccumulatedEffect.EdgesOf(values), replaced => [.. replaced.Select((x, i) => x * values[i])])!;
        (curve.Effects[^1] - curve.Effects[0]).Should().BeApproximately(50, 0.5);
        var middle = curve.Edges.ToList().FindIndex(edge => edge >= 5);
        (curve.Effects[middle] - curve.Effects[0]).Should().BeApproximately(curve.Edges[middle] * curve.Edges[middle] / 2, 0.5);
    }

    [Fact]
    public void Of_stumps_the_curve_is_exact_and_tells_the_way()
    {
        var model = new TreeEnsemble([new Tree([0], [0.5f], [~0], [~1], [-1, 1], [5, 5]), new Tree([0], [2.5f], [~0], [~1], [0, 3], [5, 5]), new Tree([1], [0f], [~0], [~1], [-2, 2], [5, 5])], 1);
        double[] values = [0, 1, 2, 3];
        var curve = AccumulatedEffect.Of(values, AccumulatedEffect.EdgesOf(values), replaced => [.. replaced.Select((x, i) => model.LogOdds([(float)x, i]))])!;
        curve.Effects.Select(effect => effect - curve.Effects[0]).Should().Equal(0, 2, 2, 5);
        curve.Direction(0.1).Should().Be(EffectDirection.Rises);
        curve.Direction(6).Should().Be(EffectDirection.Flat);
        (curve with { Effects = [3, 1, 1, 0] }).Direction(0.1).Should().Be(EffectDirection.Falls);
        (curve with { Effects = [0, 2, 2, 0] }).Direction(0.1).Should().Be(EffectDirection.Both);
    }

    [Fact]
    public void Every_row_lies_in_one_interval_or_has_no_value()
    {
        Gen.OneOf(Gen.Double[-5, 5], Gen.Const(double.NaN)).Array[1, 200].Sample(values =>
        {
            var edges = AccumulatedEffect.EdgesOf(values);
            edges.Should().BeInAscendingOrder();
            if (AccumulatedEffect.Of(values, edges, replaced => replaced) is { } curve)
            {
                (curve.Rows.Sum() + curve.Missing).Should().Be(values.Length);
                curve.Missing.Should().Be(values.Count(double.IsNaN));
                curve.Rows.Should().HaveCountLessThanOrEqualTo(AccumulatedEffect.MostIntervals);
            }
            else
            {
                edges.Should().HaveCountLessThan(2);
            }
        });
        AccumulatedEffect.IntervalOf([0, 1, 2], 0).Should().Be(0, "the least value lies in the first interval");
        AccumulatedEffect.IntervalOf([0, 1, 2], 1).Should().Be(0, "an interval ends with its upper edge");
        AccumulatedEffect.IntervalOf([0, 1, 2], 1.5).Should().Be(1);
        AccumulatedEffect.IntervalOf([0, 1, 2], 2.1).Should().Be(-1);
    }

    private static double Square(double x) => x * x;

    private static double Additive(double x, double z) => Square(x) - (3 * Math.Sin(z));
}
