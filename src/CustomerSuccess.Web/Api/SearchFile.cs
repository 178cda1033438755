using System.Globalization;
using System.Text;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Search;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>What a search finds, as a file.</summary>
internal static class SearchFile
{
    public static void MapSearchFile(this IEndpointRouteBuilder app) => app
        .MapGet(SearchView.File, GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Search });

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(HttpContext context, SearchQuery query, CancellationToken cancellation)
    {
        if (ViewerClaims.ToViewer(context.User) is not { } viewer)
        {
            return TypedResults.NotFound();
        }

        var request = SearchView.Parse(ListAddress.Parse(SearchView.File + context.Request.QueryString));
        var found = await query.FindAsync(viewer, request, SearchQuery.Most, cancellation);
        return TypedResults.File(Encoding.UTF8.GetBytes(Csv(found.Hits)), "text/csv; charset=utf-8", "search.csv");
    }

    internal static string Csv(IReadOnlyList<SearchHit> hits)
    {
        // Excel reads UTF-8 only with a mark
        var text = new StringBuilder("\uFEFFkind,at_utc,account_id,account,title,text\r\n");
        foreach (var hit in hits)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hit.Kind},{hit.At:yyyy-MM-dd'T'HH:mm:ss'Z'},{CsvFile.Cell(hit.AccountId)},{CsvFile.Cell(hit.AccountName)},{CsvFile.Cell(hit.Title)},{CsvFile.Cell(hit.Text)}\r\n");
        }

        return text.ToString();
    }
}
