using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Forecast;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Renewals, and what moved their forecast, as files.</summary>
internal static class ForecastFiles
{
    public static void MapForecastFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(ForecastView.MonthsFile, (HttpContext context, ForecastFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "forecast-months", (table, _) => file.WriteMonthsAsync(table, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Forecast });
        app.MapGet(ForecastView.RenewalsFile, (HttpContext context, ForecastFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "forecast-renewals", (table, viewer) => file.WriteRenewalsAsync(table, viewer, ForecastView.Parse(AddressOf(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Forecast });
        app.MapGet(ForecastView.ChangesFile, (HttpContext context, ForecastFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "forecast-changes", (table, _) => file.WriteChangesAsync(table, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Forecast });
        app.MapGet(ForecastAccountsView.Path + "/export.csv", (HttpContext context, ForecastFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "forecast-accounts", (table, viewer) => file.WriteAccountsAsync(table, viewer, ForecastAccountsView.Parse(ListAddress.Parse(AddressOf(context))), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Forecast });
    }

    private static string AddressOf(HttpContext context) => context.Request.Path + context.Request.QueryString;
}

/// <summary>Writes the tables in the reader's language.</summary>
internal sealed class ForecastFile(ForecastQuery forecast, ForecastAccounts accounts, IStringLocalizer<ForecastPage> text, ColleagueNames people)
{
    private const int Chunk = 1_000;

    public async Task WriteMonthsAsync(TableFile table, CancellationToken cancellation)
    {
        var (run, months) = await forecast.MonthsAsync(cancellation);
        await table.RowAsync([text["Month"], text["Accounts"], text["Due"], text["Worst"], text["Expected"], text["Best"], text["LeavingMrr"], text["LeavingAccounts"], text["CurrencyColumn"]], cancellation);
        foreach (var month in months)
        {
            await table.Day(month.Month).Number(month.Accounts).Money(month.DueMrr).Money(month.LowerMrr).Money(month.ExpectedMrr).Money(month.UpperMrr).Money(month.LeavingMrr).Number(month.LeavingAccounts).Text(run?.Currency).EndAsync(cancellation);
        }
    }

    public async Task WriteRenewalsAsync(TableFile table, Viewer viewer, ForecastView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync([text["AccountId"], text["Account"], text["Ends"], text["DueColumn"], text["Probability"], text["AtRiskColumn"], text["Leaving"], text["Health"], text["Owner"], text["CurrencyColumn"]], cancellation);
        if ((await forecast.MonthsAsync(cancellation)).Run is not { } run)
        {
            return;
        }

        for (var offset = 0; ; offset += Chunk)
        {
            var (rows, total) = await forecast.RenewalsAsync(viewer, run.ScoreRunId, view.Renewals, offset, Chunk, cancellation);
            foreach (var row in rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Day(row.EndsOn).Money(row.Mrr).Number(row.Probability).Money(row.AtRiskMrr).Flag(row.Leaving).Number(row.Health).Text(row.OwnerEmail is { } owner ? people.Of(owner) : null).Text(run.Currency).EndAsync(cancellation);
            }

            if (offset + Chunk >= total)
            {
                return;
            }
        }
    }

    public async Task WriteChangesAsync(TableFile table, CancellationToken cancellation)
    {
        await table.RowAsync([text["Month"], text["MoveColumn"], text["Accounts"], text["PartColumn"], text["Before"], text["Now"], text["CurrencyColumn"]], cancellation);
        if (await forecast.ChangesAsync(cancellation) is not { } moved)
        {
            return;
        }

        foreach (var change in moved.Changes)
        {
            foreach (var step in change.Steps)
            {
                await table.Day(change.Month).Text(text[$"Move_{step.Move}"]).Number(step.Accounts).Money(step.Mrr).Money(change.Before).Money(change.Now).Text(moved.Earlier.Currency).EndAsync(cancellation);
            }
        }
    }

    public async Task WriteAccountsAsync(TableFile table, Viewer viewer, ForecastAccountsView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        if (view is { From: { } from, Month: { } past })
        {
            await table.RowAsync([text["AccountId"], text["Account"], text["Ends"], text["DueColumn"], text["Became"], text["LeftColumn"], text["Owner"], text["CurrencyColumn"]], cancellation);
            var found = await accounts.PastAsync(viewer, from, past, cancellation);
            foreach (var row in found.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Day(row.EndsOn).Money(row.Mrr).Text(row.Renewed ? text["WasRenewed"].Value : text["WasLost"].Value).Day(row.LeftOn).Text(row.OwnerEmail is { } owner ? people.Of(owner) : null).Text(found.Currency).EndAsync(cancellation);
            }

            return;
        }

        await table.RowAsync([text["AccountId"], text["Account"], text["MoveColumn"], text["Before"], text["Now"], text["PartColumn"], text["Owner"], text["CurrencyColumn"]], cancellation);
        if (view.Month is { } month && await accounts.MovedAsync(viewer, month, view.Move, cancellation) is { } moved)
        {
            foreach (var row in moved.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Text(text[$"Move_{row.Step.Move}"]).Money(row.Step.Before).Money(row.Step.Now).Money(row.Step.Mrr).Text(row.OwnerEmail is { } owner ? people.Of(owner) : null).Text(moved.Currency).EndAsync(cancellation);
            }
        }
    }
}
