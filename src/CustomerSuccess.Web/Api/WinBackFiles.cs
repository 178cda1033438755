using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using WinBackPage = CustomerSuccess.Web.Pages.Risk.WinBackPage;

namespace CustomerSuccess.Web.Api;

/// <summary>Customers to win back as a file.</summary>
internal static class WinBackFiles
{
    public static void MapWinBackFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(WinBackPage.Path + "/export.csv", (HttpContext context, WinBackFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "win-back", (table, viewer) => file.WriteAsync(table, viewer, ListAddress.Parse(context.Request.Path + context.Request.QueryString), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Queue });
    }
}

/// <summary>Writes customers to win back, as the page lists them.</summary>
internal sealed class WinBackFile(WinBackQuery query, IStringLocalizer<WinBackPage> text, TouchWords words, ColleagueNames people)
{
    private const int Chunk = 500;

    public async Task WriteAsync(TableFile table, Viewer viewer, ListAddress view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync([text["AccountId"], text["Account"], text["Play"], text["State"], text["EndedOn"], text["Lost"], text["Reason"], text["Nps"], text["Value"], text["Owner"], text["Currency"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await query.PageAsync(viewer, view["handled"] != "1", view["mine"] == "1" ? viewer.Email : null, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                var first = row.Suggestions is [var next, ..] ? next : null;
                await table.Text(row.AccountId).Text(row.Name).Text(first is null ? null : words.Play(first.Play)).Text(first?.Action is { } action ? words.State(action) : null).Day(row.Contract?.EndedOn).Money(row.Contract?.Mrr).Text(row.Contract?.Reason)
                    .Number(row.Contract?.Nps).Money(first?.Value).Text(row.OwnerEmail is { } owner ? people.Of(owner) : null).Text(page.Run?.Currency).EndAsync(cancellation);
            }

            if (offset + Chunk >= page.Total)
            {
                return;
            }
        }
    }
}
