namespace CustomerSuccess.Core.Risk;

/// <summary>How the stated hazard is brought to bear on renewals and lifetimes: learned from past months as far as they say anything.</summary>
/// <param name="Exposures">Factors of the cumulative hazard up to a renewal, by months ahead; see <see cref="HazardTo"/>.</param>
/// <param name="SharedSigma">Standard deviation of the logarithm of a factor that all accounts share: how far the level of churn swings from month to month.</param>
/// <param name="OwnSigma">The same for what an account has of its own beyond its score.</param>
public sealed record ForecastTuning(IReadOnlyList<double> Exposures, double SharedSigma, double OwnSigma)
{
    private static readonly int[] LastMonths = [1, 2, 4, 8, int.MaxValue];

    /// <summary>By months ahead, how much of an account's distance from the typical risk is left by then: 1 all of it, 0 none. Who is at risk today is less so in a year, and the other way round.</summary>
    public IReadOnlyList<double> Lasting { get; init; } = [.. LastMonths.Select(_ => 1.0)];

    /// <summary>By months ahead, the standard deviation of the logarithm of an exposure: what the past months leave open.</summary>
    public IReadOnlyList<double> ExposureSigmas { get; init; } = [.. LastMonths.Select(_ => 0.0)];

    /// <summary>
    /// What holds before any month has been seen: who leaves within a month has mostly given notice already, and is forecast no more; risk fades within a year.
    /// The figures are those of simulated companies, and weigh little beside a year of a company's own.
    /// </summary>
    public static ForecastTuning Prior { get; } = new([0.55, 0.85, 1, 1, 1], 0.2, 0.5)
    {
        Lasting = [1, 1, 0.9, 0.7, 0.5],
        ExposureSigmas = [.. LastMonths.Select(_ => 0.45)],
    };

    /// <summary>Months ahead are grouped, since far ones differ little: 1, 2, 3–4, 5–8, 9–12.</summary>
    public static int Group(int ahead) => Array.FindIndex(LastMonths, last => ahead <= last);

    public static int Groups => LastMonths.Length;

    /// <summary>The cumulative hazard up to and on a renewal's day: exposure × typical hazard × (own / typical)^lasting.</summary>
    /// <param name="probability">Of churn within the horizon.</param>
    /// <param name="horizonDays">Days, above 0.</param>
    /// <param name="t">The day of the probability.</param>
    /// <param name="endsOn">The renewal's day.</param>
    /// <param name="typical">The typical risk of that day.</param>
    public double HazardTo(double probability, int horizonDays, DateOnly t, DateOnly endsOn, double typical) =>
        Tuned(StatedHazard(probability, horizonDays, endsOn.DayNumber - t.DayNumber), Distance(probability, typical), RenewalTerms.Ahead(t, endsOn));

    /// <summary>How far the hazard of all accounts may be off together, so many months ahead.</summary>
    public HazardSpread SpreadOf(int ahead) => new(Math.Sqrt((SharedSigma * SharedSigma) + (ExposureSigmas[Group(ahead)] * ExposureSigmas[Group(ahead)])));

    /// <summary>−ln(1 − P) × days / horizon.</summary>
    public static double StatedHazard(double probability, int horizonDays, int days) => Risk(probability) * days / horizonDays;

    /// <summary>The typical risk among accounts scored on one day: the geometric mean of −ln(1 − P); 1 where there is none.</summary>
    public static double Typical(IEnumerable<double> probabilities) => Math.Exp(probabilities.Select(p => Math.Log(Risk(p))).DefaultIfEmpty(0).Average());

    /// <summary>How far an account's risk lies from the typical one, in logarithms.</summary>
    public static double Distance(double probability, double typical) => Math.Log(Risk(probability) / typical);

    /// <summary>What the lifetime of one account is uncertain by.</summary>
    public HazardSpread Lifetime() => new(Math.Sqrt((SharedSigma * SharedSigma) + (OwnSigma * OwnSigma)));

    /// <summary>A stated cumulative hazard, tuned.</summary>
    /// <param name="stated">As <see cref="StatedHazard"/> gives it.</param>
    /// <param name="distance">As <see cref="Distance"/> gives it.</param>
    /// <param name="ahead">Months ahead, at least 0.</param>
    public double Tuned(double stated, double distance, int ahead) => Exposures[Group(ahead)] * stated * Math.Exp((Lasting[Group(ahead)] - 1) * distance);

    private static double Risk(double probability) => Math.Max(1e-9, -Math.Log(Math.Max(1e-9, 1 - probability)));
}
