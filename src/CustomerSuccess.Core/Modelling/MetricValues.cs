namespace CustomerSuccess.Core.Modelling;

/// <summary>How good scores are on labelled rows. NaN where a figure has no meaning: no outcome, or a score that is no probability.</summary>
/// <param name="RocAuc">Chance that an outcome scores above a non-outcome, ties half.</param>
/// <param name="PrAuc">Average precision: Σ (recall step × precision) over distinct scores.</param>
/// <param name="LogLoss">Mean −log probability of what happened, natural logarithm.</param>
/// <param name="Brier">Mean squared difference of probability and outcome.</param>
/// <param name="Ece">Expected calibration error over 10 bins of equal mass; equal scores share a bin.</param>
/// <param name="LiftAt10">Rate of outcomes in the top 10 % of rows, divided by the overall rate.</param>
/// <param name="PrecisionAt10">Rate of outcomes in the top 10 % of rows.</param>
/// <param name="LiftAtCapacity">As above, in the accounts that the CSMs can contact at each as-of date.</param>
/// <param name="PrecisionAtCapacity">Rate of outcomes among them.</param>
public readonly record struct MetricValues(
    double RocAuc,
    double PrAuc,
    double LogLoss,
    double Brier,
    double Ece,
    double LiftAt10,
    double PrecisionAt10,
    double LiftAtCapacity,
    double PrecisionAtCapacity);
