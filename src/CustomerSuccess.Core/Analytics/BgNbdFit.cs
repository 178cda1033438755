namespace CustomerSuccess.Core.Analytics;

/// <summary>A model fitted to customers.</summary>
/// <param name="Model">The maximum-likelihood estimates.</param>
/// <param name="LogLikelihood">Of all customers, at the estimates.</param>
/// <param name="Customers">How many there were.</param>
/// <param name="Repeaters">Of these, who bought again.</param>
/// <param name="Converged">False where the search ended before the likelihood was flat: then the customers do not tell the parameters.</param>
public sealed record BgNbdFit(BgNbd Model, double LogLikelihood, int Customers, int Repeaters, bool Converged)
{
    /// <summary>Customers, and customers who bought again, below which nothing is fitted.</summary>
    public const int FewestCustomers = 100, FewestRepeaters = 30;

    private const int MostSteps = 500, Parameters = 4;

    /// <summary>Parameters are held within e to the power of ± this.</summary>
    private const double Edge = 9;

    /// <summary>Fits the model by maximum likelihood: BFGS over the logarithms of the parameters with the exact gradient. Null where there are too few customers.</summary>
    /// <param name="customers">Each with its purchases.</param>
    public static BgNbdFit? Of(IReadOnlyList<PurchaseSummary> customers)
    {
        var repeaters = customers.Count(customer => customer.Frequency > 0);
        return customers.Count < FewestCustomers || repeaters < FewestRepeaters ? null : Fit(customers, repeaters);
    }

    private static BgNbdFit Fit(IReadOnlyList<PurchaseSummary> customers, int repeaters)
    {
        // equal customers weigh together; time in units of the mean age, so that one start suits every business
        var scale = Math.Max(1e-9, customers.Average(customer => customer.Age));
        var groups = customers.GroupBy(customer => customer).Select(same => (same.Key.Frequency, Recency: same.Key.Recency / scale, Age: same.Key.Age / scale, Weight: same.Count())).ToArray();
        var theta = new double[Parameters];
        var gradient = new double[Parameters];
        var value = Value(groups, theta, gradient);
        var inverse = Identity(1.0 / customers.Count);
        var converged = false;
        for (var step = 0; step < MostSteps && !converged; step++)
        {
            var direction = Times(inverse, gradient, -1);
            var slope = Dot(direction, gradient);
            if (slope >= 0)
            {
                inverse = Identity(1.0 / customers.Count);
                direction = Times(inverse, gradient, -1);
                slope = Dot(direction, gradient);
            }

            var next = new double[Parameters];
            var nextGradient = new double[Parameters];
            double length = Math.Min(1, 2 / direction.Max(Math.Abs)), found = double.NaN;
            for (; length > 1e-12; length /= 2)
            {
                for (var i = 0; i < Parameters; i++)
                {
                    next[i] = Math.Clamp(theta[i] + (length * direction[i]), -Edge, Edge);
                }

                found = Value(groups, next, nextGradient);
                if (found <= value + (1e-4 * length * slope))
                {
                    break;
                }
            }

            if (!(found < value))
            {
                converged = gradient.Max(Math.Abs) < 1e-3 * Math.Sqrt(customers.Count);
                break;
            }

            inverse = Updated(inverse, [.. next.Zip(theta, (to, from) => to - from)], [.. nextGradient.Zip(gradient, (to, from) => to - from)]);
            converged = value - found < 1e-10 * Math.Abs(found) && nextGradient.Max(Math.Abs) < 1e-3 * Math.Sqrt(customers.Count);
            (theta, gradient, value) = (next, nextGradient, found);
        }

        converged &= theta.All(one => Math.Abs(one) < Edge);
        var model = new BgNbd(Math.Exp(theta[0]), Math.Exp(theta[1]) * scale, Math.Exp(theta[2]), Math.Exp(theta[3]));
        return new(model, customers.Sum(customer => model.LogLikelihood(customer)), customers.Count, repeaters, converged);
    }

