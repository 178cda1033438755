using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Reports for customers as files: the draft as it stands, and those that were given as they were.</summary>
internal static class CustomerReportFiles
{
    private const string Pdf = "application/pdf";

    public static void MapCustomerReports(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/customer-reports/{account:int}").RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Account });
        files.MapGet("/draft.pdf", DraftAsync);
        files.MapGet("/{report}.pdf", GivenAsync);
    }

    public static string DraftAddress(int accountNo) => FormattableString.Invariant($"/customer-reports/{accountNo}/draft.pdf");

    public static string Address(CustomerReport report) => FormattableString.Invariant($"/customer-reports/{report.AccountNo}/{report.ReportId}.pdf");

    private static async Task<Results<FileContentHttpResult, NotFound>> DraftAsync(int account, HttpContext context, CustomerReports reports, CancellationToken cancellation) =>
        ViewerClaims.ToViewer(context.User) is { } viewer
        && (await reports.ListAsync(viewer, account, cancellation))?.FirstOrDefault(report => report.GivenAt is null) is { } kept
        && await reports.PreviewAsync(viewer, account, CustomerReportDraft.Of(kept), cancellation) is { } made
            ? TypedResults.File(made.Pdf, Pdf, made.Name)
            : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> GivenAsync(int account, string report, HttpContext context, CustomerReports reports, CancellationToken cancellation) =>
        ViewerClaims.ToViewer(context.User) is { } viewer && await reports.FileAsync(viewer, account, report, cancellation) is { } file
            ? TypedResults.File(file.Bytes, Pdf, file.Name)
            : TypedResults.NotFound();
}
