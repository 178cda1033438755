using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Reports;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Reports and the customers behind their cells as files.</summary>
internal static class ReportFiles
{
    public static void MapReportFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(ReportView.Path + "/export.csv", (HttpContext context, ReportFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "report", (table, viewer) => file.WriteAsync(table, viewer, ReportView.Parse(Address(context)).Definition, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Reports });
        app.MapGet(ReportAccountsView.Path + "/export.csv", (HttpContext context, ReportFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "report-accounts", (table, viewer) => file.WriteAsync(table, viewer, ReportAccountsView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Reports });
    }

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>Writes them, a line for each cell: what spreadsheets turn as they like.</summary>
internal sealed class ReportFile(ReportRunner runner, IStringLocalizer<ReportsPage> text, ReportWords words, ColleagueNames people)
{
    private const int Chunk = 1000;

    public async Task WriteAsync(TableFile table, Viewer viewer, ReportDefinition definition, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var report = await runner.RunAsync(viewer, definition, cancellation);
        string[] second = report.Definition.Columns is { } by ? [words.Dimension(by)] : [];
        await table.RowAsync([words.Dimension(report.Definition.Rows), .. second, words.Axis(report.Definition.Facts, report.Currency), text["Counted"], text["Lower95"], text["Upper95"]], cancellation);
        foreach (var row in report.Rows)
        {
            for (var i = 0; i < row.Cells.Count; i++)
            {
                table.Text(words.Value(report.Definition.Rows, row.Value, report.FiscalStart));
                if (report.Definition.Columns is { } columns)
                {
                    table.Text(words.Value(columns, report.Columns[i], report.FiscalStart));
                }

                await Cell(table, report.Definition.Facts, row.Cells[i]).EndAsync(cancellation);
            }
        }

        if (report.Whole is { } whole)
        {
            table.Text(text[report.Definition.Facts.Kind == MeasureKind.Rate ? "Whole" : "Total"]);
            if (report.Definition.Columns is not null)
            {
                table.Text(null);
            }

            await Cell(table, report.Definition.Facts, whole).EndAsync(cancellation);
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, ReportAccountsView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var definition = view.Report.Definition;
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await runner.AccountsAsync(viewer, definition, view.Row, view.Column, offset, Chunk, cancellation);
            if (offset == 0)
            {
                await table.RowAsync([text["AccountId"], text["Account"], words.Axis(definition.Facts, page.Table.Currency), text["Counted"], text["Dimension_Segment"], text["Dimension_Owner"]], cancellation);
            }

            foreach (var row in page.Rows)
            {
                table.Text(row.AccountId).Text(row.Name);
                _ = definition.Facts.Unit == MeasureUnit.Money ? table.Money((decimal?)row.Cell.Value) : table.Number(row.Cell.Value);
                await table.Number(row.Cell.N).Text(row.Segment).Text(row.Owner is { } owner ? people.Of(owner) : null).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private static TableFile Cell(TableFile table, MeasureFacts facts, ReportCell cell)
    {
        _ = facts.Unit == MeasureUnit.Money ? table.Money((decimal?)cell.Value) : table.Number(cell.Value);
        return table.Number(cell.N).Number(cell.Lower).Number(cell.Upper);
    }
}