    /// <summary>The negative log-likelihood at logarithms of the parameters, and its gradient by them.</summary>
    private static double Value((int Frequency, double Recency, double Age, int Weight)[] groups, double[] theta, double[] gradient)
    {
        var (r, alpha, a, b) = (Math.Exp(theta[0]), Math.Exp(theta[1]), Math.Exp(theta[2]), Math.Exp(theta[3]));
        var logs = new Dictionary<int, (double Value, double R, double A, double B)>();
        var (logAlpha, logA) = (theta[1], theta[2]);
        double sum = 0, byR = 0, byAlpha = 0, byA = 0, byB = 0;
        foreach (var (x, recency, age, weight) in groups)
        {
            if (!logs.TryGetValue(x, out var gamma))
            {
                logs.Add(x, gamma = (
                    GammaFunctions.LogGamma(r + x) - GammaFunctions.LogGamma(r) + GammaFunctions.LogGamma(a + b) + GammaFunctions.LogGamma(b + x) - GammaFunctions.LogGamma(b) - GammaFunctions.LogGamma(a + b + x),
                    GammaFunctions.Digamma(r + x) - GammaFunctions.Digamma(r),
                    GammaFunctions.Digamma(a + b) - GammaFunctions.Digamma(a + b + x),
                    GammaFunctions.Digamma(a + b) + GammaFunctions.Digamma(b + x) - GammaFunctions.Digamma(b) - GammaFunctions.Digamma(a + b + x)));
            }

            var logAge = Math.Log(alpha + age);
            var (alive, gone) = (-(r + x) * logAge, double.NegativeInfinity);
            var logRecency = 0.0;
            if (x > 0)
            {
                logRecency = Math.Log(alpha + recency);
                gone = logA - Math.Log(b + x - 1) - ((r + x) * logRecency);
            }

            var both = Math.Max(alive, gone) + Math.Log(1 + Math.Exp(-Math.Abs(alive - gone)));
            var isAlive = Math.Exp(alive - both);
            var isGone = x > 0 ? Math.Exp(gone - both) : 0;
            sum += weight * (gamma.Value + (r * logAlpha) + both);
            byR += weight * (gamma.R + logAlpha - (isAlive * logAge) - (isGone * logRecency));
            byAlpha += weight * ((r / alpha) - ((r + x) * ((isAlive / (alpha + age)) + (isGone / (alpha + recency)))));
            byA += weight * (gamma.A + (isGone / a));
            byB += weight * (gamma.B - (x > 0 ? isGone / (b + x - 1) : 0));
        }

        (gradient[0], gradient[1], gradient[2], gradient[3]) = (-byR * r, -byAlpha * alpha, -byA * a, -byB * b);
        return -sum;
    }

    private static double[][] Identity(double scale) => [.. Enumerable.Range(0, Parameters).Select(i => Enumerable.Range(0, Parameters).Select(j => i == j ? scale : 0).ToArray())];

    private static double Dot(double[] one, double[] other) => one.Zip(other, (x, y) => x * y).Sum();

    private static double[] Times(double[][] matrix, double[] vector, double factor) => [.. matrix.Select(row => factor * Dot(row, vector))];

    /// <summary>The inverse Hessian after a step, by the formula of Broyden, Fletcher, Goldfarb and Shanno; as it was where the step shows no curvature.</summary>
    private static double[][] Updated(double[][] inverse, double[] step, double[] change)
    {
        var curvature = Dot(step, change);
        if (curvature <= 1e-12)
        {
            return inverse;
        }

        var turned = Times(inverse, change, 1);
        var factor = (1 + (Dot(change, turned) / curvature)) / curvature;
        return
        [
            .. Enumerable.Range(0, Parameters).Select(i => Enumerable.Range(0, Parameters)
                .Select(j => inverse[i][j] + (factor * step[i] * step[j]) - (((turned[i] * step[j]) + (step[i] * turned[j])) / curvature)).ToArray()),
        ];
    }
}
