namespace CustomerSuccess.Core.Effects;

/// <summary>What was learned of one play's effect: over all accounts, and of the segments in which enough outcomes are known, which then hold for these.</summary>
/// <param name="Whole">Over all accounts.</param>
/// <param name="Segments">By segment, each drawn towards the whole.</param>
public sealed record LearnedEffects(PlayEffect Whole, IReadOnlyDictionary<string, PlayEffect> Segments)
{
    /// <summary>The learned relative effect for an account of a segment.</summary>
    public double Of(string? segment) => OfSegment(segment).Learned.Value;

    /// <summary>True where the play is known to do harm there, so that it is not suggested.</summary>
    public bool Harms(string? segment) => OfSegment(segment).Verdict is var own && (own == EffectVerdict.Harms || (Whole.Verdict == EffectVerdict.Harms && own != EffectVerdict.Works));

    private PlayEffect OfSegment(string? segment) => segment is not null && Segments.TryGetValue(segment, out var own) ? own : Whole;

    /// <summary>Draws by segment, those with enough known outcomes in both arms. What the whole has taught is what their effect is drawn towards.</summary>
    /// <param name="drawn">All draws with the segment of their account.</param>
    /// <param name="prior">What was stated of the play.</param>
    /// <param name="rule">Lead, horizon and grace.</param>
    /// <param name="today">From which on the pace is reckoned.</param>
    public static LearnedEffects Of(IReadOnlyCollection<(Drawn Draw, string? Segment)> drawn, EffectPrior prior, Features.LabelRule rule, DateOnly today)
    {
        var whole = PlayEffect.Of(drawn.Select(own => own.Draw), prior, rule, today);
        var segments = new SortedDictionary<string, PlayEffect>(StringComparer.Ordinal);
        foreach (var own in drawn.Where(own => own.Segment is not null).GroupBy(own => own.Segment!))
        {
            var effect = PlayEffect.Of(own.Select(part => part.Draw), prior with { Effect = whole.Learned.Value, LookedFor = prior.LookedFor }, rule, today);
            if (effect.Known.AreEnough)
            {
                segments[own.Key] = effect;
            }
        }

        return new(whole, segments);
    }
}
