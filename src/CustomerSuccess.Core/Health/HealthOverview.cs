namespace CustomerSuccess.Core.Health;

/// <summary>A segment among the scored accounts.</summary>
public sealed record SegmentSize(string Segment, int Accounts);

/// <summary>What the newest score run says of health.</summary>
/// <param name="AsOf">Its day; null before anything was scored.</param>
/// <param name="SchemeNo">The version that it was computed by.</param>
/// <param name="Segments">Largest first.</param>
public sealed record HealthOverview(DateOnly? AsOf, int SchemeNo, IReadOnlyList<SegmentSize> Segments);

/// <summary>Health of a portfolio at a day.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Average">Mean health; null where no account has one.</param>
/// <param name="Good">Accounts in the band.</param>
/// <param name="Watch">Likewise.</param>
/// <param name="Danger">Likewise.</param>
/// <param name="Reconstructed">True where most of it was computed afterwards from the facts.</param>
public sealed record PortfolioHealth(DateOnly AsOf, double? Average, int Good, int Watch, int Danger, bool Reconstructed)
{
    public int Accounts => Good + Watch + Danger;
}

/// <summary>An account whose band would change.</summary>
public sealed record BandMove(string AccountId, string Namespace, string Name, string? Segment, decimal Mrr, double Before, double After, HealthBand From, HealthBand To);

/// <summary>What a change of weights or bands would do to the accounts of the newest run.</summary>
/// <param name="Counts">Accounts by band before and after: <c>Counts[before][after]</c> in the order of <see cref="HealthBand"/>.</param>
/// <param name="Moves">Accounts that change their band, largest MRR first; at most as many as were asked for.</param>
/// <param name="Moved">How many change it.</param>
/// <param name="MeanChange">Mean of |after − before| over accounts.</param>
/// <param name="Bands">What became of each band by the new rule in past months.</param>
public sealed record HealthPreview(IReadOnlyList<IReadOnlyList<int>> Counts, IReadOnlyList<BandMove> Moves, int Moved, double MeanChange, BandTest Bands);

/// <summary>Health of one account beside its score: what moved it, how it is weighed, and what its CSMs think.</summary>
/// <param name="Change">Since a week or more before the newest run; null where there is nothing to compare.</param>
/// <param name="Weights">By which the newest point was computed.</param>
/// <param name="Judgements">Newest first, withdrawn ones too.</param>
/// <param name="JudgementPoints">What the newest one adds to the health that is shown; null where it adds nothing.</param>
/// <param name="JudgementAhead">What it will add at the next scoring; null where that is what is shown.</param>
public sealed record AccountHealth(HealthChange? Change, HealthWeights Weights, IReadOnlyList<Judgement> Judgements, double? JudgementPoints, double? JudgementAhead);
