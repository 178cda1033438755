using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Models;

/// <summary>What a model's card says, in sentences.</summary>
internal static class ModelWords
{
    /// <summary>The verdict in one sentence with the numbers that carry it.</summary>
    public static string Verdict(ModelCard card, IStringLocalizer text) => card switch
    {
        { Verdict: Core.Modelling.Verdict.TooFewOutcomes } => text[
            "VerdictTooFew_" + Key(card.Target), Format.Count(card.Train.Outcomes), Format.Count(card.LeastTrainOutcomes), Format.Count(card.Test.Outcomes), Format.Count(card.LeastTestOutcomes)],
        // which product it is tells much of whether it is dropped; what counts is what the model tells beyond that
        { Target: Target.ProductChurn, Verdict: Core.Modelling.Verdict.NoSkill, WithinProducts.RocAuc: { } within } => text["VerdictNoSkillWithin", Interval(within, text)],
        { Target: Target.ProductChurn, Verdict: Core.Modelling.Verdict.NoBetterThanRules, WithinProducts: { } within } => text["VerdictNoBetterWithin", Number(within.RocAuc), Number(within.RuleScoreAuc)],
        { Target: Target.ProductChurn, Verdict: Core.Modelling.Verdict.Skilled } => (card.WithinProducts?.RocAuc ?? card.Metrics?.Model.RocAuc) is var own
            ? text["VerdictSkilled_product_churn", Format.Percent(own?.Value, 0), Format.Percent(own?.Lower, 0), Format.Percent(own?.Upper, 0)]
            : "",
        { Verdict: Core.Modelling.Verdict.NoSkill } => text["VerdictNoSkill", Interval(card.Metrics?.Model.RocAuc, text)],
        { Verdict: Core.Modelling.Verdict.NoBetterThanRules } => text["VerdictNoBetter", Number(card.Metrics?.Model.RocAuc), Number(card.Metrics?.RuleScore?.RocAuc)],
        _ => text["VerdictSkilled_" + Key(card.Target), Format.Percent(card.LiftCurve.FirstOrDefault(point => Math.Abs(point.Share - 0.1) < 1e-9)?.Found, 0), Format.Number(card.Metrics?.Model.LiftAt10?.Value, 1)],
    };

    /// <summary>What follows for the pages.</summary>
    public static string Consequence(ModelCard card, IStringLocalizer text) =>
        text[$"{(card.Verdict == Core.Modelling.Verdict.Skilled ? "ConsequenceSkilled" : "ConsequenceFallback")}_{Key(card.Target)}"];

    /// <summary>The target in addresses and text keys.</summary>
    public static string Key(Target target) => target switch { Target.Upsell => "upsell", Target.ProductChurn => "product_churn", _ => "churn" };

    /// <summary>A figure with its interval, such as <c>0.781 (0.751–0.811)</c>.</summary>
    public static string Interval(Estimate? estimate, IStringLocalizer text) => estimate switch
    {
        null => Format.Missing,
        { Lower: { } lower, Upper: { } upper } => text["Interval", Format.Number(estimate.Value, 3), Format.Number(lower, 3), Format.Number(upper, 3)],
        _ => Format.Number(estimate.Value, 3),
    };

    private static string Number(Estimate? estimate) => Format.Number(estimate?.Value, 3);
}
