using CustomerSuccess.Core.Files;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Files;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CustomerSuccess.Web.Api;

/// <summary>
/// Files of accounts. Pictures and PDF, told by their bytes, are shown in place; everything else is only kept by the browser, whatever it calls itself:
/// nothing that somebody put here is ever a page of ours.
/// </summary>
internal static class AccountFileDownloads
{
    /// <summary>No script, no address to load from, no form: what is shown is a picture or a document and nothing else.</summary>
    private const string ShownPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'";

    public static void MapAccountFiles(this IEndpointRouteBuilder app) => app
        .MapGet("/files/{account:int}/{file}/{name?}", GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Account });

    /// <summary>Where a file is read.</summary>
    public static string Address(StoredFile file, bool isDownload) =>
        FormattableString.Invariant($"/files/{file.AccountNo}/{file.FileId}/{Uri.EscapeDataString(file.Name)}") + (isDownload ? "?download=1" : "");

    private static async Task<Results<FileStreamHttpResult, NotFound>> GetAsync(int account, string file, HttpContext context, AccountFiles files, bool? download = null, CancellationToken cancellation = default)
    {
        if (ViewerClaims.ToViewer(context.User) is not { } viewer || await files.OpenAsync(viewer, account, file, cancellation) is not { } opened)
        {
            return TypedResults.NotFound();
        }

        context.Response.RegisterForDisposeAsync(opened);
        var isShown = download != true && FileKind.MayBeShown(opened.File.MediaType);
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // the browser's own viewer of PDF does not run within a sandbox; it has no scripts of the page's origin
        headers.ContentSecurityPolicy = isShown && opened.File.MediaType == "application/pdf" ? ShownPolicy : ShownPolicy + "; sandbox";
        if (isShown)
        {
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName(opened.File.Name);
            headers.ContentDisposition = disposition.ToString();
        }

        return TypedResults.File(
            opened.Content,
            isShown ? opened.File.MediaType : FileKind.UnknownType,
            isShown ? null : opened.File.Name,
            entityTag: new EntityTagHeaderValue($"\"{opened.File.Sha256}\""),
            enableRangeProcessing: true);
    }
}
