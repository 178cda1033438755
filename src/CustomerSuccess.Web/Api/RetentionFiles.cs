using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of retention as files: what the page's address shows.</summary>
internal static class RetentionFiles
{
    public static void MapRetentionFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(RetentionView.Path + "/export.csv", (HttpContext context, RetentionFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, $"retention-{RetentionView.Parse(Address(context)).Part.ToString().ToLowerInvariant()}", (table, viewer) => file.WriteAsync(table, viewer, RetentionView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Retention });
        app.MapGet(MovementView.Path + "/export.csv", (HttpContext context, RetentionFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "retention-accounts", (table, viewer) => MovementView.Parse(Address(context)) is { } view ? file.WriteAsync(table, viewer, view, cancellation) : Task.CompletedTask))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Retention });
        app.MapGet(RestatedView.Path + "/export.csv", (HttpContext context, RetentionFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "retention-restated", (table, viewer) => RestatedView.Parse(Address(context)) is { } view ? file.WriteAsync(table, viewer, view, cancellation) : Task.CompletedTask))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Retention });
    }

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class RetentionFile(RetentionReport report, MonthCloses closes, FollowCloses follow, IStringLocalizer<RetentionPage> text, RetentionWords words, ColleagueNames people)
{
    private const int Chunk = 1000;

    public async Task WriteAsync(TableFile table, Viewer viewer, RetentionView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var overview = await report.OverviewAsync(viewer, view.Scope, view.Grain, view.MonthsBack, cancellation);
        if (overview is not { Year: { } year, Last: { } last })
        {
            return;
        }

        var period = view.Period is { } asked && asked.End <= last ? asked : year.Period;
        switch (view.Part)
        {
            case RetentionTab.Bridge:
                await BridgeAsync(table, view.AsClosed && view is { Scope.IsAll: true, Grain: PeriodGrain.Month } ? await AsClosedAsync(overview, viewer, cancellation) : overview, cancellation);
                break;
            case RetentionTab.Slices:
                await SlicesAsync(table, view.Slice, overview, await report.PartsAsync(viewer, view.Scope, view.Slice, period, cancellation), cancellation);
                break;
            case RetentionTab.Cohorts:
                await table.RowAsync([text["CohortCorner"], text["AgeMonths"], text["Accounts"], text["CohortAccounts"], text["Mrr"], text["CohortMrr"]], cancellation);
                foreach (var cohort in await report.CohortsAsync(viewer, view.Scope, cancellation))
                {
                    for (var age = 0; age < cohort.Cells.Count; age++)
                    {
                        await table.Day(cohort.Month).Number(age).Number(cohort.Cells[age].Accounts).Number(cohort.Accounts).Money(cohort.Cells[age].Kept).Money(cohort.Mrr).EndAsync(cancellation);
                    }
                }

                break;
            case RetentionTab.Survival:
                await table.RowAsync([text["LifeMonth"], text["StillThere"], text["Lower95"], text["Upper95"], text["AtRisk"], text["LeftSoFar"]], cancellation);
                foreach (var point in (await report.SurvivalAsync(viewer, view.Scope, cancellation)).Points)
                {
                    await table.Number(point.Time).Number(point.Share).Number(point.Lower).Number(point.Upper).Number(point.AtRisk).Number(point.Left).EndAsync(cancellation);
                }

                break;
            case RetentionTab.Reasons:
                await table.RowAsync([text["Reason"], text["Will"], text["Accounts"], text["LostMrr"]], cancellation);
                foreach (var reason in await report.ReasonsAsync(viewer, view.Scope, period, cancellation))
                {
                    await table.Text(reason.Reason ?? text["NoReason"]).Text(text["Will_" + reason.Will]).Number(reason.Accounts).Money(reason.Mrr).EndAsync(cancellation);
                }

                break;
            case RetentionTab.Closed:
                await RestatementsAsync(table, viewer, cancellation);
                break;
            case RetentionTab.Check:
                var check = await report.CheckAsync(viewer, period, cancellation);
                await table.RowAsync([text["Line"], text["ByBridge"], text["ByRows"], text["ContractRows"]], cancellation);
                await table.Text(text["Line_Start"]).Money(check.Figures.Bridge?.Start).Money(check.StartByRows).Number(check.StartRows).EndAsync(cancellation);
                await table.Text(text["Line_End"]).Money(check.Figures.Mrr).Money(check.EndByRows).Number(check.EndRows).EndAsync(cancellation);
                await table.Text(text["Difference"]).Money(check.Difference).Text(null).Text(null).EndAsync(cancellation);
                break;
        }
    }

    /// <summary>The figures and accounts of a restatement: an account's line tells what was and what is.</summary>
    public async Task WriteAsync(TableFile table, Viewer viewer, RestatedView view, CancellationToken cancellation)
    {
        if (await closes.AccountsAsync(viewer, view.MonthCloseId, view.RestatementNo, cancellation) is not { } found)
        {
            return;
        }

        await table.RowAsync([text["AccountId"], text["Account"], text["BeforeMovement"], text["AfterMovement"], text["StartBefore"], text["StartAfter"], text["ChangeBefore"], text["ChangeAfter"], text["EndBefore"], text["EndAfter"], text["Difference"], text["Currency"]], cancellation);
        foreach (var row in found.Accounts)
        {
            var (before, after) = (row.Before.Month.Mrr, row.After.Month.Mrr);
            table.Text(row.AccountId).Text(row.Name).Text(words.Kind(before.Kind)).Text(words.Kind(after.Kind)).Money(before.Start).Money(after.Start).Money(before.Change).Money(after.Change);
            await table.Money(before.End).Money(after.End).Money(after.End - before.End).Text(found.Restatement.Currency).EndAsync(cancellation);
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, MovementView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync(
            [text["AccountId"], text["Account"], text["Movement"], text["StartMrr"], text["ChangeMrr"], text["Line_Price"], text["Line_Seats"], text["Line_Products"], text["Line_Untold"], text["Line_Fx"], text["EndMrr"], text["Currency"], text["Reason"], text["LeftOn"], text["Slice_Segment"], text["Slice_Owner"]],
            cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.MovementsAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                table.Text(row.AccountId).Text(row.Name).Text(words.Kind(row.Kind)).Money(row.Start).Money(row.Change);
                table.Money(row.Split.Price).Money(row.Split.Seats).Money(row.Split.Products).Money(row.Split.Untold).Money(row.Fx).Money(row.End).Text(page.Currency);
                await table.Text(row.Kind == MrrMovementKind.Churn ? row.Reason ?? text["NoReason"].Value : null).Day(row.LeftOn).Text(row.Segment).Text(row.Owner is { } owner ? people.Of(owner) : null).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private async Task RestatementsAsync(TableFile table, Viewer viewer, CancellationToken cancellation)
    {
        await follow.RunAsync(cancellation);
        await table.RowAsync([text["Month"], text["FoundAt"], text["Cause"], text["ByWhom"], text["Accounts"], text["Line"], text["Before"], text["After"], text["Difference"], text["Currency"]], cancellation);
        foreach (var one in await closes.RestatementsAsync(viewer, cancellation))
        {
            foreach (var change in one.Changes)
            {
                table.Text(one.Entry.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)).Moment(one.Entry.FoundAt).Text(words.Cause(one)).Text(one.Entry.ByWhom).Number(one.Entry.Accounts).Text(words.Figure(change.Figure));
                foreach (var value in new[] { change.Before, change.After, change.Difference })
                {
                    _ = change.Figure.Unit == FigureUnit.Money ? table.Money(value) : table.Number((double?)value);
                }

                await table.Text(one.Currency).EndAsync(cancellation);
            }
        }
    }

    private async Task<RetentionOverview> AsClosedAsync(RetentionOverview overview, Viewer viewer, CancellationToken cancellation)
    {
        var closed = (await closes.ListAsync(viewer, cancellation)).Where(month => month.Stands).ToDictionary(month => month.Close.Month, month => month.Figures);
        return overview with { Periods = [.. overview.Periods.Select(period => closed.GetValueOrDefault(period.Period.End) ?? period)] };
    }

    private async Task BridgeAsync(TableFile table, RetentionOverview overview, CancellationToken cancellation)
    {
        await table.RowAsync([text["Line"], .. overview.Periods.Select(period => words.Period(period.Period))], cancellation);
        var movement = "";
        foreach (var line in BridgeLine.Of(overview.Periods))
        {
            movement = line.Level == 0 ? text["Line_" + line.Key].Value : movement;
            table.Text(line.Level == 0 ? movement : text["PartOf", movement, text["Line_" + line.Key]].Value);
            foreach (var period in overview.Periods)
            {
                _ = line.IsMoney ? table.Money(line.Value(period)) : table.Number((double?)line.Value(period));
            }

            await table.EndAsync(cancellation);
        }
    }

    private async Task SlicesAsync(TableFile table, RetentionSlice slice, RetentionOverview overview, IReadOnlyList<RetentionPart> parts, CancellationToken cancellation)
    {
        await table.RowAsync([text["Slice_" + slice], text["AccountsAtStart"], text["Line_Start"], text["Line_New"], text["Line_Reactivation"], text["Line_Expansion"], text["Line_Contraction"], text["Line_Churn"], text["Line_Fx"], text["Line_End"], text["Line_Nrr"], text["Line_Grr"], text["Line_Logo"]], cancellation);
        foreach (var (value, figures) in parts)
        {
            table.Text(words.Value(slice, value, overview.FiscalStart)).Number(figures.AccountsAtStart).Money(figures.Bridge?.Start).Money(figures.Bridge?.New).Money(figures.Bridge?.Reactivation).Money(figures.Bridge?.Expansion);
            table.Money(-figures.Bridge?.Contraction).Money(-figures.Bridge?.Churn).Money(figures.Bridge?.Fx).Money(figures.Mrr);
            await table.Number(figures.Rates?.Net).Number(figures.Rates?.Gross).Number(figures.Rates?.Logo).EndAsync(cancellation);
        }
    }
}
