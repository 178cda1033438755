using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;

namespace CustomerSuccess.Web.Api;

/// <summary>Past months' queues as a file: who would have been listed, and who left.</summary>
internal static class PastQueues
{
    public static void MapPastQueues(this IEndpointRouteBuilder app) => app
        .MapGet("/models/churn/{version}/backtest.csv", GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Models });

    private static async Task GetAsync(string version, HttpContext context, ModelRegistry registry, BacktestQuery backtests, CancellationToken cancellation)
    {
        if ((await registry.ListAsync(Target.Churn, cancellation)).FirstOrDefault(model => model.Version == version) is not { Card.Hindsight: not null } model)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await TableAnswer.WriteAsync(context, $"backtest-{version}", async (table, viewer) => await WriteAsync(table, await backtests.RunAsync(viewer, model.ModelId, null, cancellation), cancellation));
    }

    internal static async Task WriteAsync(TableFile table, IReadOnlyList<PastAccount> rows, CancellationToken cancellation)
    {
        await table.RowAsync(["as_of", "rank", "risk_rank", "listed", "account_id", "name", "probability", "mrr", "left_on"], cancellation);
        foreach (var row in rows)
        {
            await table.Day(row.AsOf).Number(row.Rank).Number(row.RiskRank).Number(row.Listed ? 1 : 0).Text(row.AccountId).Text(row.Name).Number(row.Probability).Money(row.Mrr).Day(row.LeftOn).EndAsync(cancellation);
        }
    }
}
