using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Summary;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>The executive's summary as a PDF: what the page's address shows, of what the reader may see.</summary>
internal static class SummaryFiles
{
    public static void MapSummaryFiles(this IEndpointRouteBuilder app) => app
        .MapGet(SummaryView.FilePath, GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Summary });

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(HttpContext context, SummaryFile file, CancellationToken cancellation)
    {
        if (ViewerClaims.ToViewer(context.User) is not { } viewer)
        {
            return TypedResults.NotFound();
        }

        var address = ListAddress.Parse(context.Request.Path + context.Request.QueryString);
        var made = await file.MakeAsync(viewer, SummaryView.Parse(address).Ask, address[SummaryView.LanguageKey] is "ja" or "en" ? address[SummaryView.LanguageKey]! : SummaryViewModel.Language, cancellation);
        return TypedResults.File(made.Pdf, "application/pdf", made.Name);
    }
}
