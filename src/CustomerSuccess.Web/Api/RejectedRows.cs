using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Rejected rows as files: in their own shape, to be mended and imported again, or as a listing with reasons.</summary>
internal static class RejectedRows
{
    public static void MapRejectedRows(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/imports/{run:int}/files/{file:int}").RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Imports });
        files.MapGet("/rejected", (int run, int file, HttpContext context, ImportsQuery query) => SendAsync(run, file, isListing: false, context, query));
        files.MapGet("/reasons", (int run, int file, HttpContext context, ImportsQuery query) => SendAsync(run, file, isListing: true, context, query));
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> SendAsync(int run, int file, bool isListing, HttpContext context, ImportsQuery query)
    {
        var cancellation = context.RequestAborted;
        if (ViewerClaims.ToViewer(context.User) is not { } viewer
            || (await query.FindAsync(viewer, run, cancellation))?.Files.FirstOrDefault(f => f.File.ImportFileId == file) is not { File: var found })
        {
            return TypedResults.NotFound();
        }

        // by way of the disk: neither the rows nor the answer are held in memory
        var rows = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        context.Response.RegisterForDisposeAsync(rows);
        var isThere = isListing
            ? await query.WriteReasonsAsync(viewer, file, rows, cancellation)
            : await query.WriteRejectedAsync(viewer, file, rows, cancellation);
        if (!isThere)
        {
            return TypedResults.NotFound();
        }

        rows.Position = 0;
        var name = Path.GetFileName(found.FileName.Replace('\\', '/'));
        name = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return isListing
            ? TypedResults.File(rows, "text/csv; charset=utf-8", $"{Path.GetFileNameWithoutExtension(name)}.reasons.csv")
            : TypedResults.File(rows, $"text/csv; charset={found.Encoding ?? "utf-8"}", $"rejected-{name}");
    }
}
