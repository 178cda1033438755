using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Workday;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Pages.Workday;

/// <summary>What the page of a day knows: the day of whoever was asked for, and what the reader may do about it.</summary>
public sealed class DayViewModel(DayQuery query, MentionInbox inbox, AccountSheets sheets, ColleagueNames names, SettingsStore settings, CurrentViewer current)
{
    /// <summary>Tasks that are listed once all are asked for.</summary>
    private const int AllTasks = 200;

    private int _mostTasks = DayQuery.FirstTasks;

    /// <summary>Whose day is asked for: an address, <see cref="DayScope.Team"/>, or null for what suits the reader.</summary>
    public string? Person { get; set; }

    /// <summary>Null before the first answer.</summary>
    public DaySheet? Sheet { get; private set; }

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>True where the reader may mark touches and work on tasks.</summary>
    public bool MayAct { get; private set; }

    /// <summary>The reader's own address, in lower case.</summary>
    public string? Own { get; private set; }

    /// <summary>People of the account whose task is open, whom it may concern.</summary>
    public IReadOnlyList<FieldChoice> People { get; private set; } = [];

    public string Currency => Sheet?.Run?.Currency ?? Settings.Currency;

    public async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        (Settings, MayAct, Own) = (await settings.ReadAsync(cancellation), viewer.IsIn(PageRoles.WorkTouches), viewer.Email?.ToLowerInvariant());
        await names.LoadAsync(cancellation);
        Sheet = await query.ReadAsync(viewer, Person, _mostTasks, cancellation);
    }

    /// <summary>What may have changed while the page stood open.</summary>
    public async Task RefreshAsync(CancellationToken cancellation) => Sheet = await query.ReadAsync(await current.GetAsync(), Person, _mostTasks, cancellation);

    public Task ShowAllTasksAsync(CancellationToken cancellation)
    {
        _mostTasks = AllTasks;
        return RefreshAsync(cancellation);
    }

    /// <summary>The reader has read a text that calls him or her.</summary>
    public async Task MarkReadAsync(DayMention mention, CancellationToken cancellation)
    {
        await inbox.MarkReadAsync(await current.GetAsync(), mention.AccountNo, mention.Area, mention.RecordId, cancellation);
        await RefreshAsync(cancellation);
    }

    public async Task ReadPeopleAsync(WorkTask? task, CancellationToken cancellation) =>
        People = task is not { AccountNo: > 0 } ? [] :
        [
            .. (await sheets.PeopleAsync(await current.GetAsync(), task.AccountNo, cancellation) ?? []).Where(person => person.LeftOn is null)
                .Select(person => new FieldChoice(person.ContactNo.ToString(CultureInfo.InvariantCulture), person.Called)),
        ];
}
