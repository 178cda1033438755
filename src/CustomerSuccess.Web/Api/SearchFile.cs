using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Search;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;

namespace CustomerSuccess.Web.Api;

/// <summary>What a search finds, as a file.</summary>
internal static class SearchFile
{
    public static void MapSearchFile(this IEndpointRouteBuilder app) => app
        .MapGet(SearchView.File, GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Search });

    private static Task GetAsync(HttpContext context, SearchQuery query, CancellationToken cancellation) => TableAnswer.WriteAsync(context, "search", async (table, viewer) =>
    {
        var request = SearchView.Parse(ListAddress.Parse(SearchView.File + context.Request.QueryString));
        await WriteAsync(table, (await query.FindAsync(viewer, request, SearchQuery.Most, cancellation)).Hits, cancellation);
    });

    internal static async Task WriteAsync(TableFile table, IReadOnlyList<SearchHit> hits, CancellationToken cancellation)
    {
        await table.RowAsync(["kind", "at_utc", "account_id", "account", "title", "text"], cancellation);
        foreach (var hit in hits)
        {
            await table.Text(hit.Kind).Moment(hit.At).Text(hit.AccountId).Text(hit.AccountName).Text(hit.Title).Text(hit.Text).EndAsync(cancellation);
        }
    }
}
