namespace CustomerSuccess.Core.Tasks;

/// <summary>When a task is due, seen from today.</summary>
public enum TaskDue
{
    Overdue,
    Today,

    /// <summary>In the seven days after today.</summary>
    Week,
    Later,

    /// <summary>At no time.</summary>
    Never,
}

public enum TaskState
{
    /// <summary>To be done, and not put off.</summary>
    Open,

    /// <summary>Put off until a later day.</summary>
    Snoozed,
    Done,
}

/// <summary>Which tasks are asked for. Deleted ones are never listed.</summary>
public sealed record TaskFilter
{
    public TaskState State { get; init; } = TaskState.Open;

    /// <summary>Whose; null for everybody's whom the viewer may see.</summary>
    public string? AssigneeEmail { get; init; }

    /// <summary>Made by somebody other than the assignee.</summary>
    public bool AssignedByOthers { get; init; }

    /// <summary>Made by this sign-in for somebody else.</summary>
    public string? GivenByUser { get; init; }

    public int? AccountNo { get; init; }

    public TaskDue? Due { get; init; }

    /// <summary>Titles that contain this, without regard to case, width or kana.</summary>
    public string? Search { get; init; }
}

/// <summary>A task as lists show it.</summary>
/// <param name="Task">What is to be done.</param>
/// <param name="AccountId">As the sources write it; null without an account.</param>
/// <param name="Namespace">Of the id.</param>
/// <param name="AccountName">Null without an account.</param>
/// <param name="ContactName">Null without a person.</param>
/// <param name="IsOverdue">By now.</param>
public sealed record TaskRow(WorkTask Task, string? AccountId, string? Namespace, string? AccountName, string? ContactName, bool IsOverdue);

/// <summary>How many open tasks of somebody there are.</summary>
/// <param name="Overdue">Their time has passed.</param>
/// <param name="Today">Due today, their time still to come.</param>
/// <param name="Week">Due in the seven days after today.</param>
/// <param name="Later">Due after that.</param>
/// <param name="Never">Due at no time.</param>
/// <param name="Snoozed">Put off.</param>
/// <param name="FromOthers">Of the open ones, given by somebody else.</param>
public sealed record TaskCounts(int Overdue, int Today, int Week, int Later, int Never, int Snoozed, int FromOthers)
{
    public int Open => Overdue + Today + Week + Later + Never;
}
