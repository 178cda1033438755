using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Risk;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>A queue as a file: the rows that the page's address asks for, in its order, with every column.</summary>
internal static class QueueExport
{
    private const int ChunkRows = 1000;

    public static void MapQueueExport(this IEndpointRouteBuilder app)
    {
        foreach (var list in Enum.GetValues<QueueList>())
        {
            app.MapGet(RiskQueueView.PathOf(list) + "/export.csv", (HttpContext context, RiskQueueQuery query, QueueFile file, CancellationToken cancellation) => GetAsync(list, context, query, file, cancellation))
                .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Queue });
        }
    }

    private static Task GetAsync(QueueList list, HttpContext context, RiskQueueQuery query, QueueFile file, CancellationToken cancellation)
    {
        var view = RiskQueueView.Parse(context.Request.QueryString.Value ?? "", list);
        return TableAnswer.WriteAsync(context, RiskQueueView.PathOf(list).Trim('/'), (table, viewer) => file.WriteAsync(table, viewer, view, query, ChunkRows, cancellation));
    }
}

/// <summary>Writes a queue's rows, in the reader's language where there are words.</summary>
internal sealed class QueueFile(IStringLocalizer<QueueFile> text, TouchWords touches, FeatureWords drivers, ColleagueNames names)
{
    private static readonly string[] Columns =
    [
        "rank", "account_id", "name", "segment", "industry", "region", "owner", "owner_email", "plan", "product", "state", "health", "health_band",
        "churn_probability", "rule_score", "expected_loss", "upsell_probability", "growth", "mrr", "currency", "lifetime_value", "renews_on", "renewal_probability",
        "main_reason", "next_step", "next_step_reason", "next_step_state", "minutes", "value_per_minute", "planned_on", "last_touch_on", "open_inquiries", "nps", "as_of",
    ];

    /// <param name="table">Where to.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="view">Which rows, and in which order.</param>
    /// <param name="query">Reads them.</param>
    /// <param name="chunk">Rows that are read at once.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task WriteAsync(TableFile table, Viewer viewer, RiskQueueView view, RiskQueueQuery query, int chunk, CancellationToken cancellation)
    {
        await names.LoadAsync(cancellation);
        await table.RowAsync(Columns.Select(column => text[column].Value), cancellation);
        var groups = view.Group is { } group ? await query.GroupsAsync(viewer, view.Filter, group, cancellation) : [];
        for (var offset = 0; ; offset += chunk)
        {
            var page = view.Group is { } grouping
                ? await query.GroupedPageAsync(viewer, view.Filter, grouping, groups, view.Sort, view.Descending, offset, chunk, cancellation)
                : await query.PageAsync(viewer, view.Filter, view.Sort, view.Descending, offset, chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await WriteAsync(table, view.List, row, page.Run!, cancellation);
            }

            if (page.Rows.Count < chunk)
            {
                return;
            }
        }
    }

    private async Task WriteAsync(TableFile table, QueueList list, RiskQueueRow row, RunSummary run, CancellationToken cancellation)
    {
        var sells = list == QueueList.Opportunities;
        var next = row.Next(list);
        var reason = (sells ? row.UpsellDrivers : row.Drivers).FirstOrDefault(driver => driver.Points > 0);
        table.Number(sells ? row.OpportunityRank : row.Rank).Text(row.AccountId).Text(row.Name).Text(row.Segment).Text(row.Industry).Text(row.Region).Text(row.OwnerEmail is { } owner ? names.Of(owner) : null).Text(row.OwnerEmail).Text(row.Plan).Text(row.Product)
            .Text(text[row.State.ToString()]).Number(row.Health, "0.#").Text(row.Band is { } band ? text[band.ToString()].Value : null)
            .Number(row.Probability).Number(row.RuleScore, "0.#").Money(row.ExpectedLoss).Number(row.UpsellProbability).Money(row.Growth).Money(row.Mrr).Text(run.Currency).Money(row.Lifetime?.Value).Day(row.RenewsOn).Number(row.RenewalProbability)
            .Text(reason is null ? null : drivers.Sentence(reason, run.Currency)).Text(next is null ? null : touches.Play(next.Play)).Text(next is null ? null : touches.Reason(next, run.Currency)).Text(next?.Action is { } action ? touches.State(action) : null)
            .Number(next?.Minutes).Number(sells ? row.UpsellValuePerMinute : row.ValuePerMinute).Day(row.PlannedOn).Day(row.LastTouchOn).Number(row.OpenInquiries).Number(row.Nps).Day(run.AsOf);
        await table.EndAsync(cancellation);
    }
}
