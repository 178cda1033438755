using System.Text.Json;

namespace CustomerSuccess.Core.Health;

/// <summary>Where weights come from.</summary>
public enum WeightSource
{
    /// <summary>Every dimension counts alike: before anybody decided.</summary>
    Equal,

    /// <summary>Taken over from what outcomes teach.</summary>
    Learned,

    /// <summary>Set by a person.</summary>
    ByHand,
}

/// <summary>What makes up health: weights for the company and for segments that differ from it, bands, and what a CSM's judgement counts.</summary>
public sealed record HealthRule
{
    public static HealthRule Default { get; } = new();

    public HealthWeights Company { get; init; } = HealthWeights.Equal;

    /// <summary>By segment; all others have the company's.</summary>
    public IReadOnlyDictionary<string, HealthWeights> Segments { get; init; } = new Dictionary<string, HealthWeights>();

    /// <summary>Health at or above which an account is good, 0–100.</summary>
    public double Good { get; init; } = 60;

    /// <summary>Health at or above which an account is to be watched, below <see cref="Good"/>.</summary>
    public double Watch { get; init; } = 35;

    /// <summary>What a judgement of today weighs where all dimensions together weigh 100, 0–100; it falls to 0 over <see cref="Judgement.Days"/>.</summary>
    public double JudgementWeight { get; init; } = 25;

    public bool IsValid => Watch is >= 0 and <= 100 && Good is >= 0 and <= 100 && Watch < Good && JudgementWeight is >= 0 and <= 100;

    public HealthWeights For(string? segment) => segment is not null && Segments.TryGetValue(segment, out var own) ? own : Company;

    public HealthBand? Band(double? health) => health switch
    {
        null => null,
        { } h when h >= Good => HealthBand.Good,
        { } h when h >= Watch => HealthBand.Watch,
        _ => HealthBand.Danger,
    };

    /// <summary>True where both give every account the same health and band.</summary>
    public bool SameAs(HealthRule other) =>
        Good == other.Good && Watch == other.Watch && JudgementWeight == other.JudgementWeight && HasWeightsOf(other);

    /// <summary>True where the weights are the same for every segment.</summary>
    public bool HasWeightsOf(HealthRule other) =>
        Company.SameAs(other.Company) && Segments.Keys.Union(other.Segments.Keys).All(segment => For(segment).SameAs(other.For(segment)));
}

/// <summary>A version of the rule by which health is computed, from a moment on. Versions are only added, never changed.</summary>
public sealed class HealthScheme
{
    private HealthRule? _rule;

    /// <summary>From 1, in the order in which versions came into force.</summary>
    public int SchemeNo { get; set; }

    public DateTime InForceFrom { get; set; }

    public WeightSource Source { get; set; }

    /// <summary>The sign-in's id.</summary>
    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    public string? Comment { get; set; }

    /// <summary>The version that this one brought back; null where it is no undoing.</summary>
    public int? Restores { get; set; }

    public double Good { get; set; }

    public double Watch { get; set; }

    public double JudgementWeight { get; set; }

    /// <summary>A JSON object of lists by segment, the company's under the empty name.</summary>
    public required string WeightsJson { get; set; }

    /// <summary>The rule that the stored values say.</summary>
    public HealthRule Rule()
    {
        if (_rule is null)
        {
            var weights = JsonSerializer.Deserialize<Dictionary<string, double[]>>(WeightsJson)!;
            _rule = new HealthRule
            {
                Company = new(weights[""]),
                Segments = weights.Where(own => own.Key.Length > 0).ToDictionary(own => own.Key, own => new HealthWeights(own.Value), StringComparer.Ordinal),
                Good = Good,
                Watch = Watch,
                JudgementWeight = JudgementWeight,
            };
        }

        return _rule;
    }

    /// <summary>The weights as they are stored.</summary>
    public static string JsonOf(HealthRule rule) => JsonSerializer.Serialize(
        rule.Segments.Where(own => own.Key.Length > 0 && !own.Value.SameAs(rule.Company)).OrderBy(own => own.Key, StringComparer.Ordinal)
            .Prepend(KeyValuePair.Create("", rule.Company))
            .ToDictionary(own => own.Key, own => own.Value.Values));
}
