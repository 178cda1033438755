using System.Globalization;
using System.Text;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Past months' queues as a file: who would have been listed, and who left.</summary>
internal static class PastQueues
{
    public static void MapPastQueues(this IEndpointRouteBuilder app) => app
        .MapGet("/models/churn/{version}/backtest.csv", GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Models });

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(string version, HttpContext context, ModelRegistry registry, BacktestQuery backtests, CancellationToken cancellation)
    {
        if (ViewerClaims.ToViewer(context.User) is not { } viewer
            || (await registry.ListAsync(Target.Churn, cancellation)).FirstOrDefault(model => model.Version == version) is not { Card.Hindsight: not null } model)
        {
            return TypedResults.NotFound();
        }

        var rows = await backtests.RunAsync(viewer, model.ModelId, null, cancellation);
        return TypedResults.File(Encoding.UTF8.GetBytes(Csv(rows)), "text/csv; charset=utf-8", $"backtest-{version}.csv");
    }

    internal static string Csv(IReadOnlyList<PastAccount> rows)
    {
        // Excel reads UTF-8 only with a mark
        var text = new StringBuilder("\uFEFFas_of,rank,risk_rank,listed,account_id,name,probability,mrr,left_on\r\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.AsOf:yyyy-MM-dd},{row.Rank},{row.RiskRank},{(row.Listed ? 1 : 0)},{CsvFile.Cell(row.AccountId)},{CsvFile.Cell(row.Name)},{row.Probability:0.######},{row.Mrr:0.####},{row.LeftOn:yyyy-MM-dd}\r\n");
        }

        return text.ToString();
    }
}
