namespace CustomerSuccess.Core.Playbooks;

/// <summary>What is to be made of a suggestion.</summary>
/// <param name="Kind">Done, snoozed or dismissed.</param>
public sealed record SuggestionAct(SuggestionActionKind Kind)
{
    /// <summary>For a snooze: the day on which it comes back, after today.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Why it is snoozed or dismissed; needed for both.</summary>
    public string? Reason { get; init; }

    /// <summary>Free text.</summary>
    public string? Note { get; init; }

    /// <summary>For what was done: the minutes it took, 0–1440; null for the play's own figure.</summary>
    public double? Minutes { get; init; }
}

/// <summary>What stood of a suggestion when somebody looked at it.</summary>
/// <param name="ActionId">The action; null where it was open.</param>
public readonly record struct SeenAction(string? ActionId);

/// <summary>One account of an act on many.</summary>
public sealed record BulkTaken(int AccountNo, string AccountName, TakenAction Action);

/// <summary>An account that was left as it is.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Theirs">What a colleague did since; null where nothing was open.</param>
public sealed record BulkLeft(int AccountNo, string AccountName, TakenAction? Theirs);

/// <summary>What an act on many did.</summary>
public sealed record BulkActed(IReadOnlyList<BulkTaken> Taken, IReadOnlyList<BulkLeft> Left);
