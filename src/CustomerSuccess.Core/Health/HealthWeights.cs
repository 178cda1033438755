namespace CustomerSuccess.Core.Health;

/// <summary>How much each dimension counts in the total: numbers of 0 or more in the order of <see cref="HealthDimension"/>, of which only the proportions matter.</summary>
public sealed class HealthWeights
{
    /// <summary>Every dimension, in its order.</summary>
    public static readonly IReadOnlyList<HealthDimension> Dimensions = Enum.GetValues<HealthDimension>();

    private readonly double[] _values;

    /// <exception cref="ArgumentException">There are not as many as dimensions, one is below 0 or not finite, or all are 0.</exception>
    public HealthWeights(IEnumerable<double> values)
    {
        _values = [.. values];
        if (!AreValid(_values))
        {
            throw new ArgumentException("Weights are numbers of 0 or more, one for each dimension, not all of them 0.", nameof(values));
        }
    }

    public static HealthWeights Equal { get; } = new(Dimensions.Select(_ => 1.0));

    public IReadOnlyList<double> Values => _values;

    public double this[HealthDimension dimension] => _values[(int)dimension];

    public static bool AreValid(IReadOnlyList<double> values) =>
        values.Count == Dimensions.Count && values.All(value => double.IsFinite(value) && value >= 0) && values.Sum() > 0;

    /// <summary>A dimension's share of all weights, 0–1.</summary>
    public double Share(HealthDimension dimension) => _values[(int)dimension] / _values.Sum();

    /// <summary>The shares in whole per cent that add up to 100: what is cut off goes to the largest remainders.</summary>
    public HealthWeights Rounded()
    {
        var exact = Dimensions.Select(dimension => 100 * Share(dimension)).ToArray();
        var whole = exact.Select(Math.Floor).ToArray();
        foreach (var at in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - whole[i]).ThenBy(i => i).Take(100 - (int)whole.Sum()))
        {
            whole[at]++;
        }

        return new(whole);
    }

    /// <summary>True where the proportions are the same.</summary>
    public bool SameAs(HealthWeights other) => Dimensions.All(dimension => Math.Abs(Share(dimension) - other.Share(dimension)) < 1e-9);

    /// <summary>The weighted mean of the dimensions that are there, 0–100; null where none of them counts.</summary>
    public double? Total(HealthPoint point)
    {
        double sum = 0, all = 0;
        for (var d = 0; d < _values.Length; d++)
        {
            if (_values[d] > 0 && HealthScore.Of(point, (HealthDimension)d) is { } value)
            {
                sum += _values[d] * value;
                all += _values[d];
            }
        }

        return all > 0 ? sum / all : null;
    }
}
