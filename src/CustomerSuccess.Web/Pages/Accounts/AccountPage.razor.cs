using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>One account as the shared record: where it stands and what to do next always in sight, everything else in parts that read for themselves.</summary>
public sealed partial class AccountPage
{
    private static readonly string[] Areas = [JournalAreas.Account, JournalAreas.Import, JournalAreas.Score, JournalAreas.Suggestion, JournalAreas.Judgement, JournalAreas.Setting, JournalAreas.Model];

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>Namespace of the id; absent for the shared one.</summary>
    [SupplyParameterFromQuery(Name = "ns")]
    public string? Namespace { get; set; }

    /// <summary>The open part.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabKey { get; set; }

    [Inject]
    private AccountViewModel View { get; set; } = default!;

    [Inject]
    private ActTeller Teller { get; set; } = default!;

    protected override object? Subject => (Id, Namespace ?? "");

    private string SelectedTab => TabKey is { } key && AccountTabs.All.Contains(key) ? key : AccountTabs.Overview;

    protected override Task ReadAsync(CancellationToken cancellation) => View.ReadAsync(Id, Namespace ?? "", cancellation);

    protected override async Task ReadRestAsync(CancellationToken cancellation)
    {
        await View.ReadSimilarAsync(cancellation);
        StateHasChanged();
    }

    private IReadOnlyList<LinkTabs.Tab> Tabs(OpenAccount open) =>
        [.. AccountTabs.All.Select(key => new LinkTabs.Tab(key, Text["Tab_" + key], open.Href(key == AccountTabs.Overview ? null : key)))];

    private string? Map(OpenAccount open) => open.Settings.MapUrl is { Length: > 0 } template && View.Head?.Header.Address is { Length: > 0 } address
        ? template.Replace("{address}", Uri.EscapeDataString(address), StringComparison.Ordinal)
        : null;

    /// <summary>The touch that a call would carry out.</summary>
    private static string? NextPlay(AccountHead head) => head.Score?.Suggestions.FirstOrDefault(touch => touch is { State: SuggestionState.Open, IsUpsell: false })?.Play;

    private static string PrintHref(OpenAccount open) => $"/accounts/{Uri.EscapeDataString(open.Id)}/print" + (open.Namespace.Length > 0 ? "?ns=" + Uri.EscapeDataString(open.Namespace) : "");

    /// <summary>Reads the head again while everything stays where it is.</summary>
    private async Task RefreshAsync()
    {
        try
        {
            await View.ReadAsync(Id, Namespace ?? "", Leaving);
            await View.ReadSimilarAsync(Leaving);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // the reader has left
        }
    }

    private async Task UndoAsync(string actionId)
    {
        Teller.TellAll(await View.UndoAsync(actionId, Leaving), Text["ToldUndone"]);
        await RefreshAsync();
    }
}
