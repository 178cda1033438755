using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Web.Pages.Health;

/// <summary>Weights and bands while they are being changed: whole per cent by segment, the company's under the empty name.</summary>
public sealed class HealthDraft
{
    private readonly Dictionary<string, double[]> _weights = new(StringComparer.Ordinal);

    public HealthDraft(HealthRule rule)
    {
        (Good, Watch, JudgementWeight) = (rule.Good, rule.Watch, rule.JudgementWeight);
        SetWeights(rule);
    }

    public double Good { get; set; }

    public double Watch { get; set; }

    public double JudgementWeight { get; set; }

    /// <summary>True where the segment has weights of its own; the company always has.</summary>
    public bool HasOwn(string segment) => segment.Length == 0 || _weights.ContainsKey(segment);

    public double Weight(string segment, HealthDimension dimension) => (_weights.GetValueOrDefault(segment) ?? _weights[""])[(int)dimension];

    /// <summary>The share that a weight amounts to, 0–1; null while all are 0.</summary>
    public double? Share(string segment, HealthDimension dimension) =>
        (_weights.GetValueOrDefault(segment) ?? _weights[""]) is var own && own.Sum() > 0 ? own[(int)dimension] / own.Sum() : null;

    public void SetWeight(string segment, HealthDimension dimension, double weight) => _weights[segment][(int)dimension] = Math.Clamp(weight, 0, 100);

    /// <summary>Gives a segment weights of its own, beginning with the company's, or the company's again.</summary>
    public void SetOwn(string segment, bool own)
    {
        if (own)
        {
            _weights.TryAdd(segment, [.. _weights[""]]);
        }
        else if (segment.Length > 0)
        {
            _weights.Remove(segment);
        }
    }

    /// <summary>Takes a rule's weights and leaves bands as they are.</summary>
    public void SetWeights(HealthRule rule)
    {
        _weights.Clear();
        _weights[""] = Percent(rule.Company);
        foreach (var (segment, weights) in rule.Segments)
        {
            _weights[segment] = Percent(weights);
        }
    }

    /// <summary>The rule that the draft says; null while a segment's weights are all 0 or the bands do not follow each other.</summary>
    public HealthRule? Rule(HealthRule inForce)
    {
        if (!_weights.Values.All(own => HealthWeights.AreValid(own)))
        {
            return null;
        }

        var rule = new HealthRule
        {
            Company = Weights(_weights[""], inForce.Company),
            Segments = _weights.Where(own => own.Key.Length > 0).ToDictionary(own => own.Key, own => Weights(own.Value, inForce.For(own.Key)), StringComparer.Ordinal),
            Good = Good,
            Watch = Watch,
            JudgementWeight = JudgementWeight,
        };
        return rule.IsValid ? rule : null;
    }

    /// <summary>Weights that were not touched stay as exact as they are in force.</summary>
    private static HealthWeights Weights(double[] draft, HealthWeights inForce) => Percent(inForce).SequenceEqual(draft) ? inForce : new(draft);

    private static double[] Percent(HealthWeights weights) => [.. HealthWeights.Dimensions.Select(dimension => Math.Round(100 * weights.Share(dimension)))];
}
