using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Effects;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>The accounts behind a play's effect as a file: those that the signed-in reader may see.</summary>
internal static class EffectFiles
{
    public static void MapEffectFiles(this IEndpointRouteBuilder app) => app
        .MapGet(DrawnView.Path + "/export.csv", (HttpContext context, EffectFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "play-accounts", (table, viewer) => file.WriteAsync(table, viewer, DrawnView.Parse(ListAddress.Parse(context.Request.Path + context.Request.QueryString)).Ask, cancellation)))
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Plays });
}

/// <summary>Writes the table, in the reader's language where there are words.</summary>
internal sealed class EffectFile(EffectsQuery query, IStringLocalizer<EffectsPage> text)
{
    public async Task WriteAsync(TableFile table, Viewer viewer, DrawnAsk ask, CancellationToken cancellation)
    {
        await table.RowAsync([text["AccountId"], text["Account"], text["Segment"], text["ArmColumn"], text["DrawnOn"], text["TouchDone"], text["Outcome"], text["KnownOn"]], cancellation);
        if (await query.AccountsAsync(viewer, ask, 0, int.MaxValue, cancellation) is not { } page)
        {
            return;
        }

        foreach (var row in page.Rows)
        {
            await table.Text(row.AccountId).Text(row.Name).Text(row.Segment).Text(text[row.Draw.IsOffered ? "Arm_offered" : "Arm_held_out"]).Day(row.Draw.AssignedOn).Text(text[row.IsDone ? "Yes" : "No"])
                .Text(text["Told_" + row.Draw.Outcome + (page.Play.IsUpsell ? "Sells" : "Keeps")]).Day(row.KnownOn).EndAsync(cancellation);
        }
    }
}
