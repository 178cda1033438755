namespace CustomerSuccess.Core.Plans;

/// <summary>What a plan is to say.</summary>
public sealed record PlanDraft
{
    public string Title { get; init; } = "";

    public string? Summary { get; init; }

    /// <summary>Null for whoever asks.</summary>
    public string? OwnerEmail { get; init; }

    public DateOnly StartsOn { get; init; }

    public DateOnly? DueOn { get; init; }

    public static PlanDraft Of(SuccessPlan plan) => new() { Title = plan.Title, Summary = plan.Summary, OwnerEmail = plan.OwnerEmail, StartsOn = plan.StartsOn, DueOn = plan.DueOn };
}

/// <summary>What a goal is to say.</summary>
public sealed record GoalDraft
{
    public string Title { get; init; } = "";

    public string? Measure { get; init; }

    public double? Baseline { get; init; }

    public double? Target { get; init; }

    public double? Current { get; init; }

    public DateOnly? DueOn { get; init; }

    public static GoalDraft Of(PlanGoal goal) => new() { Title = goal.Title, Measure = goal.Measure, Baseline = goal.Baseline, Target = goal.Target, Current = goal.Current, DueOn = goal.DueOn };
}

/// <summary>What a milestone is to say.</summary>
public sealed record MilestoneDraft
{
    public string Title { get; init; } = "";

    public string? Detail { get; init; }

    /// <summary>The goal that it serves.</summary>
    public string? GoalId { get; init; }

    public string? OwnerEmail { get; init; }

    public int? OwnerContactNo { get; init; }

    public DateOnly? DueOn { get; init; }

    public static MilestoneDraft Of(PlanMilestone milestone) => new() { Title = milestone.Title, Detail = milestone.Detail, GoalId = milestone.GoalId, OwnerEmail = milestone.OwnerEmail, OwnerContactNo = milestone.OwnerContactNo, DueOn = milestone.DueOn };
}

/// <summary>A milestone that is due, as its owner's list shows it.</summary>
/// <param name="AccountId">As the sources write it.</param>
/// <param name="Namespace">Of the id.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="PlanTitle">The plan.</param>
/// <param name="Milestone">The step.</param>
public sealed record DueMilestone(string AccountId, string Namespace, string AccountName, string PlanTitle, PlanMilestone Milestone);
