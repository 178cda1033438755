using System.Globalization;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Tasks;

/// <summary>Writes a task down or changes one. What is typed stays while others change the task; whose word counts is then asked field by field.</summary>
public sealed partial class TaskDialog
{
    private static readonly DayOfWeek[] Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private readonly HashSet<DayOfWeek> _days = [];
    private DraftForm? _form;
    private bool _open;
    private WorkTask? _task;
    private int _version;
    private WorkTask? _theirs;
    private DateTime _conflictAt;
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string? _title, _detail, _assignee, _contact, _repeat, _time, _priority;
    private DateOnly? _dueOn;
    private decimal? _every;
    private bool _last;

    /// <summary>The account that new tasks belong to; 0 for none.</summary>
    [Parameter]
    public int AccountNo { get; set; }

    /// <summary>The account's people, by their numbers.</summary>
    [Parameter]
    public IReadOnlyList<FieldChoice> People { get; set; } = [];

    [Parameter, EditorRequired]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>A task was saved.</summary>
    [Parameter]
    public EventCallback Saved { get; set; }

    [Inject]
    private TaskDesk Desk { get; set; } = default!;

    [Inject]
    private ColleagueNames Names { get; set; } = default!;

    [Inject]
    private ActTeller Teller { get; set; } = default!;

    [Inject]
    private TaskWords Words { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string DraftKey => _task is null ? $"task:{AccountNo.ToString(CultureInfo.InvariantCulture)}" : "task:" + _task.TaskId;

    private IReadOnlyList<FieldChoice> Priorities => [.. new[] { TaskPriority.High, TaskPriority.Normal, TaskPriority.Low }.Select(priority => new FieldChoice(priority.ToString(), Text["Priority_" + priority]))];

    private IReadOnlyList<FieldChoice> Repeats => [.. new[] { "weekdays", "days", "weeks", "months" }.Select(unit => new FieldChoice(unit, Text["Repeat_" + unit]))];

    private string? RepeatHint => _repeat is not null && _dueOn is null ? Text["RepeatNeedsDue"] : Words.Recurs(Repeat());

    /// <summary>Opens with a task, or with what a new one is to say at first.</summary>
    public async Task OpenAsync(WorkTask? task, TaskDraft? draft = null)
    {
        (_task, _version, _theirs, _problems, _open) = (task, task?.Version ?? 0, null, new Dictionary<string, string>(), true);
        Show(draft ?? (task is null ? new TaskDraft { AssigneeEmail = (await Current.GetAsync()).Email?.ToLowerInvariant() } : TaskDraft.Of(task)));
        StateHasChanged();
    }

    private void Show(TaskDraft draft)
    {
        (_title, _detail, _assignee, _dueOn) = (draft.Title, draft.Detail, draft.AssigneeEmail, draft.DueOn);
        _contact = draft.ContactNo?.ToString(CultureInfo.InvariantCulture);
        _time = draft.DueMinute is { } minute ? string.Create(CultureInfo.InvariantCulture, $"{minute / 60:D2}:{minute % 60:D2}") : null;
        _priority = draft.Priority.ToString();
        _repeat = draft.Recurrence?.Unit switch { RecurrenceUnit.Weekday => "weekdays", RecurrenceUnit.Day => "days", RecurrenceUnit.Week => "weeks", RecurrenceUnit.Month => "months", _ => null };
        _every = draft.Recurrence?.Every ?? 1;
        _last = draft.Recurrence?.DayOfMonth == Recurrence.LastDay;
        _days.Clear();
        _days.UnionWith(draft.Recurrence?.DaysOfWeek ?? []);
    }

    private TaskDraft Draft() => new()
    {
        AccountNo = _task?.AccountNo ?? AccountNo,
        Title = _title ?? "",
        Detail = _detail,
        ContactNo = int.TryParse(_contact, CultureInfo.InvariantCulture, out var contact) ? contact : null,
        DueOn = _dueOn,
        DueMinute = TimeOnly.TryParse(_time, CultureInfo.InvariantCulture, out var time) ? (60 * time.Hour) + time.Minute : null,
        Priority = Enum.TryParse<TaskPriority>(_priority, out var priority) ? priority : TaskPriority.Normal,
        AssigneeEmail = _assignee,
        Recurrence = Repeat(),
        Origin = _task?.Origin,
    };

    private Recurrence? Repeat()
    {
        var every = (int)Math.Clamp(_every ?? 1, 1, Recurrence.LongestEvery);
        var due = _dueOn ?? DateOnly.FromDateTime(DateTime.UnixEpoch);
        return _repeat switch
        {
            "weekdays" => Recurrence.Weekdays,
            "days" => Recurrence.Daily(every),
            "weeks" => Recurrence.Weekly(every, _days.Count > 0 ? _days : [due.DayOfWeek]),
            "months" => Recurrence.Monthly(every, _last ? Recurrence.LastDay : due.Day),
            _ => null,
        };
    }

    private async Task<bool> SaveAsync()
    {
        var result = await Desk.SaveAsync(_task, _version, Draft());
        _problems = result.Problems;
        if (result.Outcome == ActOutcome.Conflict)
        {
            (_theirs, _conflictAt) = (result.Value, Clock.GetUtcNow().UtcDateTime);
            return false;
        }

        _open = !result.Holds && result.Outcome != ActOutcome.NotFound;
        await Saved.InvokeAsync();
        return result.Holds;
    }

    /// <summary>Fields on which the reader and whoever saved first differ.</summary>
    private IReadOnlyList<ConflictPanel.Differing> Differing(WorkTask theirs)
    {
        var (a, b) = (TaskDraft.Of(theirs), Draft());
        (string Key, string Label, string? Theirs, string? Mine)[] fields =
        [
            ("title", Text["Title"], a.Title, b.Title),
            ("due", Text["Due"], Due(a), Due(b)),
            ("priority", Text["Priority"], Text["Priority_" + a.Priority], Text["Priority_" + b.Priority]),
            ("repeat", Text["Repeat"], Words.Recurs(a.Recurrence), Words.Recurs(b.Recurrence)),
            ("assignee", Text["Assignee"], Names.Of(a.AssigneeEmail), Names.Of(b.AssigneeEmail)),
            ("contact", Text["Contact"], PersonOf(a), PersonOf(b)),
            ("detail", Text["Detail"], a.Detail, EnteredText.Of(b.Detail)),
        ];
        return [.. fields.Where(field => field.Theirs != field.Mine).Select(field => new ConflictPanel.Differing(field.Key, field.Label, field.Theirs, field.Mine))];
    }

    private async Task ResolveAsync(WorkTask theirs, IReadOnlySet<string> mine)
    {
        var (a, b) = (TaskDraft.Of(theirs), Draft());
        Show(a with
        {
            Title = mine.Contains("title") ? b.Title : a.Title,
            DueOn = mine.Contains("due") ? b.DueOn : a.DueOn,
            DueMinute = mine.Contains("due") ? b.DueMinute : a.DueMinute,
            Priority = mine.Contains("priority") ? b.Priority : a.Priority,
            Recurrence = mine.Contains("repeat") ? b.Recurrence : a.Recurrence,
            AssigneeEmail = mine.Contains("assignee") ? b.AssigneeEmail : a.AssigneeEmail,
            ContactNo = mine.Contains("contact") ? b.ContactNo : a.ContactNo,
            Detail = mine.Contains("detail") ? b.Detail : a.Detail,
        });
        (_version, _theirs) = (theirs.Version, null);
        if (await SaveAsync())
        {
            await ForgetAsync();
        }
    }

    private static string? Due(TaskDraft draft) => draft.DueOn is null ? null : Format.Day(draft.DueOn) + (draft.DueMinute is { } minute ? " " + TaskWords.Time(minute) : "");

    private string? PersonOf(TaskDraft draft) => draft.ContactNo is { } no ? People.FirstOrDefault(person => person.Value == no.ToString(CultureInfo.InvariantCulture))?.Label : null;

    private string? Problem(string field, params object[] arguments) => Teller.Problem(_problems, field, arguments);

    private void Turn(DayOfWeek day, bool on)
    {
        if (on)
        {
            _days.Add(day);
        }
        else
        {
            _days.Remove(day);
        }
    }

    private async Task CancelAsync()
    {
        await ForgetAsync();
        await CloseAsync();
    }

    /// <summary>What was typed is kept in the reader's tab, unless it was saved or dropped.</summary>
    private Task CloseAsync()
    {
        (_open, _theirs) = (false, null);
        return Task.CompletedTask;
    }

    private async Task ForgetAsync()
    {
        if (_form is not null)
        {
            await _form.ForgetAsync();
        }
    }
}
