using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>The features of one account that triggers look at; a missing one is NaN and fires nothing.</summary>
/// <param name="Features">Numbers by name.</param>
/// <param name="Row">The account's row.</param>
/// <param name="Settings">The company's settings.</param>
/// <param name="RuleScore">0–100, 100 is worst.</param>
public readonly record struct AccountSigns(FeatureReader Features, int Row, CompanySettings Settings, double RuleScore)
{
    public double this[string feature] => Features.Number(feature, Row);
}

/// <summary>Why a play is suggested: a code that has a sentence in each language, and the sentence's numbers.</summary>
public sealed record PlayReason(string Code, IReadOnlyDictionary<string, double> Args);

/// <summary>A way of acting on an account, with what it is believed to bring until its effect is measured.</summary>
public sealed record Play
{
    /// <summary>Stable name in snake_case.</summary>
    public required string Key { get; init; }

    public bool IsUpsell { get; init; }

    /// <summary>How it can be done, best first; the first that no opt-out forbids is taken.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>CSM time that it takes.</summary>
    public required double Minutes { get; init; }

    /// <summary>The stated prior: relative reduction of churn (0.1 = a tenth fewer), for upsell the relative growth of the probability of expansion. It weighs as many accounts as <c>plays.prior_weight</c> says.</summary>
    public required double PriorEffect { get; init; }

    /// <summary>Days in which it is not suggested again after it was done.</summary>
    public required int CoolDownDays { get; init; }

    /// <summary>Who should do it: <c>csm</c>, <c>csm_with_support</c>, <c>csm_with_finance</c>, <c>csm_with_sponsor</c> or <c>csm_with_sales</c>.</summary>
    public required string By { get; init; }

    /// <summary>True where the customer waits for us, so that an earlier contact is no reason to wait.</summary>
    public bool IsReply { get; init; }

    /// <summary>The reason to suggest it; null where it does not fire.</summary>
    public required Func<AccountSigns, PlayReason?> Trigger { get; init; }

    /// <summary>Key of the message's wording.</summary>
    public string MessageKey => $"play.{Key}.message";
}
