using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Reports;

/// <summary>The customers behind a cell of a report.</summary>
public sealed partial class ReportAccountsPage
{
    [Inject]
    private ReportAccountsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ReportAccountsView View { get; set; } = new(new(ReportDefinition.Usual), null, null);

    protected override object? Subject => View;

    private string Title
    {
        get
        {
            var definition = View.Report.Definition;
            var where = Model.Page is not { } page ? [] : new[]
            {
                page.Row is { } row ? Words.Value(definition.Rows, row, page.Table.FiscalStart) : null,
                page.Column is { } column && definition.Columns is { } by ? Words.Value(by, column, page.Table.FiscalStart) : null,
            }.OfType<string>().ToArray();
            return where.Length == 0 ? Words.Measure(definition.Measure) : Text["ListTitle", Words.Measure(definition.Measure), string.Join(Text["Comma"], where)];
        }
    }

    private string? Answer => !IsReady || Model.Page is not { } page ? null
        : Text["ListAnswer", Format.Count(page.Total), Words.Written(View.Report.Definition.Facts, page.Cell, page.Table.Currency), Words.Hint(View.Report.Definition.Facts, page.Cell)].Value;

    protected override Task OnParametersSetAsync()
    {
        View = ReportAccountsView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View, cancellation);

    private string Count(int accounts) => Text["Customers", Format.Count(accounts)];

    private async Task<ListStretch<ReportAccount>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }
}
