using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Health;

/// <summary>What past outcomes say of health: weights they teach, how well each way of weighing told who leaves in later months, and what became of each band.</summary>
public sealed record HealthStudy
{
    public required DateTime MadeAt { get; init; }

    /// <summary>Null where the outcomes are too few to learn from.</summary>
    public LearnedStudy? Learned { get; init; }

    public required StudyPart Train { get; init; }

    public required StudyPart Test { get; init; }

    /// <summary>Share of accounts that were read, 1 for all.</summary>
    public double AccountShare { get; init; } = 1;

    /// <summary>Days in which a counted churn falls, after the lead.</summary>
    public int HorizonDays { get; init; }

    public int LeadDays { get; init; }

    /// <summary>The version in force when this was made; 0 for equal weights.</summary>
    public int SchemeNo { get; init; }

    public required HealthSkill Equal { get; init; }

    public required HealthSkill InForce { get; init; }

    public required HealthSkill RuleScore { get; init; }

    /// <summary>Bands by the weights in force, over all past month ends that are kept.</summary>
    public required BandTest Bands { get; init; }

    /// <summary>The same by product, most rows first; none where contracts name fewer than two.</summary>
    public IReadOnlyList<ProductBands> Products { get; init; } = [];
}

/// <summary>What was learned on the training months and tested on later ones.</summary>
/// <param name="Company">Whole per cent, in the order of the dimensions.</param>
/// <param name="Segments">Segments that differ.</param>
/// <param name="Penalty">Pull towards equal weights.</param>
/// <param name="SegmentPenalty">Pull of segments towards the company.</param>
/// <param name="Skill">On the later months.</param>
/// <param name="Bands">What became of each band by these weights.</param>
public sealed record LearnedStudy(IReadOnlyList<double> Company, IReadOnlyDictionary<string, IReadOnlyList<double>> Segments, double Penalty, double SegmentPenalty, HealthSkill Skill, BandTest Bands)
{
    /// <summary>A rule with these weights, all else as it is.</summary>
    public HealthRule In(HealthRule rule) => rule with
    {
        Company = new(Company),
        Segments = Segments.ToDictionary(own => own.Key, own => new HealthWeights(own.Value), StringComparer.Ordinal),
    };
}

/// <summary>Months that were learned from, or tested on.</summary>
public sealed record StudyPart(DateOnly? From, DateOnly? To, int Months, int Rows, int Outcomes)
{
    public static StudyPart Of(IReadOnlyCollection<HealthRow> rows) => rows.Count == 0
        ? new(null, null, 0, 0, 0)
        : new(rows.Min(row => row.Point.AsOf), rows.Max(row => row.Point.AsOf), rows.Select(row => row.Point.AsOf).Distinct().Count(), rows.Count, HealthRow.Outcomes(rows));
}

/// <summary>A study as it is kept: only the newest is shown.</summary>
public sealed class StoredHealthStudy
{
    public int StudyNo { get; set; }

    public DateTime MadeAt { get; set; }

    public required string Json { get; set; }
}
