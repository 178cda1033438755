namespace CustomerSuccess.Core.Modelling;

/// <summary>A logistic regression over standardised inputs: log-odds = Intercept + Σ Weight × (x − Mean) / Deviation. A constant input has weight 0.</summary>
public sealed record LinearModel(double Intercept, double[] Weight, double[] Mean, double[] Deviation, double Penalty)
{
    /// <summary>One input's share of the log-odds; 0 at the mean of the training rows.</summary>
    public double Term(int input, double x) => Weight[input] == 0 ? 0 : Weight[input] * (x - Mean[input]) / Deviation[input];

    public double LogOdds(ReadOnlySpan<double> inputs)
    {
        var sum = Intercept;
        for (var j = 0; j < Weight.Length; j++)
        {
            sum += Term(j, inputs[j]);
        }

        return sum;
    }

    /// <summary>The log-odds of one row of inputs that are held column by column.</summary>
    public double LogOdds(double[][] inputs, int row)
    {
        var sum = Intercept;
        for (var j = 0; j < Weight.Length; j++)
        {
            sum += Term(j, inputs[j][row]);
        }

        return sum;
    }
}
