namespace CustomerSuccess.Core.Modelling;

/// <summary>A straight line in calibrated log-odds that follows what came after a model was trained; trees, weights and reasons stay as they are.</summary>
/// <param name="Slope">1 where later outcomes bear the calibration out.</param>
/// <param name="Offset">0 likewise.</param>
/// <param name="LogLossBefore">Mean log loss of later rows as the model stands.</param>
/// <param name="LogLossAfter">The same with lines fitted on other accounts of those rows.</param>
/// <param name="StandardError">Of the difference, over accounts.</param>
public sealed record Recalibration(double Slope, double Offset, double LogLossBefore, double LogLossAfter, double StandardError)
{
    /// <summary>Distinct later outcomes below which nothing is changed.</summary>
    public const int LeastOutcomes = 30;

    private const int Folds = 5;

    /// <summary>Folds of equal rates flatter any line, so it must gain more than one standard error.</summary>
    public bool Pays => LogLossBefore - LogLossAfter > StandardError;

    /// <param name="calibrated">Calibrated log-odds of rows later than the training.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row.</param>
    /// <param name="accounts">By row: an account's rows stay together.</param>
    /// <param name="seed">Of the folds.</param>
    public static Recalibration Of(double[] calibrated, bool[] labels, double[] weights, int[] accounts, int seed)
    {
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var fold = AccountFolds.Of(accounts, all, labels, Folds, seed);
        double before = 0, after = 0;
        var gains = new Dictionary<int, double>();
        for (var f = 0; f < Folds; f++)
        {
            var line = Line([.. all.Where(i => fold[i] != f)]);
            foreach (var i in all.Where(i => fold[i] == f))
            {
                double stood = Loss(i, calibrated[i]), stands = Loss(i, line.LogOdds(calibrated[i]));
                before += stood;
                after += stands;
                gains[accounts[i]] = gains.GetValueOrDefault(accounts[i]) + stood - stands;
            }
        }

        var whole = Line(all);
        var total = weights.Sum();
        var mean = gains.Values.Average();
        var error = Math.Sqrt(gains.Values.Sum(gain => (gain - mean) * (gain - mean))) / total;
        return new Recalibration(whole.Slope, whole.Offset, before / total, after / total, error);

        Calibrator Line(int[] rows) => Calibrator.Fit([.. rows.Select(i => calibrated[i])], [.. rows.Select(i => labels[i])], [.. rows.Select(i => weights[i])]);

        double Loss(int i, double s) => weights[i] * RidgeRegression.Softplus(labels[i] ? -s : s);
    }
}

/// <summary>What became of a recalibration.</summary>
public enum RecalibrationDecision
{
    /// <summary>No model of the target is in use.</summary>
    NoModel,

    /// <summary>Too few outcomes have come since the training.</summary>
    TooFewOutcomes,

    /// <summary>The log loss of later rows would not be lower.</summary>
    Unchanged,

    /// <summary>The recalibrated model is registered and in use.</summary>
    Promoted,
}

/// <summary>On a card: how the model differs from the one it was made of.</summary>
/// <param name="Parent">Version of that model.</param>
/// <param name="Later">The rows later than its training.</param>
/// <param name="Line">What was fitted.</param>
public sealed record CardRecalibration(string Parent, CardPart Later, Recalibration Line);

/// <param name="Target">What is predicted.</param>
/// <param name="Decision">What became of it.</param>
/// <param name="Parent">The model in use before; null where there is none.</param>
/// <param name="Version">The new version; null where nothing was registered.</param>
/// <param name="Later">Rows later than the training whose outcome is known.</param>
/// <param name="Line">What was fitted; null where outcomes were too few.</param>
public sealed record RecalibrationReport(Target Target, RecalibrationDecision Decision, string? Parent, string? Version, CardPart? Later, Recalibration? Line);
