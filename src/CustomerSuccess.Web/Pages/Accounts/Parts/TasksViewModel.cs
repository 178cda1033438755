using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Tasks of an account: what the part shows.</summary>
public sealed class TasksViewModel(TaskQuery tasks, AccountSheets sheets)
{
    private const int Most = 50;

    /// <summary>To be done, those put off after the others.</summary>
    public IReadOnlyList<TaskRow> Open { get; private set; } = [];

    /// <summary>Done lately; null until they are asked for.</summary>
    public Capped<TaskRow>? Done { get; private set; }

    /// <summary>The account's people, whom a task may concern.</summary>
    public IReadOnlyList<FieldChoice> People { get; private set; } = [];

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation)
    {
        var open = await tasks.PageAsync(account.Viewer, new() { AccountNo = account.No }, 0, Most, cancellation);
        var snoozed = await tasks.PageAsync(account.Viewer, new() { AccountNo = account.No, State = TaskState.Snoozed }, 0, Most, cancellation);
        Open = [.. open.Rows, .. snoozed.Rows];
        if (Done is not null)
        {
            await ReadDoneAsync(account, cancellation);
        }
    }

    public async Task ReadDoneAsync(OpenAccount account, CancellationToken cancellation) =>
        Done = await tasks.PageAsync(account.Viewer, new() { AccountNo = account.No, State = TaskState.Done }, 0, 20, cancellation);

    public async Task ReadPeopleAsync(OpenAccount account, CancellationToken cancellation) =>
        People = [.. (await sheets.PeopleAsync(account.Viewer, account.No, cancellation) ?? []).Where(person => person.LeftOn is null).Select(person => new FieldChoice(person.ContactNo.ToString(System.Globalization.CultureInfo.InvariantCulture), person.Called))];
}
