using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Lifecycle;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>Customers whose contract has ended, with the touch by which each may be won back.</summary>
public sealed partial class WinBackPage
{
    public const string Path = "/win-back";

    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Suggestion, JournalAreas.Score, JournalAreas.Play];

    private int _round;
    private int? _total;
    private bool _mayWork;
    private bool _mayPlays;
    private bool _mayLifecycle;
    private WinBackPageFacts _facts = new("", null);

    [Inject]
    private WinBackQuery Query { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private ColleagueNames Names { get; set; } = default!;

    private ListAddress View { get; set; } = ListAddress.Parse(Path);

    private IReadOnlyList<Filter> Filters => [new ToggleFilter("handled", Text["Handled"], View["handled"] == "1"), new ToggleFilter("mine", Text["Mine"], View["mine"] == "1")];

    private string Currency => _facts.Currency;

    private string? Answer => _total is { } total && _facts.AsOf is { } day ? Text["Answer", Format.Count(total), Format.Day(day)].Value : null;

    private static string Lapsed => (new LifecycleView { Part = LifecycleTab.WinBack }).ToAddress();

    protected override void OnInitialized() => View = ListAddress.Parse(Navigation.Uri);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        await Names.LoadAsync(cancellation);
        (_mayWork, _mayPlays, _mayLifecycle) = (viewer.MayWork, May(PageRoles.Plays), May(PageRoles.Lifecycle));

        bool May(string roles) => roles.Split(',').Any(role => viewer.IsIn(role));
    }

    private async Task<ListStretch<WinBackRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        var page = await Query.PageAsync(viewer, View["handled"] != "1", View["mine"] == "1" ? viewer.Email : null, request.Offset, request.Limit, cancellation);
        (_facts, _total) = (new(page.Run?.Currency ?? "", page.Run?.AsOf), page.Total);
        StateHasChanged();
        return new(page.Rows, page.Total);
    }

    private string Counted(int total) => Text["Count", Format.Count(total)];

    private Task FollowAsync()
    {
        if (IsReady)
        {
            _round++;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private void Show(ListAddress view)
    {
        View = view;
        Navigation.NavigateTo(view.ToString(), replace: true);
        StateHasChanged();
    }

    private sealed record WinBackPageFacts(string Currency, DateOnly? AsOf);
}
