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
        double slope = 1, offset = 0;
        var fixedSlope = false;
        for (var step = 0; step < 200; step++)
        {
            double ga = slope - 1, gb = 0, haa = 1, hab = 0, hbb = 1e-9;
            for (var i = 0; i < logOdds.Length; i++)
            {
                var p = RidgeRegression.Sigmoid((slope * logOdds[i]) + offset);
                var residual = weights[i] * (p - (labels[i] ? 1 : 0));
                var curvature = weights[i] * p * (1 - p);
                ga += residual * logOdds[i];
                gb += residual;
                haa += curvature * logOdds[i] * logOdds[i];
                hab += curvature * logOdds[i];
                hbb += curvature;
            }

            double da, db;
            if (fixedSlope)
            {
                (da, db) = (0, gb / hbb);
            }
            else
            {
                var determinant = Math.Max((haa * hbb) - (hab * hab), 1e-12);
                (da, db) = (((hbb * ga) - (hab * gb)) / determinant, ((haa * gb) - (hab * ga)) / determinant);
            }

            // far steps are cut: the likelihood is convex, so short ones arrive as well
            var length = Math.Min(1, 2 / Math.Max(Math.Abs(da), Math.Abs(db) / 2));
            slope -= length * da;
            offset -= length * db;
            if (!fixedSlope && slope < LeastSlope)
            {
                (slope, fixedSlope) = (LeastSlope, true);
                continue;
            }

            if (Math.Abs(da) + Math.Abs(db) < 1e-10)
            {
                break;
            }
        }

        return new Calibrator(slope, offset);
    }
}
