using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Tasks;

/// <summary>Carries tasks on from any list: done, put off, given to somebody, deleted; says so and offers to take it back.</summary>
public sealed class TaskDesk(WorkTasks tasks, CurrentViewer current, ActTeller teller, IStringLocalizer<TaskDesk> text)
{
    /// <summary>It is done, or it is not after all.</summary>
    public async Task TurnAsync(WorkTask task, EventCallback changed)
    {
        var viewer = await current.GetAsync();
        var isDone = task.DoneAt is null;
        var result = isDone ? await tasks.DoneAsync(viewer, task.AccountNo, task.TaskId) : await tasks.ReopenAsync(viewer, task.AccountNo, task.TaskId);
        teller.TellAll(result, text[isDone ? "Done" : "Reopened", task.Title], async () =>
        {
            teller.TellAll(isDone ? await tasks.ReopenAsync(await current.GetAsync(), task.AccountNo, task.TaskId) : await tasks.DoneAsync(await current.GetAsync(), task.AccountNo, task.TaskId), text["TakenBack"]);
            await changed.InvokeAsync();
        });
        await changed.InvokeAsync();
    }

    /// <summary>It is put off until a day; null has it back now.</summary>
    public async Task SnoozeAsync(WorkTask task, DateOnly? until, EventCallback changed)
    {
        var before = task.SnoozedUntil;
        var result = await tasks.SnoozeAsync(await current.GetAsync(), task.AccountNo, task.TaskId, until);
        teller.TellAll(result, until is null ? text["Woken", task.Title] : text["Snoozed", task.Title, Format.Day(until)], async () =>
        {
            teller.TellAll(await tasks.SnoozeAsync(await current.GetAsync(), task.AccountNo, task.TaskId, before), text["TakenBack"]);
            await changed.InvokeAsync();
        });
        await changed.InvokeAsync();
    }

    public async Task DeleteAsync(WorkTask task, EventCallback changed)
    {
        var result = await tasks.DeleteAsync(await current.GetAsync(), task.AccountNo, task.TaskId);
        teller.TellAll(result, text["Deleted", task.Title], async () =>
        {
            teller.TellAll(await tasks.RestoreAsync(await current.GetAsync(), task.AccountNo, task.TaskId), text["TakenBack"]);
            await changed.InvokeAsync();
        });
        await changed.InvokeAsync();
    }

    /// <summary>Makes a task, or changes one that the reader saw in a version.</summary>
    public async Task<ActResult<WorkTask>> SaveAsync(WorkTask? task, int version, TaskDraft draft)
    {
        var viewer = await current.GetAsync();
        var result = task is null ? await tasks.CreateAsync(viewer, draft) : await tasks.EditAsync(viewer, task.AccountNo, task.TaskId, version, draft);
        teller.Tell(result, text[task is null ? "Made" : "Saved", draft.Title]);
        return result;
    }
}
