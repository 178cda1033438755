using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Workday;

/// <summary>What needs the reader today, on one page; whoever sees every account may look at the team's day and at each colleague's.</summary>
public sealed partial class DayPage
{
    private static readonly string[] Areas =
    [
        JournalAreas.Suggestion, JournalAreas.Touch, JournalAreas.Task, JournalAreas.Inquiry, JournalAreas.Mail, JournalAreas.Note, JournalAreas.Mention, JournalAreas.Account,
        JournalAreas.Handover, JournalAreas.Capacity, JournalAreas.Score, JournalAreas.Import, JournalAreas.Setting,
    ];

    private DayTouchList? _touches;
    private TaskDialog? _dialog;

    /// <summary>Whose day the address asks for.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    private string? Person { get; set; }

    [Inject]
    private DayViewModel Model { get; set; } = default!;

    [Inject]
    private ColleagueNames Names { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DayPage> Text { get; set; } = default!;

    private DaySheet? Sheet => Model.Sheet;

    private IEnumerable<string> Others => Sheet is null ? [] : Sheet.People.Concat(Sheet.Scope.Person is { } shown ? [shown] : []).Where(person => person != Model.Own).Distinct().OrderBy(Names.Of, StringComparer.CurrentCulture);

    private string Title => Sheet?.Scope switch
    {
        { Person: null } => Text["TitleTeam"],
        { IsOwn: false, Person: { } person } => Text["TitleOther", Names.Of(person)],
        _ => Text["Title"],
    };

    private string? Answer => Sheet is not { } sheet ? null
        : sheet.TouchesPlanned + sheet.Inquiries.Open + sheet.Tasks.Overdue + sheet.Tasks.Today == 0 ? Text["AnswerNothing"].Value
        : Text["Answer", Format.Count(sheet.TouchesPlanned), Format.Count(sheet.Inquiries.Open), Format.Count(sheet.Inquiries.Missed), Format.Count(sheet.Tasks.Overdue + sheet.Tasks.Today)].Value;

    protected override object? Subject => Person;

    protected override Task ReadAsync(CancellationToken cancellation)
    {
        Model.Person = Person;
        return Model.ReadAsync(cancellation);
    }

    /// <summary>What colleagues did, and what the reader did: the day is read anew where it stands.</summary>
    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            await Model.RefreshAsync(Leaving);
            await (_touches?.ReloadAsync() ?? Task.CompletedTask);
            StateHasChanged();
        }
    }

    private void ChooseAsync(ChangeEventArgs e) =>
        Navigation.NavigateTo(e.Value is string { Length: > 0 } person ? $"/?person={Uri.EscapeDataString(person)}" : "/");

    private async Task OpenAsync(WorkTask? task)
    {
        await Model.ReadPeopleAsync(task, Leaving);
        await _dialog!.OpenAsync(task);
    }

    private async Task ShowAllTasksAsync()
    {
        await Model.ShowAllTasksAsync(Leaving);
        StateHasChanged();
    }

    private Task ReadMentionAsync(DayMention mention) => WorkAsync(() => Model.MarkReadAsync(mention, Leaving));
}
