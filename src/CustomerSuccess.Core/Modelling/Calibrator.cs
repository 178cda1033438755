namespace CustomerSuccess.Core.Modelling;

/// <summary>The shape of a calibration.</summary>
public enum CalibrationKind
{
    /// <summary>A straight line in log-odds (Platt 1999).</summary>
    Platt,

    /// <summary>Two slopes, one for low and one for high log-odds (Kull, Silva Filho and Flach 2017).</summary>
    Beta,

    /// <summary>Isotonic regression, its blocks joined by a smooth increasing curve (Fritsch and Carlson 1980).</summary>
    Isotonic,
}

/// <summary>
/// From the model's log-odds s to a probability, smooth and strictly increasing whatever its shape. Platt: Slope × s + Offset in log-odds;
/// beta: Offset − Slope × log(1 + e^−s) + UpperSlope × log(1 + e^s); isotonic: a monotone cubic through knots, straight beyond them.
/// </summary>
/// <param name="Slope">Above 0; for beta the slope at low log-odds, for isotonic the one beyond the knots as far as it keeps the curve increasing.</param>
/// <param name="Offset">In log-odds.</param>
public sealed record Calibrator(double Slope, double Offset)
{
    internal const double LeastSlope = 0.02;

    /// <summary>Slope at high log-odds; null but for beta.</summary>
    public double? UpperSlope { get; init; }

    /// <summary>Increasing log-odds before calibration; empty but for isotonic.</summary>
    public IReadOnlyList<double> Knots { get; init; } = [];

    /// <summary>Increasing log-odds after it, one for each knot.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    public CalibrationKind Kind => Knots.Count > 1 ? CalibrationKind.Isotonic : UpperSlope is null ? CalibrationKind.Platt : CalibrationKind.Beta;

    public double Probability(double logOdds) => RidgeRegression.Sigmoid(LogOdds(logOdds));

    /// <summary>The derivative of the probability at a log-odds.</summary>
    public double Derivative(double logOdds) => Probability(logOdds) is var p ? SlopeAt(logOdds) * p * (1 - p) : 0;

    /// <summary>The calibrated log-odds.</summary>
    public double LogOdds(double s) => Kind switch
    {
        CalibrationKind.Platt => (Slope * s) + Offset,
        CalibrationKind.Beta => Offset - (Slope * RidgeRegression.Softplus(-s)) + (UpperSlope!.Value * RidgeRegression.Softplus(s)),
        _ => MonotoneCurve.At(Knots, Values, Slope, s).Value,
    };

    /// <summary>The derivative of <see cref="LogOdds"/>.</summary>
    public double SlopeAt(double s) => Kind switch
    {
        CalibrationKind.Platt => Slope,
        CalibrationKind.Beta => (Slope * RidgeRegression.Sigmoid(-s)) + (UpperSlope!.Value * RidgeRegression.Sigmoid(s)),
        _ => MonotoneCurve.At(Knots, Values, Slope, s).Slope,
    };

    /// <summary>This calibration followed by a straight line in log-odds: how a served model is recalibrated by later outcomes.</summary>
    public Calibrator Then(double slope, double offset) => this with
    {
        Slope = slope * Slope,
        UpperSlope = slope * UpperSlope,
        Offset = (slope * Offset) + offset,
        Values = [.. Values.Select(value => (slope * value) + offset)],
    };

    /// <summary>Fits by maximum likelihood, with a prior of the weight of one outcome that the slope is 1, to predictions of rows that were not fitted on.</summary>
    public static Calibrator Fit(double[] logOdds, bool[] labels, double[] weights)
    {
        var free = Minimise(new Calibrator(1, 0), logOdds, labels, weights, slopeIsFree: true);
        return free.Slope >= LeastSlope ? free : Minimise(new Calibrator(LeastSlope, 0), logOdds, labels, weights, slopeIsFree: false);
    }

    /// <summary>Newton's method; steps are halved until the loss falls.</summary>
    private static Calibrator Minimise(Calibrator at, double[] logOdds, bool[] labels, double[] weights, bool slopeIsFree)
    {
        var loss = at.Loss(logOdds, labels, weights);
        for (var step = 0; step < 100; step++)
        {
            double ga = at.Slope - 1, gb = 0, haa = 1, hab = 0, hbb = 1e-9;
            for (var i = 0; i < logOdds.Length; i++)
            {
                var p = at.Probability(logOdds[i]);
                var residual = weights[i] * (p - (labels[i] ? 1 : 0));
                var curvature = weights[i] * p * (1 - p);
                ga += residual * logOdds[i];
                gb += residual;
                haa += curvature * logOdds[i] * logOdds[i];
                hab += curvature * logOdds[i];
                hbb += curvature;
            }

            var determinant = (haa * hbb) - (hab * hab);
            var (da, db) = slopeIsFree && determinant > 0
                ? (((hbb * ga) - (hab * gb)) / determinant, ((haa * gb) - (hab * ga)) / determinant)
                : (0, gb / hbb);
            var before = loss;
            for (var length = 1.0; length > 1e-9; length /= 2)
            {
                var candidate = new Calibrator(at.Slope - (length * da), at.Offset - (length * db));
                var candidateLoss = candidate.Loss(logOdds, labels, weights);
                if (candidateLoss < loss)
                {
                    (at, loss) = (candidate, candidateLoss);
                    break;
                }
            }

            if (before - loss <= 1e-12 * Math.Abs(before))
            {
                break;
            }
        }

        return at;
    }

    private double Loss(double[] logOdds, bool[] labels, double[] weights)
    {
        var sum = (Slope - 1) * (Slope - 1) / 2;
        for (var i = 0; i < logOdds.Length; i++)
        {
            var s = (Slope * logOdds[i]) + Offset;
            sum += weights[i] * RidgeRegression.Softplus(labels[i] ? -s : s);
        }

        return sum;
    }
}
