namespace CustomerSuccess.Core.Modelling;

/// <summary>A model's answer for one row.</summary>
/// <param name="Probability">Calibrated, 0–1.</param>
/// <param name="BaseProbability">The calibrated probability before anything is known of the account.</param>
/// <param name="Points">By the table's columns: probability points φ × (P − P₀) / Σφ, summing to Probability − BaseProbability.</param>
public readonly record struct Prediction(double Probability, double BaseProbability, double[] Points);
