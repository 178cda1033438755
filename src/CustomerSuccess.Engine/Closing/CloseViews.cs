using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;

namespace CustomerSuccess.Engine.Closing;

/// <summary>A rate that figures of a month need and nobody has brought.</summary>
public sealed record MissingRate(string Currency, DateOnly Month);

/// <summary>What closing a month would keep, and what would be wrong with it.</summary>
/// <param name="Month">Its last day.</param>
/// <param name="Problem">Why it cannot be closed, a code of <see cref="CloseRules"/>; null where it can.</param>
/// <param name="Concerns">What would be wrong and may be accepted, codes of <see cref="CloseRules"/>.</param>
/// <param name="Figures">What would be kept; null where it cannot be computed.</param>
/// <param name="Difference">Of the bridge against the contract rows, in the reporting currency: 0 where it closes.</param>
/// <param name="RejectedRows">Rows of contracts and rates that imports rejected since the last close.</param>
/// <param name="ContractsUntil">The day up to which contracts are complete.</param>
/// <param name="MissingRates">What is missing.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record CloseCheck(DateOnly Month, string? Problem, IReadOnlyList<string> Concerns, RetentionFigures? Figures, decimal Difference, long RejectedRows, DateOnly? ContractsUntil, IReadOnlyList<MissingRate> MissingRates, string Currency);

/// <summary>A month that stands closed, or stood so.</summary>
/// <param name="Close">When and by whom; without the accounts.</param>
/// <param name="Figures">As closed.</param>
/// <param name="Restatements">How often it was restated since.</param>
public sealed record ClosedMonth(MonthClose Close, RetentionFigures Figures, int Restatements)
{
    /// <summary>True until it is opened again.</summary>
    public bool Stands => Close.ReopenedAt is null;
}

/// <summary>A restatement with what it changed.</summary>
/// <param name="Entry">When, why and by whom; without the accounts.</param>
/// <param name="Changes">Which figures, from what to what.</param>
/// <param name="FileName">The file that brought it; null where it was none.</param>
/// <param name="ImportRunId">The import of the file.</param>
/// <param name="Currency">The reporting currency in which the month was closed.</param>
public sealed record RestatementEntry(Restatement Entry, IReadOnlyList<FigureChange> Changes, string? FileName, int? ImportRunId, string Currency);

/// <summary>An account whose amounts a restatement changed.</summary>
public sealed record RestatedAccount(int AccountNo, string AccountId, string Namespace, string Name, ClosedAccount Before, ClosedAccount After);

/// <summary>The accounts of a restatement.</summary>
/// <param name="Restatement">The restatement.</param>
/// <param name="Accounts">Those that the viewer may see, the largest change of the closing MRR first.</param>
public sealed record RestatedAccounts(RestatementEntry Restatement, IReadOnlyList<RestatedAccount> Accounts);

/// <summary>A month is to be closed.</summary>
/// <param name="Month">A day of it.</param>
/// <param name="Note">What should be remembered; at most <see cref="MonthClose.LongestNote"/> characters.</param>
/// <param name="Accept">True where concerns are accepted.</param>
public sealed record CloseDraft(DateOnly Month, string? Note, bool Accept);
