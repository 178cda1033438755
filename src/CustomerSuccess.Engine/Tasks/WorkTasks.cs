using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tasks;

/// <summary>Makes tasks and carries them to their end. Whoever may work and see a task may change it: it is shared.</summary>
public sealed class WorkTasks(Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary>Makes a task; without an assignee it is the viewer's own.</summary>
    public async Task<ActResult<WorkTask>> CreateAsync(Viewer viewer, TaskDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = Check(viewer, draft);
        return !viewer.MayWork ? ActResult.Forbidden<WorkTask>()
            : problems.Count > 0 ? ActResult.Invalid<WorkTask>(problems)
            : await acts.RunAsync(viewer, async act =>
            {
                if (clean.AccountNo != 0 && !await act.LockAccountAsync(clean.AccountNo))
                {
                    return ActResult.NotFound<WorkTask>();
                }

                if (await UnknownAsync(act, clean, null) is { } unknown)
                {
                    return unknown;
                }

                var id = act.NewId();
                var task = new WorkTask
                {
                    AccountNo = clean.AccountNo,
                    TaskId = id,
                    SeriesId = id,
                    Title = clean.Title,
                    AssigneeEmail = clean.AssigneeEmail!,
                    Origin = clean.Origin,
                    CreatedAt = act.Now,
                    CreatedByUser = viewer.UserId,
                    CreatedByEmail = viewer.Email?.ToLowerInvariant(),
                    Version = 1,
                };
                Put(task, clean);
                act.Context.WorkTasks.Add(task);
                Tell(act, task);
                act.Note(JournalAreas.Task, "created", task.AccountNo, id, new FieldChanges().Note("title", null, task.Title).Note("assignee", null, task.AssigneeEmail));
                return ActResult.Done(task);
            }, cancellation);
    }

    /// <summary>Changes what a task says.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">0 for a task of no account.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="version">The version that the viewer saw.</param>
    /// <param name="draft">All of what it is to say; its account cannot be changed.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<WorkTask>> EditAsync(Viewer viewer, int accountNo, string taskId, int version, TaskDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = Check(viewer, draft with { AccountNo = accountNo });
        return problems.Count > 0 ? ActResult.Invalid<WorkTask>(problems) : await ChangeAsync(viewer, accountNo, taskId, version, async (act, task) =>
        {
            if (await UnknownAsync(act, clean, task.AssigneeEmail) is { } unknown)
            {
                return unknown;
            }

            var before = Facts(task);
            Put(task, clean);
            var changes = new FieldChanges();
            foreach (var (field, value) in Facts(task))
            {
                changes.Note(field, before[field], value);
            }

            if (!changes.Any)
            {
                return ActResult.Unchanged(task);
            }

            if (before["assignee"] != task.AssigneeEmail)
            {
                Tell(act, task);
            }

            act.Note(JournalAreas.Task, "changed", accountNo, taskId, changes);
            return ActResult.Done(task);
        }, cancellation);
    }

    /// <summary>Gives a task to a colleague.</summary>
    public Task<ActResult<WorkTask>> AssignAsync(Viewer viewer, int accountNo, string taskId, string assigneeEmail, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, accountNo, taskId, null, async (act, task) =>
        {
            var draft = TaskDraft.Of(task) with { AssigneeEmail = assigneeEmail.Trim().ToLowerInvariant() };
            if (task.AssigneeEmail == draft.AssigneeEmail)
            {
                return ActResult.Unchanged(task);
            }

            if (await UnknownAsync(act, draft, task.AssigneeEmail) is { } unknown)
            {
                return unknown;
            }

            act.Note(JournalAreas.Task, "changed", accountNo, taskId, new FieldChanges().Note("assignee", task.AssigneeEmail, draft.AssigneeEmail));
            task.AssigneeEmail = draft.AssigneeEmail!;
            Tell(act, task);
            return ActResult.Done(task);
        }, cancellation);

    /// <summary>It is done. Of a recurring task the next instance is made; two who do so at once make one.</summary>
    public async Task<ActResult<WorkTask>> DoneAsync(Viewer viewer, int accountNo, string taskId, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await ChangeAsync(viewer, accountNo, taskId, null, (act, task) =>
        {
            if (task.DoneAt is not null)
            {
                return Task.FromResult(ActResult.Unchanged(task));
            }

            (task.DoneAt, task.DoneByEmail, task.SnoozedUntil) = (act.Now, viewer.Email ?? viewer.UserId, null);
            act.Note(JournalAreas.Task, "done", accountNo, taskId);
            if (Recurrence.Parse(task.Recurrence) is { } recurrence && task.DueOn is { } due)
            {
                var next = NextOf(act, task, recurrence.Next(due, settings.DayOf(act.Now)));
                task.NextTaskId = next.TaskId;
                act.Context.WorkTasks.Add(next);
                act.Note(JournalAreas.Task, "created", accountNo, next.TaskId, new FieldChanges().Note("title", null, next.Title).Note("assignee", null, next.AssigneeEmail));
            }

            return Task.FromResult(ActResult.Done(task));
        }, cancellation);
    }

    /// <summary>It is not done after all. The instance that followed goes, unless somebody has changed or done it.</summary>
    public Task<ActResult<WorkTask>> ReopenAsync(Viewer viewer, int accountNo, string taskId, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, accountNo, taskId, null, async (act, task) =>
        {
            if (task.DoneAt is null)
            {
                return ActResult.Unchanged(task);
            }

            (task.DoneAt, task.DoneByEmail) = (null, null);
            act.Note(JournalAreas.Task, "reopened", accountNo, taskId);
            if (task.NextTaskId is { } nextId)
            {
                if (await act.Context.WorkTasks.FindAsync([accountNo, nextId], cancellation) is { Version: 1, DoneAt: null, DeletedAt: null } next)
                {
                    next.DeletedAt = act.Now;
                    next.Version++;
                    act.Note(JournalAreas.Task, "deleted", accountNo, nextId);
                }
                else
                {
                    // the series has gone on: this one is a task of its own from here on
                    task.Recurrence = null;
                }

                task.NextTaskId = null;
            }

            return ActResult.Done(task);
        }, cancellation);

    /// <summary>Puts a task off until a day after today; it keeps its due day.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">0 for a task of no account.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="until">Null to have it back now.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<WorkTask>> SnoozeAsync(Viewer viewer, int accountNo, string taskId, DateOnly? until, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return until <= settings.Today(clock) ? ActResult.Invalid<WorkTask>("until", "not_after_today") : await ChangeAsync(viewer, accountNo, taskId, null, (act, task) =>
        {
            if (task.DoneAt is not null)
            {
                return Task.FromResult(ActResult.Conflict(task));
            }

            if (task.SnoozedUntil == until)
            {
                return Task.FromResult(ActResult.Unchanged(task));
            }

            act.Note(JournalAreas.Task, until is null ? "woken" : "snoozed", accountNo, taskId, new FieldChanges().Note("snoozed_until", Text(task.SnoozedUntil), Text(until)));
            task.SnoozedUntil = until;
            return Task.FromResult(ActResult.Done(task));
        }, cancellation);
    }

    /// <summary>Deletes a task; <see cref="RestoreAsync"/> brings it back.</summary>
    public Task<ActResult<WorkTask>> DeleteAsync(Viewer viewer, int accountNo, string taskId, CancellationToken cancellation = default) =>
        acts.DeleteAsync<WorkTask>(viewer, JournalAreas.Task, accountNo, taskId, null, (act, task) => Task.FromResult(IfSeen(viewer, task)), cancellation);

    public Task<ActResult<WorkTask>> RestoreAsync(Viewer viewer, int accountNo, string taskId, CancellationToken cancellation = default) =>
        acts.RestoreAsync<WorkTask>(viewer, JournalAreas.Task, accountNo, taskId, (act, task) => Task.FromResult(IfSeen(viewer, task)), cancellation);

    private Task<ActResult<WorkTask>> ChangeAsync(Viewer viewer, int accountNo, string taskId, int? version, Func<ActScope, WorkTask, Task<ActResult<WorkTask>>> change, CancellationToken cancellation) =>
        acts.ChangeAsync<WorkTask>(viewer, accountNo, taskId, version, async (act, task) => VisibleTasks.MaySee(viewer, task) ? await change(act, task) : ActResult.NotFound<WorkTask>(), cancellation);

    private static ActResult<WorkTask> IfSeen(Viewer viewer, WorkTask task) => VisibleTasks.MaySee(viewer, task) ? ActResult.Done(task) : ActResult.NotFound<WorkTask>();

    /// <summary>Tells whoever has the task now; who gives it to himself or herself knows.</summary>
    private static void Tell(ActScope act, WorkTask task) => act.Notify(new(NoticeKinds.TaskAssigned, string.Create(CultureInfo.InvariantCulture, $"task:{task.TaskId}:{task.Version}"), JournalAreas.Task, task.AccountNo, task.TaskId)
    {
        ToEmails = [task.AssigneeEmail],
        Args = new Dictionary<string, string> { ["title"] = task.Title },
    });

    private static WorkTask NextOf(ActScope act, WorkTask task, DateOnly due) => new()
    {
        AccountNo = task.AccountNo,
        TaskId = act.NewId(),
        SeriesId = task.SeriesId,
        Title = task.Title,
        Detail = task.Detail,
        ContactNo = task.ContactNo,
        DueOn = due,
        DueMinute = task.DueMinute,
        Priority = task.Priority,
        AssigneeEmail = task.AssigneeEmail,
        Recurrence = task.Recurrence,
        Origin = task.Origin,
        CreatedAt = act.Now,
        CreatedByUser = task.CreatedByUser,
        CreatedByEmail = task.CreatedByEmail,
        Version = 1,
    };

    private static (TaskDraft Draft, Dictionary<string, string> Problems) Check(Viewer viewer, TaskDraft draft)
    {
        var clean = draft with
        {
            Title = EnteredText.Of(draft.Title)?.ReplaceLineEndings(" ") ?? "",
            Detail = EnteredText.Of(draft.Detail),
            AssigneeEmail = (EnteredText.Of(draft.AssigneeEmail) ?? viewer.Email)?.ToLowerInvariant(),
        };
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "title", clean.Title.Length == 0 ? null : clean.Title, WorkTask.LongestTitle, isRequired: true);
        EnteredText.Check(problems, "detail", clean.Detail, WorkTask.LongestDetail);
        if (clean.AssigneeEmail is null)
        {
            problems["assignee"] = "missing";
        }

        if (clean.DueMinute is { } minute && (minute is < 0 or >= MinutesPerDay || clean.DueOn is null))
        {
            problems["due"] = clean.DueOn is null ? "missing" : "out_of_range";
        }

        if (clean.Recurrence is not null && clean.DueOn is null)
        {
            problems["due"] = "missing";
        }

        return (clean, problems);
    }

    /// <summary>What the draft names and nobody knows. Whoever has the task already may keep it.</summary>
    private static async Task<ActResult<WorkTask>?> UnknownAsync(ActScope act, TaskDraft draft, string? current)
    {
        if (draft.ContactNo is { } contact && !await act.Context.Contacts.AnyAsync(c => c.AccountNo == draft.AccountNo && c.ContactNo == contact, act.Cancellation))
        {
            return ActResult.Invalid<WorkTask>("contact", "unknown");
        }

        if (draft.AssigneeEmail == current || draft.AssigneeEmail == act.Viewer.Email?.ToLowerInvariant())
        {
            return null;
        }

        var colleague = (await Colleagues.ListAsync(act.Context, act.Cancellation)).FirstOrDefault(known => known.Email == draft.AssigneeEmail);
        var owner = draft.AccountNo == 0 ? null : await act.Context.Accounts.Where(account => account.AccountNo == draft.AccountNo).Select(account => account.OwnerEmail).SingleAsync(act.Cancellation);
        return colleague is null ? ActResult.Invalid<WorkTask>("assignee", "unknown")
            : draft.AccountNo != 0 && !colleague.MaySee(owner) ? ActResult.Invalid<WorkTask>("assignee", "may_not_see")
            : null;
    }

    private static void Put(WorkTask task, TaskDraft draft)
    {
        task.Title = draft.Title;
        task.Detail = draft.Detail;
        task.ContactNo = draft.ContactNo;
        task.DueOn = draft.DueOn;
        task.DueMinute = draft.DueMinute;
        task.Priority = draft.Priority;
        task.AssigneeEmail = draft.AssigneeEmail!;
        task.Recurrence = draft.Recurrence?.ToString();
    }

    private static Dictionary<string, string?> Facts(WorkTask task) => new()
    {
        ["title"] = task.Title,
        ["detail"] = task.Detail,
        ["contact"] = task.ContactNo?.ToString(CultureInfo.InvariantCulture),
        ["due_on"] = Text(task.DueOn),
        ["due_minute"] = task.DueMinute?.ToString(CultureInfo.InvariantCulture),
        ["priority"] = task.Priority.ToString(),
        ["assignee"] = task.AssigneeEmail,
        ["recurrence"] = task.Recurrence,
    };

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
