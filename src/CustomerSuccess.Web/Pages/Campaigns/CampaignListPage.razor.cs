using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Campaigns;

/// <summary>Every campaign, with how many people it has reached.</summary>
public sealed partial class CampaignListPage
{
    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Campaign];

    [Inject]
    private CampaignsViewModel Model { get; set; } = default!;

    private ListAddress View { get; set; } = ListAddress.Parse(CampaignAddress.List);

    private bool IsArchived => View[CampaignAddress.ArchivedKey] is not null;

    private IReadOnlyList<Filter> Filters => [new SearchFilter("q", Text["Search"], View["q"]), new ToggleFilter(CampaignAddress.ArchivedKey, Text["Archived"], IsArchived)];

    private string? Answer => !IsReady ? null
        : Model.Campaigns.Count(row => row.Campaign.State is CampaignState.Running or CampaignState.Scheduled or CampaignState.Paused) is var open and > 0 ? Text["Answer", Format.Count(open), Format.Count(Model.Campaigns.Count)].Value
        : Text["AnswerNone", Format.Count(Model.Campaigns.Count)].Value;

    protected override void OnInitialized() => View = ListAddress.Parse(Navigation.Uri);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadListAsync(IsArchived, cancellation);

    private Task<ListStretch<CampaignRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var found = Model.Campaigns.Where(row => View["q"] is not { } typed || CommandMatch.Fits(typed, row.Campaign.Name, Words.State(row.Campaign.State)));
        var sorted = (View.Sort?.Key switch
        {
            "name" => found.OrderBy(row => row.Campaign.Name, StringComparer.CurrentCultureIgnoreCase),
            "members" => found.OrderBy(row => row.Counts.Members),
            "when" => found.OrderBy(row => row.Campaign.StartedAt ?? row.Campaign.StartsAt ?? DateTime.MinValue),
            _ => found,
        }).ToList();
        if (View.Sort is { Descending: true })
        {
            sorted.Reverse();
        }

        return Task.FromResult(new ListStretch<CampaignRow>([.. sorted.Skip(request.Offset).Take(request.Limit)], sorted.Count));
    }

    private string Counted(int total) => Text["Count", Format.Count(total)];

    private async Task ShowAsync(ListAddress view)
    {
        var wasArchived = IsArchived;
        View = view;
        Navigation.NavigateTo(view.ToString(), replace: true);
        if (IsArchived != wasArchived)
        {
            await Model.ReadListAsync(IsArchived, Leaving);
        }

        StateHasChanged();
    }

    private async Task FollowAsync()
    {
        if (IsReady)
        {
            await Model.ReadListAsync(IsArchived, Leaving);
            StateHasChanged();
        }
    }
}
