using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Plans;

public enum PlanStatus
{
    Draft,
    Active,
    Achieved,
    Abandoned,
}

/// <summary>What a customer wants to reach with the product, and the way there: goals and milestones.</summary>
public sealed class SuccessPlan : IEdited
{
    /// <summary>Characters of a title, here and in goals and milestones.</summary>
    public const int LongestTitle = 200;

    /// <summary>Characters of a summary or detail.</summary>
    public const int LongestDetail = 5_000;

    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string PlanId { get; set; }

    public required string Title { get; set; }

    /// <summary>What success means to the customer, in a few sentences.</summary>
    public string? Summary { get; set; }

    /// <summary>Our side's address.</summary>
    public string? OwnerEmail { get; set; }

    public PlanStatus Status { get; set; }

    public DateOnly StartsOn { get; set; }

    public DateOnly? DueOn { get; set; }

    /// <summary>When it was achieved or abandoned.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The template it was made from.</summary>
    public string? TemplateKey { get; set; }

    public DateTime CreatedAt { get; set; }

    public required string CreatedByUser { get; set; }

    public string? CreatedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>Something to be reached by a day, told by a number.</summary>
public sealed class PlanGoal : IEdited
{
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string GoalId { get; set; }

    public required string PlanId { get; set; }

    public required string Title { get; set; }

    /// <summary>What is counted and in which unit, such as hours per month.</summary>
    public string? Measure { get; set; }

    /// <summary>Where it stood at the start.</summary>
    public double? Baseline { get; set; }

    /// <summary>Above or below the baseline.</summary>
    public double? Target { get; set; }

    /// <summary>Where it stands, as last entered.</summary>
    public double? Current { get; set; }

    /// <summary>When <see cref="Current"/> was entered.</summary>
    public DateTime? MeasuredAt { get; set; }

    public DateOnly? DueOn { get; set; }

    /// <summary>When the customer agreed that it is reached; null until then.</summary>
    public DateTime? ReachedAt { get; set; }

    public string? ReachedByEmail { get; set; }

    /// <summary>Order within the plan.</summary>
    public int Position { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>A step on the way, ours or the customer's.</summary>
public sealed class PlanMilestone : IEdited
{
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string MilestoneId { get; set; }

    public required string PlanId { get; set; }

    /// <summary>The goal that it serves; null for the plan as a whole.</summary>
    public string? GoalId { get; set; }

    public required string Title { get; set; }

    public string? Detail { get; set; }

    /// <summary>Whose it is on our side.</summary>
    public string? OwnerEmail { get; set; }

    /// <summary>Whose it is at the customer.</summary>
    public int? OwnerContactNo { get; set; }

    public DateOnly? DueOn { get; set; }

    public DateTime? DoneAt { get; set; }

    public string? DoneByEmail { get; set; }

    public int Position { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>A template that the company made or took in; those that come with the product are not stored.</summary>
public sealed class StoredPlanTemplate
{
    public required string TemplateKey { get; set; }

    /// <summary>As <see cref="PlanTemplate"/> writes it.</summary>
    public required string Json { get; set; }

    public DateTime ChangedAt { get; set; }

    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    public int Version { get; set; }
}

/// <summary>A plan as it is read: its goals and milestones in their order, deleted ones left out.</summary>
public sealed record PlanSheet(SuccessPlan Plan, IReadOnlyList<PlanGoal> Goals, IReadOnlyList<PlanMilestone> Milestones)
{
    /// <summary>Share of what is planned that is done, 0–1: milestones done and goals reached count one each, a goal on its way its part. Null for an empty plan.</summary>
    public double? Progress => Goals.Count + Milestones.Count == 0
        ? null
        : (Goals.Sum(goal => PlanProgress.Of(goal) ?? 0) + Milestones.Count(milestone => milestone.DoneAt is not null)) / (Goals.Count + Milestones.Count);

    /// <summary>What is late on a day.</summary>
    public int Late(DateOnly today) => Plan.Status is PlanStatus.Achieved or PlanStatus.Abandoned
        ? 0
        : Goals.Count(goal => goal.ReachedAt is null && goal.DueOn < today) + Milestones.Count(milestone => milestone.DoneAt is null && milestone.DueOn < today);
}

/// <summary>How far a goal is.</summary>
public static class PlanProgress
{
    /// <summary>The way made from baseline to target, 0–1, upwards or downwards; 1 for a goal said to be reached; null where a number is missing or there is no way to go.</summary>
    public static double? Of(PlanGoal goal) =>
        goal.ReachedAt is not null ? 1
        : goal is { Baseline: { } from, Target: { } to, Current: { } now } && from != to ? Math.Clamp((now - from) / (to - from), 0, 1)
        : null;
}
