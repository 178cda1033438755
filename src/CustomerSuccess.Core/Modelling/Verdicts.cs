namespace CustomerSuccess.Core.Modelling;

/// <summary>The honest verdicts: what may not be shown to anyone as a probability.</summary>
public static class Verdicts
{
    /// <summary>Distinct outcomes below which nothing is fitted.</summary>
    public const int LeastTrainOutcomes = 30;

    /// <summary>Distinct outcomes in the test below which nothing is fitted.</summary>
    public const int LeastTestOutcomes = 10;

    public static bool AreTooFew(int trainOutcomes, int testOutcomes) => trainOutcomes < LeastTrainOutcomes || testOutcomes < LeastTestOutcomes;

    /// <summary>The verdict over a tested model.</summary>
    /// <param name="auc">Its AUC on later data, with interval.</param>
    /// <param name="ruleAuc">The rule score's on the same rows; null where no rule score speaks of the target.</param>
    public static Verdict Over(Estimate? auc, double? ruleAuc) =>
        auc?.Lower is not > 0.5 ? Verdict.NoSkill
        : auc.Value < ruleAuc ? Verdict.NoBetterThanRules
        : Verdict.Skilled;
}
