namespace CustomerSuccess.Core.Modelling;

/// <summary>The learner's cross-validation on a flat table.</summary>
public sealed record EvaluationReport
{
    public required int Rows { get; init; }

    public required int Positives { get; init; }

    public required int Folds { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Columns that were learned from.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Columns that alone give the outcome away; left out unless asked to keep them.</summary>
    public IReadOnlyList<Leak> Leaks { get; init; } = [];

    public bool LeaksKept { get; init; }

    /// <summary>False where a leak was kept: the figures then tell how well the outcome can be read off, not foretold.</summary>
    public bool FiguresCanBeTrusted => !Leaks.Any(leak => leak.Kept);

    /// <summary>Which columns each fold's training rows showed evidence of; empty where none was screened.</summary>
    public IReadOnlyList<ScreenReport> Screens { get; init; } = [];

    /// <summary>Plan of the first fold; the others differ at most by their size.</summary>
    public TrainingPlan? Plan { get; init; }

    /// <summary>What each fold's search found; empty where nothing was searched.</summary>
    public IReadOnlyList<SearchReport> Searches { get; init; } = [];

    /// <summary>How each fold's calibration was chosen.</summary>
    public IReadOnlyList<CalibrationReport> Calibrations { get; init; } = [];

    /// <summary>SHA-256 of each fold's model.</summary>
    public IReadOnlyList<string> ModelHashes { get; init; } = [];

    public CardMetrics? Metrics { get; init; }

    public CardDifferences? Differences { get; init; }

    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    public IReadOnlyList<LiftPoint> LiftCurve { get; init; } = [];
}
