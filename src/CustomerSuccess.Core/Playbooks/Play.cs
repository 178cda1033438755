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
    /// <summary>What stands open as of the day; null where it is not known, as on past days, so that the nearest features stand for it.</summary>
    public StandingFacts? Standing { get; init; }

    public double this[string feature] => Features.Number(feature, Row);

    /// <summary>Invoices whose payment failed and that are still not paid.</summary>
    public double FailedInvoices => Standing?.FailedInvoices ?? this[FeatureNames.InvoicesFailed91];

    /// <summary>Escalated inquiries that are still open.</summary>
    public double EscalatedInquiries => Standing?.EscalatedInquiries ?? (this[FeatureNames.OpenInquiries] >= 1 ? this[FeatureNames.Escalations91] : 0);
}

/// <summary>What stands open of an account as of a day, which no feature says: triggers fire on what is true now.</summary>
/// <param name="FailedInvoices">Invoices whose payment failed and that are still not paid.</param>
/// <param name="EscalatedInquiries">Escalated inquiries that are still open.</param>
public readonly record struct StandingFacts(int FailedInvoices, int EscalatedInquiries);

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

    /// <summary>The reasons to suggest it, strongest first; each gives null where it does not hold.</summary>
    public required IReadOnlyList<Func<AccountSigns, PlayReason?>> Triggers { get; init; }

    /// <summary>Key of the message's wording.</summary>
    public string MessageKey => $"play.{Key}.message";

    /// <summary>The reasons that hold for an account, strongest first.</summary>
    public IEnumerable<PlayReason> Reasons(AccountSigns signs) => Triggers.Select(trigger => trigger(signs)).OfType<PlayReason>();
}
