using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Tasks;

public enum TaskPriority
{
    Low,
    Normal,
    High,
}

/// <summary>Something that a colleague is to do, for an account or for none.</summary>
public sealed class WorkTask : IEdited
{
    /// <summary>Characters of a title.</summary>
    public const int LongestTitle = 200;

    /// <summary>Characters of the detail.</summary>
    public const int LongestDetail = 5_000;

    /// <summary>0 where it belongs to no account.</summary>
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string TaskId { get; set; }

    public required string Title { get; set; }

    /// <summary>Read like a note; see <see cref="Notes.NoteText"/>.</summary>
    public string? Detail { get; set; }

    /// <summary>The person at the customer whom it concerns.</summary>
    public int? ContactNo { get; set; }

    /// <summary>A day of the company; null where it is due at no time.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Minutes after midnight of the company's clock, 0–1439; null for the whole day. As agreed with people: a change of the clocks does not move it.</summary>
    public int? DueMinute { get; set; }

    public TaskPriority Priority { get; set; }

    /// <summary>Whose it is: the address that signs in, in lower case.</summary>
    public required string AssigneeEmail { get; set; }

    /// <summary>As <see cref="Tasks.Recurrence"/> writes it; null where it comes once.</summary>
    public string? Recurrence { get; set; }

    /// <summary>The same for all instances of a recurring task.</summary>
    public required string SeriesId { get; set; }

    /// <summary>The instance that marking this one done made.</summary>
    public string? NextTaskId { get; set; }

    /// <summary>What it came from, such as <c>plan:ID</c>; null where somebody wrote it.</summary>
    public string? Origin { get; set; }

    /// <summary>The day on which it comes back to the list; null where it stands there.</summary>
    public DateOnly? SnoozedUntil { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>The sign-in of whoever made it.</summary>
    public required string CreatedByUser { get; set; }

    public string? CreatedByEmail { get; set; }

    public DateTime? DoneAt { get; set; }

    public string? DoneByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    /// <summary>Counts up with every change.</summary>
    public int Version { get; set; }

    /// <summary>True where its time has passed.</summary>
    /// <param name="today">The company's day.</param>
    /// <param name="minute">Minutes after midnight of the company's clock.</param>
    public bool IsOverdue(DateOnly today, int minute) => DoneAt is null && (DueOn < today || (DueOn == today && DueMinute < minute));
}

/// <summary>What somebody asks of a task; the record says what became of it.</summary>
public sealed record TaskDraft
{
    /// <summary>0 for none.</summary>
    public int AccountNo { get; init; }

    public string Title { get; init; } = "";

    public string? Detail { get; init; }

    public int? ContactNo { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>Minutes after midnight, 0–1439.</summary>
    public int? DueMinute { get; init; }

    public TaskPriority Priority { get; init; } = TaskPriority.Normal;

    /// <summary>Null for whoever asks.</summary>
    public string? AssigneeEmail { get; init; }

    /// <summary>Null for once; needs a due day.</summary>
    public Recurrence? Recurrence { get; init; }

    public string? Origin { get; init; }

    /// <summary>What a task says now, to be changed.</summary>
    public static TaskDraft Of(WorkTask task) => new()
    {
        AccountNo = task.AccountNo,
        Title = task.Title,
        Detail = task.Detail,
        ContactNo = task.ContactNo,
        DueOn = task.DueOn,
        DueMinute = task.DueMinute,
        Priority = task.Priority,
        AssigneeEmail = task.AssigneeEmail,
        Recurrence = Recurrence.Parse(task.Recurrence),
        Origin = task.Origin,
    };
}
