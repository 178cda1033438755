using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Tasks;

public sealed class WorkTasksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Lists_go_by_due_time_and_urgency_and_count_what_is_late(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        async Task AddAsync(string title, int? due, int? minute = null, TaskPriority priority = TaskPriority.Normal, int account = 1) =>
            (await day.Tasks.CreateAsync(Sato, new() { AccountNo = account, Title = title, DueOn = due is { } d ? Today.AddDays(d) : null, DueMinute = minute, Priority = priority }, Token)).Outcome.Should().Be(ActOutcome.Done);
        await AddAsync("undated", null);
        await AddAsync("today, low", 0, priority: TaskPriority.Low);
        await AddAsync("today, urgent", 0, priority: TaskPriority.High);
        await AddAsync("today at ten", 0, 600);
        await AddAsync("today at eight", 0, 480);
        await AddAsync("yesterday", -1, account: 0);
        await AddAsync("in a week", 7);
        await AddAsync("in eight days", 8);

        var mine = new TaskFilter { AssigneeEmail = "SATO@example.com" };
        (await TitlesAsync(day, mine)).Should().Equal("yesterday", "today at eight", "today at ten", "today, urgent", "today, low", "in a week", "in eight days", "undated");
        (await TitlesAsync(day, mine with { Due = TaskDue.Overdue })).Should().Equal("yesterday", "today at eight");
        (await TitlesAsync(day, mine with { Search = "ＴＯＤＡＹ" })).Should().HaveCount(4);
        (await day.TaskLists.CountsAsync(Sato, "sato@example.com", Token)).Should().Be(new TaskCounts(2, 3, 1, 1, 1, 0, 0));
        var page = await day.TaskLists.PageAsync(Sato, mine, 2, 2, Token);
        page.Total.Should().Be(8);
        page.Rows.Select(row => row.Task.Title).Should().Equal("today at ten", "today, urgent");
        page.Rows[0].AccountName.Should().Be("青葉製作所");
        page.Rows.Should().OnlyContain(row => !row.IsOverdue);
    }

    [Theory]
    [DatabaseData]
    public async Task A_colleague_is_given_a_task_and_sees_who_gave_it(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var given = (await day.Tasks.CreateAsync(Manager, new() { AccountNo = 1, Title = "call them", ContactNo = 7, AssigneeEmail = "Sato@example.com " }, Token)).Value!;
        var row = (await day.TaskLists.PageAsync(Sato, new() { AssigneeEmail = "sato@example.com", AssignedByOthers = true }, 0, 10, Token)).Rows.Should().ContainSingle().Subject;
        (row.Task.CreatedByEmail, row.ContactName).Should().Be(("boss@example.com", "田中 一郎"));
        (await TitlesAsync(day, new() { GivenByUser = Manager.UserId }, Core.Access.Viewer.System)).Should().Equal("call them");

        (await day.Tasks.AssignAsync(Sato, 1, given.TaskId, "mori@example.com", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Tasks.AssignAsync(Sato, 1, given.TaskId, "mori@example.com", Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await day.Tasks.AssignAsync(Sato, 1, given.TaskId, "gone@example.com", Token)).Problems["assignee"].Should().Be("unknown");
        (await day.Tasks.CreateAsync(Mori, new() { AccountNo = 2, Title = "x", AssigneeEmail = "sato@example.com" }, Token)).Problems["assignee"].Should().Be("may_not_see");
        (await TitlesAsync(day, new() { AssigneeEmail = "mori@example.com" }, Mori)).Should().Equal("call them");
    }

    [Theory]
    [DatabaseData]
    public async Task Done_makes_the_next_of_a_series_once_and_reopening_takes_it_back(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var task = (await day.Tasks.CreateAsync(Sato, new() { AccountNo = 1, Title = "weekly look", DueOn = Today, DueMinute = 600, Recurrence = Recurrence.Weekly(1, DayOfWeek.Monday) }, Token)).Value!;
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => day.Tasks.DoneAsync(Sato, 1, task.TaskId, Token), Token)));
        results.Count(result => result.Outcome == ActOutcome.Done).Should().Be(1);
        var next = (await OpenAsync(day)).Should().ContainSingle().Subject;
        (next.DueOn, next.DueMinute, next.SeriesId, next.CreatedByEmail).Should().Be((Today.AddDays(7), 600, task.SeriesId, "sato@example.com"));

        (await day.Tasks.ReopenAsync(Sato, 1, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OpenAsync(day)).Select(open => open.TaskId).Should().Equal(task.TaskId);

        // three weeks late: those in between are not made up for
        day.Clock.Advance(TimeSpan.FromDays(22));
        await day.Tasks.DoneAsync(Sato, 1, task.TaskId, Token);
        var later = (await OpenAsync(day)).Should().ContainSingle().Subject;
        later.DueOn.Should().Be(Today.AddDays(28));
        await day.Tasks.EditAsync(Sato, 1, later.TaskId, 1, TaskDraft.Of(later) with { Title = "changed" }, Token);
        (await day.Tasks.ReopenAsync(Sato, 1, task.TaskId, Token)).Value!.Recurrence.Should().BeNull("the series has gone on without it");
        (await OpenAsync(day)).Should().HaveCount(2);
    }

    [Theory]
    [DatabaseData]
    public async Task A_snoozed_task_comes_back_on_its_day(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var task = (await day.Tasks.CreateAsync(Sato, new() { AccountNo = 1, Title = "later", DueOn = Today }, Token)).Value!;
        (await day.Tasks.SnoozeAsync(Sato, 1, task.TaskId, Today, Token)).Problems["until"].Should().Be("not_after_today");
        (await day.Tasks.SnoozeAsync(Sato, 1, task.TaskId, Today.AddDays(3), Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OpenAsync(day)).Should().BeEmpty();
        (await day.TaskLists.CountsAsync(Sato, "sato@example.com", Token)).Snoozed.Should().Be(1);
        day.Clock.Advance(TimeSpan.FromDays(3));
        (await OpenAsync(day)).Should().ContainSingle();
        (await day.TaskLists.CountsAsync(Sato, "sato@example.com", Token)).Should().Be(new TaskCounts(1, 0, 0, 0, 0, 0, 0));
    }

    [Theory]
    [DatabaseData]
    public async Task Two_who_change_one_task_see_each_other_and_a_deleted_one_comes_back(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var task = (await day.Tasks.CreateAsync(Sato, new() { AccountNo = 1, Title = "one" }, Token)).Value!;
        (await day.Tasks.EditAsync(Sato, 1, task.TaskId, 1, TaskDraft.Of(task) with { Title = "two", Detail = "why" }, Token)).Outcome.Should().Be(ActOutcome.Done);
        var late = await day.Tasks.EditAsync(Mori, 1, task.TaskId, 1, TaskDraft.Of(task) with { Title = "three" }, Token);
        (late.Outcome, late.Value!.Title).Should().Be((ActOutcome.Conflict, "two"));
        (await day.Tasks.DeleteAsync(Mori, 1, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OpenAsync(day)).Should().BeEmpty();
        (await day.Tasks.DoneAsync(Mori, 1, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Tasks.RestoreAsync(Mori, 1, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OpenAsync(day)).Should().ContainSingle();
        var history = await day.Journal.OfRecordAsync(Sato, 1, JournalAreas.Task, task.TaskId, 10, Token);
        history.Select(entry => entry.Act).Should().Equal("restored", "deleted", "changed", "created");
        FieldChanges.Read(history[2].ChangesJson).Should().Equal(new Dictionary<string, FieldChange> { ["title"] = new("one", "two"), ["detail"] = new(null, "why") });
    }

    [Theory]
    [DatabaseData]
    public async Task A_task_of_no_account_is_seen_by_those_whom_it_concerns(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var task = (await day.Tasks.CreateAsync(Mori, new() { Title = "expenses" }, Token)).Value!;
        (await TitlesAsync(day, new(), Mori)).Should().Equal("expenses");
        (await TitlesAsync(day, new(), Manager)).Should().Equal("expenses");
        (await TitlesAsync(day, new(), Sato)).Should().BeEmpty();
        (await TitlesAsync(day, new(), Reader)).Should().BeEmpty();
        (await day.Tasks.DoneAsync(Sato, 0, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Tasks.DoneAsync(Reader, 0, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Tasks.AssignAsync(Mori, 0, task.TaskId, "sato@example.com", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Tasks.DoneAsync(Sato, 0, task.TaskId, Token)).Outcome.Should().Be(ActOutcome.Done);
    }

    [Theory]
    [DatabaseData]
    public async Task What_breaks_a_rule_is_named_by_field(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        async Task<IReadOnlyDictionary<string, string>> ProblemsAsync(TaskDraft draft) => (await day.Tasks.CreateAsync(Sato, draft, Token)).Problems;
        (await ProblemsAsync(new() { Title = " " }))["title"].Should().Be("missing");
        (await ProblemsAsync(new() { Title = new string('x', 201) }))["title"].Should().Be("too_long");
        (await ProblemsAsync(new() { Title = "x", DueMinute = 600 }))["due"].Should().Be("missing");
        (await ProblemsAsync(new() { Title = "x", DueOn = Today, DueMinute = 1440 }))["due"].Should().Be("out_of_range");
        (await ProblemsAsync(new() { Title = "x", Recurrence = Recurrence.Weekdays }))["due"].Should().Be("missing");
        (await ProblemsAsync(new() { Title = "x", AccountNo = 1, ContactNo = 99 }))["contact"].Should().Be("unknown");
        (await day.Tasks.CreateAsync(Sato, new() { Title = "x", AccountNo = 2 }, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await TitlesAsync(day, new(), Manager)).Should().BeEmpty();
    }

    private static async Task<IEnumerable<string>> TitlesAsync(Workday day, TaskFilter filter, Core.Access.Viewer? viewer = null) =>
        (await day.TaskLists.PageAsync(viewer ?? Sato, filter, 0, 50, Token)).Rows.Select(row => row.Task.Title);

    private static async Task<IEnumerable<WorkTask>> OpenAsync(Workday day) => (await day.TaskLists.PageAsync(Manager, new(), 0, 50, Token)).Rows.Select(row => row.Task);
}
