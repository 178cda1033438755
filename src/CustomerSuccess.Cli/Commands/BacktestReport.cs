using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report backtest</c>: what the queue would have caught in past months.</summary>
internal static class BacktestReport
{
    private static readonly FigureColumn<HindsightMonth>[] Months =
    [
        new("month", m => m.AsOf.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("accounts", m => m.Accounts),
        new("listed", m => m.Listed),
        new("left", m => m.Left),
        new("caught", m => m.Caught),
        new("left_mrr", m => m.LeftMrr, 2),
        new("caught_mrr", m => m.CaughtMrr, 2),
        new("caught_by_risk", m => m.CaughtByRisk),
        new("caught_by_risk_mrr", m => m.CaughtByRiskMrr, 2),
    ];

    private static readonly FigureColumn<PastAccount>[] Accounts =
    [
        new("as_of", a => a.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("rank", a => a.Rank),
        new("risk_rank", a => a.RiskRank),
        new("listed", a => a.Listed ? 1 : 0),
        new("account_id", a => a.AccountId),
        new("name", a => a.Name),
        new("probability", a => a.Probability, 6),
        new("mrr", a => a.Mrr, 2),
        new("left_on", a => a.LeftOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    public static Command Create()
    {
        var version = new Option<string?>("--model") { Description = "Version of the churn model (default: the one in use, else the newest)" };
        var month = new Option<DateOnly?>("--month")
        {
            Description = "The accounts of one month end instead, such as 2025-06",
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return MonthEnds.OnOrAfter(day);
                }

                result.AddError($"--month takes a month such as 2025-06, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        var format = Figures.CreateFormat();
        var command = new Command("backtest", "What the risk queue would have caught in past months, by a model that had not seen them") { version, month, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var models = await services.GetRequiredService<ModelRegistry>().ListAsync(Target.Churn, cancellation);
            var asked = parsed.GetValue(version);
            var model = asked is null
                ? models.FirstOrDefault(m => m.Status == ModelStatus.Champion) ?? (models.Count > 0 ? models[0] : null)
                : models.FirstOrDefault(m => m.Version == asked);
            if (model?.Card.Hindsight is not { } hindsight)
            {
                Output.Note(model is null ? "There is no such churn model. `cs train` makes one." : $"Churn model {model.Version} has no backtest of past months: the history was too short, or had too few outcomes.");
                return ExitCode.Failure;
            }

            if (parsed.GetValue(month) is { } asOf)
            {
                Figures.Print(output, parsed.GetValue(format)!, Accounts, await services.GetRequiredService<BacktestQuery>().RunAsync(Viewer.System, model.ModelId, asOf, cancellation));
            }
            else
            {
                Figures.Print(output, parsed.GetValue(format)!, Months, hindsight.Months);
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }
}
