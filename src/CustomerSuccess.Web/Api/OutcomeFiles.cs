using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Team;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Team;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Outcomes of CSMs as files. The query gives what the signed-in reader may see, and no more.</summary>
internal static class OutcomeFiles
{
    public static void MapOutcomeFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(OutcomesView.Path + "/export.csv", (HttpContext context, OutcomeFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "team-outcomes", (table, viewer) => file.WriteAsync(table, viewer, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Outcomes });
        app.MapGet(OutcomesView.AccountsPath + "/export.csv", (HttpContext context, OutcomeFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "team-accounts", (table, viewer) => OutcomesView.Parse(ListAddress.Parse(context.Request.Path + context.Request.QueryString)) is { } ask ? file.WriteAsync(table, viewer, ask, cancellation) : Task.CompletedTask))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Outcomes });
    }
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class OutcomeFile(TeamReport report, IStringLocalizer<OutcomesPage> text, ColleagueNames people)
{
    private const int Chunk = 1000;

    public async Task WriteAsync(TableFile table, Viewer viewer, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var overview = await report.OverviewAsync(viewer, cancellation);
        await table.RowAsync(
            [
                text["Csm"], text["Address"], text["Accounts"], text["MrrColumn"], text["Currency"], text["OpenMinutes"], text["WeekTaken"], text["WeekMinutes"], text["Touches"], text["TouchMinutes"], text["AccountsTouched"],
                text["Predictions"], text["HandedOverColumn"], text["Expected"], text["Observed"], text["Difference"], text["Ratio"], text["Lower"], text["Upper"], text["Says"], text["MrrLostColumn"],
            ],
            cancellation);
        foreach (var row in overview.Rows)
        {
            table.Text(row.Email is { } email ? people.Of(email) : text["Nobody"].Value).Text(row.Email).Number(row.Load?.Accounts).Money(row.Load?.Mrr).Text(overview.Currency).Number(row.Load?.OpenMinutes).Number(row.Load?.WeekTaken).Number(row.Load?.WeekCapacity)
                .Number(row.Touches).Number(row.TouchMinutes).Number(row.AccountsTouched).Number(row.Predictions).Number(row.HandedOver);
            await table.Number(row.Outcome?.Expected).Number(row.Outcome?.Observed).Number(row.Outcome?.Difference).Number(row.Outcome?.Ratio).Number(row.Outcome?.Lower).Number(row.Outcome?.Upper)
                .Text(row.Outcome is { } outcome ? text["Verdict_" + outcome.Verdict].Value : null).Money(row.MrrLost).EndAsync(cancellation);
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, TeamAccountAsk ask, CancellationToken cancellation)
    {
        await table.RowAsync([text["AccountId"], text["Account"], text["Segment"], text["Predicted"], text["Probability"], text["ExpectedShare"], text["ObservedShare"], text["LeftOn"], text["MrrThen"], text["Currency"], text["Touches"], text["TouchMinutes"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AccountsAsync(viewer, ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Text(row.Segment).Day(row.AsOf).Number(row.Probability).Number(row.Expected).Number(row.Observed).Day(row.LeftOn).Money(row.Mrr).Text(page.Currency).Number(row.Touches).Number(row.Minutes).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }
}
