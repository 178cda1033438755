using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Engine.Goals;

/// <summary>A goal as its author wants it.</summary>
/// <param name="GoalId">Null for a new one.</param>
/// <param name="Version">The version that the author saw; 0 for a new one.</param>
public sealed record GoalDraft(string? GoalId, int Version)
{
    public GoalKind Kind { get; init; }

    public string? ParentId { get; init; }

    public string? Title { get; init; }

    public string? Note { get; init; }

    public GoalMeasure Measure { get; init; }

    public GoalScope Scope { get; init; } = GoalScope.All;

    public string? OwnerEmail { get; init; }

    public DateOnly? StartOn { get; init; }

    /// <summary>Null takes the figure of the last month end by the first day.</summary>
    public decimal? StartValue { get; init; }

    public DateOnly? DueOn { get; init; }

    public decimal? TargetValue { get; init; }

    public IReadOnlyList<GoalStep> Steps { get; init; } = [];
}

/// <summary>A review as its author wants it.</summary>
/// <param name="GoalId">Of which goal.</param>
/// <param name="Month">Its month's last day.</param>
/// <param name="Version">The version that the author saw; 0 for a new one.</param>
public sealed record ReviewDraft(string GoalId, DateOnly Month, int Version)
{
    public string? Plan { get; init; }

    public string? Do { get; init; }

    public string? Check { get; init; }

    public string? Act { get; init; }

    public IReadOnlyList<GoalLink> Links { get; init; } = [];
}

/// <summary>A goal and how it stands.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Standing">Of its newest figure.</param>
/// <param name="ReviewDue">The month whose review is due; null for none.</param>
/// <param name="Depth">0 for a KGI or a KPI that serves none, 1 for a KPI under its KGI.</param>
public sealed record GoalRow(Goal Goal, GoalStanding Standing, DateOnly? ReviewDue, int Depth);

/// <summary>Every goal that the viewer may see.</summary>
/// <param name="Rows">Each KGI followed by the KPIs that serve it, the earliest day first; then KPIs that serve none.</param>
/// <param name="Today">The company's day.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record GoalOverview(IReadOnlyList<GoalRow> Rows, DateOnly Today, string Currency);

/// <summary>Everything of one goal.</summary>
/// <param name="Row">The goal and how it stands.</param>
/// <param name="Parent">The KGI that it serves; null for none, or where the viewer may not see it.</param>
/// <param name="Children">KPIs that serve it.</param>
/// <param name="Points">Its figures, oldest first.</param>
/// <param name="Reviews">Newest first.</param>
/// <param name="History">Who changed what, newest first.</param>
/// <param name="Today">The company's day.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record GoalDetails(GoalRow Row, Goal? Parent, IReadOnlyList<GoalRow> Children, IReadOnlyList<MeasurePoint> Points, IReadOnlyList<GoalReview> Reviews, IReadOnlyList<JournalEntry> History, DateOnly Today, string Currency);

/// <summary>What a review can point to.</summary>
public sealed record GoalLinkChoices(IReadOnlyList<GoalLink> All);
