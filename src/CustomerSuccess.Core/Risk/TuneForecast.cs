namespace CustomerSuccess.Core.Risk;

/// <summary>
/// Learns from past months how a stated hazard is brought to bear on renewals.
/// <list type="bullet">
/// <item>Exposure and lasting of months ahead: a regression of who was lost (complementary log-log), log hazard = log stated + a + (b − 1) × distance, with a ~ N(prior, 0.45) and b ~ N(prior, 0.25);
/// the months of one group that were forecast from several days count as one. What it leaves open of a widens the intervals.</item>
/// <item>Shared sigma: what the number lost varied beyond that, Σ((n − e)² − v) / Σe² by moments (as for a beta-binomial), drawn to the prior with the weight of 5.</item>
/// <item>Own sigma: the most likely of a grid by how long accounts stayed.</item>
/// </list>
/// </summary>
public static class TuneForecast
{
    private const double ExposurePrior = 0.45;
    private const double LastingPrior = 0.25;
    private const int Steps = 12;
    private const double Converged = 1e-8;
    private const double PriorSquares = 5;
    private const double LeastSigma = 0.05;
    private const double MostSigma = 1.2;
    private const int MostLives = 4_000;

    private static readonly double[] OwnSigmas = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5];

    /// <param name="months">Past renewals.</param>
    /// <param name="lives">Accounts that were scored.</param>
    /// <param name="day">Nothing that became known after it is used.</param>
    /// <param name="graceDays">Days after which a churn event is known to be one.</param>
    public static ForecastTuning Run(IReadOnlyList<PastMonth> months, IReadOnlyList<PastLife> lives, DateOnly day, int graceDays)
    {
        PastMonth[] known = [.. months.Where(month => month.KnownOn <= day)];
        var groups = Enumerable.Range(0, ForecastTuning.Groups).Select(group => Fit([.. known.Where(month => ForecastTuning.Group(month.Ahead) == group)], Math.Log(ForecastTuning.Prior.Exposures[group]), ForecastTuning.Prior.Lasting[group])).ToArray();
        var tuning = new ForecastTuning([.. groups.Select(g => Math.Exp(g.Level))], ForecastTuning.Prior.SharedSigma, OwnSigma(lives, day.AddDays(-graceDays)))
        {
            Lasting = [.. groups.Select(g => g.Lasting)],
            ExposureSigmas = [.. groups.Select(g => g.Sigma)],
        };
        return tuning with { SharedSigma = SharedSigma(known, tuning) };
    }

    /// <summary>The likeliest level and lasting of one group, by Fisher's scoring, and what is left open of the level.</summary>
    private static (double Level, double Lasting, double Sigma) Fit(PastMonth[] months, double levelPrior, double lastingPrior)
    {
        // one month forecast from several days is one month
        var times = months.GroupBy(month => month.Month).ToDictionary(group => group.Key, group => 1.0 / group.Count());
        double a = levelPrior, b = lastingPrior, aa = 0, ab = 0, bb = 0;
        for (var step = 0; step < Steps; step++)
        {
            double ga = -(a - levelPrior) / (ExposurePrior * ExposurePrior), gb = -(b - lastingPrior) / (LastingPrior * LastingPrior);
            (aa, ab, bb) = (1 / (ExposurePrior * ExposurePrior), 0, 1 / (LastingPrior * LastingPrior));
            foreach (var month in months)
            {
                var weight = times[month.Month];
                foreach (var due in month.Due)
                {
                    var hazard = Math.Max(1e-12, due.StatedHazard * Math.Exp(a + ((b - 1) * due.Distance)));
                    var loss = 1 - Math.Exp(-hazard);
                    var score = weight * hazard / loss * ((due.Renewed ? 0 : 1) - loss);
                    var information = weight * hazard * hazard * (1 - loss) / loss;
                    ga += score;
                    gb += score * due.Distance;
                    aa += information;
                    ab += information * due.Distance;
                    bb += information * due.Distance * due.Distance;
                }
            }

            var determinant = (aa * bb) - (ab * ab);
            double stepA = Math.Clamp(((bb * ga) - (ab * gb)) / determinant, -1, 1), stepB = Math.Clamp(((aa * gb) - (ab * ga)) / determinant, -0.5, 0.5);
            (a, b) = (a + stepA, b + stepB);
            if (Math.Abs(stepA) + Math.Abs(stepB) < Converged)
            {
                break;
            }
        }

        return (a, b, Math.Sqrt(bb / ((aa * bb) - (ab * ab))));
    }

    private static double SharedSigma(PastMonth[] known, ForecastTuning tuning)
    {
        double squares = PriorSquares, excess = PriorSquares * ForecastTuning.Prior.SharedSigma * ForecastTuning.Prior.SharedSigma;
        foreach (var month in known)
        {
            double expected = 0, variance = 0;
            foreach (var due in month.Due)
            {
                var loss = 1 - Math.Exp(-tuning.Tuned(due.StatedHazard, due.Distance, month.Ahead));
                expected += loss;
                variance += loss * (1 - loss);
            }

            var off = month.Due.Count(due => !due.Renewed) - expected;
            excess += (off * off) - variance;
            squares += expected * expected;
        }

        return Math.Sqrt(Math.Clamp(excess / squares, LeastSigma * LeastSigma, MostSigma * MostSigma));
    }

    /// <summary>The likeliest spread of accounts about their score; the prior's where nothing is known yet.</summary>
    private static double OwnSigma(IReadOnlyList<PastLife> lives, DateOnly day)
    {
        var step = (lives.Count / MostLives) + 1;
        var seen = lives.Where((life, i) => i % step == 0 && life.From < day).Select(life => (life.MonthlyHazard, Stay: life.Stayed(day))).Where(life => life.Stay.Months > 0).ToArray();
        return seen.Count(life => life.Stay.Left) < 10 ? ForecastTuning.Prior.OwnSigma : OwnSigmas.MaxBy(sigma =>
        {
            var spread = new HazardSpread(sigma);
            return seen.Sum(life =>
            {
                var month = -Math.Log(Math.Max(1e-12, 1 - life.MonthlyHazard));
                var likelihood = life.Stay.Left
                    ? spread.Survival(month * (life.Stay.Months - 1)) - spread.Survival(month * life.Stay.Months)
                    : spread.Survival(month * life.Stay.Months);
                return Math.Log(Math.Max(1e-12, likelihood));
            });
        });
    }
}
