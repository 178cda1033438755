using System.Text;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Playbooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Plays as files, to be handed on to another company.</summary>
internal static class PlayFiles
{
    public static void MapPlayFiles(this IEndpointRouteBuilder app) => app
        .MapGet(PlayAddress.File, GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Plays });

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(string? key, PlayQuery query, CancellationToken cancellation) =>
        await query.ExportAsync(key is null ? null : [key], cancellation) is { Count: > 0 } plays
            ? TypedResults.File(Encoding.UTF8.GetBytes(PlayText.WriteFile(plays)), "application/json", key is null ? "plays.json" : $"play-{key}.json")
            : TypedResults.NotFound();
}
