namespace CustomerSuccess.Core.Modelling;

/// <summary>Platt's calibration in log-odds (Platt 1999): probability = 1 / (1 + exp(−(Slope × s + Offset))). Slope &gt; 0, so it is smooth and strictly increasing.</summary>
public sealed record Calibrator(double Slope, double Offset)
{
    private const double LeastSlope = 0.02;

    public double Probability(double logOdds) => RidgeRegression.Sigmoid((Slope * logOdds) + Offset);

    /// <summary>The derivative of the probability at a log-odds.</summary>
    public double Derivative(double logOdds) => Probability(logOdds) is var p ? Slope * p * (1 - p) : 0;

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
