namespace CustomerSuccess.Core.Risk;

/// <summary>What a list of renewals is ordered by.</summary>
public enum RenewalSort
{
    /// <summary>MRR × (1 − probability of renewal); the largest first unless asked otherwise.</summary>
    Risk,

    /// <summary>The term's end.</summary>
    Ends,

    Mrr,

    Probability,

    Name,
}

/// <summary>Which renewals, in which order.</summary>
/// <param name="Month">The last day of a month; null for the whole year.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">The largest first.</param>
public sealed record RenewalView(DateOnly? Month = null, RenewalSort Sort = RenewalSort.Risk, bool Descending = true);

/// <summary>An account with terms that end in a month.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountId">The id as the sources write it.</param>
/// <param name="Namespace">The id's.</param>
/// <param name="Name">As the run saw it.</param>
/// <param name="OwnerEmail">Whose it is.</param>
/// <param name="Health">0–100; null where it could not be computed.</param>
/// <param name="Month">The month's last day.</param>
/// <param name="EndsOn">The first of the terms' agreed ends.</param>
/// <param name="Mrr">MRR that is due, reporting currency.</param>
/// <param name="Probability">Of renewal; null in fallback and for leaving accounts.</param>
/// <param name="AtRiskMrr">MRR that is expected to be lost; null in fallback.</param>
/// <param name="Leaving">Notice has been given.</param>
public sealed record RenewalRow(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, double? Health, DateOnly Month, DateOnly EndsOn, decimal Mrr, double? Probability, decimal? AtRiskMrr, bool Leaving);

/// <summary>What keeping the accounts with most at risk would be worth.</summary>
/// <param name="Accounts">How many accounts, fewer than asked where there are fewer.</param>
/// <param name="DueMrr">Their MRR that is due.</param>
/// <param name="AtRiskMrr">What is expected to be lost of it, and would be kept if all of them renewed.</param>
public sealed record RenewalsSaved(int Accounts, decimal DueMrr, decimal AtRiskMrr);
