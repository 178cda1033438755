using System.Globalization;
using System.Text;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Plans;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Success plans as template files, to be handed on to another company.</summary>
internal static class PlanTemplateFiles
{
    public static void MapPlanTemplates(this IEndpointRouteBuilder app) => app
        .MapGet("/files/plan-template/{account:int}/{plan}.json", GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Account });

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(int account, string plan, string? key, HttpContext context, SuccessPlans plans, CancellationToken cancellation) =>
        ViewerClaims.ToViewer(context.User) is { } viewer
            && await plans.AsTemplateAsync(viewer, account, plan, key ?? "plan", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancellation) is { } template
            ? TypedResults.File(Encoding.UTF8.GetBytes(template.ToJson() + "\n"), "application/json", $"{template.Key}.json")
            : TypedResults.NotFound();
}
