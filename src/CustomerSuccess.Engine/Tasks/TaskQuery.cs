using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tasks;

/// <summary>Lists of tasks: of a colleague, of a team, of an account.</summary>
public sealed class TaskQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    private const int WeekDays = 7;

    /// <summary>Open and snoozed tasks by due time, the undated last, urgent ones before others of the same day; done ones the latest first.</summary>
    public async Task<Capped<TaskRow>> PageAsync(Viewer viewer, TaskFilter filter, int offset, int limit, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var (today, minute) = Now(settings);
        await using var context = database.OpenContext();
        var tasks = Filtered(context, viewer, filter, today, minute);
        if (filter.Search is { } search && SortKey.Of(search) is { Length: > 0 } key)
        {
            // folded as names are, which no database does: titles are short, and open tasks of somebody few
            var titles = await tasks.Select(task => new { task.AccountNo, task.TaskId, task.Title }).ToListAsync(cancellation);
            var found = titles.Where(task => SortKey.Of(task.Title).Contains(key, StringComparison.Ordinal)).Select(task => task.TaskId).ToHashSet();
            tasks = tasks.Where(task => found.Contains(task.TaskId));
        }

        var total = await tasks.CountAsync(cancellation);
        var ordered = filter.State == TaskState.Done
            ? tasks.OrderByDescending(task => task.DoneAt).ThenByDescending(task => task.TaskId)
            : tasks.OrderBy(task => task.DueOn == null).ThenBy(task => task.DueOn).ThenBy(task => task.DueMinute == null).ThenBy(task => task.DueMinute)
                .ThenBy(task => task.Priority == TaskPriority.High ? 0 : task.Priority == TaskPriority.Normal ? 1 : 2).ThenBy(task => task.TaskId);
        var rows = total == 0
            ? []
            : await (from task in ordered.Skip(offset).Take(limit)
                     join own in context.Accounts on task.AccountNo equals own.AccountNo into accounts
                     from account in accounts.DefaultIfEmpty()
                     join person in context.Contacts on new { task.AccountNo, ContactNo = task.ContactNo ?? 0 } equals new { person.AccountNo, person.ContactNo } into people
                     from contact in people.DefaultIfEmpty()
                     select new { task, account.AccountId, account.Namespace, account.Name, ContactName = contact.Name }).ToListAsync(cancellation);
        // a join does not promise the order of what it joins
        var order = filter.State == TaskState.Done
            ? rows.OrderByDescending(row => row.task.DoneAt).ThenByDescending(row => row.task.TaskId, StringComparer.Ordinal)
            : rows.OrderBy(row => row.task.DueOn ?? DateOnly.MaxValue).ThenBy(row => row.task.DueMinute ?? int.MaxValue).ThenByDescending(row => row.task.Priority).ThenBy(row => row.task.TaskId, StringComparer.Ordinal);
        return new(total, [.. order.Select(row => new TaskRow(row.task, row.AccountId, row.Namespace, row.Name, row.ContactName, row.task.IsOverdue(today, minute)))]);
    }

    /// <summary>One task; null where there is none for the viewer.</summary>
    public async Task<WorkTask?> FindAsync(Viewer viewer, int accountNo, string taskId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.TasksVisibleTo(viewer).AsNoTracking().FirstOrDefaultAsync(task => task.AccountNo == accountNo && task.TaskId == taskId, cancellation);
    }

    /// <summary>How many tasks of a colleague are open, by when they are due.</summary>
    public async Task<TaskCounts> CountsAsync(Viewer viewer, string assigneeEmail, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var (today, minute) = Now(settings);
        await using var context = database.OpenContext();
        var counts = new Dictionary<TaskDue, int>();
        foreach (var due in Enum.GetValues<TaskDue>())
        {
            counts[due] = await Filtered(context, viewer, new() { AssigneeEmail = assigneeEmail, Due = due }, today, minute).CountAsync(cancellation);
        }

        return new(
            counts[TaskDue.Overdue], counts[TaskDue.Today], counts[TaskDue.Week], counts[TaskDue.Later], counts[TaskDue.Never],
            await Filtered(context, viewer, new() { AssigneeEmail = assigneeEmail, State = TaskState.Snoozed }, today, minute).CountAsync(cancellation),
            await Filtered(context, viewer, new() { AssigneeEmail = assigneeEmail, AssignedByOthers = true }, today, minute).CountAsync(cancellation));
    }

    private (DateOnly Today, int Minute) Now(CompanySettings settings)
    {
        var local = settings.LocalOf(clock.GetUtcNow().UtcDateTime);
        return (DateOnly.FromDateTime(local), (60 * local.Hour) + local.Minute);
    }

    private static IQueryable<WorkTask> Filtered(CustomerSuccessContext context, Viewer viewer, TaskFilter filter, DateOnly today, int minute)
    {
        var tasks = context.TasksVisibleTo(viewer).AsNoTracking();
        tasks = filter.State switch
        {
            TaskState.Done => tasks.Where(task => task.DoneAt != null),
            TaskState.Snoozed => tasks.Where(task => task.DoneAt == null && task.SnoozedUntil > today),
            _ => tasks.Where(task => task.DoneAt == null && (task.SnoozedUntil == null || task.SnoozedUntil <= today)),
        };
        if (filter.AssigneeEmail is { } assignee)
        {
            var email = assignee.ToLowerInvariant();
            tasks = tasks.Where(task => task.AssigneeEmail == email);
        }

        if (filter.AssignedByOthers)
        {
            tasks = tasks.Where(task => task.CreatedByEmail != task.AssigneeEmail);
        }

        if (filter.GivenByUser is { } giver)
        {
            tasks = tasks.Where(task => task.CreatedByUser == giver && task.CreatedByEmail != task.AssigneeEmail);
        }

        if (filter.AccountNo is { } account)
        {
            tasks = tasks.Where(task => task.AccountNo == account);
        }

        var week = today.AddDays(WeekDays);
        return filter.Due switch
        {
            TaskDue.Overdue => tasks.Where(task => task.DueOn < today || (task.DueOn == today && task.DueMinute < minute)),
            TaskDue.Today => tasks.Where(task => task.DueOn == today && (task.DueMinute == null || task.DueMinute >= minute)),
            TaskDue.Week => tasks.Where(task => task.DueOn > today && task.DueOn <= week),
            TaskDue.Later => tasks.Where(task => task.DueOn > week),
            TaskDue.Never => tasks.Where(task => task.DueOn == null),
            _ => tasks,
        };
    }
}
