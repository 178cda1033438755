namespace CustomerSuccess.Core.Outreach;

/// <summary>Why a customer is contacted: it decides which limits, opt-outs and laws apply.</summary>
public enum Purpose
{
    /// <summary>The customer waits for it, or has to be told: an answer, an invoice, a password. No limit holds it back, but an address known not to work.</summary>
    Transactional,

    /// <summary>We contact a person of our own accord: a check-in, help, a survey. Limits, quiet hours and opt-outs apply.</summary>
    Proactive,

    /// <summary>Advertising, one person or many: limits as for proactive, and consent, the sender's identity and a way to unsubscribe.</summary>
    Promotional,
}
