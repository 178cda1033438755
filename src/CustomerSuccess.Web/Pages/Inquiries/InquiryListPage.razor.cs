using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Which customers wait for an answer, and who gives it: the desk's list.</summary>
public sealed partial class InquiryListPage
{
    private static readonly string[] Areas = [JournalAreas.Inquiry, JournalAreas.Received, JournalAreas.Import, JournalAreas.Calendar];

    private DataList<InquiryListRow>? _list;

    /// <summary>The tab in the address: another one shows the page anew.</summary>
    [SupplyParameterFromQuery(Name = InquiryListView.TabKey)]
    private string? TabName { get; set; }

    /// <summary>The account in the address, likewise.</summary>
    [SupplyParameterFromQuery(Name = InquiryListView.AccountKey)]
    private string? AccountName { get; set; }

    [Inject]
    private InquiryListViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Answer => Model.Counts is not { } counts ? null
        : counts.MineOverdue > 0 ? Text["AnswerOverdue", Format.Count(counts.Mine), Format.Count(counts.MineOverdue), Format.Count(counts.Unassigned)].Value
        : counts.Mine > 0 ? Text["AnswerMine", Format.Count(counts.Mine), Format.Count(counts.Unassigned)].Value
        : Text["AnswerNone", Format.Count(counts.Unassigned), Format.Count(counts.Team)].Value;

    private string EmptyKey => Model.View.Tab is DeskTab.Team or DeskTab.All ? "Empty" : "EmptyView";

    private IReadOnlyList<LinkTabs.Tab> Tabs =>
    [
        Tab(DeskTab.Mine, Model.Counts?.Mine),
        Tab(DeskTab.Unassigned, Model.Counts?.Unassigned),
        Tab(DeskTab.Team, Model.Counts?.Team),
        Tab(DeskTab.Overdue, Model.Counts?.Overdue),
        Tab(DeskTab.Escalated, Model.Counts?.Escalated),
        Tab(DeskTab.Calls, Model.Counts?.CallsMe),
        Tab(DeskTab.All, null),
    ];

    private ListSort? Sort => Model.View.Sort is { } sort ? new(sort.ToString().ToLowerInvariant(), Model.View.Descending) : null;

    protected override object? Subject => Model.View.Account;

    protected override void OnInitialized() => Model.View = InquiryListView.Parse(new Uri(Navigation.Uri).Query);

    protected override Task OnParametersSetAsync()
    {
        // a tab is a link: the same page with another address
        Model.View = InquiryListView.Parse(new Uri(Navigation.Uri).Query);
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(cancellation);

    private async Task<ListStretch<InquiryListRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var rows = await Model.LoadAsync(request.Offset, request.Limit, cancellation);
        return new(rows, Model.Total ?? 0);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            await Model.CountAsync(Leaving);
            await ReloadAsync();
            StateHasChanged();
        }
    }

    private LinkTabs.Tab Tab(DeskTab tab, int? count) => new(tab.ToString(), Text["Tab" + tab], (Model.View with { Tab = tab, State = null, Selected = null, Sort = null, Descending = false }).ToAddress(), count);

    private bool IsOverdue(InquiryListRow row) => row.NextDueAt < Model.Now && !row.State.IsSettled();

    private string Here(InquiryListRow row) => (Model.View with { Selected = InquiryListViewModel.KeyOf(row) }).ToAddress();

    private void Order(ListSort? sort) => Change(Model.View with { Sort = sort is null ? null : Enum.Parse<InquirySort>(sort.Key, ignoreCase: true), Descending = sort?.Descending ?? false });

    private void Change(InquiryListView view)
    {
        Model.View = view;
        Navigation.NavigateTo(view.ToAddress(), replace: true);
    }

    private Task ReloadAsync() => _list?.ReloadAsync() ?? Task.CompletedTask;

    private Task TakeAsync(InquiryListRow row) => WorkAsync(async () => await TellAsync(await Model.AssignAsync([new(row.AccountNo, row.Key)], Model.Me, Leaving)));

    private Task ResolveAsync(InquiryListRow row) => WorkAsync(async () => await TellAsync(await Model.MoveAsync([new(row.AccountNo, row.Key)], InquiryState.Resolved, Leaving)));

    private Task AssignAsync(string? assignee) => ManyAsync(which => Model.AssignAsync(which, assignee, Leaving));

    private Task MoveAsync(InquiryState state) => ManyAsync(which => Model.MoveAsync(which, state, Leaving));

    private Task ManyAsync(Func<IReadOnlyList<InquiryRef>, Task<ActResult<ManyChanged>>> change) => WorkAsync(async () =>
    {
        if (await change(await Model.SelectedAsync(_list!.Selection, Leaving)) is var result && await TellAsync(result))
        {
            await (_list?.ClearSelectionAsync() ?? Task.CompletedTask);
        }
    });

    /// <summary>Says what became of it; false where nothing did.</summary>
    private async Task<bool> TellAsync(ActResult<ManyChanged> result)
    {
        switch (result.Outcome)
        {
            case ActOutcome.Done when result.Value!.Missing > 0:
                Toasts.Tell(Text["DoneSome", Format.Count(result.Value.Changed), Format.Count(result.Value.Missing)]);
                break;
            case ActOutcome.Done:
                Toasts.Tell(Text["Done", Format.Count(result.Value!.Changed)]);
                break;
            case ActOutcome.Unchanged:
                Toasts.Tell(Text["Unchanged"]);
                break;
            case ActOutcome.Invalid:
                Toasts.Warn(Text["TooMany", Format.Count(InquiryChanges.MostAtOnce)]);
                return false;
            default:
                Toasts.Fail(Text["NotDone"]);
                return false;
        }

        await RefreshAsync();
        return true;
    }
}
