using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>Which plays there are, when each is suggested, and what CSMs make of it.</summary>
public sealed partial class PlayListPage
{
    private static readonly string[] Areas = [JournalAreas.Play, JournalAreas.Score, JournalAreas.Suggestion, JournalAreas.Segment];

    private PlayImportDialog? _import;

    [Inject]
    private PlaysViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ListAddress View { get; set; } = ListAddress.Parse(PlayAddress.List);

    private string? Answer => IsReady ? Text["Answer", Format.Count(Model.Plays.Count(row => row.Entry.Play.IsOn)), Format.Count(Model.Plays.Count), Format.Count(Model.Plays.Sum(row => row.Suggested))].Value : null;

    private IReadOnlyList<Filter> Filters =>
    [
        new SearchFilter("q", Text["Search"], View["q"]),
        new ChoiceFilter("state", Text["State"], [new("on", Text["On"], Model.Plays.Count(row => row.Entry.Play.IsOn)), new("off", Text["Off"], Model.Plays.Count(row => !row.Entry.Play.IsOn))], View["state"]),
        new ChoiceFilter("goal", Text["Goal"], [new("keep", Text["Keeps"]), new("sell", Text["Sells"])], View["goal"]),
    ];

    protected override void OnInitialized() => View = ListAddress.Parse(Navigation.Uri);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadListAsync(cancellation);

    private Task<ListStretch<PlayRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var found = Model.Plays.Where(row =>
            (View["q"] is not { } typed || CommandMatch.Fits(typed, Words.Name(row.Entry.Play), row.Entry.Play.Key))
            && (View["state"] is not { } state || row.Entry.Play.IsOn == (state == "on"))
            && (View["goal"] is not { } goal || row.Entry.Play.IsUpsell == (goal == "sell")));
        var sorted = (View.Sort?.Key switch
        {
            "name" => found.OrderBy(row => Words.Name(row.Entry.Play), StringComparer.CurrentCulture),
            "state" => found.OrderByDescending(row => row.Entry.Play.IsOn),
            "minutes" => found.OrderBy(row => row.Entry.Play.Minutes),
            "suggested" => found.OrderBy(row => row.Suggested),
            "done" => found.OrderBy(row => row.Done),
            "dismissed" => found.OrderBy(row => row.Dismissed),
            _ => found,
        }).ToList();
        if (View.Sort is { Descending: true })
        {
            sorted.Reverse();
        }

        return Task.FromResult(new ListStretch<PlayRow>([.. sorted.Skip(request.Offset).Take(request.Limit)], sorted.Count));
    }

    private string Counted(int total) => Text["Count", Format.Count(total)];

    private void Show(ListAddress view)
    {
        View = view;
        Navigation.NavigateTo(view.ToString(), replace: true);
        StateHasChanged();
    }

    private Task TurnAsync(PlayRow row) => WorkAsync(async () =>
    {
        var (key, on) = (row.Entry.Play.Key, !row.Entry.Play.IsOn);
        if ((await Model.TurnAsync(key, on)).Holds)
        {
            Toasts.TellWithUndo(Text[on ? "TurnedOn" : "TurnedOff", Words.Name(row.Entry.Play)], async () => await Model.TurnAsync(key, !on));
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }

        await FollowAsync();
    });

    private async Task FollowAsync()
    {
        if (IsReady)
        {
            await Model.ReadListAsync(Leaving);
            StateHasChanged();
        }
    }
}
