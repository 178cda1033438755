using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Lifecycle;

/// <summary>The accounts behind a figure of the lifecycle.</summary>
public sealed partial class LifecycleAccountsPage
{
    [Inject]
    private LifecycleAccountsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private LifecycleAccountsView? View { get; set; }

    protected override object? Subject => View is { } view ? view.Ask with { Sort = default, Descending = true } : null;

    private bool IsNext => View is { Ask.Next: true };

    private bool IsWinBack => View is { Ask.WinBack: true };

    /// <summary>Where what a customer was a month before says nothing.</summary>
    private bool Special => IsNext || IsWinBack;

    private bool ByContracts => Model.Overview?.ByContracts ?? true;

    private bool ByPurchases => Model.Overview?.HasPurchases ?? false;

    private bool OfCell => View is { Ask: { R: not null } or { F: not null } or { Decile: not null } };

    private string MoneyKey => IsWinBack ? ByContracts ? "LeftMrr" : "YearBrought" : ByContracts && !(OfCell && ByPurchases) ? "Mrr" : "YearMoney";

    private string Title => View?.Ask is not { } ask ? Text["Title"]
        : ask.WinBack ? Text["ListWinBack"]
        : ask.Next ? Text["ListNext", Cell(ask)]
        : ask.FirstBought is { } first ? Text[ask.RepeatedWithin is null ? "ListFirst" : "ListFirstAgain", Format.Month(first), ask.RepeatedWithin ?? 0]
        : ask.LeastPurchases is { } least ? Text[ask.MostPurchases is null ? "ListBought" : "ListBoughtJust", least, Format.Month(ask.Month)]
        : ask.Decile is { } decile ? Text["ListDecile", decile, Format.Month(ask.Month)]
        : ask.R is not null || ask.F is not null ? Text[ask.Entered switch { true => "ListEntered", false => "ListLeft", null => "ListCell" }, Cell(ask), Format.Month(ask.Month)]
        : (ask.From, ask.To) switch
        {
            (StageChoice.Nobody, StageChoice.Active) => Text["ListFlow", Text["Flow_Came"], Format.Month(ask.Month)],
            (StageChoice.Lapsed, StageChoice.Active) => Text["ListFlow", Text["Flow_WonBack"], Format.Month(ask.Month)],
            (StageChoice.Active, StageChoice.Lapsed) => Text["ListFlow", Text["Flow_Lost"], Format.Month(ask.Month)],
            ({ } from, { } to) => Text["ListMove", Words.Stage(from), Words.Stage(to), Format.Month(ask.Month)],
            (_, { } to) => Text["ListStage", Words.Stage(to), Format.Month(ask.Month)],
            _ => Text["ListAll", Format.Month(ask.Month)],
        };

    private string? Answer => !IsReady || Model.Page is not { } page ? null
        : Text[IsNext ? "ListAnswerNext" : IsWinBack && ByContracts ? "ListAnswerLeft" : "ListAnswer", Format.Count(page.Accounts), Format.Money(page.Money, page.Currency), Format.Count(page.Total)].Value;

    private string Back => (new LifecycleView
    {
        Scope = View?.Ask.Scope ?? LifecycleScope.All,
        Part = IsWinBack ? LifecycleTab.WinBack : View?.Ask.Decile is not null ? LifecycleTab.Deciles : View?.Ask.OfPurchases == true ? LifecycleTab.Repeats : OfCell || IsNext ? LifecycleTab.Table : LifecycleTab.Stages,
    }).ToAddress();

    private ListSort? Sort => View is { Ask: { } ask } && (ask.Sort != LifecycleAccountsView.Usual(ask.WinBack) || !ask.Descending) ? new(ask.Sort.ToString().ToLowerInvariant(), ask.Descending) : null;

    private IReadOnlyList<Filter> Filters =>
    [
        .. Special ? Array.Empty<Filter>() : [new ChoiceFilter(LifecycleAccountsView.ToKey, Text["StageColumn"], [.. Stages(StageChoice.Nobody)], View!.Ask.To?.ToString().ToLowerInvariant()), new ChoiceFilter(LifecycleAccountsView.FromKey, Text["BeforeColumn"], [.. Stages(null)], View.Ask.From?.ToString().ToLowerInvariant())],
        .. IsNext ? [new ChoiceFilter(LifecycleAccountsView.FateKey, Text["FateColumn"], [.. new[] { NextFate.Kept, NextFate.Gone }.Select(fate => new FilterChoice(fate.ToString().ToLowerInvariant(), Fate(fate)))], View!.Ask.Fate?.ToString().ToLowerInvariant())] : Array.Empty<Filter>(),
        .. IsWinBack ? Array.Empty<Filter>() : [Scores(LifecycleAccountsView.RKey, "R", View!.Ask.R), Scores(LifecycleAccountsView.FKey, "F", View.Ask.F)],
        .. Words.Filters(View!.Ask.Scope, Model.Overview),
    ];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = LifecycleAccountsView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => View is { } view ? Model.StartAsync(view.Ask, cancellation) : Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    private static string KeyOf(LifecycleRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.Day:O}");

    private static string Scored(int? value, int? score) => value is { } known && score is { } of5 ? string.Create(CultureInfo.CurrentCulture, $"{Format.Count(known)} ({of5})") : Format.Missing;

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == LifecycleAccountsView.Path && LifecycleAccountsView.Parse(address) != View)
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }
    }

    private IEnumerable<FilterChoice> Stages(StageChoice? without) => Enum.GetValues<StageChoice>().Where(choice => choice != without).Select(choice => new FilterChoice(choice.ToString().ToLowerInvariant(), Words.Stage(choice)));

    private ChoiceFilter Scores(string key, string name, int? selected) => new(key, Text["Score_" + name], [.. Enumerable.Range(1, 5).Reverse().Select(score => new FilterChoice(score.ToString(CultureInfo.InvariantCulture), Format.Count(score)))], selected?.ToString(CultureInfo.InvariantCulture));

    private string Cell(LifecycleAccountAsk ask) => ask switch
    {
        { R: { } r, F: { } f } => Text["CellName", r, f],
        { R: { } r } => Text["R", r],
        { F: { } f } => Text["F", f],
        _ => Text["AllCells"],
    };

    private string Fate(NextFate fate) => ByContracts ? Text["Fate_" + fate] : Text["FatePurchases_" + fate];

    private async Task<ListStretch<LifecycleRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View!.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Change(FilterChange change) => Navigation.NavigateTo(ListAddress.Parse(Navigation.Uri).With(change).ToString(), replace: true);

    private void Clear() => Navigation.NavigateTo(LifecycleAccountsView.Of(new(View!.Ask.Month, LifecycleScope.All) { Next = View.Ask.Next, WinBack = View.Ask.WinBack, Sort = LifecycleAccountsView.Usual(View.Ask.WinBack) }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(LifecycleAccountsView.Of(View!.Ask with { Sort = sort is null ? LifecycleAccountsView.Usual(IsWinBack) : Enum.Parse<LifecycleSort>(sort.Key, ignoreCase: true), Descending = sort?.Descending ?? true }), replace: true);

    private string Count(int rows) => Text["CustomersCount", Format.Count(rows)];

    private string File => LifecycleAccountsView.Address(View!.Ask, LifecycleAccountsView.Path + "/export.csv").ToString();
}
