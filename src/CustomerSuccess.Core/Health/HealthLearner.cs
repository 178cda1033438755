using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Health;

/// <summary>Weights that outcomes teach.</summary>
/// <param name="Company">Whole per cent.</param>
/// <param name="Segments">Segments with outcomes enough to differ, whole per cent; only those that do.</param>
/// <param name="Penalty">Pull towards equal weights, chosen by cross-validation: a multiple of what one dimension tells.</param>
/// <param name="SegmentPenalty">Pull of segments towards the company's weights, likewise.</param>
public sealed record LearnedWeights(HealthWeights Company, IReadOnlyDictionary<string, HealthWeights> Segments, double Penalty, double SegmentPenalty);

/// <summary>
/// Learns weights from outcomes: a weight is a dimension's share in what <see cref="HealthRegression"/> finds. How far the data are trusted, against equal weights and,
/// in a segment, against the company's, is chosen by log loss over folds of accounts: the strongest pull within a standard error of the best. The result depends on nothing but the rows.
/// </summary>
public static class HealthLearner
{
    /// <summary>Distinct outcomes from which on a segment may differ from the company.</summary>
    public const int LeastSegmentOutcomes = 10;

    /// <summary>The strongest pull first.</summary>
    private static readonly double[] Penalties = [1e6, 30, 10, 3, 1, 0.3, 0.1, 0.03];

    private const int Folds = 5;
    private const int Seed = 7;

    private static readonly int Dimensions = HealthWeights.Dimensions.Count;

    /// <summary>Learns; null where the outcomes are too few or all alike.</summary>
    public static LearnedWeights? Learn(IReadOnlyList<HealthRow> rows, CancellationToken cancellation = default)
    {
        HealthRow[] known = [.. rows.Where(row => HealthWeights.Equal.Total(row.Point) is not null)];
        if (HealthRow.Outcomes(known) < Verdicts.LeastTrainOutcomes || known.All(row => row.Churned))
        {
            return null;
        }

        var data = new HealthRegression.Rows(
            [.. known.SelectMany(row => HealthWeights.Dimensions.Select(d => HealthScore.Of(row.Point, d) is { } x ? (50 - x) / 100 : double.NaN))],
            [.. known.Select(row => row.Churned)]);
        var accounts = known.Select(row => row.Point.AccountNo).ToArray();
        var folds = AccountFolds.Of(accounts, [.. Enumerable.Range(0, known.Length)], data.Churned, Folds, Seed);
        var (penalty, fits) = CompanyPenalty(data, accounts, folds, cancellation);
        var company = HealthRegression.Fit(data, null, penalty);
        var segments = known.Select((row, i) => (row, i)).Where(x => x.row.Segment is not null).GroupBy(x => x.row.Segment!, StringComparer.Ordinal)
            .Where(own => HealthRow.Outcomes(own.Select(x => x.row)) >= LeastSegmentOutcomes && own.Any(x => !x.row.Churned))
            .OrderBy(own => own.Key, StringComparer.Ordinal)
            .ToDictionary(own => own.Key, own => own.Select(x => x.i).ToArray());
        var segmentPenalty = SegmentPenalty(data, accounts, folds, fits, segments.Values, cancellation);
        var weights = WeightsOf(company);
        return new(
            weights,
            segments.Select(own => (own.Key, Weights: WeightsOf(HealthRegression.Fit(data.Take(own.Value), company, segmentPenalty))))
                .Where(own => !own.Weights.SameAs(weights)).ToDictionary(own => own.Key, own => own.Weights, StringComparer.Ordinal),
            penalty,
            segmentPenalty);
    }

    /// <summary>Whole per cent; where that differs from equal weights by rounding alone, these.</summary>
    private static HealthWeights WeightsOf(HealthRegression.Solution fit)
    {
        var weights = fit.Beta.Sum() > 0 ? new HealthWeights(fit.Beta).Rounded() : HealthWeights.Equal;
        return weights.Values.All(weight => Math.Abs(weight - (100.0 / Dimensions)) < 1) ? HealthWeights.Equal : weights;
    }

    /// <summary>The pull, and the fit without each fold that it gives.</summary>
    private static (double Penalty, HealthRegression.Solution[] Fits) CompanyPenalty(HealthRegression.Rows data, int[] accounts, int[] folds, CancellationToken cancellation)
    {
        var fits = new HealthRegression.Solution[Penalties.Length][];
        var losses = new double[Penalties.Length][];
        for (var i = 0; i < Penalties.Length; i++)
        {
            fits[i] = new HealthRegression.Solution[Folds];
            losses[i] = new double[data.Count];
            for (var fold = 0; fold < Folds; fold++)
            {
                cancellation.ThrowIfCancellationRequested();
                fits[i][fold] = HealthRegression.Fit(data.Take([.. Where(folds, f => f != fold)]), null, Penalties[i]);
                AddLosses(losses[i], data, [.. Where(folds, f => f == fold)], fits[i][fold]);
            }
        }

        var chosen = Chosen(losses, accounts);
        return (Penalties[chosen], fits[chosen]);
    }

    private static double SegmentPenalty(HealthRegression.Rows data, int[] accounts, int[] folds, HealthRegression.Solution[] company, IReadOnlyCollection<int[]> segments, CancellationToken cancellation)
    {
        var losses = new double[Penalties.Length][];
        for (var i = 0; i < Penalties.Length; i++)
        {
            losses[i] = new double[data.Count];
            foreach (var rows in segments)
            {
                for (var fold = 0; fold < Folds; fold++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var fit = HealthRegression.Fit(data.Take([.. rows.Where(r => folds[r] != fold)]), company[fold], Penalties[i]);
                    AddLosses(losses[i], data, [.. rows.Where(r => folds[r] == fold)], fit);
                }
            }
        }

        return Penalties[Chosen(losses, accounts)];
    }

    /// <summary>The strongest pull whose loss is within a standard error, over accounts, of the least (Breiman et al. 1984): weights leave equality only on evidence.</summary>
    private static int Chosen(double[][] losses, int[] accounts)
    {
        var least = Enumerable.Range(0, losses.Length).MinBy(i => losses[i].Sum());
        for (var i = 0; i < least; i++)
        {
            var byAccount = new Dictionary<int, double>();
            for (var r = 0; r < accounts.Length; r++)
            {
                byAccount[accounts[r]] = byAccount.GetValueOrDefault(accounts[r]) + losses[i][r] - losses[least][r];
            }

            var mean = byAccount.Values.Average();
            if (byAccount.Values.Sum() <= Math.Sqrt(byAccount.Values.Sum(d => (d - mean) * (d - mean))))
            {
                return i;
            }
        }

        return least;
    }

    private static IEnumerable<int> Where(int[] folds, Func<int, bool> of) => Enumerable.Range(0, folds.Length).Where(r => of(folds[r]));

    private static void AddLosses(double[] losses, HealthRegression.Rows data, int[] rows, HealthRegression.Solution fit)
    {
        var part = data.Take(rows);
        var filled = HealthRegression.Filled(part, fit.Beta);
        for (var r = 0; r < rows.Length; r++)
        {
            var eta = HealthRegression.Eta(filled, r, fit.Intercept, fit.Beta);
            losses[rows[r]] += RidgeRegression.Softplus(eta) - (part.Churned[r] ? eta : 0);
        }
    }
}
