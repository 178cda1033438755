using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Goals;

/// <summary>Do we reach what we set out to reach? KGIs with the KPIs that serve them.</summary>
public sealed partial class GoalsPage
{
    private static readonly string[] Areas = [JournalAreas.Goal, JournalAreas.Import];

    private GoalDialog? _dialog;

    [Inject]
    private GoalsViewModel Model { get; set; } = default!;

    [Inject]
    private ColleagueNames People { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private GoalsView View { get; set; } = new();

    private IReadOnlyList<GoalRow> Shown => [.. (Model.Overview?.Rows ?? []).Where(View.Shows)];

    private string File => View.Address(GoalsView.Path + "/export.csv").ToString();

    private string? Answer
    {
        get
        {
            if (!IsReady || Model.Overview is not { } overview)
            {
                return null;
            }

            if (overview.Rows.Count == 0)
            {
                return Text["AnswerNone"];
            }

            string[] parts = [.. Enum.GetValues<GoalStatus>().OrderByDescending(status => status is GoalStatus.Missed).ThenByDescending(status => status is GoalStatus.Behind).ThenByDescending(status => status is GoalStatus.OnTrack)
                .Select(status => (status, Count: overview.Rows.Count(row => row.Standing.Status == status))).Where(own => own.Count > 0).Select(own => Text["AnswerPart", Format.Count(own.Count), Words.Status(own.status)].Value)];
            var due = overview.Rows.Count(row => row.ReviewDue is not null);
            return Text["Answer", Format.Count(overview.Rows.Count), string.Join(Text["AnswerJoin"], parts)].Value + (due > 0 ? " " + Text["AnswerDue", Format.Count(due)].Value : "");
        }
    }

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(GoalsView.StatusKey, Text["StatusColumn"], [.. Enum.GetValues<GoalStatus>().Where(status => Model.Overview!.Rows.Any(row => row.Standing.Status == status)).Select(status => new FilterChoice(status.ToString().ToLowerInvariant(), Words.Status(status)))], View.Status?.ToString().ToLowerInvariant()),
        new ChoiceFilter(GoalsView.OwnerKey, Text["Owner"], [.. Model.Overview!.Rows.Select(row => row.Goal.OwnerEmail).Distinct().Select(owner => new FilterChoice(owner, People.Of(owner)))], View.Owner),
        new ToggleFilter(GoalsView.DueKey, Text["ReviewFilterDue"], View.ReviewDue),
    ];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadAsync(cancellation);

    protected override Task ChooseAsync(CancellationToken cancellation)
    {
        View = GoalsView.Parse(ListAddress.Parse(Navigation.Uri));
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    // a value alone that changes in the address is no parameter of the page
    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == GoalsView.Path && IsReady)
        {
            _ = InvokeAsync(() =>
            {
                View = GoalsView.Parse(address);
                StateHasChanged();
            });
        }
    }

    private string Count(int goals) => Text["GoalsCount", Format.Count(goals)];

    private void Go(string address) => Navigation.NavigateTo(address);
}
