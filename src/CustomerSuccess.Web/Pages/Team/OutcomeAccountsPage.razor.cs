using System.Globalization;
using CustomerSuccess.Engine.Team;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Team;

/// <summary>The accounts behind a CSM's figures. What the reader may not see the query does not give, whatever the address asks for.</summary>
public sealed partial class OutcomeAccountsPage
{
    private TeamAccountPage? _page;
    private bool _refused;

    [Inject]
    private TeamReport Report { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private TeamAccountAsk? Ask { get; set; }

    protected override object? Subject => Ask;

    private string Title => Ask is not { } ask || _refused ? Text["Title"] : Text["ListTitle_" + ask.Kind, ask.Owner is { } owner ? People.Of(owner) : Text["Nobody"].Value];

    private string? Answer => !IsReady || _page is not { } page || Ask is not { } ask || _refused ? null
        : ask.Kind == TeamListKind.Touched ? Text["ListTouched", Format.Count(page.Total)].Value : Text["ListAnswer", Format.Count(page.Total), Format.Number(page.Expected), Format.Number(page.Observed)].Value;

    private string File => OutcomesView.Address(Ask!, OutcomesView.AccountsPath + "/export.csv").ToString();

    protected override Task OnParametersSetAsync()
    {
        Ask = OutcomesView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await People.LoadAsync(cancellation);
        if (Ask is { } ask)
        {
            var viewer = await Current.GetAsync();
            _refused = !TeamAccess.MaySee(viewer, ask.Owner);
            _page = await Report.AccountsAsync(viewer, ask, 0, 1, cancellation);
        }
    }

    private static string KeyOf(TeamAccountRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.AsOf:O}");

    private async Task<ListStretch<TeamAccountRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Report.AccountsAsync(await Current.GetAsync(), Ask!, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private string Count(int rows) => Text["RowsCount", Format.Count(rows)];
}
