using System.Text;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Models' cards as files.</summary>
internal static class ModelCards
{
    public static void MapModelCards(this IEndpointRouteBuilder app) => app
        .MapGet("/models/{target}/{version}/card.json", GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Models });

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(string target, string version, ModelRegistry registry, CancellationToken cancellation)
    {
        Target? asked = target switch { "churn" => Target.Churn, "upsell" => Target.Upsell, "product_churn" => Target.ProductChurn, _ => null };
        return asked is not null && (await registry.ListAsync(asked, cancellation)).FirstOrDefault(model => model.Version == version) is { } found
            ? TypedResults.File(Encoding.UTF8.GetBytes(found.Card.ToJson() + "\n"), "application/json", $"card-{target}-{version}.json")
            : TypedResults.NotFound();
    }
}
