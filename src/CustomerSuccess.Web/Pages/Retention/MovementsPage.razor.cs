using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>The accounts behind a figure of retention, with their movements.</summary>
public sealed partial class MovementsPage
{
    [Inject]
    private MovementsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private MovementView? View { get; set; }

    protected override object? Subject => View is { } view ? view.Ask with { Sort = default, Descending = true } : null;

    private string Title => View?.Ask is not { } ask ? Text["Title"]
        : ask.Life is { } life ? Text["ListLife", Format.Count(life)]
        : ask.Cohort is { } cohort ? Text["ListCohort", Format.Month(cohort), Words.Period(ask.Period)]
        : ask.Part is { } part ? Text["ListPart", Words.Kind(ask.Kind), Text["Line_" + part], Words.Period(ask.Period)]
        : Text["List", Words.Kind(ask.Kind), Words.Period(ask.Period)];

    private string? Answer => !IsReady || Model.Page is not { } page ? null
        : Text["ListAnswer", Format.Count(page.Total), Money(page.Start), Money(page.Change), Money(page.Fx), Money(page.End)].Value;

    private string Back => (new RetentionView { Scope = View?.Ask.Scope ?? RetentionScope.All, Part = View?.Ask is { } ask ? ask.Life is not null ? RetentionTab.Survival : ask.Cohort is not null ? RetentionTab.Cohorts : ask.Reason is not null ? RetentionTab.Reasons : RetentionTab.Bridge : RetentionTab.Bridge }).ToAddress();

    // columns that would be empty wait until somebody asks for them
    private bool HasSplit => View is { Ask: { Life: null, Kind: MovementKind.All or MovementKind.Start or MovementKind.End or MovementKind.Expansion or MovementKind.Contraction } };

    private bool HasLeavers => View is { Ask: { Life: not null } or { Kind: MovementKind.All or MovementKind.Start or MovementKind.Churn } };

    private bool HasFx => Model.Page is { Fx: not 0 } || View is { Ask.Kind: MovementKind.Fx };

    private ListSort? Sort => View is { Ask: { } ask } && ask != ask with { Sort = default, Descending = true } ? new(ask.Sort.ToString().ToLowerInvariant(), ask.Descending) : null;

    private IReadOnlyList<Filter> Filters =>
    [
        .. View!.Ask.Life is null
            ? [new ChoiceFilter(MovementView.KindKey, Text["Movement"], [.. Enum.GetValues<MovementKind>().Skip(1).Select(kind => new FilterChoice(kind.ToString().ToLowerInvariant(), Words.Kind(kind)))], View.Ask.Kind == MovementKind.All ? null : View.Ask.Kind.ToString().ToLowerInvariant())]
            : Array.Empty<Filter>(),
        .. Words.Filters(View.Ask.Scope, Model.Overview?.Choices, Model.Overview?.FiscalStart ?? 1),
        .. View.Ask.Reason is { } reason ? [new ChoiceFilter(MovementView.ReasonKey, Text["Reason"], [new(reason, reason == RetentionScope.Unknown ? Text["NoReason"].Value : reason)], reason)] : Array.Empty<Filter>(),
        .. View.Ask.Part is { } part ? [new ChoiceFilter(MovementView.PartKey, Text["Part"], [.. Enum.GetValues<SplitPart>().Select(one => new FilterChoice(one.ToString().ToLowerInvariant(), Text["Line_" + one]))], part.ToString().ToLowerInvariant())] : Array.Empty<Filter>(),
    ];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = MovementView.Parse(ListAddress.Parse(Navigation.Uri));
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

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == MovementView.Path && MovementView.Parse(address) != View)
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }
    }

    private async Task<ListStretch<MovementRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View!.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Change(FilterChange change) => Navigation.NavigateTo(ListAddress.Parse(Navigation.Uri).With(change).ToString(), replace: true);

    private void Clear() => Navigation.NavigateTo(MovementView.Of(View!.Ask with { Kind = MovementKind.All, Part = null, Reason = null, Scope = RetentionScope.All }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(MovementView.Of(View!.Ask with { Sort = sort is null ? default : Enum.Parse<MovementSort>(sort.Key, ignoreCase: true), Descending = sort?.Descending ?? true }), replace: true);

    private string Count(int rows) => Text["Customers", Format.Count(rows)];

    private string Money(decimal amount) => Format.Money(amount, Model.Page?.Currency ?? "");

    private string Part(decimal amount) => amount == 0 ? Format.Missing : Money(amount);

    private string File => MovementView.Address(View!.Ask, MovementView.Path + "/export.csv").ToString();
}
