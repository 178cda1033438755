using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Lifecycle;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of the lifecycle as files: what the page's address shows.</summary>
internal static class LifecycleFiles
{
    public static void MapLifecycleFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(LifecycleView.Path + "/export.csv", (HttpContext context, LifecycleFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, $"lifecycle-{LifecycleView.Parse(Address(context)).Part.ToString().ToLowerInvariant()}", (table, viewer) => file.WriteAsync(table, viewer, LifecycleView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Lifecycle });
        app.MapGet(LifecycleAccountsView.Path + "/export.csv", (HttpContext context, LifecycleFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "lifecycle-accounts", (table, viewer) => LifecycleAccountsView.Parse(Address(context)) is { } view ? file.WriteAsync(table, viewer, view, cancellation) : Task.CompletedTask))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Lifecycle });
    }

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class LifecycleFile(LifecycleReport report, IStringLocalizer<LifecyclePage> text, LifecycleWords words, ColleagueNames people)
{
    private const int Chunk = 1000;

    private static readonly CustomerStage[] Stages = Enum.GetValues<CustomerStage>();

    public async Task WriteAsync(TableFile table, Viewer viewer, LifecycleView view, CancellationToken cancellation)
    {
        var overview = await report.OverviewAsync(viewer, view.Scope, view.Months, cancellation);
        if (overview.Last is not { } last)
        {
            return;
        }

        var month = view.Month is { } asked && asked <= last ? asked : last;
        switch (view.Part)
        {
            case LifecycleTab.Stages:
                await StagesAsync(table, overview, cancellation);
                break;
            case LifecycleTab.Table:
                await TableAsync(table, overview, await report.TableAsync(viewer, view.Scope, month, cancellation), cancellation);
                break;
            case LifecycleTab.Deciles:
                await table.RowAsync([text["DecileColumn"], text["Customers"], text[overview.HasPurchases ? "YearMoney" : "Mrr"], text["Share"], text["CumulativeShare"]], cancellation);
                foreach (var decile in await report.DecilesAsync(viewer, view.Scope, month, cancellation))
                {
                    await table.Number(decile.Number).Number(decile.Accounts).Money(decile.Money).Number(decile.Share).Number(decile.CumulativeShare).EndAsync(cancellation);
                }

                break;
            case LifecycleTab.Repeats when await report.RepeatsAsync(viewer, view.Scope, null, view.Horizon, cancellation) is { } repeats:
                await RepeatsAsync(table, repeats, cancellation);
                break;
            case LifecycleTab.WinBack when await report.WinBackAsync(viewer, view.Scope, cancellation) is { } winBack:
                await table.RowAsync([text["GoneColumn"], text["Customers"], text["YearBrought"], text[winBack.ByContracts ? "ChanceBack" : "Alive"], text["WorthColumn"]], cancellation);
                foreach (var group in winBack.Groups)
                {
                    await table.Text(words.Gone(group.FromDays, group.ToDays)).Number(group.Customers).Money(group.Money).Number(group.Chance).Money(group.Worth).EndAsync(cancellation);
                }

                break;
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, LifecycleAccountsView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync(
            [text["AccountId"], text["Account"], text["StageColumn"], text["BeforeColumn"], text["Money"], text["Currency"], text["RecencyColumn"], text["FrequencyColumn"], text["Score_R"], text["Score_F"], text["Score_M"], text["DecileColumn"], text["DayColumn"], text["FateColumn"], text["LeftOn"], text["ChanceBack"], text["WorthColumn"], text["Reason"], text["Slice_Segment"], text["Slice_Owner"]],
            cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AccountsAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                table.Text(row.AccountId).Text(row.Name).Text(row.Stage is { } stage ? words.Stage(stage) : null).Text(row.Before is { } before ? words.Stage(before) : null).Money(row.Money).Text(page.Currency);
                table.Number(row.Score?.Values.Recency).Number(row.Score?.Values.Frequency).Number(row.Score?.R).Number(row.Score?.F).Number(row.Score?.M).Number(row.Decile);
                table.Day(row.Day).Text(row.Day is null ? null : text["Fate_" + row.Fate].Value).Day(row.LeftOn).Number(row.Chance).Money(row.Worth).Text(row.Reason);
                await table.Text(row.Segment).Text(row.Owner is { } owner ? people.Of(owner) : null).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private async Task StagesAsync(TableFile table, LifecycleOverview overview, CancellationToken cancellation)
    {
        await table.RowAsync([text["Month"], .. Stages.Select(stage => words.Stage(stage)), text["ActiveCustomers"], text["Flow_Came"], text["Flow_WonBack"], text["Flow_Lost"], text[overview.ByContracts ? "Mrr" : "YearMoney"]], cancellation);
        for (var i = 0; i < overview.Months.Count; i++)
        {
            var month = overview.Months[i];
            table.Day(month.End);
            foreach (var stage in Stages)
            {
                table.Number(month[stage]);
            }

            // the first month has levels only
            await table.Number(month.Active).Number(i == 0 ? null : month.Came).Number(i == 0 ? null : month.WonBack).Number(i == 0 ? null : month.Lost).Money(month.Money).EndAsync(cancellation);
        }
    }

    private async Task TableAsync(TableFile table, LifecycleOverview overview, RfmTable cells, CancellationToken cancellation)
    {
        await table.RowAsync(
            [text["Score_R"], text["Score_F"], text["Customers"], text["CustomersBefore"], text["EnteredColumn"], text["LeftColumn"], text[cells.ByPurchases ? "YearMoney" : "Mrr"], text["MoneyBefore"], text["NextN"], text["NextKept"], text[overview.ByContracts ? "NextStayed" : "NextBought", cells.Within], text["Lower95"], text["Upper95"]],
            cancellation);
        foreach (var (cell, next) in cells.Cells.Zip(cells.Next))
        {
            table.Number(cell.R).Number(cell.F).Number(cell.Customers).Number(cell.CustomersBefore).Number(cell.Entered).Number(cell.Left).Money(cell.Money).Money(cell.MoneyBefore);
            await table.Number(next.Customers).Number(next.Kept).Number(next.Rate).Number(next.Lower).Number(next.Upper).EndAsync(cancellation);
        }
    }

    private async Task RepeatsAsync(TableFile table, RepeatView repeats, CancellationToken cancellation)
    {
        await table.RowAsync([text["StepColumn"], text["Customers"], text["BoughtAgain"], text["WithinDays", RepeatPurchases.ShortDays], text["Lower95"], text["Upper95"], text["WithinDays", RepeatPurchases.LongDays], text["Lower95"], text["Upper95"], text["MedianDays"]], cancellation);
        foreach (var step in repeats.Steps)
        {
            table.Text(text["Step", step.From, step.From + 1]).Number(step.Customers).Number(step.Bought).Number(step.Within90?.Share).Number(step.Within90?.Lower).Number(step.Within90?.Upper);
            await table.Number(step.Within365?.Share).Number(step.Within365?.Lower).Number(step.Within365?.Upper).Number(step.MedianDays).EndAsync(cancellation);
        }
    }
}
