using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Tasks;

namespace CustomerSuccess.Core.Portfolios;

/// <summary>What whoever takes over an account has to know, on one sheet.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountId">As the sources write it.</param>
/// <param name="Namespace">Of the id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="OwnerEmail">Whose it is now.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="State">Scored or leaving; null where it was not scored.</param>
/// <param name="Probability">Of churn; null without a model.</param>
/// <param name="RuleScore">0–100, 100 is worst.</param>
/// <param name="Health">0–100, 100 is good.</param>
/// <param name="Band">The health's band.</param>
/// <param name="RenewsOn">End of the current term.</param>
/// <param name="Drivers">Why it may churn, strongest first.</param>
/// <param name="Suggestions">What is suggested, and what was made of it.</param>
/// <param name="Touches">The last touches, newest first.</param>
/// <param name="Inquiries">Open inquiries, oldest first.</param>
/// <param name="People">Those who are there: decision makers and champions first.</param>
public sealed record AccountBrief(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? OwnerEmail, string? Plan, decimal Mrr, ScoreState? State, double? Probability, double RuleScore, double? Health, HealthBand? Band, DateOnly? RenewsOn,
    IReadOnlyList<Driver> Drivers, IReadOnlyList<SuggestedTouch> Suggestions, IReadOnlyList<TouchRow> Touches, IReadOnlyList<InquiryRow> Inquiries, IReadOnlyList<PersonRow> People)
{
    /// <summary>Suggestions that are put off.</summary>
    public IEnumerable<SuggestedTouch> Snoozed => Suggestions.Where(touch => touch.State == SuggestionState.Snoozed);

    /// <summary>What is still to be done, the earliest due first.</summary>
    public IReadOnlyList<WorkTask> Tasks { get; init; } = [];

    /// <summary>The account has nobody to talk to.</summary>
    public bool HasNobody => People.Count == 0;
}
